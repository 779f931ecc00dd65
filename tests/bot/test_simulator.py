"""A talk that only pretends: it says what a real one would, and leaves nothing behind."""

import asyncio
import contextvars

import pytest

from bot import simulator
from core import database, doorbell, settings
from core.engines import GaveWay
from core.errors import Refused
from core.leave.tables import LeaveRequest
from core.people.tables import Department
from core.piccolo_app import TABLES
from tests.bot.conftest import Talk
from tests.core.conftest import MONDAY  # noqa: F401

ALL = ("cuti 20-21 juli, nganter ibu", "[Ya, ajukan]", "status", "kulkas dapur berbunyi terus", "blokir akun saya")


async def rows(company: int) -> dict[str, list[dict[str, object]]]:
    """Everything in the database."""
    found = {}
    for table in TABLES:
        opened = database.reading(company) if hasattr(table, "_seen") else database.installation(writes=False)
        async with opened:
            found[table._meta.tablename] = await table.select(exclude_secrets=False).order_by(table._meta.primary_key)
    return found


async def test_a_whole_request_is_made_decided_upon_and_gone(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    company, budi = talk.cast.company, talk.cast.budi
    rung: list[object] = []
    monkeypatch.setattr(doorbell, "ring", rung.append)
    before = await rows(company)
    played = await simulator.play(company, budi.person, ALL)
    assert await rows(company) == before
    assert not rung
    assert len(played) == len(ALL)
    asked, sent, status, missed, blocked = played
    assert asked.heard is not None
    assert (asked.heard.intent, str(asked.heard.starts), str(asked.heard.ends)) == (
        "leave_request", "2026-07-20", "2026-07-21",
    )  # fmt: skip
    assert asked.heard.concepts
    assert asked.said[0].choices[0] == "Ya, ajukan"
    assert any("2026-07-20" in value for _, value in asked.stored)
    assert sent.asked == "leave.confirm"
    assert sent.heard is None
    assert {one.to for one in sent.said} == {None, "Sari Wulandari"}
    (number,) = {word.rstrip(":,.") for word in sent.said[0].text.split() if word.startswith("C-")} or {
        word.rstrip(":,.") for one in sent.said for word in one.text.split() if word.startswith("C-")
    }
    assert number in status.said[0].text
    assert missed.said[0].key.startswith("dialog.missed")
    assert "accounts.blocked_now" in {one.key for one in blocked.said if one.to is None}
    real = await talk.writes("777", ALL[0])
    assert real[0].text == asked.said[0].text, "no number, day or block of the other talk was used up"


async def test_a_press_that_is_not_offered_is_read_as_words(talk: Talk) -> None:
    (one,) = await simulator.play(talk.cast.company, talk.cast.budi.person, ("[Ya, ajukan]",))
    assert one.heard is not None


async def test_who_has_left_says_nothing_and_too_long_a_talk_ends(talk: Talk) -> None:
    with pytest.raises(LookupError):
        await simulator.play(talk.cast.company, 10**6, ("menu",))
    played = await simulator.play(talk.cast.company, talk.cast.budi.person, ["menu"] * (simulator.MOST + 1))
    assert len(played) == simulator.MOST


async def test_a_real_chat_goes_on_while_somebody_plays(talk: Talk) -> None:
    company, budi = talk.cast.company, talk.cast.budi
    async with database.pretending(company):
        await Department.insert(Department(name="Bayangan"))
        assert await Department.exists().where(Department.name == "Bayangan")
        # A context of its own: as the request of somebody else would have.
        real = asyncio.create_task(talk.writes("777", ALL[0]), context=contextvars.Context())
        said = await asyncio.wait_for(real, 20)
        assert said[0].choices[0].title == "Ya, ajukan"
    async with database.reading(company):
        assert not await Department.exists().where(Department.name == "Bayangan")
    if not settings.current().on_postgres:
        folder = database.sqlite_path(settings.current().database_url).parent
        assert [one.name for one in folder.iterdir() if one.name.startswith(".apart")] == []
    assert budi.company == company


async def test_a_real_request_does_not_wait_for_a_pretended_one(talk: Talk) -> None:
    """Both take the next number of the company and days of the same balance; only one of them is in earnest."""
    company, budi = talk.cast.company, talk.cast.budi
    ended: list[str] = []

    async def real() -> None:
        asked = (await talk.writes("777", ALL[0]))[0]
        assert await talk.writes("777", None, kind="press", token=asked.choices[0].token)
        ended.append("real")

    async def pretended() -> None:
        async with database.pretending(company):
            await simulator._play(budi.person, ALL[:2], None)
            async with asyncio.timeout(30):
                await asyncio.create_task(real(), context=contextvars.Context())
            ended.append("pretended")
            await Department.exists()

    if settings.current().on_postgres:
        with pytest.raises(GaveWay):
            await pretended()
    else:
        await pretended()
    assert ended == ["real", "pretended"]
    async with database.reading(company):
        assert await LeaveRequest.count() == 1


async def test_a_talk_that_always_has_to_give_way_says_so(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def gives_way(*_: object) -> None:
        raise GaveWay

    monkeypatch.setattr(simulator, "PAUSE", 0)
    monkeypatch.setattr(simulator, "_play", gives_way)
    with pytest.raises(Refused, match=r"simulator\.busy"):
        await simulator.play(talk.cast.company, talk.cast.budi.person, ("menu",))


async def test_who_pretends_inside_a_transaction_is_told_of_the_mistake(talk: Talk) -> None:
    async with database.reading(talk.cast.company):
        with pytest.raises(RuntimeError, match="open already"):
            async with database.pretending(talk.cast.company):
                pass


async def test_no_more_than_two_play_at_once(talk: Talk) -> None:
    """Each has a copy of the whole file, or a connection: many of them would leave none for the real talk."""
    company, inside, most = talk.cast.company, 0, 0
    both = asyncio.Barrier(2)

    async def plays() -> None:
        nonlocal inside, most
        async with database.pretending(company):
            inside += 1
            most = max(most, inside)
            await Department.exists()
            await both.wait()  # whoever plays second finds the first still there
            inside -= 1

    await asyncio.gather(*(plays() for _ in range(8)))
    assert (most, inside) == (2, 0)
    with pytest.raises(LookupError):
        await simulator.play(company, 10**6, ("halo",))
    await asyncio.gather(plays(), plays())  # what broke gave its place back
