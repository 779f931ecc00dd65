"""What will be left: after a leave that is only thought of, or if none is taken; and what is lost or goes on then."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from bot.dialog import dates
from bot.dialog.dates import When
from bot.dialog.engine import Chat, flow
from bot.flows import leave_figures, leave_kinds
from bot.flows.leave_period import FURTHEST, resolve, title
from bot.flows.leave_words import many, start_choice
from bot.flows.readers import WHEN
from core.leave import explain, forecast, policy, requests
from core.leave.accrual import Outlook
from core.leave.types import ANNUAL, Kind
from core.messaging import buttons
from core.phrases import hari, rentang, tanggal

TAKING = re.compile(r"\b(?:kalau|kalo|klo|kl|ambil|abis|habis|if|taking|after|take)\b", re.IGNORECASE)
BEFORE = re.compile(r"\b(?:was|did|had|kemarin|kmrn|kmren|lalu|dulu|last|yesterday)\b", re.IGNORECASE)
END_OF = re.compile(r"\b(?:akhir|end of)(?: the| this)? (?:(?P<year>tahun|thn|year)|(?P<month>\w+))", re.IGNORECASE)
LAST_MONTH = re.compile(r"\b(?:bulan|bln) (?:lalu|kemarin|kmrn)\b|\blast month\b", re.IGNORECASE)
FAR = timedelta(days=300)
ALWAYS = date(1, 1, 1)  # a day of another year, so that the year is said


@flow("forecast", brief=True)
async def what_if(chat: Chat) -> None:
    """What a leave would leave, and what would be lost."""
    found = dates.find(chat.opening or "", today=chat.today)
    if found is None or found.when.starts is None:
        await untaken(chat)
        return
    kind = await leave_kinds.with_a_balance(chat)
    period = await resolve(chat, found.when, None, found.when.part, kind)
    policy.check_dates(period, today=chat.today, kind=kind)
    seen = await requests.preview(chat.employee, kind.code, period)
    ahead = await forecast.after(chat.employee, kind.code, period)
    stored = WHEN.dump(When(period.starts, period.ends, half=bool(period.part), part=found.when.part))
    chat.topic = {"forecast": stored, "figure": {"days": stored, "left": ahead.left, "kind": kind.code}}
    chat.say(
        "leave.what_if", left=hari(ahead.left, chat.language), many=many(ahead.left),
        days=rentang(period.starts, period.ends, chat.language, today=chat.today), cost=hari(seen.cost, chat.language),
        many_cost=many(seen.cost), fate=_fate(chat, ahead), lost="yes" if ahead.lapses or ahead.carried else "no",
        sum="" if _plain(ahead) else leave_figures.beside(ahead, chat.language), of=_of(chat, kind),
    )  # fmt: skip


def _of(chat: Chat, kind: Kind) -> str:
    """Which days are spoken of; nothing of annual leave, which is what is meant without a word."""
    return "" if kind.code == ANNUAL else chat.phrase("leave.of_kind", kind=kind.spoken(chat.language))


def _plain(ahead: Outlook) -> bool:
    """Whether a leave uses up all there is and nothing else happens: then the sum says nothing that is not said."""
    return ahead.left == 0 and {one.what for one in ahead.moved} <= {"now", "leave"}


async def of_a_day(chat: Chat) -> bool:
    """Tell what was or will be left on the day that the sentence names; days in a row are a leave only thought of.

    False when it names none, or today.
    """
    said = chat.opening or ""
    found = dates.find(said, today=chat.today, prefer="past" if BEFORE.search(said) else "future")
    when = found.when if found is not None else When()
    day = _last_of(said, chat.today) or when.starts
    if day is None or day == chat.today:
        return False
    if day == when.starts and (when.ends not in (None, day) or TAKING.search(said)):
        await what_if(chat)
        return True
    if when.doubtful and day == when.starts and day - chat.today > FAR:  # "per 1 Juni" in July is the one just gone
        day = date(day.year - 1, day.month, min(day.day, 28) if day.month == 2 else day.day)
    if day - chat.today > FURTHEST:
        return False
    kind = await leave_kinds.with_a_balance(chat)
    of = {"on": tanggal(day, chat.language, today=chat.today), "kind": kind.spoken(chat.language)}
    if day < chat.today:
        left = await chat.look("balance_at", explain.balance_at, chat.employee.id, kind.code, day)
        chat.topic = {"figure": {"on": day.isoformat(), "left": left, "kind": kind.code}}
        chat.say("leave.balance_was", left=hari(left, chat.language), many=many(left), **of)
        return True
    ahead = await chat.look("ahead", forecast.at, chat.employee, kind.code, day)
    told = hari(ahead.left, chat.language)
    figure = {"on": day.isoformat(), "left": ahead.left, "kind": kind.code}
    asks = {} if kind.code == ANNUAL else {"leave_type": kind.code}
    chat.topic = {"figure": figure}
    chat.say(
        "leave.balance_on",
        await start_choice(chat, "explain", chat.phrase("leave.why_choice", left=told), figure=figure),
        await start_choice(chat, "leave", chat.phrase("leave.ask_choice"), **asks),
        left=told, many=many(ahead.left), sum=leave_figures.beside(ahead, chat.language), **of,
    )  # fmt: skip
    return True


def _last_of(said: str, today: date) -> date | None:
    """The last day of the month or year whose end is named, or of the month that has just gone."""
    first = today.replace(day=1)
    if LAST_MONTH.search(said):
        return first - timedelta(days=1)
    named = END_OF.search(said)
    if named is None:
        return None
    if named["year"]:
        return today.replace(month=12, day=31)
    if named["month"].lower() in ("bulan", "bln", "month"):
        return first.replace(day=monthrange(first.year, first.month)[1])
    found = dates.find(f"1 {named['month']}", today=first)
    if found is None or found.when.starts is None or found.when.starts != found.when.ends:
        return None
    month = found.when.starts
    return month.replace(day=monthrange(month.year, month.month)[1])


@flow("forecast_untaken", brief=True)
async def untaken(chat: Chat) -> None:
    """What becomes of the days that are left if no more of them are taken."""
    kind = await leave_kinds.with_a_balance(chat)
    ahead = await chat.look("ahead", forecast.after, chat.employee, kind.code, None)
    if not ahead.lapses and not ahead.carried:
        chat.say(
            "leave.untaken_nothing", left=hari(ahead.left, chat.language), many=many(ahead.left), of=_of(chat, kind)
        )  # fmt: skip
        return
    choices = []
    stored = (chat.topic or {}).get("forecast")
    when = WHEN.load(stored) if stored else None
    if when is not None and when.starts is not None:
        name = title(chat, "leave.ask_days", when.starts, when.ends or when.starts)
        of = ((chat.topic or {}).get("figure") or {}).get("kind", ANNUAL)  # the kind whose leave was thought of
        asks = {"leave.when": stored} | ({} if of == ANNUAL else {"leave_type": of})
        choices = [
            await start_choice(chat, "leave", name, **asks),
            await buttons.make(chat.phrase("leave.done_looking"), "nothing", person=chat.employee.person),
        ]
    chat.topic = {"figure": {"untaken": True, "left": ahead.left, "kind": kind.code}}
    chat.say("leave.untaken", *choices, fate=_fate(chat, ahead), code=kind.code, kind=kind.name(chat.language))


def _fate(chat: Chat, ahead: Outlook) -> str:
    """What goes on and until when, and what is lost on which day."""
    told = []
    for until, quantity in _by_day(ahead.carried):
        told.append(
            chat.phrase(
                "leave.goes_on", days=hari(quantity, chat.language), many=many(quantity), year=str(until.year),
                until=tanggal(until, chat.language, today=chat.today),
            )
        )  # fmt: skip
    for on, quantity in _by_day(ahead.lapses):
        told.append(
            chat.phrase(
                "leave.is_lost", days=hari(quantity, chat.language), many=many(quantity),
                on=tanggal(on, chat.language, today=ALWAYS),
            )
        )  # fmt: skip
    return "; ".join(told)


def _by_day(parts: Sequence[tuple[int, date]]) -> list[tuple[date, int]]:
    """Each day once, with the sum of what falls on it."""
    sums: dict[date, int] = {}
    for quantity, day in parts:
        sums[day] = sums.get(day, 0) + quantity
    return sorted(sums.items())
