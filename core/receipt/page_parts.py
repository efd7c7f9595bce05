"""The fixed parts of the receipt page: its style, its drawings and the one small script."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

_FOLDER = Path(__file__).parent


def _packed(name: str) -> str:
    """A file without its comments and indents, line by line: what is sent with every page."""
    lines = (line.strip() for line in (_FOLDER / name).read_text(encoding="utf-8").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("/*", "//")))


STYLE = _packed("page.css")
SCRIPT = _packed("page.js")

_STROKE = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'


def _drawing(paths: str) -> str:
    return f'<svg viewBox="0 0 24 24" aria-hidden="true" {_STROKE}>{paths}</svg>'


_CLOUD = '<path d="M7 18.5h10a4 4 0 0 0 .6-7.95A6 6 0 0 0 6.1 9.6 4.5 4.5 0 0 0 7 18.5z"/>'
CROSSED_CLOUD = _drawing(_CLOUD + '<path d="M4 3.5l16.5 17"/>')
TICK = _drawing('<path d="M5 12.5l4.5 4.5L19 7"/>')
TWO_TICKS = _drawing('<path d="M2 12.5l4.5 4.5L16 7M11 16l1 1L21.5 7"/>')
CROSS = _drawing('<path d="M6 6l12 12M18 6L6 18"/>')
HOURGLASS = _drawing('<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>')


def _source(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        f"style-src {_source(STYLE)}",
        f"script-src {_source(SCRIPT)}",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
"""What the page may do: its own style and script, asking for itself again, and nothing else."""
