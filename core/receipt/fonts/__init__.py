"""Font data of the pictures and PDF files: subsets of DejaVu Sans (LICENSE.txt), with all Kazakh letters and ₸."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

REGULAR, BOLD = "DejaVuSans", "DejaVuSans-Bold"


@cache
def font_bytes(name: str) -> bytes:
    """The file of ``REGULAR`` or ``BOLD``."""
    return files(__name__).joinpath(f"{name}.ttf").read_bytes()
