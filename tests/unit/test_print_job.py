from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printer_bridge.job import BadJob, CopyMark, Qr, Row, Rule, Space, Text, clean, parse_job


def wire(*blocks: dict[str, Any], **changes: Any) -> dict[str, Any]:
    whole = {
        "id": "r1-7",
        "sequence": 7,
        "register_id": "r1",
        "document": 12,
        "title": "Чек № 12",
        "copy": False,
        "language": "kk-ru",
        "blocks": list(blocks) or [{"type": "rule"}],
    }
    return whole | changes


def test_every_block_is_read_with_its_defaults() -> None:
    job = parse_job(
        wire(
            {"type": "text", "text": "Нан"},
            {"type": "text", "text": "Нан", "align": "center", "bold": True, "size": 2, "inverted": True},
            {"type": "row", "left": "Нан", "right": "350.00"},
            {"type": "rule"},
            {"type": "rule", "char": "="},
            {"type": "qr", "data": "https://x/1"},
            {"type": "space", "lines": 2},
            {"type": "copy_mark", "text": "КӨШІРМЕ / ДУБЛИКАТ"},
        )
    )
    assert job.blocks == (
        Text("Нан"),
        Text("Нан", "center", True, 2, True),
        Row("Нан", "350.00"),
        Rule("-"),
        Rule("="),
        Qr("https://x/1"),
        Space(2),
        CopyMark("КӨШІРМЕ / ДУБЛИКАТ"),
    )
    assert (job.id, job.sequence, job.document, job.copy) == ("r1-7", 7, 12, False)
    assert job.as_copy().copy


@pytest.mark.parametrize(
    "bad",
    [
        None,
        [],
        "job",
        {},
        wire(id=""),
        wire(id="id\n"),
        wire(id="ә"),
        wire(id="x" * 201),
        wire(sequence="7"),
        wire(sequence=True),
        wire(sequence=-1),
        wire(sequence=7.0),
        wire(copy=0),
        wire(copy=None),
        wire(language="de"),
        wire(language=["kk"]),
        wire(title=5),
        wire(blocks=[]),
        wire(blocks={}),
        wire(blocks=None),
        wire(blocks=[{"type": "rule"}] * 4097),
        wire(extra=1),
        wire({"type": "image"}),
        wire({"type": ["text"]}),
        wire({"text": "no type"}),
        wire({"type": "text"}),
        wire({"type": "text", "text": None}),
        wire({"type": "text", "text": "x" * 4097}),
        wire({"type": "text", "text": "x", "size": 3}),
        wire({"type": "text", "text": "x", "size": True}),
        wire({"type": "text", "text": "x", "size": 1.0}),
        wire({"type": "text", "text": "x", "align": "justify"}),
        wire({"type": "text", "text": "x", "bold": "yes"}),
        wire({"type": "text", "text": "x", "raw": "1b40"}),
        wire({"type": "row", "left": "x"}),
        wire({"type": "rule", "char": "\x1b"}),
        wire({"type": "qr", "data": ""}),
        wire({"type": "qr", "data": "x" * 513}),
        wire({"type": "qr", "data": "ә" * 257}),
        wire({"type": "space", "lines": 0}),
        wire({"type": "space", "lines": 21}),
    ],
)
def test_what_is_no_job_is_refused_in_plain_words(bad: object) -> None:
    with pytest.raises(BadJob, match=r"^(job|block \d+): "):
        parse_job(bad)


@given(st.text(max_size=200))
def test_no_control_character_is_left_in_any_text(text: str) -> None:
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in clean(text))


def test_a_line_break_in_a_name_keeps_its_words_apart() -> None:
    assert clean("Нан\r\nсүт\tірімшік") == "Нан  сүт ірімшік"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["type", "text", "id", "blocks", "left", "data"]), inner, max_size=4),
        max_leaves=12,
    )
)
def test_any_json_is_a_job_or_a_bad_job(garbage: object) -> None:
    with pytest.raises(BadJob):
        parse_job(garbage)
    with pytest.raises(BadJob):
        parse_job(wire(blocks=[garbage, {"type": "nothing"}]))
