"""After leave was asked for: taking it back, calling approved leave off, other dates, working on a
collective day."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.dialog import dates
from bot.dialog.dates import When
from bot.dialog.engine import Cancelled, Chat, Option, flow
from bot.flows import leave_cost
from bot.flows.leave_period import resolve
from bot.flows.leave_words import asked_names, asked_number, collective_day, many, named_days, standing
from bot.flows.readers import CONFIRM, OPTION, REASON, WHEN
from core import clock
from core.approvals import chains, decisions, kinds
from core.approvals.kinds import APPLIED, IN_REVIEW
from core.approvals.tables import Request
from core.errors import Refused
from core.leave import coming_back, lots, policy, requests, types, worked_day
from core.leave.coming_back import Returns
from core.leave.tables import LeaveRequest
from core.messaging import outbox
from core.phrases import hari, jam, rentang, saat, tanggal

RETURNED = "returned"
OPEN = (IN_REVIEW, RETURNED)
MOST, LATELY = 5, 50
NUMBER = re.compile(r"\b[cC]\s*-?\s*(\d{1,9})\b")


def numbered(sentence: str) -> str | None:
    """The number of a leave that is named: `C-121`."""
    found = NUMBER.search(sentence)
    return f"C-{found[1]}" if found else None


async def _which(chat: Chat, key: str, says: str, states: Sequence[str]) -> tuple[Request, LeaveRequest]:
    """The request that is meant: by its number, by its days, because there is one, or because it was chosen."""
    named = chat.answers.get(key) or numbered(chat.opening or "")
    if named is None:
        found = await chat.look("mine", _mine, chat.employee.id, states)
        found = [(one, leave) for one, leave in found if leave.ends >= chat.today or one.state in OPEN]
        meant = _meant(chat, found) or found
        if not meant:
            raise Refused("leave.nothing_to_withdraw")
        named = meant[0][0].number
        if len(meant) > 1:
            named = await chat.ask(
                key, OPTION, says=says, options=[Option(one.number, one.number) for one, _ in meant[:MOST]],
                lines="\n".join([await standing(chat, one) for one, _ in meant[:MOST]]),
            )  # fmt: skip
    chat.answers[key] = named
    request = await decisions.by_number(str(named))
    if request is None or request.employment != chat.employee.id or request.kind != requests.KIND:
        raise Refused("leave.no_such_number", number=str(named))
    return request, await requests.of_request(request)


async def _mine(employment: int, states: Sequence[str]) -> list[tuple[Request, LeaveRequest]]:
    """Somebody's latest leave in one of these states, the newest first."""
    asked = await decisions.of_employee(employment, limit=LATELY)
    mine = [one for one in asked if one.kind == requests.KIND and one.state in states]
    return [(one, await requests.of_request(one)) for one in mine]


def _meant(chat: Chat, found: Sequence[tuple[Request, LeaveRequest]]) -> list[tuple[Request, LeaveRequest]]:
    """Those of the month or the days that the sentence names."""
    sentence = chat.opening or ""
    said = dates.find(sentence, today=chat.today)
    if said is not None and said.when.starts is not None:
        first, last = said.when.starts, said.when.ends or said.when.starts
        return [(one, leave) for one, leave in found if leave.starts <= last and leave.ends >= first]
    months = {name: number for number, names in enumerate(MONTHS, 1) for name in names.split()}
    named = {months[word] for word in re.findall(r"[a-z]+", sentence.lower()) if word in months}
    return [(one, leave) for one, leave in found if named & {leave.starts.month, leave.ends.month}]


MONTHS = (
    "januari january jan", "februari february feb", "maret march mar", "april apr", "mei may", "juni june jun",
    "juli july jul", "agustus august agu ags aug", "september sep sept", "oktober october okt oct",
    "november nov nopember", "desember december des dec",
)  # fmt: skip


# Asked again, it would ask about another request than the one that was named; days outside of it may be named anew.
@flow("withdraw", reopens=False, stays_open=("withdraw.days",))
async def take_back(chat: Chat) -> None:
    """Take back a leave that nobody has decided yet, or ask that an approved one be called off."""
    request, leave = await _which(chat, "withdraw.which", "leave.withdraw_which", (*OPEN, APPLIED))
    if request.state == APPLIED:
        await _call_off(chat, request, leave)
        return
    if request.state not in OPEN:
        raise await decisions.too_late(request, chat.employee.person, request.version)
    answer = await chat.ask(
        "withdraw.confirm", CONFIRM, says="leave.withdraw_confirm",
        options=[Option("yes", chat.phrase("leave.yes_withdraw")), Option("no", chat.phrase("leave.keep"))],
        number=request.number, days=rentang(leave.starts, leave.ends, chat.language, today=chat.today),
        back=_lost(chat, await chat.look("back", coming_back.of_held, leave)),
    )  # fmt: skip
    if answer == "no":
        chat.say("leave.kept", number=request.number)
        return
    back = await requests.withdraw(chat.employee, request, actor=chat.actor)
    kind = await types.of(leave.leave_type)
    if not kind.in_lots:
        chat.say("leave.withdrawn_kind", number=request.number)
        return
    left = await lots.balance(chat.employee.id, kind.code)
    chat.say(
        "leave.withdrawn", number=request.number, back=hari(back, chat.language), many=many(back),
        left=hari(left, chat.language),
    )  # fmt: skip


async def _call_off(chat: Chat, request: Request, leave: LeaveRequest) -> None:
    """Ask that approved leave be called off, all of it or some days; it holds until the approver agrees."""
    language = chat.language
    options = [Option("all", chat.phrase("leave.yes_all")), Option("no", chat.phrase("leave.no_keep"))]
    if leave.starts != leave.ends:
        options.insert(1, Option("part", chat.phrase("leave.some_days")))
    answer = await chat.ask(
        "withdraw.all", CONFIRM, says="leave.call_off", options=options, number=request.number,
        days=await _days(chat, leave), back=_coming(chat, await chat.look("back", coming_back.of_taken, leave)),
    )  # fmt: skip
    if answer == "no":
        chat.say("dialog.unchanged", **await _it(chat, request, leave))
        return
    some: list[date] | None = None
    if answer == "part":
        when = await chat.ask(
            "withdraw.days", WHEN, says="leave.which_days", number=request.number, days=await _days(chat, leave)
        )
        some = _inside(when, leave)
        if not await _agrees_to_loss(chat, request, leave, some):
            chat.say("dialog.unchanged", **await _it(chat, request, leave))
            return
    made = await requests.ask_cancel(chat.employee, request, dates=some, actor=chat.actor)
    if not made.approvers:
        # Nobody had to agree to it, so nobody has to now; what came back was told where their news goes.
        if (await outbox.address_of(chat.employee.person)).channel != chat.actor.channel:
            chat.say("leave.called_off_here", number=request.number)
        return
    chat.say(
        "leave.call_off_sent", who=", ".join(made.approvers), at=saat(made.remind_at, chat.employee.zone, language),
        asked=asked_number(made.approvers),
    )  # fmt: skip


async def _agrees_to_loss(chat: Chat, request: Request, leave: LeaveRequest, some: Sequence[date]) -> bool:
    """Whether days may be lost by calling some off; asked only where they would be."""
    returns = await chat.look("some", coming_back.of_taken, leave, some)
    if not returns.lost:
        return True
    answer = await chat.ask(
        "withdraw.loses", CONFIRM, says="leave.call_off_some", hangs_on=["withdraw.days"],
        options=[Option("yes", chat.phrase("leave.yes_these")), Option("no", chat.phrase("leave.no_keep"))],
        number=request.number, days=named_days(chat, some), back=_coming(chat, returns),
    )  # fmt: skip
    return answer == "yes"


def _coming(chat: Chat, returns: Returns) -> str:
    """What comes back and until when it may be used, and which days are lost by it."""
    language = chat.language
    told = [
        chat.phrase(
            "leave.back_to", back=hari(one.quantity, language), many=many(one.quantity), year=str(one.year),
            until=tanggal(one.until, language, today=chat.today),
        )
        for one in returns.back
    ] + [
        chat.phrase(
            "leave.loses", lost=hari(one.quantity, language), many=many(one.quantity), days=named_days(chat, one.dates)
        )
        for one in returns.lost
    ]  # fmt: skip
    return " ".join(told)


def _lost(chat: Chat, returns: Returns) -> str:
    """Of what comes back only what is lost by it: the rest is back where it was."""
    told = _coming(chat, Returns((), returns.lost))
    return f" {told}" if told else ""


def _inside(when: When, leave: LeaveRequest) -> list[date]:
    named = when.days_of
    if named is None:
        assert when.starts is not None
        last = when.ends or when.starts
        if when.days and when.ends is None:
            last = when.starts + timedelta(days=when.days - 1)
        named = tuple(when.starts + timedelta(days=n) for n in range(min((last - when.starts).days, 400) + 1))
    inside = [day for day in named if leave.starts <= day <= leave.ends]
    if not inside:
        raise Refused("leave.not_inside", starts=leave.starts, ends=leave.ends)
    return inside


@flow("leave_change", reopens=True, why=leave_cost.why)
async def other_dates(chat: Chat) -> None:
    """Ask for other dates in place of those of a request that is open, was sent back, or was approved."""
    request, leave = await _which(chat, "change.which", "leave.change_which", (*OPEN, APPLIED))
    if request.state not in (*OPEN, APPLIED):
        raise await decisions.too_late(request, chat.employee.person, request.version)
    kind = await chat.look("kind", types.of, leave.leave_type)
    was = rentang(leave.starts, leave.ends, chat.language, today=chat.today)
    when = await chat.ask("change.when", WHEN, says="leave.change_when", number=request.number, days=was)
    part = when.part or (leave.part if when.half else None)
    period = await chat.look("period", resolve, chat, when, None, part, kind)
    policy.check_dates(period, today=chat.today, kind=kind)
    seen = await chat.look("seen", _instead_of, chat, kind.code, period, leave)
    heads = await chat.look("heads", requests.asked_first, chat.employee, seen)
    answer = await chat.ask(
        "change.confirm", CONFIRM, says="leave.change_confirm", hangs_on=["change.when"],
        changes=[("change.when", WHEN)],
        options=[
            Option("yes", chat.phrase("leave.yes_send")),
            Option("change", chat.phrase("leave.change_dates")),
            Option("no", chat.phrase("dialog.cancel")),
        ],
        number=request.number, was=was, days=rentang(period.starts, period.ends, chat.language, today=chat.today),
        cost=hari(seen.cost, chat.language), many_cost=many(seen.cost),
        head=asked_names(chat, [one.first_name for one in heads]),
    )  # fmt: skip
    if answer == "no":
        raise Cancelled
    if answer == "change":
        chat.answers.pop("change.confirm", None)
        chat.again("change.when")
    asker = chat.employee
    made = await requests.change(asker, request, period, _reason(chat, leave), actor=chat.actor)
    chat.made = request.number
    remind = clock.local(made.remind_at, asker.zone)
    today = remind.date() == chat.today
    chat.say(
        "leave.changed", number=request.number, who=", ".join(made.approvers), today="yes" if today else "no",
        at=jam(remind, asker.zone, chat.language) if today else saat(remind, asker.zone, chat.language),
        asked=asked_number(made.approvers),
    )  # fmt: skip


async def _instead_of(chat: Chat, code: str, period: policy.Period, leave: LeaveRequest) -> requests.Preview:
    return await requests.preview(chat.employee, code, period, but=leave)


def _reason(chat: Chat, leave: LeaveRequest) -> str | None:
    said = chat.note("said_why", REASON) if numbered(chat.opening or "") is None else None
    return said or requests.reason_of(leave, chat.employee)


async def _it(chat: Chat, request: Request, leave: LeaveRequest) -> dict[str, str]:
    return {"number": request.number, "days": await _days(chat, leave)}


async def _days(chat: Chat, leave: LeaveRequest) -> str:
    """The days that are left of a leave."""
    left = await chat.look(f"left:{leave.id}", requests.stand, [leave])
    return left[leave.id].words(chat.language, today=chat.today)


@flow("keep", reopens=False, brief=True)
async def leave_it(chat: Chat) -> None:
    """Leave a request as it is."""
    request = await chat.look("it", decisions.by_number, str(chat.answers["which"]))
    if request is None or request.employment != chat.employee.id:
        raise Refused("leave.no_such_number", number=str(chat.answers["which"]))
    chat.say("dialog.unchanged", **await _it(chat, request, await requests.of_request(request)))


@flow("collective_work", reopens=False)
async def work_on(chat: Chat) -> None:
    """Work on a day of collective leave: with the head's yes the day comes back."""
    day = await collective_day(chat, chat.opening or "")
    if day is None and "day" not in chat.answers:
        raise Refused("leave.no_collective_day")
    day = date.fromisoformat(chat.answers.setdefault("day", str(day)))
    heads = await chat.look("heads", chains.first, worked_day.KIND, chat.employee, {})
    head = asked_names(chat, [one.first_name for one in heads])
    answer = await chat.ask(
        "collective.confirm", CONFIRM, says="leave.collective_ask",
        options=[Option("yes", chat.phrase("leave.yes_send")), Option("no", chat.phrase("dialog.cancel"))],
        head=head, day=tanggal(day, chat.language, today=chat.today),
    )  # fmt: skip
    if answer == "no":
        raise Cancelled
    made = await worked_day.work_on(chat.employee, day, actor=chat.actor)
    chat.made = made.number
    chat.say(
        "leave.collective_sent", number=made.number, who=", ".join(made.approvers),
        at=saat(made.remind_at, chat.employee.zone, chat.language), asked=asked_number(made.approvers),
    )  # fmt: skip


kinds.changes(requests.KIND, "leave_change", "change.which")
kinds.cancels(requests.KIND, "withdraw", "withdraw.which")
