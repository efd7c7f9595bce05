"""Webhooks: what other programs are told, to checked addresses, signed and tried again."""
