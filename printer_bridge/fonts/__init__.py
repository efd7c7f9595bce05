"""Font data (subsets of DejaVu, see LICENSE.txt) for what a printer's own letters lack."""

from __future__ import annotations
