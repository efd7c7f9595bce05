"""A virtual ESC/POS printer: listens as one does, draws what it is sent, and fails when it is told to."""

from __future__ import annotations

from sandbox.printer.papers import Paper
from sandbox.printer.virtual import VirtualPrinter

__all__ = ["Paper", "VirtualPrinter"]
