"""Leave: asking for it, what is left and why, how it stands, taking it back."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bot.dialog import dates, parsers
from bot.dialog.dates import When
from bot.dialog.engine import Cancelled, Chat, Option, flow
from bot.flows.readers import CONFIRM, LENGTH, OPTION, PART, REASON, WHEN
from core import clock
from core.approvals import chains, decisions
from core.approvals.decisions import Submitted
from core.approvals.kinds import APPLIED, IN_REVIEW
from core.approvals.tables import Request
from core.calendar import holidays
from core.errors import Refused
from core.leave import lots, policy, requests
from core.leave.policy import Period
from core.leave.requests import Preview
from core.messaging import buttons
from core.messaging.messages import Choice
from core.people.directory import Employee
from core.phrases import hari, jam, rentang, saat, tanggal, tanggal_pendek, zona

HORIZON = timedelta(days=400)
CHANGE = "change"


async def still_free(chat: Chat) -> str:
    """What is said when a leave is dropped before it was sent."""
    left = await lots.balance(chat.employee.id)
    return chat.phrase("leave.cancelled", left=hari(left, chat.language), many=_many(left))


@flow("leave", cancelled=still_free)
async def request_leave(chat: Chat) -> None:
    """Ask for annual leave, in one sentence or step by step."""
    left = await chat.look("left", lots.balance, chat.employee.id)
    length = chat.note("leave.length", LENGTH)
    said_why = chat.note("leave.said_why", REASON)
    told: dict[str, Any] = {"left": hari(left, chat.language), "many": _many(left), "example": _example(chat)}
    again = bool(chat.answers.get("asked_when"))
    asks = "leave.when_again" if again else "leave.when_length" if length is not None else "leave.when"
    chat.answers["asked_when"] = True
    when = await chat.ask(
        "leave.when", WHEN, says=asks, name=chat.employee.first_name, length=_length(chat, length), **told
    )
    if (when.half or length == 0) and when.part is None:
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
    seen = await chat.look("seen", requests.preview, chat.employee, period)
    reason = await _reason(chat, seen, said_why)
    heads, _ = await chat.look("heads", chains.approvers, chat.employee)
    answer = await chat.ask(
        "leave.confirm", CONFIRM, hangs_on=["leave.when"], changes=[("leave.when", WHEN)],
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
        chat.answers.pop("leave.length", None)
        chat.again("leave.when")
    if answer == "no":
        raise Cancelled
    made = await requests.submit(chat.employee, period, reason, actor=chat.actor)
    await _submitted(chat, period, seen, made)


async def _affordable(chat: Chat, period: Period, left: int) -> Period:
    """The period, or the part of it that the balance pays for if the employee takes that instead."""
    off = await chat.look("off", _names, period)
    cost = sum(day.fraction for day in policy.expand(period, off) if day.counted)
    shorter = policy.affordable(period, off, left)
    if cost <= left or period.starts < chat.today:
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
        left=hari(left, chat.language), many=_many(left),
    )  # fmt: skip
    if answer == "other":
        chat.answers.pop("leave.length", None)
        chat.answers.pop("leave.not_enough", None)
        chat.again("leave.when")
    return shorter


async def _reason(chat: Chat, seen: Preview, said: str | None) -> str | None:
    # A single day is seldom explained; who wants to says it in the same sentence.
    asked = "leave.why" in chat.answers
    few = len([day for day in seen.days if day.counted]) < 2 or "leave.not_enough" in chat.answers
    if not asked and (said is not None or few):
        return said
    return await chat.ask("leave.why", REASON, changes=[("leave.when", _OnlyCorrections())])


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
    if part is not None:
        return Period(when.starts, when.starts, part)
    days = when.days if when.days is not None else length
    if when.ends is None and days:
        off = await holidays.within(when.starts, when.starts + HORIZON)
        first = policy.working_days_from(when.starts, 1, off)
        return Period(first, policy.working_days_from(first, min(days, 250), off))
    return Period(when.starts, when.ends or when.starts)


async def _names(period: Period) -> dict[date, str]:
    off = await holidays.within(period.starts, max(period.ends, period.starts))
    return {day: row.name for day, row in off.items()}


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
        "many_cost": _many(seen.cost),
        "reason": chat.phrase("leave.for", reason=reason) if reason else "",
        "before": hari(seen.available, language),
        "left": hari(seen.left, language),
        "many": _many(seen.left),
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
        aside = chat.phrase("leave.aside", cost=hari(seen.cost, language), many=_many(seen.cost))
    chat.say(
        "leave.submitted", await _start_choice(chat, "status", chat.phrase("leave.see_status")),
        await _withdraw_choice(chat, made.number), number=made.number,
        who=made.approvers[0] if len(made.approvers) == 1 else chat.phrase("leave.the_administrators"),
        reminds=reminds, aside=aside,
    )  # fmt: skip


@flow("balance")
async def tell_balance(chat: Chat) -> None:
    """How many days are left, and until when."""
    left = await lots.balance(chat.employee.id)
    until = await lots.valid_to(chat.employee.id)
    if until is None:
        chat.say(
            "leave.no_lots" if left == 0 else "leave.balance_bare", left=hari(left, chat.language), many=_many(left)
        )
        return
    days = hari(left, chat.language)
    chat.say(
        "leave.balance",
        await _start_choice(chat, "explain", chat.phrase("leave.why_choice", left=days)),
        await _start_choice(chat, "leave", chat.phrase("leave.ask_choice")),
        left=days, many=_many(left), until=tanggal(until, chat.language, today=chat.today),
    )  # fmt: skip


@flow("explain")
async def explain_balance(chat: Chat) -> None:
    """Every movement that made the balance, in lines that add up."""
    language, told = chat.language, []
    lines = [line for line in await lots.lines(chat.employee.id) if line.quantity]
    granted = [line for line in lines if line.kind in ("grant", "adjust", "expire")]
    collective = _net([line for line in lines if line.name is not None])
    taken = _net([line for line in lines if line.request is not None])
    for line in granted:
        told.append(chat.phrase(f"leave.line_{line.kind}", year=str(line.year), days=_signed(line.quantity, language)))
    for (name, _), entries in collective.items():
        ahead = all(day > chat.today for day, _ in entries)
        key = "leave.line_collective_ahead" if ahead else "leave.line_collective"
        told.append(
            chat.phrase(
                key, name=_collective(name), days=_days(chat, [day for day, _ in entries]),
                sum=_signed(sum(quantity for _, quantity in entries), language),
            )
        )  # fmt: skip
    for (_, request), entries in taken.items():
        if total := sum(quantity for _, quantity in entries):
            number = await _number(request)
            told.append(
                chat.phrase(
                    "leave.line_request",
                    number=number,
                    days=_days(chat, [day for day, _ in entries]),
                    sum=_signed(total, language),
                )
            )
    plus = sum(line.quantity for line in granted if line.quantity > 0)
    total = sum(line.quantity for line in lines)
    if not told:
        chat.say("leave.no_lots")
        return
    told.append(
        chat.phrase(
            "leave.line_sum",
            plus=hari(plus, language),
            minus=hari(plus - total, language),
            left=hari(total, language),
            many=_many(total),
        )
    )
    chat.say("leave.balance_explained", lines="\n".join(told))


@flow("status")
async def tell_status(chat: Chat) -> None:
    """What was asked for lately and how it stands."""
    asked = list(await decisions.of_employee(chat.employee.id, limit=5))
    if not asked:
        chat.say("leave.nothing_asked")
        return
    waiting = [one for one in asked if one.state == IN_REVIEW]
    lines = [await _standing(chat, one) for one in asked]
    choices = [await _withdraw_choice(chat, waiting[0].number)] if len(waiting) == 1 else []
    chat.say("leave.standing", *choices, lines="\n".join(lines))


@flow("withdraw")
async def withdraw_leave(chat: Chat) -> None:
    """Take back a leave that nobody has decided yet."""
    waiting = [one for one in await decisions.of_employee(chat.employee.id, limit=50) if one.state == IN_REVIEW]
    named = _named(chat.opening or "") or chat.answers.get("withdraw.which")
    if named is None and len(waiting) == 1:
        named = waiting[0].number
    if named is None:
        if not waiting:
            raise Refused("leave.nothing_to_withdraw")
        named = await chat.ask(
            "withdraw.which", OPTION, options=[Option(one.number, one.number) for one in waiting[:5]],
            lines="\n".join([await _standing(chat, one) for one in waiting[:5]]),
        )  # fmt: skip
    chat.answers["withdraw.which"] = named
    request = await decisions.by_number(named)
    if request is None or request.employment != chat.employee.id:
        raise Refused("leave.no_such_number", number=named)
    if request.state == APPLIED:
        raise Refused("leave.approved_already", number=named)
    leave = await requests.of_request(request)
    answer = await chat.ask(
        "withdraw.confirm", CONFIRM,
        options=[Option("yes", chat.phrase("leave.yes_withdraw")), Option("no", chat.phrase("leave.keep"))],
        number=request.number, days=rentang(leave.starts, leave.ends, chat.language, today=chat.today),
    )  # fmt: skip
    if answer == "no":
        chat.say("leave.kept", number=request.number)
        return
    back = await requests.withdraw(chat.employee, request, actor=chat.actor)
    left = await lots.balance(chat.employee.id)
    chat.say(
        "leave.withdrawn", number=request.number, back=hari(back, chat.language), many=_many(back),
        left=hari(left, chat.language),
    )  # fmt: skip


@flow("holidays")
async def tell_holidays(chat: Chat) -> None:
    """The next days on which nobody works."""
    off = await holidays.within(chat.today, chat.today + timedelta(days=120))
    coming = sorted(off.items())[:6]
    if not coming:
        chat.say("leave.no_holidays")
        return
    lines = [f"{tanggal(day, chat.language, today=chat.today)}: {row.name}" for day, row in coming]
    chat.say("leave.holidays", lines="\n".join(lines))


async def _standing(chat: Chat, request: Request) -> str:
    leave = await requests.of_request(request)
    who = await decisions.approvers_of(request)
    return chat.phrase(
        f"leave.state_{request.state}", number=request.number,
        days=rentang(leave.starts, leave.ends, chat.language, today=chat.today), who=", ".join(who),
    )  # fmt: skip


async def _start_choice(chat: Chat, name: str, title: str) -> Choice:
    return await buttons.make(title, "start", person=chat.employee.person, flow=name, answers={})


async def _withdraw_choice(chat: Chat, number: str) -> Choice:
    answers = {"withdraw.which": number}
    return await buttons.make(
        chat.phrase("leave.take_back"), "start", person=chat.employee.person, flow="withdraw", answers=answers
    )


async def _number(request: int | None) -> str:
    row = (
        await Request.select(Request.number)
        .where((Request.kind == requests.KIND) & (Request.subject == request))
        .first()
    )
    return str(row["number"]) if row else ""


def _net(lines: Sequence[lots.Line]) -> dict[tuple[str, int | None], list[tuple[date, int]]]:
    """The movements of collective days and of requests by what caused them, each day once with its sum."""
    sums: dict[tuple[str, int | None], dict[date, int]] = {}
    for line in lines:
        days = sums.setdefault((line.name or "", line.request), {})
        days[line.on] = days.get(line.on, 0) + line.quantity
    return {cause: sorted(days.items()) for cause, days in sums.items()}


def _named(sentence: str) -> str | None:
    found = re.search(r"\b[cC]\s*-?\s*(\d{1,9})\b", sentence)
    return f"C-{found[1]}" if found else None


def _collective(name: str) -> str:
    """The name of a collective day without the words that are said before it anyway."""
    return name.removeprefix("Cuti Bersama ").removeprefix("Hari Raya ").removeprefix("Hari Suci ")


def _days(chat: Chat, days: Sequence[date]) -> str:
    """`20, 23, 24 Maret`: days of one month share it."""
    if len({(day.year, day.month) for day in days}) == 1:
        first = ", ".join(str(day.day) for day in days[:-1])
        last = tanggal_pendek(days[-1], chat.language, today=chat.today)
        return f"{first}, {last}" if first else last
    return ", ".join(tanggal_pendek(day, chat.language, today=chat.today) for day in days)


def _signed(thousandths: int, language: str) -> str:
    return ("+" if thousandths > 0 else "") + hari(thousandths, language)


def _many(thousandths: int) -> int:
    """1 where a language says day, not days."""
    return 1 if thousandths == policy.DAY else 2


def _length(chat: Chat, length: int | None) -> str:
    if length == 0:
        return chat.phrase("leave.half_a_day")
    return (
        ""
        if length is None
        else chat.phrase(
            "leave.so_many", days=hari(length * policy.DAY, chat.language), many=_many(length * policy.DAY)
        )
    )


def _example(chat: Chat) -> str:
    monday = chat.today + timedelta(days=7 - chat.today.weekday())
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
    return tanggal(starts, chat.language, today=chat.today).split()[0]


def _only(chat: Chat, period: Period) -> str:
    names = [tanggal(day, chat.language, today=chat.today).split()[0] for day in (period.starts, period.ends)]
    if period.starts == period.ends:
        return chat.phrase("leave.only_day", day=names[0])
    title = chat.phrase("leave.only_days", first=names[0], last=names[1])
    if len(title) <= buttons.LONGEST_TITLE:
        return title
    return chat.phrase("leave.only_days", first=names[0][:3], last=names[1][:3])
