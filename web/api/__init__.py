"""The REST API under ``/api/v1``, as CONTRACT.md 1 fixes it."""
