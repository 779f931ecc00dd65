"""A month of one company in one thread, by a seed: a virtual clock, the product's own code, and what goes wrong.

What happens next is drawn from the seed; the product's queue is worked off by its own verbs, in an order of the seed's.
A process that dies is a `Death` at a crash point: whatever it had not kept is gone, and its work is left to its lease.
"""

import asyncio
import hashlib
import heapq
import itertools
import json
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any, cast
from unittest import mock

import httpx
from litestar import Litestar

import serambi
from bot import delivery
from core import clock, crash, database, jobs, lookout, set_back, settings, vault
from core.errors import Refused
from core.messaging import inbox
from core.settings import Settings
from tests.core.conftest import KEYS, MASTER
from tests.faults import month_checker
from tests.faults.books import Books, instant
from tests.outside import slack
from tests.outside.serving import Hook
from tests.outside.slack import Slack
from tests.outside.telegram import Telegram
from tests.outside.whatsapp import WhatsApp
from tests.services import free_port

A_MOMENT = timedelta(milliseconds=1)
AT_ONCE = 3  # jobs that are taken together
MOST_ROUNDS = 3_000  # of the queue at one instant
# What goes on by itself while its process dies: a transaction is given back, and what came in is written.
ENDS_BY_ITSELF = ("finish", "finish_apart", "_serve")
REST = timedelta(hours=30)  # after the last fault, until everything that can be done is done


class Death(BaseException):
    """The process ends here, as by SIGKILL."""


@dataclass(frozen=True)
class Rates:
    """How often something goes wrong, for each thing that somebody does."""

    death: float = 0.08
    repeat: float = 0.10
    late: float = 0.04
    trouble: float = 0.08
    away: float = 0.01
    clock: float = 0.01


CALM = Rates(0, 0, 0, 0, 0, 0)


@dataclass
class Told:
    """How a month went."""

    seed: int
    history: list[str]
    wrong: list[str]
    met: Counter[str]

    @property
    def hash(self) -> str:
        """The same for the same history."""
        return hashlib.sha256("\n".join(self.history).encode()).hexdigest()[:16]


Act = Callable[[], Awaitable[None]]


@dataclass
class Month:
    """The installation, its clock, what is going to happen, and what has happened."""

    seed: int
    url: str
    folder: Path
    begins: datetime
    points: Sequence[str]
    rates: Rates = field(default_factory=Rates)
    telegram: Telegram = field(default_factory=Telegram)
    slack: Slack = field(default_factory=Slack)
    whatsapp: WhatsApp = field(default_factory=WhatsApp)

    def __post_init__(self) -> None:
        self.now = self.begins
        self.ahead = timedelta()  # by how much the server's clock is ahead of everybody's
        self.history: list[str] = []
        self.wrong: list[str] = []
        self.met: Counter[str] = Counter()
        self.books = Books(self.url)
        self._dead = asyncio.Event()  # of the innermost act that is being done
        self._coming: list[tuple[datetime, int, Act]] = []
        self._numbers = itertools.count()
        self._queue, self._faults = Random(f"{self.seed}:queue"), Random(f"{self.seed}:faults")
        self._looks = self.begins  # when the scheduler looks next
        self._client: httpx.AsyncClient | None = None

    # -- opening and closing

    @contextmanager
    def running(self) -> Iterator[None]:
        """The stand-ins listen, chance comes from the seed, and a crash point kills nobody else."""
        drawn, keys = (Random(f"{self.seed}:{name}") for name in ("codes", "keys"))
        dies = SimpleNamespace(kill=self._die, getpid=lambda: 0)
        # How many keys are made depends on those there are; what people type must not.
        patches: dict[str, Any] = {
            "token_urlsafe": lambda n=32: keys.randbytes(n).hex()[: n * 4 // 3],
            "token_hex": lambda n=32: keys.randbytes(n).hex(),
            "token_bytes": lambda n=32: keys.randbytes(n),
            "choice": drawn.choice,
            "randbelow": keys.randrange,
        }
        self.slack.trigger_lives = 1e9  # by the real clock, which does not count here
        before = settings._current
        with (
            self.telegram, self.slack, self.whatsapp,
            mock.patch.multiple(secrets, **patches), mock.patch.object(crash, "os", dies), clock.freeze(self.begins),
        ):  # fmt: skip
            settings.use(self._settings())
            try:
                yield
            finally:
                crash.die_at("")
                settings._current = before

    def _settings(self) -> Settings:
        return Settings(
            database_url=self.url, master_key=MASTER, secret_key=MASTER, keys=KEYS, telegram_name="SerambiBot",
            files=f"{self.folder}/files", base_url=f"http://127.0.0.1:{free_port()}",
            **self.telegram.settings(), **self.slack.settings(), **self.whatsapp.settings(),
        )  # fmt: skip

    async def open(self) -> None:
        """Start the process."""
        await database.open_database(settings.current())
        for table in ("audit_anchor", "audit_gap"):  # another run may have had a company of the same number
            vault.keyring().store.write((f"delete from {table} where company <> ?", [(-1,)]))
        transport = httpx.ASGITransport(app=cast(Any, _app()))
        self._client = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000")

    async def close(self) -> None:
        """End it."""
        await delivery.close()
        if self._client is not None:
            await self._client.aclose()
        await database.close_database()
        await self.books.close()

    # -- the clock

    def _move(self, to: datetime) -> None:
        self.now = max(self.now, to)
        clock.move(self.now + self.ahead)

    def at(self, when: datetime, act: Act) -> None:
        """Have this happen then."""
        heapq.heappush(self._coming, (max(when.astimezone(UTC), self.now), next(self._numbers), act))

    def note(self, what: str) -> None:
        """Something happened."""
        self.history.append(f"{self.now:%m-%d %H:%M:%S} {what}")

    # -- what happens

    async def play(self, until: datetime) -> None:
        """Let everything happen that comes until then."""
        while True:
            at = min(
                [until, *(one[0] for one in self._coming[:1]), await self._next_work(), max(self._looks, self.now)]
            )
            if at >= until:
                self._move(until)
                return
            self._move(at + A_MOMENT)
            await self.survives(self._look_at_the_clock)
            await self.survives(self._tick)
            while self._coming and self._coming[0][0] <= self.now:
                _, _, act = heapq.heappop(self._coming)
                self._break_something()
                await self.survives(act)
                await self.work()
            await self.work()

    async def rest(self) -> None:
        """Nothing goes wrong any more: whatever is left is done."""
        crash.die_at("")
        self.rates, self.ahead = CALM, timedelta()
        self._coming.clear()
        for platform in (self.telegram, self.slack, self.whatsapp):
            platform.calm()
        await self.play(self.now + REST)

    async def survives(self, act: Act) -> bool:
        """Do it; False if the process died of it, and stands again."""
        around, self._dead = self._dead, asyncio.Event()
        doing, dying = asyncio.ensure_future(act()), asyncio.ensure_future(self._dead.wait())
        try:
            await asyncio.wait({doing, dying}, return_when=asyncio.FIRST_COMPLETED)
            if self._dead.is_set():
                await self._rise(doing)
                return False
            await doing
            return True
        finally:
            dying.cancel()
            self._dead = around

    def _die(self, *_: object) -> None:
        point, crash._at = crash._at, ""
        self.met["deaths"] += 1
        self.note(f"died at {point}")
        self._dead.set()
        raise Death(point)

    async def _rise(self, doing: "asyncio.Future[None]") -> None:
        doing.cancel()
        ending = {
            doing,
            *(task for task in asyncio.all_tasks() if getattr(task.get_coro(), "__name__", "") in ENDS_BY_ITSELF),
        }
        await asyncio.wait(ending)
        for task in ending:
            if not task.cancelled():
                task.exception()  # the death itself, which is known
        inbox._GROUPS.clear()
        await self.close_and_open()

    async def close_and_open(self) -> None:
        """The process ends and another begins."""
        await self.close()
        await self.open()

    # -- the queue

    async def work(self) -> None:
        """Do what is due, some at a time, in any order; what its process died in is left."""
        for _ in range(MOST_ROUNDS):
            if await self._next_work() > self.now:
                return
            await self.survives(self._round)
        self.wrong.append(f"{self.now}: the queue is never done: {await self._left()}")

    async def _round(self) -> None:
        waiting = sorted(await jobs.sweep())
        async with database.installation():
            taken = list(
                await jobs.claim(self._queue.choice(waiting), self._queue.randint(1, AT_ONCE)) if waiting else ()
            )
        self._queue.shuffle(taken)
        ended = []
        for one in taken:
            self.met["jobs"] += 1
            if (end := await jobs.perform(one)) is not None:
                ended.append(end)
                if "error" in end.values:
                    self.met["failed jobs"] += 1
                    self.note(f"{one.name} failed: {end.values['error']}")
        async with database.installation():
            await jobs.close(ended)

    async def _next_work(self) -> datetime:
        row = await self.books.one(
            "select (select min(run_at) from job where state = 'queued') as due,"
            " (select min(lease_until) from job where state = 'running') as left_over"
        )
        due = [instant(at) - self.ahead for at in row.values() if at is not None]
        return max(min(due, default=self.now + timedelta(days=400)), self.now)

    async def _left(self) -> list[Any]:
        return await self.books.rows("select id, name, state, run_at, attempts from job where state <> 'done' limit 5")

    async def _tick(self) -> None:
        """The scheduler looks on its clock; it is up at other hours than it should, and catches up."""
        if self.now >= self._looks:
            self._looks = self.now + timedelta(hours=self._queue.choice((1, 2, 5, 8)))
            self.met["looks at the schedule"] += 1
            await jobs.tick()

    async def _look_at_the_clock(self) -> None:
        """As `core.lookout` does once a second: what an hour that is gone put off comes sooner."""
        if await set_back.Watch().look():  # a new one each time: it knows of no second but those of this clock
            self.met["clocks set back"] += 1
            await lookout.ask_again()

    # -- what goes wrong

    def _break_something(self) -> None:
        chance, rates = self._faults, self.rates
        if chance.random() < rates.death:
            crash.die_at(f"{chance.choice(self.points)}#{chance.choice((1, 1, 1, 2, 3))}")
        if chance.random() < rates.trouble:
            platform = chance.choice((self.telegram, self.slack, self.whatsapp))
            self._trouble(platform, chance.choice(("drop", "many", "ill")))
        if chance.random() < rates.away:
            platform = chance.choice((self.telegram, self.slack, self.whatsapp))
            hours = chance.uniform(0.5, 9)
            self.met["platforms away"] += 1
            self.note(f"{type(platform).__name__} is away for {hours:.1f} h")
            platform.fail(chance.choice((500, 502, 503)), 10**6)
            self.at(self.now + timedelta(hours=hours), lambda: self._back(platform))
        if not self.ahead and chance.random() < rates.clock:
            self.ahead = timedelta(minutes=chance.choice((-59, -20, 20, 61, 61, 26 * 60)))
            self.met["clocks jumped"] += 1
            self.note(f"the clock jumps by {self.ahead}")
            self._move(self.now)
            self.at(self.now + timedelta(hours=chance.uniform(0.2, 4)), self._right_again)

    def _trouble(self, platform: Telegram | Slack | WhatsApp, what: str) -> None:
        chance = self._faults
        self.met[what] += 1
        if what == "drop":
            platform.accept_then_drop(chance.choice((1, 1, 2)))
        elif what == "many":
            platform.too_many(chance.choice((1, 5, 40)), chance.choice((1, 2)))
        else:
            platform.fail(chance.choice((500, 502, 503, 504)), chance.choice((1, 2, 3)))

    async def _back(self, platform: Telegram | Slack | WhatsApp) -> None:
        platform.calm()
        self.note(f"{type(platform).__name__} is back")

    async def _right_again(self) -> None:
        self.ahead = timedelta()
        self._move(self.now)
        self.note("the clock is right again")

    # -- knocking

    async def knock(self, hook: Hook) -> None:
        """A platform brings this: perhaps late, perhaps several times, and again whenever it is not answered."""
        chance = self._faults
        if chance.random() < self.rates.late:
            self.met["late"] += 1
            return self.at(self.now + timedelta(seconds=chance.uniform(1, 90)), lambda: self._bring(hook))
        if chance.random() < self.rates.repeat:
            for _ in range(chance.randint(1, 3)):
                self.met["repeats"] += 1
                after = timedelta(seconds=chance.choice((0, 1, 30, 3_000)) * chance.random())
                self.at(self.now + after, lambda: self._bring(hook))
        await self._bring(hook)
        return None

    async def _bring(self, hook: Hook) -> None:
        if hook.path.startswith("/hooks/slack/"):
            hook = slack.signed_now(hook, self.slack.secret)
        answered = False

        async def post() -> None:
            nonlocal answered
            assert self._client is not None
            status = (await self._client.post(hook.path, headers=hook.headers, content=hook.body)).status_code
            answered = status == 200
            if status not in (200, 503):
                self.wrong.append(f"{self.now}: {hook.path} was answered {status}")

        await self.survives(post)
        if not answered:
            self.at(self.now + timedelta(seconds=self._faults.uniform(1, 60)), lambda: self._bring(hook))

    async def tries(self, what: str, act: Awaitable[Any]) -> Any:
        """Do it, unless a rule says no."""
        try:
            done = await act
        except Refused as no:
            self.note(f"{what}: {no.key}")
            return None
        self.note(what)
        return done

    # -- the verdict

    async def look(self, *, at_rest: bool = False) -> None:
        """What an independent reader says of the books now."""
        screens = {"telegram": self.telegram, "slack": self.slack, "whatsapp": self.whatsapp}
        found = await month_checker.complaints(self.books, screens, now=self.now + self.ahead, at_rest=at_rest)
        self.wrong += [f"{self.now:%m-%d %H:%M}: {one}" for one in found]

    async def told(self) -> Told:
        """How it went, with what stands in the books in the end."""
        for table, columns in month_checker.HISTORY.items():
            for row in await self.books.rows(f'select {columns} from "{table}" order by id'):
                self.history.append(f"{table} {json.dumps(list(row.values()), default=str)}")
        for platform in (self.telegram, self.slack, self.whatsapp):
            self.history += [f"{one.place} reads {one.words!r}" for one in platform.sent]
            self.wrong += [f"{type(platform).__name__} refused: {words}" for words in platform.refusals]
        return Told(self.seed, self.history, self.wrong, self.met)


@lru_cache(maxsize=1)
def _app() -> Litestar:
    """The application as it is served; three hundred routes take their time."""
    return serambi.make_app()
