"""Photographs of codes as a phone takes them: on a page, a little turned, not pure white."""

from __future__ import annotations

import io
from typing import Any

import zxingcpp
from PIL import Image

PAPER, PAGE = 225, (1200, 900)


def code_picture(*codes: tuple[str, Any], angle: int = 4, gs1: bool = False) -> bytes:
    """A JPEG with these codes (text, format) side by side."""
    page = Image.new("L", PAGE, PAPER)
    for place, (text, kind) in enumerate(codes):
        options = {"gs1": True} if gs1 else {}
        drawn = memoryview(zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(text, kind, **options), scale=4))
        picture = Image.frombytes("L", (drawn.shape[1], drawn.shape[0]), drawn.tobytes())
        page.paste(picture.rotate(angle, expand=True, fillcolor=255), (60 + place * 560, 200))
    out = io.BytesIO()
    page.save(out, "JPEG", quality=70)
    return out.getvalue()
