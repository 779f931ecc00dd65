"""Somebody asks permission to be away, not leave: a whole day is asked for as a kind of leave that serves, a few hours
as half a day, until permission has a way of its own. Nobody is sent away with nothing."""

import re
from dataclasses import replace
from typing import Literal

from bot.dialog import clocks, intents, kinds
from bot.dialog.dates import When
from bot.dialog.engine import Again, Cancelled, Chat, Misunderstood, Option
from bot.flows.leave_words import kind_name, many, start_choice
from bot.flows.readers import EITHER, LENGTH, OPTION, REASON, WHEN, OptionReader, PartReader
from core.approvals import chains
from core.leave import lots, types
from core.leave.policy import HALF
from core.leave.types import ANNUAL, APPROVE, Kind
from core.messaging import buttons
from core.phrases import hari

UNPAID = "unpaid"
MOST_OWN = 2
DAY, LATE, EARLY, HOURS = "day", "late", "early", "hours"
_LATE = re.compile(r"\b(?:telat|terlambat|datang (?:siang|terlambat|telat)|dtg siang|kesiangan|late)\b", re.IGNORECASE)
_EARLY = re.compile(
    r"\b(?:(?:pulang|plg|balik) (?:cepat|cepet|awal|duluan|lebih)|leav\w* early|go(?:ing)? home early|early)\b",
    re.IGNORECASE,
)
# What is wished for is no reason for it.
_WISH = re.compile(r"(?:not )?(?:to )?(?:come in|come|be away|be absent|be off|show up)", re.IGNORECASE)
_ANNUAL = re.compile(r"\b(?:tahunan|annual|potong (?:cuti|jatah)|jatah|cuti (?:biasa|aja|saja))\b", re.IGNORECASE)


class PermitReader(PartReader):
    """Whether a sentence asks permission, and for what: a day, to come late, to go early, or some hours."""

    def spot(self, sentence: str, chat: Chat) -> str | None:
        if intents.guess(sentence).intent != "permission_request":
            return None
        if _LATE.search(sentence):
            return LATE
        return EARLY if _EARLY.search(sentence) else HOURS if clocks.find(sentence) is not None else DAY


class ServesReader(OptionReader):
    """The kind of leave that is to serve, by any of its names; days that are named instead are heard as well."""

    def read(self, words: str, chat: Chat) -> str:
        if (said := kinds.kind(words)) == UNPAID or _ANNUAL.search(words):
            return said or ANNUAL
        when = WHEN.spot(words, chat)
        if when is None:
            raise Misunderstood
        chat.answers["leave.when"] = WHEN.dump(when)
        raise Again


PERMIT, SERVES = PermitReader(), ServesReader()


async def settled(chat: Chat) -> bool:
    """Find the kind of leave that serves where permission was asked for; False where HR is asked instead."""
    asked = chat.note("permit", PERMIT)
    if asked is None or chat.answers.get("leave_type") is not None:
        return True
    _keep_what_was_said(chat)
    left = await chat.look("left_annual", lots.balance, chat.employee.id)
    if asked == DAY:
        chat.answers |= {"permit": None, "leave_type": await _kind(chat, left)}
        return True
    return await _half_a_day(chat, asked, left)


def _keep_what_was_said(chat: Chat) -> None:
    """What the sentence says of days and reason is heard now: after the question it is over."""
    chat.note("length", LENGTH)
    why = chat.note("said_why", REASON)
    if why is not None and _WISH.fullmatch(why):
        chat.answers["said_why"] = None
    chat.note("either", EITHER)
    if "leave.when" not in chat.answers and chat.opening is not None:
        when = WHEN.spot(chat.opening, chat)
        if when is not None:
            chat.answers["leave.when"] = WHEN.dump(when)


async def _kind(chat: Chat, left: int) -> str:
    """Annual leave, one of the company's own kinds, or leave without pay; asked where there are several."""
    ours = {one.code for one in types.shipped()}
    offered: list[Kind] = await chat.look("offered", types.offered, chat.employee)
    own = [one for one in offered if one.code not in ours and one.decision == APPROVE][:MOST_OWN]
    usual = [one for one in offered if (one.code == ANNUAL and left > 0) or one.code == UNPAID]
    serve = sorted([*own, *usual], key=lambda one: (one.code != ANNUAL, one.code == UNPAID))
    if len(serve) < 2:
        return serve[0].code if serve else ANNUAL
    names = {one.code: kind_name(chat, one) for one in serve}
    answer = await chat.ask(
        "leave.permit_as", SERVES,
        options=[
            *(Option(code, buttons.fitting(name[:1].upper() + name[1:])) for code, name in names.items()),
            Option("cancel", chat.phrase("dialog.cancel")),
        ],
        left=hari(left, chat.language), many=many(left),
    )  # fmt: skip
    if answer == "cancel":
        raise Cancelled
    chat.answers.pop("leave.permit_as", None)
    return str(answer)


async def _half_a_day(chat: Chat, asked: str, left: int) -> bool:
    """Half a day of annual leave for a few hours, or HR."""
    half = [Option("half", chat.phrase("leave.permit_half"))] if left >= HALF else []
    answer = await chat.ask(
        "leave.permit_hours", OPTION,
        options=[*half, Option("hr", chat.phrase("leave.permit_hr")), Option("cancel", chat.phrase("dialog.cancel"))],
        left=hari(left, chat.language), many=many(left),
    )  # fmt: skip
    if answer == "cancel":
        raise Cancelled
    if answer == "hr":
        heads = await chat.look("administrators", chains.administrators)
        names = ", ".join(one.first_name for one in heads if one.person != chat.employee.person)
        ask = await start_choice(chat, "ticket", chat.phrase("tickets.ask_desk"))
        chat.say("dialog.person" if names else "dialog.person_unnamed", ask, names=names)
        return False
    chat.answers.pop("leave.permit_hours", None)
    part: Literal["am", "pm"] | None = "am" if asked == LATE else "pm" if asked == EARLY else None
    chat.answers |= {"permit": None, "leave_type": ANNUAL, "length": 0}
    stored = chat.answers.get("leave.when")
    when = WHEN.load(stored) if stored else When()
    if when.starts is not None:
        chat.answers["leave.when"] = WHEN.dump(replace(when, half=True, part=part, days=None, ends=when.starts))
    if part is not None:
        chat.answers["leave.part"] = part
    return True
