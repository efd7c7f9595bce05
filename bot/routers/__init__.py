"""Routers: thin handlers that read an update, ask the desk, and show a screen."""
