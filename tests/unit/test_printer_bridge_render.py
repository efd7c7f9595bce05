from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printer_bridge.device import TcpPrinter, trouble_in
from printer_bridge.job import parse_job
from printer_bridge.profile import Profile
from printer_bridge.render import render
from sandbox.printer.reader import EscposReader
from sandbox.printer.roll import Roll, Torn
from sandbox.printer.status import status_byte


def job_with(*blocks: dict[str, Any]) -> bytes:
    return render(
        parse_job(
            {
                "id": "1",
                "sequence": 1,
                "register_id": "r1",
                "document": 1,
                "title": "Чек",
                "copy": False,
                "language": "kk-ru",
                "blocks": list(blocks),
            }
        )
    )


def read(data: bytes) -> tuple[str, EscposReader]:
    papers: list[Torn] = []
    reader = EscposReader(Roll(576), papers.append, lambda _: None)
    reader.feed(data)
    return "".join(paper.text(576) for paper in papers), reader


ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"


def test_every_kazakh_and_russian_letter_comes_out_as_itself() -> None:
    for letters in (ALPHABET, ALPHABET.upper()):
        text, _ = read(job_with({"type": "text", "text": letters}))
        assert text == letters + "\n"


def test_the_kazakh_page_is_chosen_before_the_first_letter() -> None:
    data = job_with({"type": "text", "text": "ә"})
    assert data.index(b"\x1bt\x35") < data.index("ә".encode("kz1048"))


def test_the_same_job_gives_the_same_bytes() -> None:
    block = {"type": "row", "left": "Кофе ☕", "right": "800.00"}
    assert job_with(block) == job_with(block)


def test_a_letter_the_page_lacks_makes_its_line_a_picture_and_only_its_line() -> None:
    text, _ = read(job_with({"type": "row", "left": "Кофе 😀", "right": "1"}, {"type": "text", "text": "Нан"}))
    assert text == "[image]\nНан\n"


def test_names_with_printer_commands_neither_open_the_drawer_nor_cut() -> None:
    attack = "Нан\x1bp\x00\x19\x19\x1dV\x00\x10\x14\x01\x00\x01\x1b@\x9b\x7f\x85 сүт"
    text, reader = read(
        job_with(
            {"type": "text", "text": attack},
            {"type": "row", "left": attack, "right": attack},
            {"type": "qr", "data": attack, "caption": attack},
            {"type": "copy_mark", "text": attack},
        )
    )
    assert reader.drawer_kicks == 0
    assert reader.unknown == []
    assert text.count("Нан") == 5
    assert "p" in text and "V" in text


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120), st.text(max_size=40), st.sampled_from([1, 2]), st.booleans())
def test_no_text_at_all_reaches_the_printer_as_a_command(left: str, right: str, size: int, bold: bool) -> None:
    data = job_with(
        {"type": "row", "left": left, "right": right, "size": size, "bold": bold},
        {"type": "text", "text": left, "size": size, "inverted": bold, "align": "center"},
        {"type": "text", "text": "соңы"},
    )
    text, reader = read(data)
    assert reader.drawer_kicks == 0 and reader.unknown == []
    assert b"\x10" not in data
    assert text.endswith("соңы\n")


def test_a_qr_of_500_characters_keeps_every_one_of_them() -> None:
    link = "https://ofd.kz/t/?" + "a1" * 241
    text, _ = read(job_with({"type": "qr", "data": link}))
    assert f"[QR: {link}]" in text


def test_three_hundred_lines_come_out_in_order_on_one_paper() -> None:
    blocks = [{"type": "row", "left": f"Тауар {n}", "right": f"{n}.00"} for n in range(300)]
    text, _ = read(job_with(*blocks))
    assert [line.split()[1] for line in text.splitlines()] == [str(n) for n in range(300)]


def test_narrow_paper_takes_the_same_job() -> None:
    job = parse_job(
        {
            "id": "1",
            "sequence": 1,
            "register_id": "r1",
            "document": 1,
            "title": "Чек",
            "copy": False,
            "language": "kk",
            "blocks": [{"type": "row", "left": "Қолма-қол / Наличные", "right": "99 999 999.99"}],
        }
    )
    text, _ = read(render(job, Profile(width=32, width_dots=384)))
    assert text == "Қолма-қол /\nНаличные           99 999 999.99\n"


@pytest.mark.parametrize(
    ("mode", "reason"),
    [("ok", None), ("paper_out", "paper_out"), ("cover_open", "cover_open")],
)
def test_status_bytes_are_understood(mode: str, reason: str | None) -> None:
    trouble = trouble_in(*(status_byte(what, mode) for what in (1, 2, 4)))
    assert (trouble.reason if trouble else None) == reason


@pytest.mark.parametrize("address", ["127.0.0.1:9100", "http://x:9100", "tcp://", "usb://1", "tcp://x:9100/path"])
def test_an_address_that_is_no_printer_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="not a printer's address"):
        TcpPrinter.at(address)
