"""What a bridge knows of its shop: server, device token, printer and paper, in one file that only its user may read."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from printer_bridge.profile import PAPERS, Profile

FILE: Final = "bridge.json"
SPOOL: Final = "spool"
LOGO_BYTES_MAX: Final = 8 * 1024 * 1024


class NotSetUp(ValueError):
    """The bridge was never paired here, or its file is spoilt; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`paper` is a key of `PAPERS`; `logo` the path of a picture."""

    server: str
    printer: str
    token: str = ""
    paper: str = "80"
    drawn: bool = False
    own_qr: bool = True
    cutter: bool = True
    drawer: bool = False
    logo: str = ""

    def profile(self) -> Profile:
        """The printer as the renderer knows it; raises ValueError for a logo that cannot be read."""
        if self.paper not in PAPERS:
            raise ValueError(f"there is no paper {self.paper!r}; there are {', '.join(PAPERS)}")
        profile = replace(
            PAPERS[self.paper],
            letters="drawn" if self.drawn else "page",
            own_qr=self.own_qr,
            cutter=self.cutter,
            drawer=self.drawer,
        )
        return replace(profile, logo=_logo(Path(self.logo), profile.width_dots)) if self.logo else profile


def _logo(path: Path, width_dots: int) -> bytes:
    from printer_bridge.raster import rasterise_logo

    try:
        if path.stat().st_size > LOGO_BYTES_MAX:
            raise ValueError(f"the logo {path} is too large")
        picture = path.read_bytes()
    except OSError as missing:
        raise ValueError(f"the logo {path} cannot be read") from missing
    return rasterise_logo(picture, width_dots)


def folder_default() -> Path:
    """Where a bridge lives if nobody says otherwise."""
    if given := os.environ.get("TIYN_BRIDGE_FOLDER"):
        return Path(given)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "tiyn-bridge"
    return Path.home() / ".local" / "share" / "tiyn-bridge"


def load(folder: Path) -> Settings:
    """The settings of the bridge in this folder; raises `NotSetUp`."""
    path = folder / FILE
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        settings = Settings(**found)
    except FileNotFoundError as missing:
        raise NotSetUp(f"there is no {path}: run tiyn-bridge pair first") from missing
    except (OSError, ValueError, TypeError) as spoilt:
        raise NotSetUp(f"{path} cannot be read ({spoilt}): run tiyn-bridge pair again") from spoilt
    wrong = [name for name, value in asdict(settings).items() if type(value) is not type(_KINDS[name])]
    if wrong:
        raise NotSetUp(f"{path}: {', '.join(wrong)} cannot be right: run tiyn-bridge pair again")
    return settings


def save(folder: Path, settings: Settings) -> None:
    """Keeps the settings; when this returns they survive a power cut, and nobody else can read the token."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f"{FILE}.new"
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(settings), file, ensure_ascii=False, indent=2)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / FILE)


_KINDS: Final[dict[str, Any]] = asdict(Settings("", ""))
