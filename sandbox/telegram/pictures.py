"""Whether bytes are a picture that Telegram takes as a photo; only the header is read."""

from __future__ import annotations

import io
import mimetypes
import warnings
from pathlib import PurePath

from sandbox.telegram import limits
from sandbox.telegram.errors import bad_request

_FORMATS = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "BMP": "image/bmp",
}


def photo_sides(data: bytes) -> tuple[int, int, str]:
    """Width, height and media type; raises `BotApiError` in Telegram's words. Nothing is unpacked (no bombs)."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=list(_FORMATS)) as picture:
                width, height = picture.size
                content_type = _FORMATS[picture.format or ""]
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, KeyError, SyntaxError):
        raise bad_request("IMAGE_PROCESS_FAILED") from None
    if width + height > limits.PHOTO_SIDES_SUM_MAX or max(width, height) > limits.PHOTO_SIDES_RATIO_MAX * min(
        width, height
    ):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height, content_type


def file_name(name: str) -> str:
    """The last part of a name, without control bytes; never empty."""
    kept = "".join(letter for letter in PurePath(name.replace("\\", "/")).name if letter.isprintable())
    return kept[:128] or "file"


def media_type(name: str, told: str) -> str:
    if told and told != "application/octet-stream":
        return told.split(";")[0].strip()
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
