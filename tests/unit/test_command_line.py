from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

HEADER = {"version": 203, "id": 1234567, "token": 0x9ABCDEF0, "reqnum": 7}
FRAME = {"header": HEADER, "message": {"command": "COMMAND_SYSTEM"}}


def tiyn(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    program = [sys.executable, str(ROOT / "tiyn.py"), *arguments]
    return subprocess.run(program, input=given, capture_output=True, text=True, cwd=ROOT, timeout=60)


def test_help_opens_no_room() -> None:
    program = (
        "import sys; sys.argv = ['tiyn', '--help']\n"
        "import tiyn\n"
        "try: tiyn.main()\n"
        "except SystemExit as end: code = end.code\n"
        "heavy = {'aiogram', 'alembic', 'fastapi', 'sqlalchemy', 'google', 'pydantic', 'sandbox', 'bot', 'web'}\n"
        "sys.exit(code or ', '.join(heavy & set(sys.modules)) or None)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert "demo" in done.stdout


def test_a_frame_goes_through_json_and_back() -> None:
    made = tiyn("wire", "encode", given=json.dumps(FRAME))
    assert made.stdout.strip() == "a281cb001400000087d61200f0debc9a07000800", made.stderr
    told = json.loads(tiyn("wire", "decode", made.stdout.strip()).stdout)
    assert told == {"header": {**HEADER, "size": 20}, "message": FRAME["message"]}


def test_what_is_no_frame_is_one_line_and_exit_1() -> None:
    for done in (tiyn("wire", "decode", "00"), tiyn("wire", "decode", "zz"), tiyn("wire", "encode", given="{")):
        assert done.returncode == 1
        assert len((done.stdout + done.stderr).strip().splitlines()) == 1


def test_an_unknown_role_is_refused() -> None:
    assert tiyn("run", "--role", "king").returncode == 2
