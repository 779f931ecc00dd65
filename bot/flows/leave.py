"""Asking for leave, in one sentence or step by step."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bot.dialog import dates, parsers
from bot.dialog.dates import When
from bot.dialog.engine import Cancelled, Chat, Kept, Option, flow
from bot.flows.leave_words import many, start_choice, withdraw_choice
from bot.flows.readers import ANOTHER_REASON, ASK_AGAIN, CONFIRM, LENGTH, OPTION, PART, REASON, WHEN
from core import clock
from core.approvals import chains
from core.approvals.decisions import Submitted
from core.calendar import days as calendar
from core.errors import Refused
from core.leave import lots, policy, requests
from core.leave.policy import Period
from core.leave.requests import Preview
from core.leave.types import ANNUAL
from core.messaging import buttons
from core.people.directory import Employee
from core.phrases import hari, jam, rentang, saat, tanggal, tanggal_pendek, zona

HORIZON = timedelta(days=400)
FURTHEST = timedelta(days=730)  # no lot reaches as far, and the calendar itself ends in 9999
LATELY = timedelta(days=60)
CHANGE = "change"


async def still_free(chat: Chat) -> str:
    """What is said when a leave is dropped before it was sent."""
    left = await lots.balance(chat.employee.id)
    return chat.phrase("leave.cancelled", left=hari(left, chat.language), many=many(left))


async def still_kept(chat: Chat) -> Kept:
    """What is said of a leave that was begun and not sent, when somebody comes back to it."""
    stored = chat.answers.get("leave.when")
    when = WHEN.load(stored) if stored else When()
    days = chat.phrase("leave.kept_some")
    if when.starts is not None:
        days = rentang(when.starts, when.ends or when.starts, chat.language, today=chat.today)
    return Kept(chat.phrase("leave.kept_open", days=days), chat.phrase("leave.change_dates"))


WHEN_ANSWERS = ("leave.when", "length", "leave.part", "leave.not_enough")


@flow("leave", cancelled=still_free, kept=still_kept, changed=WHEN_ANSWERS)
async def request_leave(chat: Chat) -> None:
    """Ask for annual leave, in one sentence or step by step."""
    left = await chat.look("left", lots.balance, chat.employee.id)
    length = chat.note("length", LENGTH)
    said_why = chat.note("said_why", REASON)
    told: dict[str, Any] = {"left": hari(left, chat.language), "many": many(left), "example": _example(chat, length)}
    again = bool(chat.answers.get("asked_when"))
    asks = "leave.when_again" if again and length is None else _asks_when(length)
    chat.answers["asked_when"] = True
    when = await chat.ask(
        "leave.when", WHEN, says=asks, name=chat.employee.first_name, length=_length(chat, length), **told
    )
    if (when.half or length == 0) and when.part is None:
        await chat.look("half", _may_be_halved, chat, when)
        part: str | None = await chat.ask(
            "leave.part", PART, hangs_on=["leave.when"], changes=[("leave.when", WHEN)], options=_halves(chat),
            day=tanggal(when.starts or chat.today, chat.language, today=chat.today),
        )  # fmt: skip
        if part == "cancel":
            raise Cancelled
    else:
        part = when.part
    period = await chat.look("period", resolve, chat, when, length, part)
    period = await _affordable(chat, period, left)
    seen = await chat.look("seen", requests.preview, chat.employee, ANNUAL, period)
    reason = await _reason(chat, seen, said_why)
    heads, _ = await chat.look("heads", chains.approvers, chat.employee)
    answer = await chat.ask(
        "leave.confirm", CONFIRM, hangs_on=["leave.when"],
        changes=[("said_why", ANOTHER_REASON), ("leave.when", WHEN)],
        says="leave.confirm_half" if period.part else "leave.confirm",
        options=[
            Option("yes", chat.phrase("leave.yes_send")),
            Option(CHANGE, chat.phrase("leave.change_dates")),
            Option("no", chat.phrase("dialog.cancel")),
        ],
        **await _summary(chat, period, seen, reason, heads),
    )  # fmt: skip
    if answer == CHANGE:
        chat.answers.pop("leave.confirm", None)
        chat.answers.pop("length", None)
        chat.again("leave.when")
    if answer == "no":
        raise Cancelled
    made = await requests.submit(chat.employee, ANNUAL, period, reason, actor=chat.actor)
    await _submitted(chat, period, seen, made)


async def _may_be_halved(chat: Chat, when: When) -> None:
    """Refuse a day that is over or free anyway before anybody is asked which half of it."""
    day = await resolve(chat, when, None, "am") if when.starts is not None else None
    if day is not None:
        policy.check(day, await _names(chat, day), today=chat.today, available=policy.HALF)


async def _affordable(chat: Chat, period: Period, left: int) -> Period:
    """The period, or the part of it that the balance pays for if the employee takes that instead."""
    # "Sampai 31/12/9999" has three million days: to go through them would hold up everybody else.
    policy.check_dates(period, today=chat.today)
    off = await chat.look("off", _names, chat, period)
    cost = sum(day.fraction for day in policy.expand(period, off) if day.counted)
    shorter = policy.affordable(period, off, left)
    if cost <= left:
        return period
    if shorter is None:
        raise Refused("leave.not_enough_days", needed=cost, left=left, starts=period.starts, ends=period.ends)
    answer = await chat.ask(
        "leave.not_enough", OPTION, hangs_on=["leave.when"], changes=[("leave.when", WHEN)],
        options=[
            Option("shorter", _only(chat, shorter)),
            Option("other", chat.phrase("leave.other_dates")),
        ],
        days=rentang(period.starts, period.ends, chat.language, today=chat.today), needed=hari(cost, chat.language),
        left=hari(left, chat.language), many=many(left),
    )  # fmt: skip
    if answer == "other":
        chat.answers.pop("length", None)
        chat.answers.pop("leave.not_enough", None)
        chat.again("leave.when")
    return shorter


async def _reason(chat: Chat, seen: Preview, said: str | None) -> str | None:
    # A single day is seldom explained; who wants to says it in the same sentence. A correction of the summary is
    # answered with the new summary.
    asked = "leave.why" in chat.answers or said == ASK_AGAIN
    few = len([day for day in seen.days if day.counted]) < 2 or "leave.not_enough" in chat.answers
    if not asked and (said is not None or few or chat.asked == "leave.confirm"):
        return said
    only = [("leave.when", _OnlyCorrections())]
    return await chat.ask("leave.why", REASON, hangs_on=["said_why"], changes=only)


class _OnlyCorrections(type(WHEN)):  # type: ignore[misc]
    """Days in a reason are part of the reason, unless they are said as a correction."""

    def correct(self, words: str, before: When, chat: Chat) -> When | None:
        found = dates.find(words, today=chat.today)
        if found is None or not (found.correction or parsers.reason(found.rest) is None):
            return None
        corrected: When | None = super().correct(words, before, chat)
        return corrected


async def resolve(chat: Chat, when: When, length: int | None, part: str | None) -> Period:
    """The period that was meant; a length counts working days."""
    if when.days_of:
        raise Refused("leave.not_in_a_row", days=", ".join(tanggal_pendek(day, chat.language) for day in when.days_of))
    assert when.starts is not None
    if (gone := _lately(when, chat.today)) is not None:
        raise Refused("leave.already_past", starts=gone, ends=gone)
    if when.starts - chat.today > FURTHEST:
        raise Refused("leave.no_lot", on=when.starts)
    if part is not None:
        return Period(when.starts, when.starts, part)
    # "Cuti 2 hari" and then "mulai Kamis": a length that was said before is counted from the one day named now.
    days = when.days if when.ends is None and when.days is not None else length
    if days and when.ends in (None, when.starts):
        works = await calendar.works_of(chat.employee.location)
        off = {day for n in range(HORIZON.days) if not works(day := when.starts + timedelta(days=n))}
        first = policy.working_days_from(when.starts, 1, off)
        return Period(first, policy.working_days_from(first, min(days, 250), off))
    return Period(when.starts, when.ends or when.starts)


def _lately(when: When, today: date) -> date | None:
    """The day that was meant when a date without its year has just gone by: nobody asks for leave a year ahead."""
    if when.starts is None or not when.doubtful or when.starts - today < timedelta(days=300):
        return None
    last_year = when.starts - timedelta(days=366 if (when.starts - timedelta(days=365)).day != when.starts.day else 365)
    return last_year if today - LATELY <= last_year < today else None


async def _names(chat: Chat, period: Period) -> dict[date, str]:
    off = await calendar.within(period.starts, max(period.ends, period.starts), chat.employee.location)
    return {day: row.name(chat.language) for day, row in off.items()}


async def _summary(
    chat: Chat, period: Period, seen: Preview, reason: str | None, heads: Sequence[Employee]
) -> dict[str, str | int]:
    language = chat.language
    team = ""
    if seen.team is not None:
        key = "leave.team_away" if seen.team.away else "leave.team_free"
        team = chat.phrase(key, team=seen.team.name, away=", ".join(seen.team.away))
    off = [day for day in seen.days if not day.counted and day.why != "weekend"]
    holiday_line = ""
    if off:
        named = ", ".join(f"{tanggal_pendek(day.date, language)} ({day.why})" for day in off)
        holiday_line = chat.phrase("leave.days_off", days=named)
    return {
        "days": rentang(period.starts, period.ends, language, today=chat.today),
        "cost": hari(seen.cost, language),
        "many_cost": many(seen.cost),
        "reason": chat.phrase("leave.for", reason=reason) if reason else "",
        "before": hari(seen.available or 0, language),
        "left": hari(seen.left, language),
        "many": many(seen.left),
        "team": team,
        "off": holiday_line,
        "clock": chat.phrase(f"leave.clock_{period.part}", zone=zona(chat.employee.zone, chat.now))
        if period.part
        else "",
        "head": heads[0].first_name if len(heads) == 1 else chat.phrase("leave.the_administrators"),
    }


async def _submitted(chat: Chat, period: Period, seen: Preview, made: Submitted) -> None:
    there, language = chat.employee.zone, chat.language
    remind = clock.local(made.remind_at, there)
    if made.soon and remind.date() == chat.today:
        reminds = chat.phrase(
            "leave.reminds_soon", start=_start(chat, period.starts), at=jam(remind, there, language),
            half="yes" if period.part else "no",
        )  # fmt: skip
        aside = ""
    else:
        reminds = chat.phrase("leave.reminds", at=saat(remind, there, language))
        aside = chat.phrase("leave.aside", cost=hari(seen.cost, language), many=many(seen.cost))
    chat.say(
        "leave.submitted", await start_choice(chat, "status", chat.phrase("leave.see_status")),
        await withdraw_choice(chat, made.number), number=made.number,
        who=made.approvers[0] if len(made.approvers) == 1 else chat.phrase("leave.the_administrators"),
        reminds=reminds, aside=aside,
    )  # fmt: skip


def _asks_when(length: int | None) -> str:
    if length is None:
        return "leave.when"
    return "leave.when_half" if length == 0 else "leave.when_length"


def _length(chat: Chat, length: int | None) -> str:
    days = (length or 0) * policy.DAY
    return chat.phrase("leave.so_many", days=hari(days, chat.language), many=many(days))


def _example(chat: Chat, length: int | None) -> str:
    monday = chat.today + timedelta(days=7 - chat.today.weekday())
    if length is not None:
        return tanggal_pendek(monday, chat.language, today=chat.today)
    last = monday + timedelta(days=2)
    first = (
        str(monday.day) if monday.month == last.month else f"{tanggal_pendek(monday, chat.language, today=chat.today)} "
    )
    return f"{first}-{'' if monday.month == last.month else ' '}{tanggal_pendek(last, chat.language, today=chat.today)}"


def _halves(chat: Chat) -> list[Option]:
    return [
        Option("am", chat.phrase("leave.half_am")),
        Option("pm", chat.phrase("leave.half_pm")),
        Option("cancel", chat.phrase("dialog.cancel")),
    ]


def _start(chat: Chat, starts: date) -> str:
    ahead = (starts - chat.today).days
    if ahead <= 1:
        return chat.phrase("leave.starts_today" if ahead <= 0 else "leave.starts_tomorrow")
    return chat.phrase("leave.starts_on", day=tanggal(starts, chat.language, today=chat.today).split()[0])


def _only(chat: Chat, period: Period) -> str:
    names = [tanggal(day, chat.language, today=chat.today).split()[0] for day in (period.starts, period.ends)]
    if period.starts == period.ends:
        return chat.phrase("leave.only_day", day=names[0])
    title = chat.phrase("leave.only_days", first=names[0], last=names[1])
    if len(title) <= buttons.LONGEST_TITLE:
        return title
    return chat.phrase("leave.only_days", first=names[0][:3], last=names[1][:3])
