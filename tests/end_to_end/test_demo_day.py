"""The day of the main job in a real demo: sales in the chat, the OFD gone and back, paper, book and verify."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.end_to_end.demo_street import Demo, Till, running, until

EXAMPLE = "2 кофе 800, нан 350, нал 2000"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with running(tmp_path_factory.mktemp("demo")) as one:
        yield one


def chat_sale(till: Till, number: int) -> None:
    till.say(EXAMPLE)
    till.press("1950")
    until(lambda: till.state["last_document"] == number)


def test_day_with_the_ofd_away_ends_in_one_book(demo: Demo) -> None:
    till = Till(demo, demo.told["registers"][0])
    chat_sale(till, 1)
    until(lambda: "✔✔" in till.receipt_of(1))

    till.ofd("down")
    for number in (2, 3):
        chat_sale(till, number)
        until(lambda number=number: "☁✕" in till.receipt_of(number))
    assert till.state["mode"] == "autonomous" and till.state["unsent"] == 2
    till.say("/close")
    till.press("Закрытьсмену№1")
    until(lambda: till.state["last_document"] == 4)

    assert [one["is_offline"] for one in till.book()["documents"]] == [False]
    till.well_again()

    book = till.book()
    assert [one["printed_document_number"] for one in book["documents"]] == [1, 2, 3, 4]
    assert [one["is_offline"] for one in book["documents"]] == [False, True, True, True]
    assert [one["kind"] for one in book["documents"]] == ["sell", "sell", "sell", "shift_close"]
    assert book["tickets"]["sell"] == {"count": 3, "sum": "5850.00"}
    assert len(book["z_reports"]) == 1 and len(book["offline_periods"]) == 1

    journal = till.documents()
    assert [one["mark"] for one in journal[:3]] == ["registered", "autonomous_registered", "autonomous_registered"]
    assert [one["total"] for one in journal[:3]] == ["1950.00"] * 3
    until(lambda: all("☁✕ ✔✔" in till.receipt_of(number) for number in (2, 3)))

    papers = until(lambda: (found := till.papers()) and len(found) == 4 and found)
    assert [(one["document"], one["copy"]) for one in papers] == [(1, False), (2, False), (3, False), (4, False)]
    assert ["АВТОНОМНЫЙ" in till.paper_text(one) for one in papers[:3]] == [False, True, True]

    verified = demo.verify()
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_owner_hears_of_the_close_with_the_head_of_the_chain(demo: Demo) -> None:
    till = demo.till()
    assert till.sell()[0] == 201
    status, closed = demo.api("POST", till.path + "/shift/close", {"withdraw_cash": False}, "close-1")
    assert status in (200, 201)
    head = closed["report"]["chain_head"][:8]
    owner = f"/telegram/chats/{demo.told['telegram']['owner_chat']}/transcript"
    until(lambda: any(head in (one["text"] or "") for one in demo.sandbox("GET", owner)["items"]), 30)


def test_a_register_of_2_0_4_works_online_and_after_a_silence(demo: Demo) -> None:
    asked = {"title": "Жаңа", "vat_payer": True, "protocol": "2.0.4"}
    till = Till(demo, demo.sandbox("POST", "/registers", asked))
    assert till.state["ofd"] == {"operator": "sandbox", "protocol": "2.0.4"}
    assert till.sell()[1]["mark"] == "registered"
    till.ofd("down")
    assert till.sell()[1]["mark"] == "autonomous"
    till.well_again()
    status, closed = demo.api("POST", till.path + "/shift/close", {"withdraw_cash": False}, "close")
    assert (status, closed["mark"]) == (201, "registered")
    answer = demo.sandbox("GET", "/ofd/exchanges?after=0&limit=1000")["items"]
    mine = [one for one in answer if one["device_id"] == till.entry["device_id"]]
    assert {one["version"] for one in mine} == {204}
    sold = next(one for one in mine if one["command"] == "TICKET")["request"]["ticket"]
    assert sold["domain"] == {"type": "DOMAIN_TRADING"}
    assert sold["items"][0]["commodity"]["commodity_type"] == "COMMODITY_TYPE_PRODUCT"
    assert len(till.book()["z_reports"]) == 1
    found = demo.api("GET", till.path + "/nomenclature?barcode=4870001000011")
    assert (found[0], found[1]["ntin"]) == (200, "0200100000010")


def test_clock_moves_for_every_process_and_goes_back(demo: Demo) -> None:
    def told(text: str) -> str:
        return re.sub(r":\d\d(\.\d+)?\+05:00$", "", text)

    before = demo.sandbox("GET", "/clock")["now"]
    moved = demo.sandbox("POST", "/clock", {"advance_s": 86400})["now"]
    till = demo.till()
    assert told(till.sell()[1]["made_at"])[:10] == moved[:10] != before[:10]
    demo.sandbox("POST", "/clock", {"now": before})
    assert told(demo.till().sell()[1]["made_at"])[:10] == before[:10]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/clock", {}),
        ("/clock", {"advance_s": "60"}),
        ("/clock", {"advance_s": 1e300}),
        ("/clock", {"now": "soon"}),
        ("/clock", {"advance_s": 1, "now": "2026-03-05T14:07:09+05:00"}),
        ("/clock", []),
        ("/kill", {"role": "postgres"}),
        ("/kill", {"role": ["web"]}),
        ("/kill", {"role": "web", "point": "before_append"}),
        ("/registers", {"title": "", "vat_payer": True}),
        ("/registers", {"title": "Лавка", "vat_payer": "yes"}),
        ("/registers", {"title": "Лавка", "vat_payer": True, "operator": "nobody"}),
        ("/registers", {"title": "Лавка", "vat_payer": True, "protocol": "9.9.9"}),
        ("/registers", {"title": "Лавка", "vat_payer": True, "colour": "red"}),
    ],
)
def test_bad_control_call_is_refused_in_json(demo: Demo, path: str, body: object) -> None:
    status, answer = demo.call("POST", demo.told["sandbox"] + path, body)
    assert status == 400 and answer["error"]


def test_page_of_another_site_cannot_steer_the_demo(demo: Demo) -> None:
    url = demo.told["sandbox"] + "/kill"
    assert demo.call("POST", url, {"role": "web"}, Origin="https://example.com")[0] == 403


def test_demo_page_and_the_customers_page_stand_on_one_address(demo: Demo) -> None:
    till = demo.till()
    made = till.sell()[1]
    receipt = f"/r/{made['receipt_url'].rpartition('/')[2]}"
    begins = {"/": b"<!doctype html", "/?lang=kk": b"<!doctype html", receipt: b"<!doctype html"}
    begins |= {f"{receipt}/receipt.pdf": b"%PDF", f"{receipt}/card.png?lang=kk": b"\x89PNG"}
    for path, beginning in begins.items():
        status, page = demo.call("GET", demo.told["sandbox"] + path)
        assert (status, page[: len(beginning)].lower()) == (200, beginning.lower()), path
    status, proof = demo.call("GET", f"{demo.told['sandbox']}{receipt}/proof.json")
    assert (status, proof["digest"]) == (200, made["digest"])


def test_files_with_keys_are_ours_alone(demo: Demo) -> None:
    for name in ("demo.json", "demo-state.json"):
        assert (demo.folder / name).stat().st_mode & 0o077 == 0
