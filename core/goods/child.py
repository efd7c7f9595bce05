"""The confined process: bytes from standard input, one JSON answer on standard output, nothing else in reach."""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict
from typing import Any

from core.domain.price_list import read_price_list
from core.errors import Refused

FILES_MAX = 32


def main(arguments: list[str]) -> int:
    """``table`` or ``codes``, then the bytes of memory and the seconds of the processor that it may use."""
    work, memory_bytes_max, cpu_s_max = arguments[0], int(arguments[1]), int(arguments[2])
    _load(work)
    _confine(memory_bytes_max, cpu_s_max)
    data = sys.stdin.buffer.read()
    try:
        answer: dict[str, Any] = {"answer": _read_table(data) if work == "table" else _read_codes(data)}
    except Refused as refused:
        answer = {"refused": refused.code, "params": refused.params}
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))
    sys.stdout.flush()
    return 0


def _load(work: str) -> None:
    """Libraries are loaded before the limits: their start is not the file's fault."""
    if work == "table":
        import openpyxl  # noqa: F401
    else:
        import PIL.Image
        import zxingcpp  # noqa: F401

        PIL.Image.preinit()


def _confine(memory_bytes_max: int, cpu_s_max: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu_s = int(used.ru_utime + used.ru_stime) + 1 + cpu_s_max
    limits = {
        resource.RLIMIT_AS: memory_bytes_max,
        resource.RLIMIT_CPU: cpu_s,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: FILES_MAX,
    }
    if sys.platform == "darwin":
        # macOS counts its shared libraries as well and refuses the limit; the other bounds hold there
        del limits[resource.RLIMIT_AS]
    for limit, value in limits.items():
        _, hard = resource.getrlimit(limit)
        bounded = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (bounded, bounded))


def _read_table(data: bytes) -> dict[str, Any]:
    from core.goods.tables import read_table

    return asdict(read_price_list(read_table(data)))


def _read_codes(data: bytes) -> list[dict[str, str]]:
    from core.goods.codes import read_codes

    return read_codes(data)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
