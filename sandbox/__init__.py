"""A street to try Tiyn on: an operator, a Telegram and a printer, with real protocols on loopback."""
