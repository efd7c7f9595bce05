"""The web room: the REST API, the customer's receipt page and the print bridge's endpoint."""
