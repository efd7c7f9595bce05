"""Tables, the only SQL of the product, and the PostgreSQL that Tiyn runs itself when it is given none."""
