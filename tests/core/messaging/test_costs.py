"""What WhatsApp charges for adds up, by month and category."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from core import choices, clock, database
from core.audit import Actor
from core.messaging import costs, outbox
from core.messaging.messages import Message
from core.messaging.outbox import Address
from core.messaging.tables import Outbound
from core.money import rupiah
from tests.core.cast import Cast

RATNA = Actor("ratna", "web")
JAKARTA = ZoneInfo("Asia/Jakarta")


async def said(maju: Cast, at: datetime, category: str, *, billable: bool = True) -> None:
    async with database.transaction(maju.company):
        there = Address("whatsapp", "1", "62811", maju.budi.person)
        count = await Outbound.count()
        number = await outbox.post(there, Message("leave.said", "Kabar"), dedupe=f"cost:{count}")
        await Outbound.update({Outbound.queued_at: at, Outbound.category: category, Outbound.billable: billable}).where(
            Outbound.id == number
        )


async def test_a_month_is_that_of_the_company_and_only_what_is_charged_costs(maju: Cast) -> None:
    clock.move(datetime(2026, 8, 3, tzinfo=JAKARTA))
    await said(maju, datetime(2026, 7, 31, 23, 59, tzinfo=JAKARTA), "utility")
    await said(maju, datetime(2026, 8, 1, 0, 0, tzinfo=JAKARTA), "utility")
    await said(maju, datetime(2026, 8, 2, tzinfo=JAKARTA), "utility", billable=False)
    await said(maju, datetime(2026, 8, 2, tzinfo=JAKARTA), "referral_conversion", billable=False)
    await said(maju, datetime(2026, 8, 2, tzinfo=JAKARTA), "service")
    async with database.transaction(maju.company):
        await choices.choose("price_utility", 356_500, by=RATNA)
        lines = await costs.by_month(costs.last(12, date(2026, 8, 3)), "Asia/Jakarta")
    assert [(one.month.month, one.category, one.messages, one.charged, one.cost) for one in lines] == [
        (8, "referral_conversion", 1, 0, 0), (8, "service", 1, 1, None), (8, "utility", 2, 1, 357),
        (7, "utility", 1, 1, 357),
    ]  # fmt: skip


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.integers(1, 9_999_999))
def test_a_sum_of_parts_is_never_more_than_a_rupiah_off(one: int, other: int, price: int) -> None:
    parts = [costs.cost_of(number, price) or 0 for number in (one, other)]
    assert abs((costs.cost_of(one + other, price) or 0) - sum(parts)) <= 1


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_last_twelve_months_follow_each_other(today: date) -> None:
    months = costs.last(12, today)
    assert months[0] == today.replace(day=1)
    assert [costs.following(month) for month in months[1:]] == months[:-1]


def test_rupiah_are_written_as_each_language_does() -> None:
    assert (rupiah(1305958, "id"), rupiah(-3960000, "en")) == ("Rp1.305.958", "\u2212Rp3,960,000")
