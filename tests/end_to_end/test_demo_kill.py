"""Killed at each named point, stopped and started again: exactly one receipt on both sides."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.demo_street import TIYN, Dead, Demo, Till, running, until

# Most of it is waiting for leases of killed processes to run out: 20 s of real time each.
pytestmark = pytest.mark.timeout(300)

POINTS = ("after_append", "after_send", "after_answer", "after_outcome", "after_spool")
SOLD = ("registered", "autonomous", "autonomous_registered")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with running(tmp_path_factory.mktemp("demo")) as one:
        yield one


def alive(demo: Demo) -> bool:
    try:
        return demo.api("GET", "/registers?limit=1")[0] == 200
    except Dead:
        return False


def exactly_one(tills: dict[str, Till]) -> None:
    """On both sides, and one original on paper, whatever point its maker died at."""
    for point, till in tills.items():
        till.well_again()
        documents = till.documents()
        assert [one["number"] for one in documents] == [1], point
        assert documents[0]["mark"] in SOLD and documents[0]["fiscal_sign"], point
        assert [one["printed_document_number"] for one in till.book()["documents"]] == [1], point
        papers = until(till.papers, 30)
        assert [one["document"] for one in papers if not one["copy"]] == [1], point


@pytest.mark.parametrize("role", ["web", "all"])
def test_sale_over_the_api_survives_a_kill_at_each_point(demo: Demo, role: str) -> None:
    tills = {point: demo.till() for point in POINTS}
    for point, till in tills.items():
        demo.sandbox("POST", "/kill", {"role": role, "point": point})
        with contextlib.suppress(Dead):
            till.sell("the-one-sale")
        demo.sandbox("POST", "/kill", {"role": role, "point": None})
        until(lambda: alive(demo))
        again = until(lambda till=till: (told := till.sell("the-one-sale"))[0] in (200, 201) and told)
        assert (again[0], again[1]["number"]) == (200, 1), point
    exactly_one(tills)


def test_sale_in_the_chat_survives_a_kill_of_the_bot_at_each_point(demo: Demo) -> None:
    tills = {point: demo.till() for point in POINTS}
    for point, till in tills.items():
        till.say("нан 700, нал")
        demo.sandbox("POST", "/kill", {"role": "bot", "point": point})
        till.press("700")
        until(lambda till=till: till.state["last_document"] == 1)
        until(lambda till=till: till.documents()[0]["mark"] in SOLD, 30)
        demo.sandbox("POST", "/kill", {"role": "bot", "point": None})
    exactly_one(tills)


def test_delivery_survives_a_kill_of_the_lanes_at_each_point(demo: Demo) -> None:
    tills = {point: demo.till() for point in ("after_send", "after_answer")}
    for point, till in tills.items():
        till.ofd("down")
        assert till.sell()[1]["mark"] == "autonomous"
        demo.sandbox("POST", "/kill", {"role": "lanes", "point": point})
        till.ofd("ok")
        demo.sandbox("POST", "/clock", {"advance_s": 61})
        until(lambda till=till: till.book()["documents"])
    exactly_one(tills)


def test_every_role_comes_back_at_the_same_address(demo: Demo) -> None:
    for role in ("bot", "web", "lanes", "clock", "all"):
        answer = demo.sandbox("POST", "/kill", {"role": role})
        assert all(answer["pids"].values())
        assert alive(demo)


def test_book_and_journal_hold_after_all_those_kills(demo: Demo) -> None:
    verified = demo.verify()
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_second_start_goes_on_where_the_first_stopped(tmp_path: Path) -> None:
    with running(tmp_path / "demo") as demo:
        till = Till(demo, demo.told["registers"][1])
        assert till.sell()[1]["number"] == 1
        demo.sandbox("POST", "/clock", {"advance_s": 600})
        first = demo.told
        demo.stop()
    with running(tmp_path / "demo") as demo:
        kept = ("web", "api_key", "registers", "ofd", "printer", "database_url")
        assert {name: demo.told[name] for name in kept} == {name: first[name] for name in kept}
        assert demo.sandbox("GET", "/clock")["offset_s"] == pytest.approx(600)
        till = Till(demo, demo.told["registers"][1])
        assert till.sell()[1]["number"] == 2
        assert [one["printed_document_number"] for one in till.book()["documents"]] == [1, 2]
        other = subprocess.run(
            [*TIYN, "demo", "--headless", "--port", "0", "--data", str(tmp_path / "demo")],
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert other.returncode == 1 and "--data" in other.stderr
        os.kill(demo.process.pid, signal.SIGKILL)
        demo.process.wait()
    with running(tmp_path / "demo") as demo:
        till = Till(demo, demo.told["registers"][1])
        assert till.sell()[1]["number"] == 3
        assert demo.verify().returncode == 0
