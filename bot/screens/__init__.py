"""Screens: pure functions from facts to a text with buttons. They know neither aiogram nor the database."""
