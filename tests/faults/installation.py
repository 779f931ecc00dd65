"""The product as its operator runs it: real processes on a real database, which may die and be started again."""

import asyncio
import json
import os
import shutil
import signal
import socket
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import httpx

from tests.faults import nursery
from tests.faults.books import Books, instant, until
from tests.faults.nursery import Child
from tests.outside import slack
from tests.outside.serving import Hook
from tests.outside.slack import Slack
from tests.outside.telegram import Telegram
from tests.outside.whatsapp import WhatsApp
from tests.services import free_port

# A Wednesday, 09.00 in Jakarta: Thursday and Friday are working days.
BEGINS = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
WORLD = (BEGINS - datetime.now(UTC)).total_seconds()
LEASE = 70.0  # somewhat more than a job's lease: after it, what a dead worker did is free again
SOON = timedelta(seconds=120)  # work that is due later than this was planned, and is not being waited for
WHOLE = ("run",)
SPLIT = ("web", "worker", "scheduler")
THREE = ("web", "worker", "worker2", "worker3", "scheduler")
NOWHERE: Mapping[str, str] = MappingProxyType({})


@dataclass
class Process:
    """One process of the product."""

    part: str
    popen: Child
    log: Path

    @property
    def died(self) -> bool:
        """Whether it is gone without having been asked to go."""
        return self.popen.poll() is not None

    def kill(self) -> None:
        """End it as a power cut would."""
        self.popen.kill()
        self.popen.wait()


@dataclass
class Installation:
    """One installation of Serambi: its database, its doorbell, its platforms, its processes."""

    folder: Path
    database_url: str
    broker_url: str = ""
    parts: tuple[str, ...] = WHOLE
    telegram: Telegram = field(default_factory=Telegram)
    slack: Slack = field(default_factory=Slack)
    whatsapp: WhatsApp = field(default_factory=WhatsApp)
    also: dict[str, str] = field(default_factory=dict)  # settings of this installation alone
    ahead: dict[str, float] = field(default_factory=dict)  # by how much the clock of a part is ahead of the story's
    processes: dict[str, Process] = field(default_factory=dict)
    deaths: int = 0
    ports: dict[str, int] = field(default_factory=dict)  # of further web parts
    paced: bool = False  # chats are spoken to no faster than their platforms allow
    root: Path = nursery.ROOT  # the folder of the release whose commands and parts are run

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.telegram.start()
        self.slack.start()
        self._reviving = asyncio.Lock()  # many may notice at once that something died
        self.port = free_port()
        self.books = Books(self.database_url)
        self.client = httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.port}", timeout=60)

    async def close(self) -> None:
        """Nothing of it runs any more."""
        for process in self.processes.values():
            process.kill()
        self.processes.clear()
        await self.client.aclose()
        await self.books.close()
        for platform in (self.telegram, self.slack, self.whatsapp):
            platform.__exit__()

    def takes_whatsapp(self) -> None:
        """Give it a WhatsApp number, before it is started."""
        self.whatsapp.start()
        self.also |= self.whatsapp.environ()

    # -- the clock

    def now(self, part: str | None = None) -> datetime:
        """The instant on the clock of a part; of the one that is furthest ahead, if none is named."""
        ahead = self.ahead.get(part, 0.0) if part else max(self.ahead.values(), default=0.0)
        return datetime.now(UTC) + timedelta(seconds=WORLD + ahead)

    @property
    def at(self) -> float:
        """When Slack signs a request now."""
        return self.now(self.parts[0]).timestamp()

    # -- processes

    def environment(self, part: str, **more: str) -> dict[str, str]:
        """What a process of this installation finds around itself."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "CLOCK_AHEAD": str(WORLD + self.ahead.get(part, 0.0)),
            "DEATHS": str(self.deaths_of(part)),
            "MACHINE": part,
            **({} if self.paced else {"UNPACED": "1"}),
            "SERAMBI_DATABASE_URL": self.database_url,
            "SERAMBI_KEYS": str(self.folder / "keys.db"),
            "SERAMBI_FILES": str(self.folder / "files"),
            "SERAMBI_BROKER_URL": self.broker_url,
            "SERAMBI_PORT": str(self.port_of(part)),
            "SERAMBI_MASTER_KEY": "m" * 40,
            "SERAMBI_SECRET_KEY": "s" * 40,
            # How fast a bot speaks is tested elsewhere; here it would only be waited for.
            "SERAMBI_TELEGRAM_PER_SECOND": "1000",
            "SERAMBI_SLACK_PER_SECOND": "1000",
            "SERAMBI_WHATSAPP_PER_SECOND": "1000",
            **self.telegram.environ(),
            **self.slack.environ(),
            **self.also,
            **more,
        }

    async def command(self, *words: str, **more: str) -> dict[str, Any]:
        """Do one command of the product, and return what it says in JSON."""
        ended, told, complaint = await self.try_command(*words, **more)
        assert ended == 0, complaint
        read: dict[str, Any] = json.loads(told)
        return read

    async def try_command(self, *words: str, **more: str) -> tuple[int, str, str]:
        """Do one command of the product; its exit status and what it wrote."""
        return await asyncio.to_thread(self._commanded, [*words, "--json"], self.environment("command", **more))

    def _commanded(self, words: Sequence[str], environ: Mapping[str, str]) -> tuple[int, str, str]:
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            told, complaint = Path(folder, "told"), Path(folder, "complaint")
            ended = nursery.fork(words, environ, told, complaint, root=self.root).wait()
            return ended, told.read_text(), complaint.read_text()

    async def start(self, *parts: str, crash: Mapping[str, str] = NOWHERE, notes: bool = False) -> None:
        """Start these parts, or all, and wait until the web part listens.

        `crash` says at which crash point which part dies; with `notes` each part writes down the points it passes.
        """
        for part in parts or self.parts:
            assert (part not in self.ports and part != self.parts[0]) or not self.listens(part), (
                f"somebody else listens on port {self.port_of(part)}, and would be taken for {part}"
            )
            log = self.folder / f"{part}.log"
            more = {"CRASH_AT": crash[part]} if part in crash else {}
            if notes:
                more["POINTS_PASSED"] = str(self.notes(part))
            words = [part.rstrip("23456789")]  # worker2 is one more worker
            child = await asyncio.to_thread(nursery.fork, words, self.environment(part, **more), log, root=self.root)
            self.processes[part] = Process(part, child, log)
        if self.parts[0] in (parts or self.parts):
            web = self.processes[self.parts[0]]
            await until(lambda: self.listens() or web.died, "the web part listens", 120)
            assert web.popen.poll() in (None, -signal.SIGKILL), f"{web.part} did not start: {self.complaints()}"

    def deaths_of(self, part: str) -> Path:
        """Where a part finds the names of the crash points at which it is to die."""
        return self.folder / f"deaths-of-{part}"

    def is_to_die(self, part: str, points: Iterable[str], nth: int = 1) -> None:
        """Have a part that runs die at each of these crash points, once, the so-manieth time it passes there from now on."""
        self.deaths_of(part).mkdir(exist_ok=True)
        for point in points:
            (self.deaths_of(part) / point).write_bytes(b"." * (nth - 1))

    def survived(self) -> list[str]:
        """The crash points at which nobody died who should have."""
        return [f"{path.parent.name} at {path.name}" for path in self.folder.glob("deaths-of-*/*")]

    def notes(self, part: str) -> Path:
        """Where a part notes the crash points it passes."""
        return self.folder / f"points-of-{part}"

    def port_of(self, part: str) -> int:
        """Where this part takes requests, if it does."""
        return self.ports.get(part, self.port)

    def listens(self, part: str = "") -> bool:
        """Whether something takes requests there."""
        with socket.socket() as probe:
            probe.settimeout(1)
            return probe.connect_ex(("127.0.0.1", self.port_of(part))) == 0

    async def stop(self) -> dict[str, int]:
        """Ask every part to end, and return how each did."""
        for process in self.processes.values():
            if not process.died:
                process.popen.send_signal(signal.SIGTERM)
        ended = {}
        for part, process in self.processes.items():
            ended[part] = await asyncio.to_thread(process.popen.wait, 30)
        self.processes.clear()
        return ended

    async def revive(self) -> bool:
        """Start again what died, after the lease of its work has run out; whether anything had."""
        async with self._reviving:
            return await self._revive()

    async def _revive(self) -> bool:
        dead = [part for part, process in self.processes.items() if process.died]
        for part in dead:
            ended = self.processes[part].popen.returncode
            assert ended == -signal.SIGKILL, f"{part} ended by itself with {ended}: {self.complaints()}"
            self.deaths += 1
            if part.startswith(("run", "worker")):
                self.ahead[part] = self.ahead.get(part, 0.0) + LEASE
        if dead:
            await self.start(*dead)
        return bool(dead)

    def complaints(self) -> str:
        """What the processes logged."""
        logs = {path.name: path.read_text(errors="replace")[-2000:] for path in self.folder.glob("*.log")}
        return "\n".join(f"{name}: {text}" for name, text in logs.items())

    # -- speaking to it

    async def post(self, hook: Hook) -> httpx.Response:
        """Bring one webhook request; raises when nothing answers."""
        return await self.client.post(hook.path, headers=hook.headers, content=hook.body)

    async def hand_over(self, hook: Hook, seconds: float = 120.0) -> None:
        """Bring a webhook request as a platform does: again, until it is answered 200."""

        async def taken() -> bool:
            try:
                answered = (await self.post(self._signed_now(hook))).status_code
            except httpx.TransportError:
                await self.revive()
                return False
            assert answered in (200, 502, 503), f"{hook.path} was answered {answered}: {self.complaints()}"
            return answered == 200

        await until(taken, f"{hook.path} is answered", seconds)

    def _signed_now(self, hook: Hook) -> Hook:
        """The request as its platform sends it at this moment: Slack signs a repeat anew."""
        if not hook.path.startswith("/hooks/slack/"):
            return hook
        signed = slack.signed(hook.path, hook.body, hook.headers["content-type"], secret=self.slack.secret, at=self.at)
        return Hook(hook.path, hook.headers | signed.headers, hook.body)

    async def settle(self, seconds: float = 120.0) -> None:
        """Wait until everything that is due was done; what dies meanwhile is started again."""

        async def quiet() -> bool:
            await self.revive()
            return not await self.unfinished()

        try:
            await until(quiet, "everything due is done", seconds)
        except AssertionError as late:
            raise AssertionError(f"{late}: {await self.unfinished()}\n{self.complaints()}") from None

    async def state(self) -> str:
        """What came, what is to be done, what is to be said and what the platforms were asked, for who looks for a fault."""
        told = {
            "now": self.now(),
            "inbound": await self.books.rows(
                "select id, channel, sender, state, tries, received_at, trace from inbound"
            ),
            "outbound": await self.books.rows("select id, channel, state, caused_by from outbound"),
            "jobs": await self.books.rows("select id, name, state, attempts, run_at, error from job order by id"),
            "telegram": [(call.method, call.status, call.error) for call in self.telegram.calls],
        }
        return "\n".join(f"{name}: {what}" for name, what in told.items()) + "\n" + self.complaints()

    async def unfinished(self) -> list[Any]:
        """The work that is due now or soon."""
        soon = self.now() + SOON
        jobs = await self.books.rows(
            "select id, name, state, attempts, run_at, error from job where state in ('queued', 'running')"
        )
        waiting: list[Any] = [job for job in jobs if job["state"] == "running" or instant(job["run_at"]) <= soon]
        waiting += await self.books.rows("select id, state from inbound where state = 'new'")
        return waiting


def copy_file(source: str, folder: Path) -> str:
    """The URL of a copy of a SQLite file at rest."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(source.removeprefix("sqlite:///"), folder / "serambi.db")
    return f"sqlite:///{folder}/serambi.db"
