"""Files for accounting programs: every rule of their descriptions kept, sums equal to the Z-reports' to the tiyn."""

from __future__ import annotations

import asyncio
import io
import random
import subprocess
import sys
from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import commerceml_rules
import openpyxl
import pytest
from archive_box import life
from commerceml_rules import Booked
from engine_street import street
from filled_days import DAYS, filled_days

from core.bootstrap import Engine
from core.clock import ALMATY
from core.domain.document import Document
from core.domain.ticket import OPERATIONS, Adjustment, Kind, LineInput, Payment, PaymentType, TicketInput
from core.errors import BrokenJournal
from core.reports.by_shift import Shifts
from core.reports.formats import FORMATS, file_name, sink_maker
from core.reports.words import Words
from core.usecases.exports import Period
from sandbox.bench.ground import ground
from sandbox.bench.operator import operator

ROOT = Path(__file__).parents[2]
NAMES = ("Нан", "Сүт «Айналайын» <2,5 %> & \"1 л\"", "Кофе\u0001", "=1+1", "Шай")


def ticket(chance: random.Random) -> TicketInput:
    lines = []
    for _ in range(chance.randint(1, 4)):
        barcode = chance.choice([None, "4870001234567", "123"])
        quantity = chance.choice([1000, 2000, 1500, 333])
        vat = chance.choice([None, "0", "none"])
        lines.append(LineInput(chance.choice(NAMES), chance.randint(100, 900_000), quantity, vat=vat, barcode=barcode))
    if chance.random() < 0.2:
        lines.append(LineInput(lines[0].name, lines[0].price, lines[0].quantity, vat=lines[0].vat, storno=True))
        lines.append(LineInput("Қағаз", 10_000, vat=lines[0].vat))
    total = sum((-1 if one.storno else 1) * ((one.price * one.quantity * 2 + 1000) // 2000) for one in lines)
    off = chance.randint(1, 99)
    kind = chance.choice(list(PaymentType))
    return TicketInput(
        Kind.SELL, tuple(lines), discount=Adjustment(sum=off), payments=(Payment(kind, total - off),)
    )


async def made(engine: Engine, register_id: str, period: Period, form: str, lang: str = "ru") -> bytes:
    extract = await engine.exports.extract(register_id, period)
    assert file_name(extract, form).endswith(FORMATS[form][0])
    pieces = engine.press.stream(extract, sink_maker(form, extract, Words(lang)))
    return b"".join([piece async for piece in pieces])


def z_figures(closes: list[Document], period: Period) -> dict[str, dict[str, Decimal]]:
    """What the Z-reports of the shifts that were closed in the period say."""
    found: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for close in closes:
        assert close.report is not None
        if not period.first <= close.made_at.astimezone(ALMATY).date() <= period.last:
            continue
        for op in map(str, OPERATIONS):
            row, figures = close.report.tickets[op], found[op]
            figures["total"] += Decimal(row.sum) / 100
            for kind, count in row.payments.items():
                figures[kind] += Decimal(count.sum) / 100
            for rate, taxes in close.report.taxes.items():
                figures[f"vat {rate}"] += Decimal(taxes[op].sum) / 100
    return {op: {name: one for name, one in row.items() if one} for op, row in found.items() if any(row.values())}


def booked_figures(documents: list[Booked]) -> dict[str, dict[str, Decimal]]:
    """What a program would book."""
    found: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for one in documents:
        figures = found[one.operation]
        figures["total"] += one.total
        for kind, name in (("cash", "Оплата наличными"), ("card", "Оплата картой"), ("mobile", "Мобильный платеж")):
            figures[kind] += Decimal(one.facts[name])
        for rate, tax in one.taxes.items():
            figures[f"vat {rate}"] += tax
    return {op: {name: one for name, one in row.items() if one} for op, row in found.items()}


def table_figures(data: bytes) -> dict[str, dict[str, Decimal]]:
    """The same from the workbook's two sheets, whose sums must agree with each other."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    goods, payments = (list(book[name].iter_rows(min_row=2, values_only=True)) for name in ("Товары", "Оплаты"))
    ops = {"Продажа": "sell", "Возврат продажи": "sell_return", "Покупка": "buy", "Возврат покупки": "buy_return"}
    found: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    by_block: dict[Any, Decimal] = defaultdict(Decimal)
    for row in goods:
        by_block[row[0], row[3]] += _money(row[10])
        rate = str(row[11]).removeprefix("НДС ").removesuffix(" %")
        found[ops[row[3]]][f"vat {rate}"] += _money(row[12])
    for row in payments:
        assert by_block.pop((row[0], row[3])) == _money(row[5]) == sum(map(_money, row[6:9]))
        for name, value in zip(("total", "cash", "card", "mobile"), row[5:9], strict=True):
            found[ops[row[3]]][name] += _money(value)
    assert not by_block
    return {op: {name: one for name, one in row.items() if one} for op, row in found.items()}


def _money(value: Any) -> Decimal:
    return Decimal(str(value or 0)).quantize(Decimal("0.01"))


@pytest.mark.parametrize("seed", [1, 2026])
async def test_every_period_of_generated_days_equals_its_z_reports(postgres_url: str, seed: int) -> None:
    with operator() as port:
        async with ground(postgres_url, port, lambda _: None) as here:
            register_id = await filled_days(
                here, random.Random(seed), ticket, closes=0.1, deposits=0.1, minutes_max=120
            )
            closes = await here.journal.closes(register_id, 0, 1000)
            shifts: list[str] = []
            for first, last in ((0, 5), (0, 2), (3, 5), (2, 3), (1, 1), (4, 4)):
                period = Period(DAYS[first], DAYS[last])
                expected = z_figures(closes, period)
                documents = commerceml_rules.read(await made(here.engine, register_id, period, "commerceml"))
                assert booked_figures(documents) == expected, period
                assert table_figures(await made(here.engine, register_id, period, "goods")) == expected, period
                if (first, last) in ((0, 2), (3, 5)):
                    shifts += [one.facts["Номер смены"] for one in documents]
            assert len(set(shifts)) == len(shifts) > 4, "each shift is booked in one month only"


async def test_returns_and_purchases_stand_apart_and_a_name_is_only_a_name(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        await life(here)
        today = here.clock.now().astimezone(ALMATY).date()
        period = Period(today - timedelta(days=2), today)
        documents = commerceml_rules.read(await made(here.engine, here.register_id, period, "commerceml"))
        assert [(one.facts["Номер смены"], one.operation) for one in documents] == [
            ("1", "sell"), ("1", "sell_return"), ("2", "sell"), ("2", "buy"),
        ]  # fmt: skip
        first = documents[0]
        assert [good["Наименование"] for good in first.goods] == ["Нан", "Нан", "Сүт «Айналайын» \\ \"1 л\""]
        assert {good["БазоваяЕдиница"] for good in first.goods} == {"шт"}
        again = await made(here.engine, here.register_id, period, "commerceml")
        assert [one.facts for one in commerceml_rules.read(again)] == [one.facts for one in documents]
        ids = {good["Ид"] for one in documents for good in one.goods if good["Наименование"] == "Нан"}
        assert len(ids) == 1, "a good is the same good in every document"
        whole = await made(here.engine, here.register_id, period, "commerceml")
        assert "УЧЕБНАЯ КАССА, НЕ ПРОВОДИТЬ".encode() in whole
        for lang in ("kk", "en"):
            book = openpyxl.load_workbook(
                io.BytesIO(await made(here.engine, here.register_id, period, "goods", lang))
            )
            assert [book[name].max_row for name in book.sheetnames] == [1 + 6, 1 + 4]


async def test_an_open_shift_is_not_booked_before_its_z(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        await here.sell()
        today = here.clock.now().astimezone(ALMATY).date()
        period = Period(today, today)
        assert commerceml_rules.read(await made(here.engine, here.register_id, period, "commerceml")) == []
        await here.close()
        booked = commerceml_rules.read(await made(here.engine, here.register_id, period, "commerceml"))
        assert [one.total for one in booked] == [Decimal("100.00")]
        views = await here.engine.books.documents(here.register_id, after=0, limit=10)
        with pytest.raises(BrokenJournal, match="shift 1"):
            Shifts(period).take(views[1:])


async def test_the_command_writes_every_format(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        await here.sell()
        await here.close()
        rnm = (await here.view()).registration.rnm
        day = here.clock.now().astimezone(ALMATY).date().isoformat()

    async def tiyn(*arguments: str) -> tuple[int, str]:
        told = {"DATABASE_URL": database, "TIYN_DATA_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"}
        command = [sys.executable, str(ROOT / "tiyn.py"), "export", rnm, *arguments]
        done = await asyncio.to_thread(
            subprocess.run, command, env=told, cwd=tmp_path, capture_output=True, text=True, timeout=60
        )
        return done.returncode, done.stderr

    for form in FORMATS:
        out = tmp_path / f"{form}.out"
        assert await tiyn("--from", day, "--to", day, "--format", form, "--out", str(out)) == (0, "")
        assert out.stat().st_size > 100
    code, said = await tiyn("--from", day, "--to", "2020-01-01", "--out", str(tmp_path / "new"))
    assert code == 1 and "PERIOD_BACKWARDS" in said
    code, said = await tiyn("--from", "yesterday", "--to", day, "--out", str(tmp_path / "new"))
    assert code == 1 and "write it as 2026-11-01" in said
    code, said = await tiyn("--from", day, "--to", day, "--out", str(tmp_path / "xlsx.out"))
    assert code == 1 and "is there already" in said
    assert not (tmp_path / "new").exists()
