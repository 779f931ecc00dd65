"""A question to the desk counts from when it was written, not from when it was heard of; and no forged instant counts."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import clock, database
from core.helpdesk import clocks, service_level, tickets, timelines
from core.helpdesk.tables import Ticket
from core.messaging.tables import Conversation
from tests.bot.conftest import Talk
from tests.core.cast import as_

CHAT = "777"
HOUR = timedelta(hours=1)
NINE = datetime(2026, 7, 6, 9, tzinfo=ZoneInfo("Asia/Jakarta"))


async def asked(talk: Talk, at: datetime) -> Ticket:
    """Budi's question, confirmed by words that bear that instant."""
    await talk.writes(CHAT, "mau ngomong sama orang hr, seragam saya belum dapat", at=at - timedelta(minutes=1))
    await talk.writes(CHAT, "ya", at=at)
    async with database.reading(talk.cast.company):
        row = await Ticket.objects().order_by(Ticket.id, ascending=False).first()
    assert row is not None
    return row


@pytest.mark.parametrize(
    ("stamped", "counts_from"),
    [
        (NINE, NINE),  # we were down for three hours
        (NINE + 3 * HOUR, NINE + 3 * HOUR),
        (NINE + 30 * HOUR, NINE + 3 * HOUR),  # ahead: forged, or a clock that is wrong
        (NINE - 30 * HOUR, NINE + 3 * HOUR),  # older than Telegram keeps anything
    ],
)
async def test_the_promise_runs_from_the_instant_that_can_be_believed(
    talk: Talk, stamped: datetime, counts_from: datetime
) -> None:
    with clock.freeze(NINE + 3 * HOUR):
        row = await asked(talk, stamped)
        assert row.opened_at == counts_from
        assert row.answer_promise == counts_from + 48 * HOUR


async def test_what_comes_in_after_an_answer_is_not_answered_by_it_whatever_it_bears(talk: Talk) -> None:
    maju = talk.cast
    with clock.freeze(NINE):
        row = await asked(talk, NINE)
    with clock.freeze(NINE + HOUR):
        async with database.transaction(maju.company):
            await tickets.answer(row, "Ukuran apa?", by=as_(maju.ratna), read=row.last, then=tickets.WAITING)
            await Conversation.update({Conversation.ticket: row.id}).where(Conversation.person == maju.budi.person)
    with clock.freeze(NINE + HOUR + timedelta(minutes=2)):
        assert await talk.writes(CHAT, "ukuran L, dan kapan datangnya?", at=NINE + HOUR - timedelta(minutes=1)) == []
        async with database.reading(maju.company):
            both = await clocks.of(row, await timelines.of(row))
        (owed,) = [one for one in both.promise if one.metric == service_level.NEXT]
        assert (owed.since, owed.stopped) == (NINE + HOUR, None)
        solve = service_level.running(both.promise)["solve"]
        assert not solve.paused, "they have answered what they were asked"
