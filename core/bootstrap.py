"""The only place that knows the concrete parts and puts them together; bot, web, lanes, clock and tests all
come here.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from core.clock import Clock
from core.crew import Crew, assembled_crew
from core.db.bridges import Bridges
from core.db.catalogue import CatalogueStore
from core.db.directory import Access, Directory
from core.db.drawer import DrawerCounts
from core.db.feed import Feed
from core.db.ids import public_code
from core.db.journal import PostgresJournal
from core.db.links import Links
from core.db.people import People
from core.db.pool import Database
from core.db.queues import EVERYTHING, Hints, NewsDesk, Prints
from core.db.runs import Runs
from core.db.statistics import StatisticReads
from core.db.takings import Takings
from core.db.timeline import Timelines
from core.db.webhooks import Webhooks
from core.db.work import Work
from core.domain.document import Document
from core.ofd.delivery import Delivery
from core.ofd.genesis import GenesisReader
from core.ofd.link import Link
from core.ofd.nomenclature import CatalogueReader
from core.ofd.operators import autonomous_check_url, is_connectable, operator
from core.ofd.report_codec import report_checksum
from core.ofd.sender import OnlineSender
from core.reports.press import Press
from core.sealing import Sealer
from core.settings import Settings, load_secret_key
from core.usecases.acts import Acts
from core.usecases.books import Books
from core.usecases.catalogue import Catalogue
from core.usecases.days import Days
from core.usecases.drills import Drills
from core.usecases.exports import Exports
from core.usecases.fees import Fees
from core.usecases.lanes import Lanes
from core.usecases.nomenclature import Nomenclature
from core.usecases.probes import Probes
from core.usecases.quotes import Quotes
from core.usecases.registers import Registers
from core.usecases.returning import Returns
from core.usecases.statistics import Figures
from core.usecases.takings import TakingsCount


def nothing(_point: str) -> None:
    """The points of production: passed without a stop."""


@dataclass(frozen=True, slots=True)
class Engine:
    """The fiscal engine of one process."""

    settings: Settings
    clock: Clock
    database: Database
    registers: Registers
    acts: Acts
    books: Books
    exports: Exports
    press: Press
    quotes: Quotes
    returns: Returns
    nomenclature: Nomenclature
    lanes: Lanes
    probes: Probes
    fees: Fees
    drills: Drills
    days: Days
    takings: TakingsCount
    statistics: Figures
    prints: Prints
    drawer: DrawerCounts
    feed: Feed
    timelines: Timelines
    news: NewsDesk
    access: Access
    links: Links
    bridges: Bridges
    people: People
    crew: Crew
    hints: Hints
    delivery: Delivery
    work: Work
    runs: Runs
    catalogue: Catalogue
    webhooks: Webhooks


@asynccontextmanager
async def open_engine(
    settings: Settings, clock: Clock, *, points: Callable[[str], None] = nothing, role: str = "all"
) -> AsyncIterator[Engine]:
    """Open an engine on ``settings.database_url``; closing waits for what this process has sent and not yet written."""
    assert settings.database_url is not None, "whoever starts a process starts or names its database"
    database = await Database.open(settings.database_url, size_max=settings.database_pool_size)
    hints = Hints(database)
    hints.start()
    engine, sender = _assembled(settings, clock, database, hints, points, role)
    try:
        await engine.runs.begin(role)
        yield engine
    finally:
        await engine.probes.close()
        await sender.close()
        await engine.runs.end()
        await hints.stop()
        await database.close()


def _assembled(
    settings: Settings, clock: Clock, database: Database, hints: Hints, points: Callable[[str], None], role: str
) -> tuple[Engine, OnlineSender]:
    """The engine of these parts, and its sender, which whoever opened it closes."""
    link, sealer = Link(points), Sealer(load_secret_key(settings))
    journal = PostgresJournal(database, sealer, settings.public_url)
    directory = Directory(database, sealer)
    sender = OnlineSender(journal, link, clock, database.hint)
    runs = Runs(database)
    acts = _acts(journal, directory, sender, clock, points, runs)
    genesis = GenesisReader(link, clock, settings.ofd_timeout_s_max)
    owner = f"{role}-{os.getpid()}-{secrets.token_hex(4)}"
    timeout_s = settings.ofd_timeout_s_max
    delivery = Delivery(journal, directory, link, clock, owner=owner, timeout_s=timeout_s, hint=database.hint)
    hints.on_topic(lambda topic: _forget(directory, topic))
    registers = Registers(journal, directory, clock, connectable=is_connectable, read_genesis=genesis.read)
    lanes, quotes = Lanes(journal, directory, clock, delivery.deliver), Quotes(journal, directory, acts)
    nomenclature = Nomenclature(journal, directory, clock, CatalogueReader(link, clock))
    takings = TakingsCount(Takings(database))
    exports, people = Exports(journal, directory, acts, clock), People(database)
    catalogue = Catalogue(CatalogueStore(database), people, directory, clock, finder=nomenclature)
    engine = Engine(
        settings=settings,
        clock=clock,
        database=database,
        registers=registers,
        acts=acts,
        books=Books(journal, journal, directory, directory, acts),
        exports=exports,
        press=Press(exports),
        quotes=quotes,
        returns=Returns(journal),
        nomenclature=nomenclature,
        lanes=lanes,
        probes=Probes(journal, registers, clock, try_now=lanes.probe, hint=database.hint),
        fees=Fees(directory, clock),
        days=Days(directory, clock),
        takings=takings,
        statistics=Figures(StatisticReads(database), takings, directory, registers, acts, clock),
        drills=Drills(journal, directory, report_checksum),
        prints=Prints(database, hints),
        drawer=DrawerCounts(database),
        feed=Feed(journal),
        timelines=Timelines(database),
        news=NewsDesk(database, hints),
        access=Access(database),
        links=Links(database),
        bridges=Bridges(database),
        people=people,
        crew=assembled_crew(database, sealer, clock, directory, registers, acts, quotes, catalogue),
        hints=hints,
        delivery=delivery,
        work=Work(database),
        runs=runs,
        catalogue=catalogue,
        webhooks=Webhooks(database, sealer),
    )
    return engine, sender


def _acts(
    journal: PostgresJournal,
    directory: Directory,
    sender: OnlineSender,
    clock: Clock,
    points: Callable[[str], None],
    runs: Runs,
) -> Acts:
    return Acts(
        journal,
        directory,
        sender,
        clock,
        checksum=report_checksum,
        own_url=own_check_url,
        public_code=public_code,
        points=points,
        why_abandoned=runs.reason,
    )


def own_check_url(document: Document) -> str | None:
    """The check link that the register itself makes for an autonomous ticket (PROTOCOL.md h)."""
    if not document.is_ticket or document.own_sign is None or not document.seller.operator:
        return None
    return autonomous_check_url(
        operator(document.seller.operator),
        sign=document.own_sign,
        rnm=document.seller.rnm,
        total=document.total,
        made_at=document.made_at,
    )


def _forget(directory: Directory, topic: str) -> None:
    """Another process changed a register's settings, or may have while nobody listened."""
    kind, _, register_id = topic.partition(" ")
    if kind == "registration":
        directory.forget(register_id)
    elif kind == EVERYTHING:
        directory.forget_all()
