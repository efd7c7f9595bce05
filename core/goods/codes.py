"""Codes on a photograph. Runs in a confined process: the picture is somebody else's."""

from __future__ import annotations

import io
import warnings
from typing import Any

from core.errors import Refused

PIXELS_MAX = 40_000_000
SIDE_FIRST = 1600
"""A phone's picture is read small first: a code fills much of it, and small is quick."""
CODES_MAX = 8
FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "GIF")


def read_codes(data: bytes) -> list[dict[str, str]]:
    """Format and text of each code, left to right. Raises ``PICTURE_UNREADABLE`` or ``PICTURE_TOO_LARGE``."""
    picture = _picture(data)
    small = picture.copy()
    small.thumbnail((SIDE_FIRST, SIDE_FIRST))
    return _codes(small) or (_codes(picture) if picture.size != small.size else [])


def _picture(data: bytes) -> Any:
    """In grey, upright, unpacked only if its header names a bearable size."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture: Image.Image = Image.open(io.BytesIO(data), formats=FORMATS)
            if picture.width * picture.height > PIXELS_MAX:
                raise Refused("PICTURE_TOO_LARGE")
            picture.draft("L", picture.size)
            if picture.mode in ("RGBA", "LA", "P"):
                # what is see-through is paper, not ink
                coloured = picture.convert("RGBA")
                paper = Image.new("RGBA", coloured.size, "white")
                picture = Image.alpha_composite(paper, coloured)
            return ImageOps.exif_transpose(picture.convert("L"))
    except Image.DecompressionBombError:
        raise Refused("PICTURE_TOO_LARGE") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise Refused("PICTURE_UNREADABLE") from None


def _codes(picture: Any) -> list[dict[str, str]]:
    import zxingcpp

    formats = [
        zxingcpp.BarcodeFormat.EAN13,
        zxingcpp.BarcodeFormat.EAN8,
        zxingcpp.BarcodeFormat.UPCA,
        zxingcpp.BarcodeFormat.UPCE,
        zxingcpp.BarcodeFormat.ITF14,
        zxingcpp.BarcodeFormat.Code128,
        zxingcpp.BarcodeFormat.QRCode,
        zxingcpp.BarcodeFormat.DataMatrix,
    ]
    found = zxingcpp.read_barcodes(
        picture, formats=zxingcpp.BarcodeFormats(formats), text_mode=zxingcpp.TextMode.Plain
    )
    found = sorted(found, key=lambda one: one.position.top_left.x)
    codes = [{"format": str(one.format.name), "text": one.text} for one in found if one.valid]
    unique = [one for place, one in enumerate(codes) if one not in codes[:place]]
    return unique[:CODES_MAX]
