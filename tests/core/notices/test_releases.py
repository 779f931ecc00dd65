"""Release notes, and their news: counted, sent once to whoever wants it, by night in the morning, taken back in time."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from core import clock, database, jobs, release
from core.accounts import operators
from core.audit import Actor
from core.errors import Refused
from core.knowledge import articles
from core.messaging import outbox, quiet
from core.messaging.tables import Outbound
from core.notices import release_told, releases
from core.notices.release_told import KEY
from core.phrases import LANGUAGES
from tests.core.cast import Cast

BY = Actor("dian", "web")
NOTES = releases.every()[0]
DAY = datetime(2027, 1, 5, 3, 0, tzinfo=UTC)  # ten in the morning in Jakarta


async def stands() -> release_told.Standing:
    async with database.reading(await operators.company()):
        return await release_told.standing(NOTES.quarter)


async def news_of(maju: Cast) -> list[tuple[int, str, str]]:
    async with database.reading(maju.company):
        rows = await Outbound.select().where(Outbound.key == KEY).order_by(Outbound.id)
        return [(row["person"], outbox.unseal(row).text, row["state"]) for row in rows]


@pytest.fixture
def by_day(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: DAY)


def test_every_release_stands_in_the_notes_of_a_quarter_in_both_languages() -> None:
    told = {number for one in releases.every() for number in one.releases}
    changed = re.findall(r"^## \[(\d[^\]]*)\]", (Path(__file__).parents[3] / "CHANGELOG.md").read_text(), re.M)
    assert {release.number(), *changed} <= told
    for one in releases.every():
        heads = {language: len(re.findall(r"^(?:## |- )", one.bodies[language], re.M)) for language in LANGUAGES}
        assert len(set(heads.values())) == 1 and heads["id"] > 3, one.quarter
    for language in LANGUAGES:
        answer = articles.shipped()["catatan-rilis", language].answer
        assert answer.startswith(NOTES.leads[language]), "the talk tells of the newest quarter"


def test_notes_are_read_from_their_day_on() -> None:
    assert releases.of("2026-q4", date(2026, 11, 26)) is None
    assert releases.of("2026-q4", date(2026, 11, 27)) is NOTES
    assert releases.of("2026-Q9", date(2027, 1, 1)) is None


@pytest.mark.usefixtures("by_day")
async def test_who_wants_news_gets_it_once_however_often_it_is_begun(maju: Cast) -> None:
    async with database.transaction(maju.company):
        await quiet.choose_news(maju.tono.person, wanted=False, by=BY)
    with pytest.raises(Refused, match="not_counted"):
        await release_told.send(NOTES, by=BY)
    await release_told.count(NOTES, by=BY)
    assert (await stands()).state == "counting"
    with pytest.raises(Refused, match="not_counted"):
        await release_told.send(NOTES, by=BY)
    await jobs.drain()
    counted = await stands()
    assert (counted.state, counted.people, counted.unwanted) == ("ready", len(maju.people) - 1, 1)
    assert sum((counted.chats or {}).values()) == counted.people
    assert await news_of(maju) == [], "counting tells nobody"

    await release_told.send(NOTES, by=BY)
    with pytest.raises(Refused, match="sent_already"):
        await release_told.send(NOTES, by=BY)
    await release_told.tell(maju.company, (NOTES.quarter, 1))
    await release_told.tell(maju.company, (NOTES.quarter, 1))
    await jobs.drain()
    heard = await news_of(maju)
    assert sorted(person for person, _, _ in heard) == sorted(
        one.person for one in maju.people.values() if one.person != maju.tono.person
    )
    assert all(NOTES.leads["id"] in words and "/releases/2026-q4" in words for _, words, _ in heard)
    done = await stands()
    assert (done.state, done.told, done.taken) == ("done", counted.people, 0)


async def test_what_waits_for_the_morning_is_taken_back_and_may_go_again(
    maju: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: DAY.replace(hour=16))  # eleven at night in Jakarta
    await release_told.count(NOTES, by=BY)
    await jobs.drain()
    with pytest.raises(Refused, match="not_sent"):
        await release_told.take_back(NOTES, by=BY)
    await release_told.send(NOTES, by=BY)
    await jobs.drain()
    assert {state for _, _, state in await news_of(maju)} == {"queued"}, "nobody is woken"

    await release_told.take_back(NOTES, by=BY)
    await jobs.drain()
    back = await stands()
    assert (back.state, back.told, back.taken) == ("stopped", 0, len(maju.people))
    assert {state for _, _, state in await news_of(maju)} == {"dropped"}
    await release_told.tell(maju.company, (NOTES.quarter, 1))
    assert len(await news_of(maju)) == len(maju.people), "a job of the sending that was taken back tells nobody"

    monkeypatch.setattr(clock, "now", lambda: DAY)
    await release_told.send(NOTES, by=BY)
    await jobs.drain()
    sent = [person for person, _, state in await news_of(maju) if state != "dropped"]
    assert len(sent) == len(set(sent)) == len(maju.people)


async def test_the_count_names_the_chat_that_is_really_used(maju: Cast) -> None:
    people = [one.person for one in maju.people.values()]
    async with database.reading(maju.company):
        counted = await outbox.channels_of(people)
        assert counted == {person: (await outbox.address_of(person)).channel for person in people}
