"""What the messages of WhatsApp cost, month by month: how many of each category its platform said it charges.

The prices are the company's own (choices.py), in rupiah for a thousand messages, since Meta sets them by country and
changes them; what has no price yet has no cost either, and that is said. Amounts are rounded once, a line at a time.
https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from piccolo.query.functions.aggregate import Count

from core import choices
from core.choices import Offered
from core.messaging.tables import Outbound
from core.money import Rupiah

PRICES: dict[str, Offered] = {
    "service": choices.PRICE_SERVICE,
    "utility": choices.PRICE_UTILITY,
    "authentication": choices.PRICE_AUTHENTICATION,
    "marketing": choices.PRICE_MARKETING,
}


@dataclass(frozen=True)
class Line:
    """One category in one month."""

    month: date  # its first day
    category: str
    messages: int
    charged: int  # of them
    price: Rupiah | None  # for a thousand
    cost: Rupiah | None


async def by_month(months: Sequence[date], zone: str) -> list[Line]:
    """What was said in each of these months, by category; the newest month first where they are given so."""
    prices = {name: await choices.of(one) or None for name, one in PRICES.items()}
    found = []
    for month in months:
        counts: dict[str, tuple[int, int]] = {}
        rows = (
            await Outbound.select(Outbound.category, Outbound.billable, Count().as_alias("number"))
            .where(
                Outbound.category.is_not_null() & (Outbound.queued_at >= _begins(month, zone))
                & (Outbound.queued_at < _begins(following(month), zone))
            )
            .group_by(Outbound.category, Outbound.billable)
        )  # fmt: skip
        for row in rows:
            messages, charged = counts.get(row["category"], (0, 0))
            counts[row["category"]] = messages + row["number"], charged + row["number"] * bool(row["billable"])
        found += [
            Line(month, name, messages, charged, prices.get(name), cost_of(charged, prices.get(name)))
            for name, (messages, charged) in sorted(counts.items())
        ]
    return found


def cost_of(charged: int, price: Rupiah | None) -> Rupiah | None:
    """What so many cost at a price for a thousand, half a rupiah upwards; None where it has no price."""
    if not charged:
        return 0
    return None if price is None else (charged * price + 500) // 1000


def last(number: int, today: date) -> list[date]:
    """The first days of the last months, that of today first."""
    months = today.year * 12 + today.month - 1
    return [date((months - back) // 12, (months - back) % 12 + 1, 1) for back in range(number)]


def following(month: date) -> date:
    """The first day of the month after it."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _begins(month: date, zone: str) -> datetime:
    return datetime(month.year, month.month, 1, tzinfo=ZoneInfo(zone))
