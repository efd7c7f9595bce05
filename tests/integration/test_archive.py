"""The five-year archive: verified by its own program alone, and every alteration of it found and located."""

from __future__ import annotations

import ast
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from archive_box import lived_register
from archive_files import Files, packed, resealed, rows_of, unpacked, verified, with_rows
from engine_street import Street, new_register, street
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_lane_engines import die_after_append

from core.archive.bundle import Bundle
from core.archive.program import KEY, PARAMS, words
from core.domain.ticket import PaymentType
from core.errors import Refused
from core.texts import messages, say

ROOT = Path(__file__).parents[2]
KEY_PLACE = {"find": 0, "say": 0, "hold": 1, "_hold": 1, "_fits": 1}
CHAINED = ("entries.jsonl", "documents.jsonl", "answers.jsonl")
ALTERED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def files(postgres_url: str, migrated_template: str, tmp_path_factory: pytest.TempPathFactory) -> Files:
    return lived_register(postgres_url, migrated_template, tmp_path_factory.mktemp("archive"))


def found(files: Files, altered: Files, folder: Path, *arguments: str) -> str:
    """What is said of an altered archive, which is never «all holds»."""
    code, said = verified(files["verify.py"], packed(altered), folder, *arguments)
    assert code == 1 and "DOES NOT HOLD" in said and "ALL HOLDS" not in said, said
    return said


def test_an_archive_of_a_whole_life_holds(files: Files, tmp_path: Path) -> None:
    documents = rows_of(files, "documents.jsonl")
    heads = [json.loads(row["body"])["report"]["chain_head"] for row in documents if "shift_close" in row["body"]]
    code, said = verified(
        files["verify.py"], packed(files), tmp_path, "--head", heads[0], "--head", heads[1].upper()
    )
    assert code == 0 and said.endswith("ALL HOLDS\n"), said
    assert f"documents: {len(documents)};" in said and "closed shifts: 2" in said
    assert "refused: 1;" in said and said.count("was found: documents.jsonl:") == 2


@pytest.mark.parametrize(
    ("lang", "verdict"), [("kk", "БӘРІ СӘЙКЕС"), ("ru", "ВСЁ СХОДИТСЯ"), ("en", "ALL HOLDS")]
)
def test_it_speaks_each_language_also_from_a_folder(files: Files, tmp_path: Path, lang: str, verdict: str) -> None:
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    command = [sys.executable, "-I", "-S", str(tmp_path / "verify.py"), "--lang", lang]
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "") and done.stdout.endswith(f"{verdict}\n"), done.stdout
    (tmp_path / "documents.jsonl").write_bytes(files["documents.jsonl"][:-30])
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, timeout=60)
    last = len(rows_of(files, "documents.jsonl"))
    assert done.returncode == 1 and f"✖ documents.jsonl:{last}: {say(lang, f'{KEY}cut-off')}" in done.stdout


def test_no_secret_leaves_with_it(files: Files) -> None:
    registration = json.loads(files["registration.json"])
    assert registration["taxpayer"] == "ТОО «Тест»"
    assert not {"link_key", "token", "host", "port"} & registration.keys()
    assert b"token" not in b"".join(files[name] for name in CHAINED)
    for lang in ("kk", "ru", "en"):
        head = rows_of(files, "documents.jsonl")[-1]["digest"]
        assert head in files[f"README.{lang}.txt"].decode()


@ALTERED
@given(data=st.data())
def test_any_byte_of_any_file_changed_is_found_in_its_file(files: Files, tmp_path: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(files)), "file")
    place = data.draw(st.integers(0, len(files[name]) - 1), "place")
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != files[name][place]), "byte")
    changed = bytearray(files[name])
    changed[place] = other
    assert f"✖ {name}" in found(files, Files({**files, name: bytes(changed)}), tmp_path)


@ALTERED
@given(data=st.data())
def test_one_letter_of_frozen_bytes_is_located_also_under_a_new_seal(
    files: Files, tmp_path: Path, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(CHAINED), "file")
    rows = rows_of(files, name)
    line = data.draw(st.integers(0, len(rows) - 1), "line")
    field = "body_hex" if "body_hex" in rows[line] else "body"
    body = rows[line][field]
    letters = [place for place, letter in enumerate(body) if letter in "0123456789"]
    place = data.draw(st.sampled_from(letters), "place")
    other = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != body[place]), "digit")
    rows[line][field] = body[:place] + other + body[place + 1 :]
    said = found(files, resealed(with_rows(files, name, rows)), tmp_path)
    assert f"✖ {name}:{line + 1}: the bytes were changed" in said, said


@ALTERED
@given(data=st.data())
def test_lines_moved_removed_or_doubled_are_located_also_under_a_new_seal(
    files: Files, tmp_path: Path, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(CHAINED), "file")
    rows = rows_of(files, name)
    line = data.draw(st.integers(0, len(rows) - 1), "line")
    deed = data.draw(st.sampled_from(["swap", "remove", "double"]), "deed")
    if deed == "swap":
        line = min(line, len(rows) - 2)
        rows[line], rows[line + 1] = rows[line + 1], rows[line]
    elif deed == "remove":
        rows.pop(line)
    else:
        rows.insert(line, rows[line])
    said = found(files, resealed(with_rows(files, name, rows)), tmp_path)
    if deed == "remove" and line == len(rows):
        assert "✖ manifest.json: the chain" in said, said
    else:
        place = line + 2 if deed == "double" else line + 1
        assert re.search(rf"✖ {name}:{place}: (the chain is broken|out of order)", said), said


@settings(ALTERED, max_examples=25)
@given(share=st.floats(0.001, 0.999))
def test_a_file_cut_anywhere_says_where_it_ends(files: Files, tmp_path: Path, share: float) -> None:
    whole = packed(files)
    code, said = verified(files["verify.py"], whole[: int(len(whole) * share)], tmp_path)
    assert code == 1 and "breaks off here" in said, said
    named = re.search(r"✖ (\S+):", said)
    assert named is not None and named[1] in {*files, "archive.zip"}


LAST = "the last state of the register is another"
ENDS: list[tuple[str, Callable[[dict[str, Any]], None]]] = [
    ("the chain entries ends elsewhere", lambda one: one["ends"]["entries"].update(head="00" * 32)),
    ("the chain documents ends elsewhere", lambda one: one["ends"]["documents"].update(count=1)),
    ("the chain answers ends elsewhere", lambda one: one["ends"]["answers"].update(head="11" * 32)),
    (f"{LAST}: cash", lambda one: one["ends"]["register"].update(cash=1)),
    (f"{LAST}: open_shift_counts", lambda one: one["ends"]["register"].update(open_shift_counts={})),
    (f"{LAST}: non_nullable", lambda one: one["ends"]["register"]["non_nullable"].update(sell=1)),
    ("this is no archive of Tiyn", lambda one: one.update(version=2)),
]


@pytest.mark.parametrize(("said", "change"), ENDS, ids=[said for said, _ in ENDS])
def test_a_changed_end_is_found_also_under_a_new_seal(
    files: Files, tmp_path: Path, said: str, change: Callable[[dict[str, Any]], None]
) -> None:
    assert f"✖ manifest.json: {said}" in found(files, resealed(files, change), tmp_path)


def rechained(files: Files, change: Callable[[dict[str, Any]], None]) -> Files:
    """History rewritten by somebody who computes every digest, every entry and the manifest anew."""
    heads: dict[int, str] = {}
    documents, entries = rows_of(files, "documents.jsonl"), rows_of(files, "entries.jsonl")
    head = entries[0]["digest"]
    for row in documents:
        facts = json.loads(row["body"])
        change(facts)
        facts["previous_digest"] = head
        if "report" in facts:
            facts["report"]["chain_head"] = head
        head = _chained(row, head, facts)
        heads[row["number"]] = head
    last, head = head, "0" * 64
    for row in entries:
        facts = json.loads(row["body"])
        if facts["kind"] == "document":
            facts["digest"] = heads[facts["number"]]
        head = _chained(row, head, facts)

    def ends(manifest: dict[str, Any]) -> None:
        manifest["ends"]["documents"]["head"], manifest["ends"]["entries"]["head"] = last, head

    return resealed(with_rows(with_rows(files, "documents.jsonl", documents), "entries.jsonl", entries), ends)


def _chained(row: dict[str, Any], head: str, facts: dict[str, Any]) -> str:
    row["body"] = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    row["previous_digest"] = head
    row["digest"] = hashlib.sha256(bytes.fromhex(head) + row["body"].encode()).hexdigest()
    return str(row["digest"])


STORIES: list[tuple[str, Callable[[dict[str, Any]], Any]]] = [
    (
        r"✖ documents.jsonl:\d+: the Z-report of shift 1 .* sum of the documents: .*cash",
        lambda one: one["ticket"]["payments"][0].update(sum=1) if one["number"] == 1 else None,
    ),
    (
        r"✖ documents.jsonl:\d+: the Z-report of shift 2 .*: revenue$",
        lambda one: one["report"].update(revenue=5) if one.get("report", {}).get("shift") == 2 else None,
    ),
    (
        "✖ documents.jsonl:3: document no. 3 names another shift",
        lambda one: one.update(shift=2) if one["number"] == 3 else None,
    ),
    (
        "✖ documents.jsonl:5: document no. 5 is not number 5 of its shift",
        lambda one: one.update(number_in_shift=6) if one["number"] == 5 else None,
    ),
    (
        "✖ documents.jsonl:2: the time of document no. 2 is before",
        lambda one: one.update(made_at="2020-01-01T00:00:00+05:00") if one["number"] == 2 else None,
    ),
    (
        "✖ documents.jsonl:2: the autonomous sign of document no. 2 is not greater",
        lambda one: one.update(own_sign=1) if one["number"] == 2 else None,
    ),
    ("✖ shifts.csv:2: the line is not the Z-report of shift 1", lambda one: None),
]


@pytest.mark.parametrize(("said", "change"), STORIES, ids=[said[:60] for said, _ in STORIES])
def test_a_rewritten_history_whose_chains_hold_is_found_by_its_sums_and_numbers(
    files: Files, tmp_path: Path, said: str, change: Callable[[dict[str, Any]], Any]
) -> None:
    altered = rechained(files, change)
    if "shifts.csv" in said:
        altered = resealed(
            Files({**files, "shifts.csv": files["shifts.csv"].replace(b"5000.00", b"6000.00")})
        )
    assert re.search(said, found(files, altered, tmp_path), re.MULTILINE)


def test_a_rewriting_that_fits_itself_is_found_by_a_head_on_paper(files: Files, tmp_path: Path) -> None:
    """A good renamed after the fact: every sum still fits, every digest is new."""

    def renamed(facts: dict[str, Any]) -> None:
        if facts["number"] == 1:
            facts["ticket"]["items"][0]["name"] = "Шай"

    before = rows_of(files, "documents.jsonl")
    altered = rechained(files, renamed)
    table = files["shifts.csv"].decode()
    for old, new in zip(before, rows_of(altered, "documents.jsonl"), strict=True):
        table = table.replace(old["digest"], new["digest"])
    altered = resealed(Files({**altered, "shifts.csv": table.encode()}))
    code, said = verified(files["verify.py"], packed(altered), tmp_path)
    assert code == 0, "nobody who has only the archive can know it: " + said
    paper = next(row["digest"] for row in before if "shift_close" in row["body"])
    assert f"✖ {paper}: no such digest" in found(files, altered, tmp_path, "--head", paper)


def test_an_answer_left_out_is_missed_by_its_document(files: Files, tmp_path: Path) -> None:
    answers, head = [row for row in rows_of(files, "answers.jsonl") if row["number"] != 2], "0" * 64
    for place, row in enumerate(answers, start=1):
        row["seq"], row["previous_digest"] = place, head
        head = row["digest"] = hashlib.sha256(bytes.fromhex(head) + bytes.fromhex(row["body_hex"])).hexdigest()
    altered = resealed(with_rows(files, "answers.jsonl", answers), lambda one: one["ends"]["answers"].update(
        count=len(answers), head=head
    ))  # fmt: skip
    assert "document no. 2 is said to be accepted, but no answer" in found(files, altered, tmp_path)


def test_what_is_no_archive_at_all_is_said_in_a_line(files: Files, tmp_path: Path) -> None:
    for data in (b"", b"PK", b"not a zip at all", packed(Files()), packed(Files({"manifest.json": b"[1]\n"}))):
        code, said = verified(files["verify.py"], data, tmp_path)
        assert code == 1 and "DOES NOT HOLD" in said


def test_every_word_of_the_program_is_in_the_catalogue_with_its_blanks(files: Files) -> None:
    asked = set()
    for node in ast.walk(ast.parse(files["verify.py"])):
        called = isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", ""))
        if isinstance(node, ast.Call) and called in KEY_PLACE and len(node.args) > KEY_PLACE[str(called)]:
            told = node.args[KEY_PLACE[str(called)]]
            constants = (one.value for one in ast.walk(told) if isinstance(one, ast.Constant))
            asked |= {value for value in constants if isinstance(value, str)}
    kept = {key.removeprefix(KEY) for key in messages("ru") if key.startswith(KEY)}
    assert asked == kept
    blanks = set(re.findall(r"\{(\w+)\}", " ".join(words("ru").values())))
    assert blanks == set(PARAMS)


async def test_the_command_writes_a_whole_file_or_none(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        await here.sell()
        await here.close()
        rnm = (await here.view()).registration.rnm
    out = tmp_path / "kassa.zip"

    def tiyn(*arguments: str) -> subprocess.CompletedProcess[str]:
        told = {"DATABASE_URL": database, "TIYN_DATA_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"}
        command = [sys.executable, str(ROOT / "tiyn.py"), "archive", *arguments, "--out", str(out)]
        return subprocess.run(command, env=told, cwd=tmp_path, capture_output=True, text=True, timeout=60)

    unknown = tiyn("600000000000")
    assert unknown.returncode == 1 and "NOT_FOUND" in unknown.stderr and not _zips(tmp_path)
    assert tiyn(rnm).returncode == 0
    whole = out.read_bytes()
    assert verified(unpacked(whole)["verify.py"], whole, tmp_path)[0] == 0
    again = tiyn(here.register_id)
    assert again.returncode == 1 and "is there already" in again.stderr
    assert out.read_bytes() == whole and _zips(tmp_path) == ["archive.zip", "kassa.zip"]


async def held(here: Street, folder: Path) -> str:
    """What the archive of the street's register says of itself; it must hold."""
    life = await here.engine.archives.life(here.register_id)
    data = b"".join([piece async for piece in here.engine.press.archive(life, lambda: Bundle(life))])
    code, said = verified(unpacked(data)["verify.py"], data, folder)
    assert code == 0, said
    return said


async def test_a_register_that_made_nothing_yet_and_one_that_talks_to_nobody(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        assert "Entries: 1; documents: 0; answers of the OFD: 0; closed shifts: 0" in await held(here, tmp_path)
        alone = replace(new_register(here, 1), operator=None)
        here.register_id = (await here.engine.registers.onboard(alone)).registration.register_id
        await here.sell(payment=PaymentType.CASH)
        await here.close(withdraw_cash=True)
        said = await held(here, tmp_path)
        assert "practice: 3" in said and "closed shifts: 1" in said


async def test_a_register_that_took_its_counters_over_from_the_operator(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        await here.sell(10_000, payment=PaymentType.CASH)
        await here.close()
        token = here.ofd.issue_token(here.device_id)
        real = replace(new_register(here, token), practice=False, operator="kazakhtelecom")
        here.register_id = (await here.engine.registers.onboard(real)).registration.register_id
        await here.sell(20_000, payment=PaymentType.CASH)
        await here.close()
        assert "closed shifts: 1" in await held(here, tmp_path)


async def test_a_document_without_an_outcome_and_one_refused_at_the_end(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        await here.sell()
        here.behave("ok", result_code=13, times=1)
        with pytest.raises(Refused):
            await here.sell()
        assert "refused: 1" in await held(here, tmp_path)
        await die_after_append(here, "press")
        assert "documents: 3;" in await held(here, tmp_path)


def _zips(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if ".zip" in path.name)
