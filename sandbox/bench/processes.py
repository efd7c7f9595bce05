"""Programs of the product as a shop runs them, in processes of their own, and what Linux tells of each."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
START_S_MAX = 30
NANOSECONDS_A_MILLISECOND = 1_000_000
BARE_BRIDGE = "import asyncio, httpx, segno, escpos.escpos, PIL.ImageFont, sys; sys.stdin.read()"
"""The libraries of the bridge in an interpreter that does nothing."""


@contextlib.asynccontextmanager
async def program(*arguments: str, **environment: str) -> AsyncIterator[int]:
    """``python ARGUMENTS`` in the project's folder, ended with the block; its process id."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdin=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield process.pid
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


@contextlib.asynccontextmanager
async def listening(*arguments: str, port: int, **environment: str) -> AsyncIterator[int]:
    """A program that has begun to listen on the port."""
    async with program(*arguments, **environment) as pid:
        async with asyncio.timeout(START_S_MAX):
            while not await _answers(port):
                assert resident_mib(pid) > 0, f"{arguments} has ended"
                await asyncio.sleep(0.1)
        yield pid


async def _answers(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


def free_port() -> int:
    """One that nobody listens on now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def resident_mib(pid: int, *, peak: bool = False) -> float:
    """Memory of a process that lies in the machine's, now or at its most."""
    key = "VmHWM:" if peak else "VmRSS:"
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith(key):
            return int(line.split()[1]) / 1024
    raise AssertionError(f"process {pid} has ended")


def processor_ms(pid: int) -> float:
    """What every thread of a process has had of the processors so far."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((one / "schedstat").read_text().split()[0]) for one in tasks) / NANOSECONDS_A_MILLISECOND
