"""What is left and why, how requests stand, which days are off; and taking a request back."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.dialog.engine import Chat, Option, flow
from bot.flows.leave_words import many, standing, start_choice, withdraw_choice
from bot.flows.readers import CONFIRM, OPTION
from core.approvals import decisions
from core.approvals.kinds import APPLIED, IN_REVIEW
from core.approvals.tables import Request
from core.calendar import days
from core.errors import Refused
from core.leave import lots, requests
from core.phrases import hari, rentang, tanggal, tanggal_pendek


@flow("balance")
async def tell_balance(chat: Chat) -> None:
    """How many days are left, and until when."""
    left = await lots.balance(chat.employee.id)
    until = await lots.valid_to(chat.employee.id)
    days = hari(left, chat.language)
    if until is None:
        if not await lots.left(chat.employee.id):
            chat.say("leave.no_lots")
            return
        why = await start_choice(chat, "explain", chat.phrase("leave.why_choice", left=days))
        chat.say("leave.balance_bare", why, left=days, many=many(left))
        return
    chat.say(
        "leave.balance",
        await start_choice(chat, "explain", chat.phrase("leave.why_choice", left=days)),
        await start_choice(chat, "leave", chat.phrase("leave.ask_choice")),
        left=days, many=many(left), until=tanggal(until, chat.language, today=chat.today),
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
                first=1 if len(told) == len(granted) else 2,  # the term is explained once
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
            many=many(total),
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
    lines = [await standing(chat, one) for one in asked]
    choices = [await withdraw_choice(chat, waiting[0].number)] if len(waiting) == 1 else []
    chat.say("leave.standing", *choices, lines="\n".join(lines))


# Asked again, it would ask about another request than the one that was named.
@flow("withdraw", reopens=False)
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
            "withdraw.which", OPTION, says="leave.withdraw_which",
            options=[Option(one.number, one.number) for one in waiting[:5]],
            lines="\n".join([await standing(chat, one) for one in waiting[:5]]),
        )  # fmt: skip
    chat.answers["withdraw.which"] = named
    request = await decisions.by_number(named)
    if request is None or request.employment != chat.employee.id:
        raise Refused("leave.no_such_number", number=named)
    if request.state == APPLIED:
        raise Refused("leave.approved_already", number=named)
    if request.state != IN_REVIEW:
        raise await decisions.too_late(request, chat.employee.person, request.version)
    leave = await requests.of_request(request)
    answer = await chat.ask(
        "withdraw.confirm", CONFIRM, says="leave.withdraw_confirm",
        options=[Option("yes", chat.phrase("leave.yes_withdraw")), Option("no", chat.phrase("leave.keep"))],
        number=request.number, days=rentang(leave.starts, leave.ends, chat.language, today=chat.today),
    )  # fmt: skip
    if answer == "no":
        chat.say("leave.kept", number=request.number)
        return
    back = await requests.withdraw(chat.employee, request, actor=chat.actor)
    left = await lots.balance(chat.employee.id)
    chat.say(
        "leave.withdrawn", number=request.number, back=hari(back, chat.language), many=many(back),
        left=hari(left, chat.language),
    )  # fmt: skip


@flow("holidays")
async def tell_holidays(chat: Chat) -> None:
    """The next days on which nobody works."""
    off = await days.within(chat.today, chat.today + timedelta(days=120), chat.employee.location)
    coming = sorted(off.items())[:6]
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


def _named(sentence: str) -> str | None:
    found = re.search(r"\b[cC]\s*-?\s*(\d{1,9})\b", sentence)
    return f"C-{found[1]}" if found else None


def _collective(name: str) -> str:
    """The name of a collective day without the words that are said before it anyway."""
    for words in ("Cuti Bersama ", "Hari Raya ", "Hari Suci ", "Tahun Baru "):
        name = name.removeprefix(words)
    return name


def _days(chat: Chat, days: Sequence[date]) -> str:
    """`20, 23, 24 Maret`: days of one month share it."""
    if len({(day.year, day.month) for day in days}) == 1:
        first = ", ".join(str(day.day) for day in days[:-1])
        last = tanggal_pendek(days[-1], chat.language, today=chat.today)
        return f"{first}, {last}" if first else last
    return ", ".join(tanggal_pendek(day, chat.language, today=chat.today) for day in days)


def _signed(thousandths: int, language: str) -> str:
    return ("+" if thousandths > 0 else "") + hari(thousandths, language)
