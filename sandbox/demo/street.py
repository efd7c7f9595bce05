"""The street: an OFD, a Telegram, a printer, the database, and the product between them, on one folder."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from core.clock import MovableClock
from core.db.embedded import EmbeddedPostgres
from core.settings import Settings
from sandbox.demo import people
from sandbox.demo.roles import Message, Roles, Template
from sandbox.demo.state import DATABASE, HOST, DemoRegister, State, write_private
from sandbox.ofd import OperatorServer
from sandbox.printer import VirtualPrinter
from sandbox.telegram import TelegramServer

if TYPE_CHECKING:
    from core.bootstrap import Engine

PORTS = ("web", "ofd", "printer", DATABASE)
READY_S_MAX = 90.0
SHUTDOWN_S_MAX = 0.5
LOOK_S = 0.05
API_REQUESTS_PER_MINUTE = 60_000
"""So many that a load of any kind may be put on the demo with its one key."""
VAT_OF_PAYERS, NO_VAT = "16", "none"


class BadRegister(ValueError):
    """A register that cannot be made; the text says why."""


class Street:
    """Everything that runs, for whoever starts and steers it. Made by `open_street`."""

    def __init__(self, state: State, port: int) -> None:
        self.state = state
        self.sandbox_url = f"http://{HOST}:{port}"
        self.web_url = f"http://{HOST}:{state.ports['web']}"
        self.clock = MovableClock(timedelta(seconds=state.offset_s))
        self.version = 1
        self._news = asyncio.Event()
        self._making = asyncio.Lock()
        self.database_url = ""
        folder = state.folder
        (folder / "logs").mkdir(exist_ok=True)
        self.telegram = TelegramServer(now=self.clock.now, token=state.telegram_token, folder=folder / "telegram")
        self.ofd = OperatorServer(now=self.clock.now, folder=folder / "ofd", on_exchange=lambda _: self.touch())
        self.printer = VirtualPrinter(now=self.clock.now, identify=self._identify, folder=folder / "papers")
        self.printer.on_paper.append(lambda _: self.touch())
        self.bot_polled = asyncio.Event()
        self.engine: Engine
        bot, others = Template(("bot",), self._log("bot")), Template(("web", "lanes", "bridge"), self._log("web"))
        self.templates = (bot, others)
        self.roles = Roles({"bot": bot, **dict.fromkeys(("web", "lanes", "clock", "bridge"), others)}, self._first)
        self.roles.changed = self.touch

    # -- what the page waits for --

    def touch(self) -> None:
        """Something that people may see has changed."""
        self.version += 1
        self._news.set()
        self._news = asyncio.Event()

    async def changed(self, seen: int, seconds: float) -> None:
        """Returns once the version is another than `seen`, or after so many seconds."""
        if self.version == seen:
            news = self._news
            try:
                async with asyncio.timeout(seconds):
                    await news.wait()
            except TimeoutError:
                return

    # -- acts --

    async def set_offset(self, offset_s: float) -> None:
        """Move the clock of everything; in force everywhere when it returns."""
        self.state.offset_s = offset_s
        self.state.save()
        self.clock.set_offset(timedelta(seconds=offset_s))
        await self.roles.set_offset(offset_s)
        self.touch()

    async def add_register(
        self, *, vat_payer: bool, title: str | None = None, operator: str = "sandbox", protocol: str = "2.0.3"
    ) -> DemoRegister:
        """A register with everything around it: known to the OFD, with a vendor and the owner in their chats."""
        from core.ofd.operators import OPERATORS

        found = OPERATORS.get(operator)
        if found is None or found.check_base is None:
            known = ", ".join(code for code, one in OPERATORS.items() if one.check_base is not None)
            raise BadRegister(f"operator is one of {known}")
        async with self._making:
            self.state.numbers_used += 1
            self.state.save()
            shop = people.shop(self.state.numbers_used, vat_payer=vat_payer, title=title)
            token = secrets.randbelow(2**32 - 1) + 1
            register_id = await self._onboard(shop, token, vat_payer, operator, protocol)
            self.ofd.register_device(
                shop.device_id,
                token,
                rnm=shop.rnm,
                znm=shop.znm,
                iin_bin=shop.iin_bin,
                title=shop.taxpayer,
                address=shop.address,
                check_url=found.check_base,
            )
            chat = self.telegram.new_person(shop.vendor, shop.vendor_language, started=True)
            link = self.engine.people.link_person
            await link(register_id, chat, "cashier", shop.vendor, shop.vendor_language)
            await link(register_id, self.state.owner_chat, "owner", people.OWNER, people.OWNER_LANGUAGE)
            made = DemoRegister(register_id, shop.device_id, vat_payer, chat, shop.rnm, shop.title)
            self.state.registers.append(made)
            self.state.save()
            self.touch()
            return made

    async def _onboard(self, shop: people.Shop, token: int, vat_payer: bool, operator: str, protocol: str) -> str:
        from core.usecases.registers import NewRegister

        view = await self.engine.registers.onboard(
            NewRegister(
                organisation_id=self.state.organisation_id,
                title=shop.title,
                taxpayer=shop.taxpayer,
                iin_bin=shop.iin_bin,
                address=shop.address,
                address_kk=shop.address_kk,
                okved=people.OKVED,
                latitude=people.LATITUDE,
                longitude=people.LONGITUDE,
                rnm=shop.rnm,
                znm=shop.znm,
                operator=operator,
                protocol=protocol,
                host=HOST,
                port=self.state.ports["ofd"],
                device_id=shop.device_id,
                token=token,
                vat_payer=vat_payer,
                vat_default=VAT_OF_PAYERS if vat_payer else NO_VAT,
                practice=True,
            )
        )
        return view.registration.register_id

    async def first_people(self) -> None:
        """On a new folder: the organisation, its keys, the owner, and two registers."""
        state, access = self.state, self.engine.access
        if not state.organisation_id:
            state.organisation_id = await access.new_organisation("Tiyn demo")
        if not state.api_key:
            state.api_key = await access.new_api_key(state.organisation_id)
        if not state.bridge_token:
            _, state.bridge_token = await access.new_bridge(state.organisation_id, "Tiyn demo")
        if not state.owner_chat:
            state.owner_chat = self.telegram.new_person(people.OWNER, people.OWNER_LANGUAGE, started=True)
            self.telegram.start(state.owner_chat)
        state.save()
        while len(state.registers) < 2:
            made = await self.add_register(vat_payer=not state.registers)
            # The bot's greeting is the first thing that a newcomer reads.
            self.telegram.start(made.vendor_chat)

    # -- what the parts ask for --

    def settings(self) -> Settings:
        """Those of the product's processes, as `environment` gives them."""
        return Settings(
            data_dir=self.state.folder,
            database_url=self.database_url,
            public_url=self.web_url,
            web_port=self.state.ports["web"],
            webhook_private=True,
            api_requests_per_minute=API_REQUESTS_PER_MINUTE,
        )

    def _first(self, role: str) -> Message:
        """What a process of the product learns first."""
        state = self.state
        return {
            "log": self._log(role),
            "offset_s": state.offset_s,
            "environment": {
                "TIYN_DATA_DIR": str(state.folder),
                "DATABASE_URL": self.database_url,
                "TIYN_WEB_PORT": str(state.ports["web"]),
                "TIYN_WEB_HOST": HOST,
                "TIYN_PUBLIC_URL": self.web_url,
                "TIYN_WEBHOOK_PRIVATE": "true",
                "TIYN_API_REQUESTS_PER_MINUTE": str(API_REQUESTS_PER_MINUTE),
                "TIYN_TELEGRAM_TOKEN": state.telegram_token,
                "TIYN_TELEGRAM_BASE": self.telegram.api_base(self.sandbox_url),
                "TIYN_POCKET_FRAMES": self.sandbox_url,
            },
            "bridge": {
                "server": self.web_url,
                "token": state.bridge_token,
                "printer": f"tcp://{HOST}:{state.ports['printer']}",
                "spool": str(state.folder / "spool"),
            },
        }

    def _log(self, role: str) -> str:
        return str(self.state.folder / "logs" / f"{role}.log")

    def _identify(self, text: str) -> dict[str, Any] | None:
        from core.receipt.identify import identify_paper

        found = identify_paper(text)
        if found is None:
            return None
        of = next((one.register_id for one in self.state.registers if one.rnm == found.rnm), "")
        return {"register_id": of, "title": found.title, "document": found.number, "copy": found.copy}

    # -- readiness --

    async def ready(self) -> None:
        """Returns when everything answers, the bot's polling included."""
        async with asyncio.timeout(READY_S_MAX):
            up = (role.come_up(0) for role in self.roles.by_name.values())
            await asyncio.gather(*up, self.web_answers(), self.bot_polled.wait())

    async def web_answers(self) -> None:
        """Returns once the product's web server answers."""
        async with ClientSession(timeout=ClientTimeout(2)) as http:
            while True:
                try:
                    async with http.get(f"{self.web_url}/healthz") as answer:
                        if answer.status == 200:
                            return
                except (ClientError, OSError, TimeoutError):
                    await asyncio.sleep(LOOK_S)

    def write_demo_json(self) -> None:
        """The addresses and keys for other programs (CONTRACT.md 2)."""
        state = self.state
        told = {
            "web": self.web_url,
            "sandbox": self.sandbox_url,
            "api_key": state.api_key,
            "registers": [one.entry() for one in state.registers[:2]],
            "ofd": {"host": HOST, "port": state.ports["ofd"]},
            "printer": {"host": HOST, "port": state.ports["printer"]},
            "telegram": {
                "base": self.telegram.api_base(self.sandbox_url),
                "token": state.telegram_token,
                "owner_chat": state.owner_chat,
            },
            "database_url": self.database_url,
        }
        write_private(state.folder / "demo.json", json.dumps(told, ensure_ascii=False, indent=1))


@asynccontextmanager
async def open_street(folder: Path, port: int, app_of: Callable[[Street], web.Application]) -> AsyncIterator[Street]:
    """Start everything in the order that is ready soonest; stop it in the reverse one, the database last."""
    state = State.load(folder)
    state.take_ports(PORTS)
    state.save()
    async with AsyncExitStack() as stack:
        street = Street(state, port)
        for template in street.templates:
            template.start()
            stack.callback(template.stop)
        app = app_of(street)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_S_MAX, handler_cancellation=True)
        postgres = EmbeddedPostgres(folder / "postgres", port=state.ports[DATABASE])
        stack.callback(postgres.stop)
        await _to_the_end(asyncio.create_task(asyncio.to_thread(_start_database, postgres)))
        street.database_url = postgres.tcp_url
        await street.ofd.start(HOST, state.ports["ofd"])
        stack.push_async_callback(street.ofd.stop)
        await street.printer.start(HOST, state.ports["printer"])
        stack.push_async_callback(street.printer.stop)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)

        from core.bootstrap import open_engine

        street.engine = await stack.enter_async_context(open_engine(street.settings(), street.clock, role="demo"))
        await street.first_people()
        await web.TCPSite(runner, HOST, port).start()
        street.roles.start()
        stack.push_async_callback(street.roles.stop)
        yield street


def _start_database(postgres: EmbeddedPostgres) -> None:
    from core.db.migrate import upgrade

    postgres.start()
    upgrade(postgres.tcp_url)


async def _to_the_end(task: asyncio.Task[None]) -> None:
    """Wait also when cancelled: a database in the middle of its start can be neither left nor stopped."""
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise
