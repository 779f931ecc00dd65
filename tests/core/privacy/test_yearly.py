"""The yearly check is sent: once a year to each, around the day they joined, and not to who does not want it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import clock, database, jobs
from core.people.consents import YEARLY, Said
from core.people.directory import Employee
from core.people.tables import Employment
from core.privacy import consents, corrections, kinds, yearly
from core.privacy.tables import DataCheck
from core.privacy.yearly import CATCHES_UP, _day
from tests.core.cast import Cast, as_
from tests.core.privacy.asking import Asks


async def joined(maju: Cast, who: Employee, days_ago: int) -> None:
    """They joined so many years and days ago; everybody else on a day that is not near."""
    today = clock.today("Asia/Jakarta")
    async with database.transaction(maju.company):
        await Employment.update({Employment.joins: _day(today - timedelta(days=120), today.year - 3)}).where(
            Employment.id > 0
        )
        await Employment.update({Employment.joins: _day(today - timedelta(days=days_ago), today.year - 2)}).where(
            Employment.id == who.id
        )


async def day(maju: Cast) -> list[str]:
    """The job of a day, and what this person has been asked by then."""
    await yearly.daily()
    await jobs.drain()
    return [one.key for one in await maju.told(maju.budi) if one.key == "yearly.asked"]


async def test_it_is_asked_once_and_a_press_answers_it(maju: Cast) -> None:
    await joined(maju, maju.budi, 0)
    assert await day(maju) == ["yearly.asked"]
    assert await day(maju) == ["yearly.asked"]
    async with database.transaction(maju.company):
        assert await DataCheck.count() == 1
        assert await yearly.is_due(maju.budi.person)
        await yearly.confirm(maju.budi.person, by=as_(maju.budi))
        row = await DataCheck.objects().first()
        assert row is not None and row.right is True and not await yearly.is_due(maju.budi.person)


@pytest.mark.parametrize(("days", "asked"), [(29, 1), (31, 0), (-1, 0)])
async def test_a_day_that_was_missed_is_made_up_for_but_not_for_ever(maju: Cast, days: int, asked: int) -> None:
    await joined(maju, maju.budi, days)
    assert len(await day(maju)) == asked


async def test_who_does_not_want_it_or_has_just_looked_is_not_asked(maju: Cast) -> None:
    await joined(maju, maju.budi, 0)
    async with database.transaction(maju.company):
        await consents.withdraw(maju.budi.person, YEARLY, Said("tidak", "id"), by=as_(maju.budi))
    assert await day(maju) == []
    async with database.transaction(maju.company):
        await consents.give(maju.budi.person, YEARLY, Said("ya", "id"), by=as_(maju.budi))
        await yearly.confirm(maju.budi.person, by=as_(maju.budi))
    assert await day(maju) == []


async def test_a_correction_answers_it_too(maju: Cast, asks: Asks) -> None:
    await joined(maju, maju.budi, 0)
    await day(maju)
    row = await asks(maju.budi, kinds.CORRECT)
    async with database.transaction(maju.company):
        await corrections.propose(row, "npwp", "012345678901000", by=as_(maju.budi))
        check = await DataCheck.objects().first()
    assert check is not None and check.answered_at is not None and check.right is False


@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.integers(2024, 2060))
def test_everybody_has_one_day_in_every_year(joins: date, year: int) -> None:
    assert _day(joins, year).year == year and timedelta(days=365) > CATCHES_UP
