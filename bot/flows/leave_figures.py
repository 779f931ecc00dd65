"""Why a figure is what it is that is not today's: after a leave only thought of, on another day, of what goes on."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from bot.dialog.engine import Chat
from bot.flows.leave_period import resolve
from bot.flows.leave_words import many
from bot.flows.readers import WHEN
from core.leave import forecast, types
from core.leave.accrual import Moved, Outlook
from core.leave.dates import leave_year
from core.leave.types import ANNUAL
from core.phrases import hari, rentang, tanggal

Figure = dict[str, Any]
TODAYS = re.compile(r"\b(?:sekarang|skrg|skrang|saat ini|hari ini|now|today|currently)\b", re.IGNORECASE)
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
ALWAYS = date(1, 1, 1)  # a day of another year, so that the year is said


def meant(chat: Chat) -> Figure | None:
    """The figure that is asked about: of the button that was pressed, or told last and not spoken against."""
    said = chat.opening or ""
    figure: Figure | None = chat.answers.get("figure") or (chat.topic or {}).get("figure")
    if figure is None or TODAYS.search(said):
        return None
    named = NUMBER.findall(said)
    return figure if not named or hari(figure["left"], chat.language) in named else None


async def lines(chat: Chat, figure: Figure) -> list[str]:
    """What is there now and what comes and goes until then, the sum last; empty where the movements until then are
    all there is to say: for a day that is over, or until which nothing comes or goes."""
    code = str(figure.get("kind", ANNUAL))
    if figure.get("untaken"):
        return await _at_the_end(chat, code)
    if "days" in figure:
        when, kind = WHEN.load(figure["days"]), await chat.look("kind", types.of, code)
        period = await resolve(chat, when, None, when.part, kind)
        ahead = await chat.look("figure", forecast.after, chat.employee, code, period)
    elif "on" in figure and (day := date.fromisoformat(figure["on"])) > chat.today:
        ahead = await chat.look("figure", forecast.at, chat.employee, code, day)
    else:
        return []
    if len(ahead.moved) == 1:  # it is today's figure, and has its lines
        return []
    total = f"{_sum(ahead.moved, chat.language)} = {hari(ahead.left, chat.language)}"
    return [*_told(chat, ahead.moved), chat.phrase("leave.figure_sum", sum=total, many=many(ahead.left))]


def beside(ahead: Outlook, language: str) -> str:
    """The sum in brackets behind a figure; nothing where nothing comes or goes."""
    if len(ahead.moved) < 2:
        return ""
    return f" ({_sum(ahead.moved, language)} = {hari(ahead.left, language)})"


async def _at_the_end(chat: Chat, code: str) -> list[str]:
    """What is there when the leave year ends, and how much of it goes on and is lost."""
    language, kind = chat.language, await chat.look("kind", types.of, code)
    ends = leave_year(chat.employee.joins, chat.today, kind.basis).ends
    there = await chat.look("there", forecast.at, chat.employee, code, ends)
    then = await chat.look("then", forecast.after, chat.employee, code, None)
    told = _told(chat, there.moved)
    told += [
        chat.phrase(
            "leave.figure_carried", year=str(until.year), most=hari(kind.carry_days, language),
            days=hari(quantity, language),
        )
        for quantity, until in then.carried
    ]  # fmt: skip
    told += [
        chat.phrase("leave.figure_lost", on=tanggal(on, language, today=ALWAYS), days=hari(quantity, language))
        for quantity, on in then.lapses
    ]
    parts = " + ".join(hari(quantity, language) for quantity, _ in (*then.carried, *then.lapses))
    total = f"{_sum(there.moved, language)} = {parts}"
    return [*told, chat.phrase("leave.figure_sum", sum=total, many=2)]


def _told(chat: Chat, moved: Sequence[Moved]) -> list[str]:
    """A line for what is there, and one for all that comes or goes for one reason."""
    language, told = chat.language, []
    for (what, of), group in groupby(moved, _reason):
        ones = list(group)
        first, last = ones[0].on, ones[-1].on
        days = (
            hari(ones[0].quantity, language) if what == "now" else _signed(sum(one.quantity for one in ones), language)
        )
        match what:
            case "now":
                told.append(chat.phrase("leave.figure_now", days=days))
            case "collective":
                told.append(chat.phrase("leave.figure_collective", year=str(of.year), days=days))
            case "leave":
                told.append(
                    chat.phrase("leave.figure_leave", range=rentang(first, last, language, today=chat.today), days=days)
                )
            case _:
                told.append(chat.phrase(f"leave.figure_{what}", on=tanggal(of, language, today=ALWAYS), days=days))
    return told


def _reason(one: Moved) -> tuple[str, date]:
    """What belongs together: the days of a leave, the collective days of a year; a grant or a loss stands alone."""
    if one.what in ("now", "leave"):
        return one.what, date.min
    return one.what, one.on.replace(month=1, day=1) if one.what == "collective" else one.on


def _sum(moved: Sequence[Moved], language: str) -> str:
    """`4 + 12 - 8`: each reason once, what is there first."""
    told = ""
    for _, group in groupby(moved, _reason):
        quantity = sum(one.quantity for one in group)
        told += (
            f" {'+' if quantity >= 0 else '-'} {hari(abs(quantity), language)}" if told else hari(quantity, language)
        )
    return told


def _signed(thousandths: int, language: str) -> str:
    return ("+" if thousandths > 0 else "") + hari(thousandths, language)
