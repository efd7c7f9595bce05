"""An archive taken apart and put together again by somebody who would alter it, and what its own program says of it."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any


class Files(dict[str, bytes]):
    """The files of an archive by their names."""

    def __repr__(self) -> str:
        return f"Files of {len(self)}"


def unpacked(data: bytes) -> Files:
    """Every file of a ZIP."""
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        assert box.testzip() is None
        return Files({name: box.read(name) for name in box.namelist()})


def packed(files: Files) -> bytes:
    """A ZIP of them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, data in files.items():
            box.writestr(name, data)
    return out.getvalue()


def rows_of(files: Files, name: str) -> list[dict[str, Any]]:
    """The lines of a JSON Lines file."""
    return [json.loads(line) for line in files[name].splitlines()]


def with_rows(files: Files, name: str, rows: list[dict[str, Any]]) -> Files:
    """The same files with other lines in one of them."""
    lines = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows]
    return Files({**files, name: "".join(lines).encode()})


def resealed(files: Files, change: Callable[[dict[str, Any]], None] = lambda _: None) -> Files:
    """The same with a manifest that fits them: what somebody does who knows how archives are made."""
    manifest = json.loads(files["manifest.json"])
    manifest.pop("seal")
    for name in manifest["files"]:
        data = files[name]
        lines = len(data.splitlines(keepends=True)) if name.endswith("jsonl") else data.count(b"\n")
        manifest["files"][name] = {"bytes": len(data), "lines": lines, "sha256": hashlib.sha256(data).hexdigest()}
    change(manifest)
    written = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    manifest["seal"] = hashlib.sha256(written).hexdigest()
    return Files({**files, "manifest.json": (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()})


def verified(program: bytes, data: bytes, folder: Path, *arguments: str) -> tuple[int, str]:
    """What the shipped program says of a ZIP: alone, without our packages or anybody's."""
    (folder / "alone.py").write_bytes(program)
    (folder / "archive.zip").write_bytes(data)
    command = [sys.executable, "-I", "-S", "alone.py", "archive.zip", "--lang", "en", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.stderr == "", done.stderr
    return done.returncode, done.stdout
