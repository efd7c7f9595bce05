"""A whole street to try Tiyn on: one supervisor with the sandbox, and the product's processes as in production."""

from __future__ import annotations
