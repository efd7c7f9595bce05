"""Work on somebody else's bytes in a process of its own, with hard limits on memory, processor and time.

A decompression bomb or a crash of a decoder ends that process and nothing else.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import core
from core.errors import Refused

AT_ONCE_MAX = 2
ANSWER_BYTES_MAX = 32 * 1024 * 1024
STARTUP_S = 20.0
"""Over the processor's seconds: starting Python on a loaded machine takes its time, and that is nobody's bomb."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one process may use, and what is said when it wanted more."""

    memory_bytes_max: int
    cpu_s_max: int
    refusal: str


TABLE = Limits(1024 * 1024 * 1024, 20, "TABLE_UNREADABLE")
CODES = Limits(768 * 1024 * 1024, 2, "PICTURE_UNREADABLE")
_LIMITS = {"table": TABLE, "codes": CODES}
_places: dict[asyncio.AbstractEventLoop, asyncio.Semaphore] = {}


async def confined(work: str, data: bytes) -> Any:
    """The answer of ``core.goods.child`` to this work on these bytes; raises what it refused."""
    limits = _LIMITS[work]
    async with _place():
        answer = await _answer(work, data, limits)
    if answer is None:
        raise Refused(limits.refusal)
    if "refused" in answer:
        raise Refused(answer["refused"], **answer["params"])
    return answer["answer"]


async def _answer(work: str, data: bytes, limits: Limits) -> dict[str, Any] | None:
    """``None`` when the process ended without one."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "core.goods.child",
        work,
        str(limits.memory_bytes_max),
        str(limits.cpu_s_max),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=Path(core.__file__).parent.parent,
        # nothing of ours that is secret stands in its environment
        env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
    )
    try:
        async with asyncio.timeout(limits.cpu_s_max + STARTUP_S):
            out, _ = await process.communicate(data)
    except TimeoutError:
        return None
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode != 0 or len(out) > ANSWER_BYTES_MAX:
        return None
    answer: dict[str, Any] = json.loads(out)
    return answer


def _place() -> asyncio.Semaphore:
    """So many at once in this process; the rest wait their turn."""
    loop = asyncio.get_running_loop()
    for closed in [one for one in _places if one.is_closed()]:
        del _places[closed]
    return _places.setdefault(loop, asyncio.Semaphore(AT_ONCE_MAX))
