"""The night of whoever is written to, by the clock of their place."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import choices, clock, database
from core.audit import Actor
from core.errors import Refused
from core.messaging import outbox, quiet
from core.messaging.messages import Message
from core.messaging.outbox import Address
from core.messaging.tables import Outbound
from tests.core.cast import Cast
from tests.core.conftest import MONDAY

START = datetime(2026, 7, 6, 2, 0, tzinfo=UTC)
NIGHT = MONDAY.replace(hour=23, minute=30)
hours = st.integers(0, 23)
zones = st.sampled_from(["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])


@given(st.integers(0, 60 * 24 * 400), zones, hours, hours)
def test_it_ends_at_its_hour_within_a_day_and_is_over_then(minutes: int, zone: str, start: int, end: int) -> None:
    now = START + timedelta(minutes=minutes)
    until = quiet.morning(now, zone, start, end)
    there = now.astimezone(ZoneInfo(zone))
    if until is None:
        assert start == end or there.hour not in {(start + n) % 24 for n in range((end - start) % 24)}
        return
    assert now < until <= now + timedelta(days=1)
    assert (until.astimezone(ZoneInfo(zone)).hour, until.minute) == (end, 0)
    assert quiet.morning(until, zone, start, end) is None


async def waits(maju: Cast, key: str, *, answers: int | None = None) -> datetime | None:
    async with database.transaction(maju.company):
        there = Address("telegram", "123456", "777", maju.budi.person)
        number = await outbox.post(
            there, Message(key, "Kabar"), dedupe=f"{key}:{clock.now()}:{answers}", caused_by=answers
        )
        row = await Outbound.objects().where(Outbound.id == number).first()
        assert row is not None
        return await quiet.waits(row)


async def test_a_reminder_waits_for_the_morning_and_nothing_that_matters_does(maju: Cast) -> None:
    clock.move(NIGHT)
    assert await waits(maju, "approvals.reminder") == MONDAY.replace(hour=6) + timedelta(days=1)
    for key in ("approvals.card", "approvals.approved", "accounts.blocked", "linking.done", "leave.submitted"):
        assert await waits(maju, key) is None
    assert await waits(maju, "approvals.reminder", answers=1) is None
    clock.move(MONDAY)
    assert await waits(maju, "approvals.reminder") is None


async def test_a_company_chooses_its_night_or_none(maju: Cast) -> None:
    clock.move(NIGHT)
    async with database.transaction(maju.company):
        await choices.choose("quiet_until", 9, by=Actor("ratna", "web"))
    assert await waits(maju, "approvals.reminder") == MONDAY + timedelta(days=1)
    async with database.transaction(maju.company):
        await choices.choose("quiet_until", 21, by=Actor("ratna", "web"))
    assert await waits(maju, "leave.away") is None


async def test_somebody_chooses_a_night_of_their_own_and_gives_it_back(maju: Cast) -> None:
    clock.move(MONDAY.replace(hour=19, minute=30))
    assert await waits(maju, "approvals.reminder") is None
    async with database.transaction(maju.company):
        await quiet.choose(maju.budi.person, 19, 8)
    clock.move(MONDAY.replace(hour=19, minute=31))
    assert await waits(maju, "approvals.reminder") == MONDAY.replace(hour=8) + timedelta(days=1)
    assert await waits(maju, "approvals.card") is None, "what asks for a decision comes at once"
    for wrong in ((19, None), (24, 7), (-1, 7)):
        with pytest.raises(Refused, match="no_hours"):
            async with database.transaction(maju.company):
                await quiet.choose(maju.budi.person, *wrong)
    async with database.transaction(maju.company):
        await quiet.choose(maju.budi.person, None, None)
        assert not (await quiet.of(maju.budi.person)).own
