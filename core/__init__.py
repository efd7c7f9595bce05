"""The fiscal engine: it knows nothing of Telegram, HTTP servers or printers."""
