"""Which talks somebody looks at through this process, and when something new stands in one of them.

The database itself tells that something was written (`core/engines.py`), whichever process wrote it; then the talks
that are looked at are compared, those of a company together. What was missed is found at the next beat. A version says
that a talk changed and nothing else: what is new, the page fetches, where its rights are checked.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from piccolo.query.functions import Max

from core import database, log, settings
from core.messaging.tables import Inbound, Outbound

NEWS = "talk"  # what the database calls it
CHANNEL, CHANNELS = "web", ("web", "console")
BEAT = 20.0  # seconds: proxies end what is silent for a minute, and whoever has left sees nothing within it
PAUSE = 2.0  # seconds before the database is asked to tell again, after it went away
MOST_OF_ONE, MOST = 6, 400  # streams of one person, and of this process

Key = tuple[int, int]  # company, person


class Full(Exception):
    """This process holds as many streams as it may, or is about to stop."""


class Look:
    """One page that looks at some talks, until it is over."""

    def __init__(self, keys: Collection[Key]) -> None:
        self.keys = tuple(sorted(keys))
        self.versions: dict[Key, str] = {}
        self.over = False
        self._rung = asyncio.Event()

    @property
    def version(self) -> str:
        """What stands in the talks now, as one word that tells nothing."""
        said = "|".join(f"{key}={self.versions.get(key, '')}" for key in self.keys)
        return hashlib.sha256(f"{settings.current().secret_key}|{said}".encode()).hexdigest()[:22]

    def ring(self) -> None:
        """Let it be looked up again."""
        self._rung.set()

    async def wait(self, seconds: float) -> None:
        """Until something changed, it is over, or the time has passed."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._rung.wait(), seconds)
        self._rung.clear()


@dataclass(frozen=True)
class Source:
    """Something that is looked at: what the database calls its news, and how it stands for each key."""

    news: str
    versions: Callable[[Collection[Key]], Awaitable[dict[Key, str]]]


class _Watch:
    """All looks of one process at one source."""

    def __init__(self, of: Source) -> None:
        self.of = of
        self.looks: list[Look] = []
        self.stopped = False
        self._asked: set[Key] | None = set()  # None: any may have changed
        self._bell = asyncio.Event()
        self._listener: asyncio.Task[None] | None = None
        self._checker: asyncio.Task[None] | None = None

    @property
    def full(self) -> bool:
        return self.stopped or len(self.looks) >= MOST

    def enter(self, look: Look) -> None:
        if self.full:
            raise Full
        same = [one for one in self.looks if one.keys == look.keys]
        if len(same) >= MOST_OF_ONE:
            self._end(same[0])
        self.looks.append(look)
        if self._listener is None:
            self._listener = asyncio.create_task(self._listen())
        if self._checker is None:
            self._checker = asyncio.create_task(self._check())

    def leave(self, look: Look) -> None:
        if look in self.looks:
            self.looks.remove(look)
        if not self.looks and self._listener is not None:
            self._listener.cancel()
            self._listener = None
            self._bell.set()

    def stop(self) -> None:
        self.stopped = True
        for look in list(self.looks):
            self._end(look)

    def _end(self, look: Look) -> None:
        look.over = True
        look.ring()
        self.leave(look)

    def _told(self, what: str | None) -> None:
        parts = (what or "").split(":")
        if len(parts) != 2 or not all(part.isdecimal() for part in parts):
            self._asked = None
        elif self._asked is not None:
            self._asked.add((int(parts[0]), int(parts[1])))
        self._bell.set()

    async def _listen(self) -> None:
        while True:
            try:
                await database.engine().listen(self.of.news, self._told)
            except Exception as fault:  # the database may be away for a while; the beat looks meanwhile
                log.warning("news_unheard", fault=fault)
            await asyncio.sleep(PAUSE)

    async def _check(self) -> None:
        while self.looks:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._bell.wait(), BEAT)
            asked = self._asked if self._bell.is_set() else None
            self._asked = set()
            self._bell.clear()
            wanted = {key for look in self.looks for key in look.keys}
            try:
                await self._compare(wanted if asked is None else wanted & asked)
            except Exception as fault:  # likewise: the next beat compares again
                log.warning("news_unread", fault=fault)
        self._checker = None

    async def _compare(self, keys: Collection[Key]) -> None:
        now = await self.of.versions(keys)
        for look in self.looks:
            mine = {key: now[key] for key in look.keys if key in now}
            if any(look.versions.get(key) != version for key, version in mine.items()):
                look.versions.update(mine)
                look.ring()


_WATCHES: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, _Watch]] = WeakKeyDictionary()


def _watches() -> dict[str, _Watch]:
    return _WATCHES.setdefault(asyncio.get_running_loop(), {})


def _watch(of: "Source | None" = None) -> _Watch:
    source, here = of or TALKS, _watches()
    if source.news not in here:
        made = _Watch(source)
        made.stopped = stopping()
        here[source.news] = made
    return here[source.news]


@asynccontextmanager
async def looking(keys: Collection[Key], of: "Source | None" = None) -> AsyncIterator[Look]:
    """Look at these for a while, at talks unless told otherwise; raises Full. Of too many looks at the same the oldest
    is over."""
    source = of or TALKS
    watch, look = _watch(source), Look(keys)
    watch.enter(look)
    try:
        # Entered first: what is written while this is read, is compared afterwards.
        look.versions = await asyncio.shield(_read(source, look.keys)) | look.versions
        yield look
    finally:
        watch.leave(look)


async def _read(of: Source, keys: Collection[Key]) -> dict[Key, str]:
    return await of.versions(keys)


def full(of: "Source | None" = None) -> bool:
    """Whether this process takes no more looks."""
    return _watch(of).full


def stop() -> None:
    """End every look of this process and let none begin: it is about to stop."""
    _watch()
    for watch in list(_watches().values()):
        watch.stop()


def stopping() -> bool:
    """Whether looks end because this process does: another one takes them."""
    return any(watch.stopped for watch in _watches().values())


async def changed(person: int) -> None:
    """Tell, when the open transaction is kept, that something new stands in the talk of this person of its company."""
    await database.tell(NEWS, f"{database.company()}:{person}")


async def versions(keys: Collection[Key]) -> dict[Key, str]:
    """What was said and heard last in each of these talks, as it grows."""
    found: dict[Key, str] = {}
    for company in sorted({company for company, _ in keys}):
        people = sorted(person for of, person in keys if of == company)
        async with database.reading(company):
            said = (
                await Outbound.select(Outbound.person, Max(Outbound.id, alias="last"))
                .where(Outbound.person.is_in(people) & (Outbound.channel == CHANNEL))
                .group_by(Outbound.person)
            )
            heard = (
                await Inbound.select(Inbound.sender, Max(Inbound.id, alias="last"))
                .where(
                    Inbound.channel.is_in(list(CHANNELS)) & (Inbound.account == CHANNEL)
                    & Inbound.sender.is_in([f"{company}:{person}" for person in people])
                )
                .group_by(Inbound.sender)
            )  # fmt: skip
        last_said = {row["person"]: row["last"] for row in said}
        last_heard = {row["sender"]: row["last"] for row in heard}
        for person in people:
            found[company, person] = f"{last_said.get(person, 0)}-{last_heard.get(f'{company}:{person}', 0)}"
    return found


TALKS = Source(NEWS, versions)
