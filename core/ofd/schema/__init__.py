"""Messages of the wire by protocol version; see README.md."""
