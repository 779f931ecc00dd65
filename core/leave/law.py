"""What the law keeps for everybody: a company's terms may give more than the shipped kind, and never less."""

from core.errors import Refused
from core.leave import types
from core.leave.types import ACKNOWLEDGE, Kind

# What the law leaves to the company: long leave (UU 13/2003 art. 79(5), "certain companies") and leave without pay.
OPTIONAL = frozenset({"long_leave", "unpaid"})


def floor_of(kind: Kind) -> Kind | None:
    """The shipped kind of this code on the day from which these terms hold; None of a company's own kind."""
    return next((one for one in reversed(types.shipped()) if one.code == kind.code and one.from_ <= kind.from_), None)


def check(kind: Kind) -> None:
    """Refuse terms that give less than the law does, with what it gives and where it says so."""
    law = floor_of(kind)
    if law is None:
        return
    source = {
        "source_en": law.source.partition(":")[0].partition(" as amended")[0],
        "source_id": law.source_id.partition(":")[0].partition(" sebagaimana")[0],
    }
    if not kind.active and law.code not in OPTIONAL:
        raise Refused("leave.law_active", **source)
    for name in ("days", "months", "more_days", "more_months"):
        if getattr(kind, name) < getattr(law, name):
            key = "leave.law_days" if name.endswith("days") else "leave.law_months"
            raise Refused(key, needed=getattr(law, name), **source)
    if kind.after_months > law.after_months:
        raise Refused("leave.law_service", most=law.after_months, **source)
    if law.decision == ACKNOWLEDGE and kind.decision != ACKNOWLEDGE:
        raise Refused("leave.law_decision", **source)
    if law.decision == ACKNOWLEDGE and kind.notice_days > law.notice_days:
        raise Refused("leave.law_notice", **source)
    if law.schedule != "none" and kind.schedule == "none":
        raise Refused("leave.law_schedule", **source)
    for month in sorted({1, *(until + 1 for until, _ in kind.pay if until), *(until for until, _ in law.pay if until)}):
        if percent(kind, month) < percent(law, month):
            raise Refused("leave.law_pay", percent=percent(law, month), month=month, **source)


def percent(kind: Kind, month: int) -> int:
    """How much of the wage is paid in this month of the same leave, the first being 1."""
    return next((share for until, share in kind.pay if until >= month or not until), 0)
