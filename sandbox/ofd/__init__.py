"""A server of an operator of fiscal data (ОФД) with a wire, a book and checks of its own; see `OperatorServer`."""

from __future__ import annotations

from sandbox.ofd.behaviour import BadBehaviour
from sandbox.ofd.server import OperatorServer

__all__ = ["BadBehaviour", "OperatorServer"]
