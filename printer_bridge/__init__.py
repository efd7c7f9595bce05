"""The printer bridge: runs beside the shop's printer, dials out to the server, makes paper of jobs."""

from __future__ import annotations
