"""How far people have come in the films, on both databases: forwards only, each for themself."""

import asyncio

from core import database
from core.people.directory import Employee
from core.training import catalogue, progress
from core.training.catalogue import Film
from tests.core.cast import Cast

FILM = catalogue.films()["ajukan-cuti"]


async def sees(maju: Cast, who: Employee, seconds: int, film: Film = FILM, language: str = "id") -> None:
    async with database.transaction(maju.company):
        await progress.saw(who.person, film, seconds, language=language)


async def test_who_goes_back_has_still_seen_what_they_saw(maju: Cast) -> None:
    for seconds in (12, 4, -3):
        await sees(maju, maju.budi, seconds)
    async with database.reading(maju.company):
        row = (await progress.of_person(maju.budi.person))[FILM.id]
        assert row.seconds == 12
        assert row.done_at is None
        assert await progress.of_person(maju.tono.person) == {}


async def test_near_its_end_it_is_done_and_stays_so(maju: Cast) -> None:
    await sees(maju, maju.budi, FILM.seconds("en") - 1, language="en")
    async with database.reading(maju.company):
        done = (await progress.of_person(maju.budi.person))[FILM.id].done_at
        assert done is not None
        assert await progress.count_done(maju.budi.person, [FILM]) == 1
    await sees(maju, maju.budi, 99_999)
    async with database.reading(maju.company):
        row = (await progress.of_person(maju.budi.person))[FILM.id]
        assert (row.done_at, row.seconds) == (done, FILM.seconds("id"))


async def test_many_tabs_at_once_make_one_row(maju: Cast) -> None:
    await asyncio.gather(*(sees(maju, maju.budi, seconds) for seconds in range(1, 9)))
    async with database.reading(maju.company):
        rows = await progress.of_person(maju.budi.person)
    assert {name: row.seconds for name, row in rows.items()} == {FILM.id: 8}
