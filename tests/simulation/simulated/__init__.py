"""The street in virtual time: real use cases, lanes, codec and operator, real PostgreSQL; one seed is one schedule."""
