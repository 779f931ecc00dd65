"""The event stream of the chat: it tells that something is new, to whom it may, and nothing else."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any, cast

import pytest

from backoffice import live as streams
from core import clock, database, settings
from core.accounts import sign_in
from core.accounts.sessions import IDLE
from core.accounts.tables import Session
from core.messaging import inbox, live, outbox
from core.messaging.messages import Message
from core.people.tables import Employment
from tests.backoffice.conftest import Installation, Visitor
from tests.core.cast import Cast

PATIENCE = 15.0


class Stream:
    """What a browser's EventSource would hear, event by event."""

    def __init__(self, house: Installation, visitor: Visitor, path: str, last: str = "") -> None:
        cookies = "; ".join(f"{name}={value}" for name, value in visitor.http.cookies.items())
        self.house, self.status = house, 0
        self.headers: dict[str, str] = {}
        self.events: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        self.gone, self.ended = asyncio.Event(), asyncio.Event()
        address, _, query = path.partition("?")
        told = {"host": "127.0.0.1:8000", "accept": "text/event-stream", "cookie": cookies}
        if last:
            told["last-event-id"] = last
        self.scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
            "path": address, "raw_path": address.encode(), "query_string": query.encode(), "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in told.items()],
            "client": ("127.0.0.1", 5), "server": ("127.0.0.1", 8000), "state": {},
        }  # fmt: skip
        self._asked, self._rest = False, ""

    async def receive(self) -> dict[str, Any]:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
            return
        self._rest += message.get("body", b"").decode()
        while "\n\n" in self._rest:
            event, _, self._rest = self._rest.partition("\n\n")
            self.events.put_nowait(dict(line.split(": ", 1) for line in event.split("\n") if ": " in line))
        if not message.get("more_body"):
            self.ended.set()

    async def next(self) -> dict[str, str]:
        """The next event that means something."""
        while True:
            event = await asyncio.wait_for(self.events.get(), PATIENCE)
            if "event" in event:
                return event


@asynccontextmanager
async def listening(
    house: Installation, visitor: Visitor, path: str = "/live", last: str = ""
) -> AsyncIterator[Stream]:
    """Hold a stream open."""
    stream = Stream(house, visitor, path, last)
    task = asyncio.create_task(cast(Any, house.app)(stream.scope, stream.receive, stream.send))
    try:
        yield stream
    finally:
        stream.gone.set()
        with suppress(asyncio.CancelledError):
            await asyncio.wait_for(task, PATIENCE)


async def say(cast: Cast, name: str, words: str) -> None:
    """Something for somebody that answers nothing of theirs: a decision, a reminder."""
    person = cast.people[name].person
    async with database.transaction(cast.company):
        address = outbox.Address("web", "web", str(person), person)
        await outbox.post(address, Message(key="test", language="id", text=words), dedupe=words)


async def test_what_comes_later_is_told_at_once_and_then_fetched(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    async with listening(house, budi) as stream:
        first = await stream.next()
        assert stream.status == 200
        assert stream.headers["content-type"].startswith("text/event-stream")
        assert stream.headers["cache-control"] == "no-store"
        assert first["event"] == "news"
        await say(house.maju, "budi", "Cutimu disetujui.")
        second = await stream.next()
        assert second["event"] == "news"
        assert second["id"] != first["id"]
        assert "Cutimu disetujui." in (await budi.get("/chat/lines")).text
        await inbox.write(house.maju.company, house.maju.people["budi"].person, words="dari gawai lain")
        assert (await stream.next())["id"] != second["id"]


async def test_nothing_of_anybody_stands_in_the_stream_and_others_hear_nothing(house: Installation) -> None:
    budi, bambang = await house.as_person(house.maju, "budi"), await house.as_person(house.sinar, "bambang")
    async with listening(house, budi) as mine, listening(house, bambang) as theirs:
        await mine.next()
        last = await theirs.next()
        await say(house.maju, "budi", "Rahasia Budi.")
        told = await mine.next()
        assert set(told) == {"id", "event", "data"}
        assert told["data"] == f"talk {told['id']}"
        assert len(told["id"]) == 22
        assert "Rahasia" not in str(told)
        await say(house.sinar, "bambang", "Kabar Bambang.")
        heard = await theirs.next()
        assert heard["id"] != last["id"]
        assert theirs.events.empty(), "of what Budi was told they heard nothing"


async def test_a_browser_that_comes_back_hears_whether_it_missed_something(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    async with listening(house, budi) as stream:
        last = (await stream.next())["id"]
    await say(house.maju, "budi", "Waktu sambungan putus.")
    async with listening(house, budi, last=last) as stream:
        missed = await stream.next()
        assert missed["id"] != last
    async with listening(house, budi, last=missed["id"]) as stream:
        await say(house.maju, "budi", "Sesudahnya.")
        assert (await stream.next())["id"] != missed["id"]
        assert [one for one in list(stream.events._queue) if "event" in one] == []  # type: ignore[attr-defined]


async def test_it_beats_and_ends_within_a_beat_when_somebody_signs_out(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert live.BEAT <= 30, "a proxy ends what is silent for a minute, and so long may nobody look who left"
    monkeypatch.setattr(live, "BEAT", 0.2)
    budi = await house.as_person(house.maju, "budi")
    async with listening(house, budi) as stream:
        await stream.next()
        await asyncio.wait_for(stream.events.get(), PATIENCE)  # a beat, which is no event
        await sign_in.leave(budi.http.cookies["session"])
        assert (await stream.next())["event"] == "over"
        await asyncio.wait_for(stream.ended.wait(), PATIENCE)


async def test_it_ends_when_somebody_has_left_the_company(house: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "BEAT", 0.2)
    tono = await house.as_person(house.maju, "tono")
    async with listening(house, tono) as stream:
        await stream.next()
        async with database.transaction(house.maju.company):
            gone = clock.today("Asia/Jakarta") - timedelta(days=3)
            await Employment.update({Employment.leaves: gone}).where(Employment.id == house.maju.people["tono"].id)
        assert (await stream.next())["event"] == "over"


async def test_it_ends_when_a_session_lies_idle_and_does_not_keep_it_awake(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "BEAT", 0.2)
    budi = await house.as_person(house.maju, "budi")
    async with database.installation(writes=False):
        before = await Session.select(Session.seen_at).order_by(Session.id, ascending=False).first()
    with clock.freeze(clock.now() + IDLE - sign_in.SEEN_EVERY):
        async with listening(house, budi) as stream:
            await stream.next()
            async with database.installation(writes=False):
                after = await Session.select(Session.seen_at).order_by(Session.id, ascending=False).first()
            assert before == after
            with clock.freeze(clock.now() + sign_in.SEEN_EVERY * 2):
                assert (await stream.next())["event"] == "over"


async def test_too_many_tabs_end_the_oldest_and_a_full_process_says_so(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "MOST_OF_ONE", 1)
    monkeypatch.setattr(live, "MOST", 2)
    budi, sari = await house.as_person(house.maju, "budi"), await house.as_person(house.maju, "sari")
    async with listening(house, budi) as first:
        await first.next()
        async with listening(house, budi) as second:
            await second.next()
            assert (await first.next())["event"] == "over"
            async with listening(house, sari) as other:
                await other.next()
                async with listening(house, sari, "/live?more=1") as third:
                    await asyncio.wait_for(third.ended.wait(), PATIENCE)
                    assert third.status == 503
                    assert int(third.headers["retry-after"]) > 0
    assert live._watch().looks == [], "nothing is left behind"


async def test_a_process_that_stops_lets_its_browsers_go_to_another_one(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    budi = await house.as_person(house.maju, "budi")
    async with listening(house, budi) as stream:
        await stream.next()
        live.stop()
        await asyncio.wait_for(stream.ended.wait(), PATIENCE)
        assert [one for one in list(stream.events._queue) if one.get("event") == "over"] == []  # type: ignore[attr-defined]
    monkeypatch.setattr(live._watch(), "stopped", False)


async def test_a_stranger_gets_none_and_who_asks_for_no_stream_gets_one_answer(house: Installation) -> None:
    async with listening(house, house.visitor()) as stream:
        await asyncio.wait_for(stream.ended.wait(), PATIENCE)
        assert stream.status == 401
    budi = await house.as_person(house.maju, "budi")
    answer = await budi.get("/live")
    assert answer.text.startswith("talk ")
    assert (await budi.get("/live?topics=payslips")).status_code == 404
    assert (await budi.http.head("/live", headers={"accept": streams.KIND})).text == ""


async def test_a_database_that_goes_away_is_listened_to_again(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0
    listen = type(database.engine()).listen

    async def breaks_once(self: Any, *given: Any) -> None:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise ConnectionError
        await listen(self, *given)

    monkeypatch.setattr(type(database.engine()), "listen", breaks_once)
    monkeypatch.setattr(live, "PAUSE", 0.0)
    budi = await house.as_person(house.maju, "budi")
    async with listening(house, budi) as stream:
        await stream.next()
        await say(house.maju, "budi", "Sesudah putus.")
        assert (await stream.next())["event"] == "news"
    assert calls == 2


async def test_what_another_process_writes_is_heard_here(house: Installation) -> None:
    """Somebody writes from the terminal, and `serambi chat` answers there: a process of its own on the same database."""
    made, slug = settings.current(), await house.slug(house.maju)
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("SERAMBI_")} | {
        "SERAMBI_DATABASE_URL": made.database_url, "SERAMBI_MASTER_KEY": made.master_key,
        "SERAMBI_SECRET_KEY": made.secret_key, "SERAMBI_KEYS": made.keys,
    }  # fmt: skip
    budi = await house.as_person(house.maju, "budi")
    async with listening(house, budi) as stream:
        first = await stream.next()
        other = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "serambi", "chat", "--as", "0412", "--company", slug, env=surroundings,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        async with asyncio.timeout(120):
            said, _ = await other.communicate(b"sisa cuti\n")
        assert other.returncode == 0
        assert (await stream.next())["id"] != first["id"]
        shown = (await budi.get("/chat/lines")).text
    assert said.decode().split()[0] in shown
    assert "sisa cuti" in shown
