"""What is left and why, how requests stand, which days are off."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from bot.dialog import dates
from bot.dialog.engine import Chat, flow
from bot.flows import leave_ahead, leave_figures, leave_kinds
from bot.flows.leave_later import numbered
from bot.flows.leave_words import many, named_days, plain_name, standing, start_choice, withdraw_choice
from bot.flows.steps_told import steps_of
from core.approvals import decisions
from core.approvals.kinds import IN_REVIEW
from core.approvals.tables import Request
from core.calendar import days
from core.errors import Refused
from core.leave import explain, lots, plans, requests, types
from core.leave.types import ANNUAL
from core.phrases import hari, tanggal, tanggal_pendek

MOST_REQUESTS, MOST_TOLD = 3, 5


@flow("balance", brief=True)
async def tell_balance(chat: Chat) -> None:
    """How many days are left, and until when; of another day that is named, then."""
    other = await leave_kinds.named(chat)
    if other is not None and not other.in_lots:
        left = await chat.look("left", lots.balance, chat.employee.id)
        chat.say(
            "leave.balance_none", kind=other.name(chat.language), left=hari(left, chat.language), many=many(left)
        )  # fmt: skip
        return
    if await leave_ahead.of_a_day(chat):
        return
    kind = await leave_kinds.with_a_balance(chat)
    left = await chat.look("left", lots.balance, chat.employee.id, kind.code)
    figure = {"kind": kind.code, "left": left}
    if kind.code != ANNUAL or ((chat.topic or {}).get("figure") or {}).get("kind", ANNUAL) != ANNUAL:
        chat.topic = {"figure": figure}  # the next "why" is about this one
    until = await chat.look("until", lots.valid_to, chat.employee.id, kind.code)
    days, name = hari(left, chat.language), kind.spoken(chat.language)
    why = await start_choice(
        chat, "explain", chat.phrase("leave.why_choice", left=days),
        **({} if kind.code == ANNUAL else {"figure": figure}),
    )  # fmt: skip
    if until is None:
        if not await chat.look("lots", lots.left, chat.employee.id, kind.code):
            await _none_yet(chat, kind)
            return
        chat.say("leave.balance_bare", why, left=days, many=many(left), kind=name)
        return
    asks = {} if kind.code == ANNUAL else {"leave_type": kind.code}
    ask = await start_choice(chat, "leave", chat.phrase("leave.ask_choice"), **asks)
    ends = await chat.look("ends", lots.ends, chat.employee.id, kind.code)
    if len(ends) > 1:
        parts = "; ".join(
            chat.phrase(
                "leave.balance_part", days=hari(quantity, chat.language), many=many(quantity),
                until=tanggal(day, chat.language, today=chat.today),
            )
            for day, quantity in ends
        )  # fmt: skip
        chat.say("leave.balance_parts", why, ask, left=days, many=many(left), kind=name, parts=parts)
        return
    chat.say(
        "leave.balance", why, ask, left=days, many=many(left), kind=name,
        until=tanggal(until, chat.language, today=chat.today),
    )  # fmt: skip


@flow("explain", brief=True)
async def explain_balance(chat: Chat) -> None:
    """Every movement that made the balance, in lines that add up; of a figure that was just told, those behind it."""
    figure = leave_figures.meant(chat)
    if figure is not None:
        chat.topic = {**(chat.topic or {}), "figure": figure}
    if figure is not None and (behind := await leave_figures.lines(chat, figure)):
        chat.say("leave.balance_explained", lines="\n".join(behind))
        return
    on = date.fromisoformat(figure["on"]) if figure is not None and "on" in figure else None
    code = await _kind_of(chat, figure)
    told = await movements(chat, code, on)
    if not told:
        await _none_yet(chat, await types.of(code))
        return
    chat.say("leave.balance_explained", lines="\n".join(told))


async def movements(chat: Chat, code: str, on: date | None = None) -> list[str]:
    """Every movement that made a balance, in lines that add up, the sum last; empty where there is none."""
    language = chat.language
    lines = [line for line in await explain.lines(chat.employee.id, code, on) if line.quantity]
    given = _at_once(line for line in lines if line.name is None and line.request is None)
    last = chat.employee.leaves or date.max  # what lay after somebody's last day was never theirs to be off
    collective = _net([line for line in lines if line.name is not None and line.on <= last])
    taken = {
        cause: days for cause, days in _net([one for one in lines if one.request is not None]).items() if _sum(days)
    }
    told = [_given(chat, line, first=not at) for at, line in enumerate(given)]
    for (name, _), entries in collective.items():
        ahead = all(day > chat.today for day, _ in entries) and _sum(entries) != 0
        key = "leave.line_collective_ahead" if ahead else "leave.line_collective"
        told.append(
            chat.phrase(
                key, name=plain_name(name), days=named_days(chat, [day for day, _ in entries]),
                first=1 if len(told) == len(given) else 2,  # the term is explained once
                sum=_signed(_sum(entries), language),
            )
        )  # fmt: skip
    if len(taken) > MOST_REQUESTS:
        total = sum(_sum(entries) for entries in taken.values())
        told.append(chat.phrase("leave.line_requests", count=str(len(taken)), sum=_signed(total, language)))
    else:
        for (_, request), entries in taken.items():
            number, days = await _number(request), named_days(chat, [day for day, quantity in entries if quantity])
            told.append(
                chat.phrase("leave.line_request", number=number, days=days, sum=_signed(_sum(entries), language))
            )
    if not told:
        return []
    plus = sum(line.quantity for line in given if line.quantity > 0)
    total = sum(line.quantity for line in lines)
    told.append(
        chat.phrase(
            "leave.line_sum", plus=hari(plus, language), minus=hari(plus - total, language),
            left=hari(total, language), many=many(total),
        )
    )  # fmt: skip
    return told


async def _none_yet(chat: Chat, kind: types.Kind) -> None:
    """Nothing was given yet: from which day on it will be, and after how long."""
    name, first = kind.spoken(chat.language), await plans.first_days(chat.employee, kind, chat.today)
    if first is None:
        chat.say("leave.no_lots_of", kind=name)
        return
    on = tanggal(first, chat.language, today=chat.today)
    chat.say("leave.no_lots", kind=name, on=on, months=kind.after_months)


async def _kind_of(chat: Chat, figure: leave_figures.Figure | None) -> str:
    """The kind whose balance is explained: that of the figure, else what the sentence names."""
    if figure is not None:
        return str(figure.get("kind", ANNUAL))
    return (await leave_kinds.with_a_balance(chat)).code


def _given(chat: Chat, line: lots.Line, *, first: bool) -> str:
    """What came into the balance or left it otherwise than by being away."""
    if line.kind == lots.OPENING:
        return _opened(chat, line, first=first)
    kind = line.origin if line.kind == "grant" and line.origin == "carry" else line.kind
    if kind not in ("grant", "carry", "adjust", "lent", "expire", "encash"):
        kind = "adjust"
    told = chat.phrase(
        "leave.line_given", kind=kind, year=str(line.year), before=str(line.year - 1),
        days=_signed(line.quantity, chat.language),
    )  # fmt: skip
    return f'{told} ("{line.why}")' if line.why else told


def _opened(chat: Chat, line: lots.Line, *, first: bool) -> str:
    """What a file of opening balances made of what was there before, with its day and its name."""
    return chat.phrase(
        "leave.line_opening", first="yes" if first else "no", days=_signed(line.quantity, chat.language),
        on=tanggal_pendek(line.at or line.on, chat.language, today=leave_figures.ALWAYS),
        named="yes" if line.why else "no", file=line.why or "",
    )  # fmt: skip


@flow("status", brief=True)
async def tell_status(chat: Chat) -> None:
    """What was asked for lately and how it stands; of one that is named, that one."""
    asked = [
        one
        for one in await chat.look("mine", partial(decisions.of_employee, limit=50), chat.employee.id)
        if one.kind == requests.KIND
    ]
    named = numbered(chat.opening or "")
    if named is not None:
        asked = [one for one in asked if one.number == named]
        if not asked:
            raise Refused("leave.no_such_number", number=named)
    if not asked:
        chat.say("leave.nothing_asked")
        return
    waiting = [one for one in asked if one.state == IN_REVIEW]
    lines = [await standing(chat, one) for one in asked[:MOST_TOLD]]
    if named is not None:
        lines += await steps_of(chat, asked[0])
    choices = [await withdraw_choice(chat, waiting[0].number)] if len(waiting) == 1 else []
    chat.say("leave.standing", *choices, lines="\n".join(lines))


@flow("holidays", brief=True)
async def tell_holidays(chat: Chat) -> None:
    """The next days on which nobody works."""
    off = await days.within(chat.today, chat.today + timedelta(days=400), chat.employee.location)
    said = dates.find(chat.opening or "", today=chat.today)
    first = said.when.starts if said is not None else None
    last = said.when.ends or first if said is not None else None
    asked = [one for one in sorted(off.items()) if first is not None and last is not None and first <= one[0] <= last]
    coming = asked or [one for one in sorted(off.items()) if one[0] <= chat.today + timedelta(days=120)][:6]
    if not coming:
        chat.say("leave.no_holidays")
        return
    lines = [f"{tanggal(day, chat.language, today=chat.today)}: {row.name(chat.language)}" for day, row in coming]
    chat.say("leave.holidays", lines="\n".join(lines))


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


def _at_once(lines: Iterable[lots.Line]) -> list[lots.Line]:
    """What came in or went out of the same cause as one line with its sum; what was taken back altogether is none."""
    sums: dict[tuple[object, ...], lots.Line] = {}
    for line in lines:
        kind = lots.OPENING if line.kind == lots.UNOPENED else line.kind
        cause = (kind, line.year, line.origin if kind == "grant" else "", line.why, line.at)
        before = sums.get(cause)
        sums[cause] = line if before is None else replace(before, quantity=before.quantity + line.quantity)
    return [line for line in sums.values() if line.quantity]


def _sum(entries: Sequence[tuple[date, int]]) -> int:
    return sum(quantity for _, quantity in entries)


def _signed(thousandths: int, language: str) -> str:
    return ("+" if thousandths > 0 else "") + hari(thousandths, language)
