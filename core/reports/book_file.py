"""A workbook on disk: written in a folder of its own, read back in pieces, removed when it is closed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook

CHUNK_BYTES = 64 * 1024


class BookFile:
    """Rows go to disk as they come, so a workbook of any length takes the same memory."""

    def __init__(self, made_at: datetime, title: str | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="tiyn-export-")
        self._path = Path(self._folder.name) / "book.xlsx"
        self.workbook = Workbook(self._path, {"constant_memory": True, "tmpdir": self._folder.name})
        named = {} if title is None else {"title": title}
        self.workbook.set_properties({**named, "created": made_at.replace(tzinfo=None)})

    def pieces(self) -> Iterator[bytes]:
        """The finished file."""
        self.workbook.close()
        with self._path.open("rb") as file:
            while piece := file.read(CHUNK_BYTES):
                yield piece

    def close(self) -> None:
        """Remove its files, also of a workbook that was not finished."""
        for worksheet in self.workbook.worksheets():
            if (rows := worksheet.row_data_fh) is not None and not rows.closed:
                rows.close()
        self.workbook.fileclosed = True
        self._folder.cleanup()
