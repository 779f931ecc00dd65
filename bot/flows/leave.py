"""Asking for leave that somebody decides, in one sentence or step by step; other kinds lead to `leave_recorded`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.dialog import dates, parsers, shifts
from bot.dialog.dates import When
from bot.dialog.engine import Again, Cancelled, Chat, Kept, Option, flow
from bot.flows import (
    leave_cost,
    leave_family,
    leave_kinds,
    leave_later,
    leave_permit,
    leave_recorded,
    leave_when,
    leave_words,
    stand_in,
)
from bot.flows.leave_period import only, resolve, short_range, title
from bot.flows.leave_words import (
    asked_names,
    asked_number,
    collective_aside,
    days_off,
    halves,
    kind_name,
    listed,
    many,
    start_choice,
    starts_in_words,
    team_of,
    team_words,
    withdraw_choice,
)
from bot.flows.readers import (
    ANOTHER_REASON,
    ASK_AGAIN,
    CONFIRM,
    COSTS,
    KIND,
    LENGTH,
    PART,
    REASON,
    WAY_OUT,
    WHEN,
)
from core import clock
from core.approvals.decisions import Submitted
from core.errors import Refused
from core.leave import lots, policy, requests, types, worked
from core.leave.policy import Period
from core.leave.requests import Preview
from core.leave.types import ANNUAL, Kind
from core.messaging import buttons
from core.people.directory import Employee
from core.phrases import hari, jam, rentang, saat, tanggal, zona

CHANGE, UNPAID = "change", "unpaid"
# After a no to its days a leave stays of its kind. What it is for stands where other days are meant for the same: who
# is told that yesterday is over may have written that they forgot to ask.
KEPT = {"": ("leave_type",), **dict.fromkeys(("leave.blackout", "leave.overlaps", "leave.too_soon"), ("said_why",))}
WHEN_ANSWERS = ("leave.when", "only_begins", "length", "leave.part", "leave.not_enough", "leave.clash")


@dataclass(frozen=True)
class Wanted:
    """What is asked for: the days, and beside them those that no balance pays for."""

    kind: Kind
    period: Period
    unpaid: Period | None = None


async def still_free(chat: Chat) -> str:
    """What is said when a leave is dropped before it was sent."""
    if chat.answers.get("leave_type") not in (None, ANNUAL):
        return chat.phrase("leave.cancelled_kind")
    left = await lots.balance(chat.employee.id)
    return chat.phrase("leave.cancelled", left=hari(left, chat.language), many=many(left))


async def still_kept(chat: Chat) -> Kept:
    """What is said of a leave that was begun and not sent, when somebody comes back to it."""
    stored = chat.answers.get("leave.when")
    when = WHEN.load(stored) if stored else When()
    days, brief = chat.phrase("leave.kept_some"), "none"
    if when.starts is not None:
        days = rentang(when.starts, when.ends or when.starts, chat.language, today=chat.today)
        brief = short_range(chat, when.starts, when.ends or when.starts)
    return Kept(
        chat.phrase("leave.kept_open", days=days), chat.phrase("leave.change_dates"),
        chat.phrase("leave.go_on_short", days=brief, kind=str(chat.answers.get("leave_type") or ANNUAL)),
    )  # fmt: skip


@flow(
    "leave", cancelled=still_free, kept=still_kept, changed=WHEN_ANSWERS, aside=collective_aside, why=leave_cost.why,
    keeps=KEPT,
)  # fmt: skip
async def request_leave(chat: Chat) -> None:
    """Ask for leave of any kind; what needs nobody's decision is recorded."""
    if leave_words.speaks_of_work(chat.opening or "") and await leave_words.collective_day(chat, chat.opening or ""):
        await leave_later.work_on(chat)  # "saya mau masuk kerja 24 desember"
        return
    await leave_kinds.asked_by_name(chat)
    if not await leave_permit.settled(chat):
        return
    kind = await chat.look("kind", types.of, chat.note("leave_type", KIND) or ANNUAL)
    if kind.decision == types.ACKNOWLEDGE:
        await leave_recorded.record(chat, kind)
        return
    leave_family.say_first(chat, kind)
    left = await chat.look("left", lots.balance, chat.employee.id, kind.code) if kind.in_lots else None
    length = chat.note("length", LENGTH)
    chat.note("said_why", REASON)
    when = await leave_when.asked(chat, kind, left, length)
    part: str | None = when.part
    if (when.half or length == 0) and part is None:
        await chat.look("half", _may_be_halved, chat, when, kind)
        part = await chat.ask(
            "leave.part", PART, hangs_on=["leave.when"], changes=[("leave.when", WHEN)], options=halves(chat),
            day=tanggal(when.starts or chat.today, chat.language, today=chat.today),
        )  # fmt: skip
        if part == "cancel":
            raise Cancelled
    period = await chat.look("period", resolve, chat, when, length, part, kind)
    wanted = Wanted(kind, period) if left is None else await _affordable(chat, kind, period, left)
    seen = await chat.look("seen", requests.preview, chat.employee, kind.code, wanted.period)
    if seen.clash is not None:
        await _clash(chat, wanted.period, seen)
    reason = await _reason(chat, wanted, seen, chat.note("said_why", REASON))
    instead = await stand_in.ask(chat, wanted.period, seen.cost)
    heads = await chat.look("heads", requests.asked_first, chat.employee, seen)
    await _confirm(chat, wanted, seen, reason, heads, instead)
    made = await requests.submit(chat.employee, kind.code, wanted.period, reason, actor=chat.actor)
    also = None
    if wanted.unpaid is not None:
        also = await requests.submit(chat.employee, UNPAID, wanted.unpaid, reason, actor=chat.actor)
    chat.made = made.number
    after = await stand_in.name(chat, instead, wanted.period, made)
    await _submitted(chat, wanted, seen, made, also, after)


async def _may_be_halved(chat: Chat, when: When, kind: Kind) -> None:
    """Refuse a day that is over or free anyway before anybody is asked which half of it."""
    day = await resolve(chat, when, None, "am", kind) if when.starts is not None else None
    if day is not None:
        names = await worked.names_of(chat.employee, day.starts, day.ends)
        works = await chat.look("works", worked.works_of, chat.employee)
        policy.check(day, names, today=chat.today, available=policy.HALF, kind=kind, works=works)


async def _affordable(chat: Chat, kind: Kind, period: Period, left: int) -> Wanted:
    """The period, or what the employee takes instead when the balance does not pay for all of it."""
    # "Sampai 31/12/9999" has three million days: to go through them would hold up everybody else.
    policy.check_dates(period, today=chat.today, kind=kind)
    names = await chat.look("off", worked.names_of, chat.employee, period.starts, period.ends)
    works = await chat.look("works", worked.works_of, chat.employee)
    counted = [day for day in policy.expand(period, names, works, kind.counts) if day.counted]
    cost = sum(day.fraction for day in counted)
    if cost <= left + kind.negative:
        return Wanted(kind, period)
    shorter = policy.affordable(period, names, left + kind.negative, works)
    rest = [day.date for day in counted if shorter is None or day.date > shorter.ends]
    unpaid = await chat.look("unpaid", _unpaid, chat, period, len(rest))
    if shorter is None and unpaid is None:
        raise Refused("leave.not_enough_days", needed=cost, left=left, starts=period.starts, ends=period.ends)
    options = [Option("shorter", only(chat, shorter))] if shorter is not None else []
    if unpaid is not None:
        options.append(Option(UNPAID, unpaid))
    answer = await chat.ask(
        "leave.not_enough", WAY_OUT, hangs_on=["leave.when"], changes=[("leave.when", WHEN)],
        **_noted(chat, "leave.not_enough"), options=[*options, Option("other", chat.phrase("leave.other_dates"))],
        days=rentang(period.starts, period.ends, chat.language, today=chat.today), needed=hari(cost, chat.language),
        many_needed=many(cost), left=hari(left, chat.language), many=many(left),
        lends=hari(kind.negative, chat.language) if kind.negative else "no",
    )  # fmt: skip
    _keep_beside(chat)
    if answer == "other":
        chat.answers.pop("length", None)
        chat.answers.pop("leave.not_enough", None)
        chat.again("leave.when")
    if answer == "shorter" and shorter is not None:
        return Wanted(kind, shorter)
    without = Period(rest[0], period.ends, period.part)
    if shorter is None:
        chat.answers["leave_type"] = UNPAID
        chat.answers.pop("leave.not_enough", None)
        raise Again
    return Wanted(kind, shorter, without)


async def _unpaid(chat: Chat, period: Period, days: int) -> str | None:
    """The choice to take the days that are missing without pay, where the company has that; its title."""
    if period.part is not None or not any(one.code == UNPAID for one in await types.offered(chat.employee)):
        return None
    return buttons.fitting(chat.phrase("leave.so_many_unpaid", days=str(days), many=1 if days == 1 else 2))


async def _clash(chat: Chat, period: Period, seen: Preview) -> None:
    """Say that too few would be left, and when enough are; the asker decides what to do with that."""
    there, language = seen.clash, chat.language
    assert there is not None
    options = [Option("anyway", chat.phrase("leave.ask_anyway")), Option("no", chat.phrase("dialog.cancel"))]
    instead = ""
    if there.instead is not None:
        first, last = there.instead.starts, there.instead.ends
        options.insert(0, Option("instead", title(chat, "leave.take_instead", first, last)))
        instead = chat.phrase("leave.free_then", days=rentang(first, last, language, today=chat.today))
    answer = await chat.ask(
        "leave.clash", WAY_OUT, hangs_on=["leave.when"], changes=[("leave.when", WHEN)],
        **_noted(chat, "leave.clash"), options=options,
        days=rentang(period.starts, period.ends, language, today=chat.today), cost=hari(seen.cost, language),
        many_cost=many(seen.cost), on=tanggal(there.on, language, today=chat.today), instead=instead,
        away=listed(chat, there.away), present=str(there.present), minimum=str(there.minimum),
        some="no" if not there.away else "one" if len(there.away) == 1 else "yes",
    )  # fmt: skip
    if answer == "no":
        raise Cancelled
    _keep_beside(chat)
    if answer == "instead" and there.instead is not None:
        chat.answers["leave.when"] = WHEN.dump(When(there.instead.starts, there.instead.ends))
        chat.answers.pop("length", None)
        chat.forget_what_hangs_on("leave.when")
        raise Again


def _noted(chat: Chat, key: str) -> dict[str, str]:
    """How a way out is asked for: anew, after what the leave is for was told instead of an answer."""
    if chat.put_right != "said_why":
        return {"says": key, "short": key, "reason": ""}
    return {"says": f"{key}_noted", "short": key, "reason": str(chat.answers["said_why"])}


def _keep_beside(chat: Chat) -> None:
    """Keep what the leave is for where it was written behind a choice: "tetap aja, ada nikahan adik"."""
    said, chat.beside = chat.beside, None
    why = parsers.reason(said) if said is not None else None
    if why is not None:
        chat.answers["said_why"] = why


async def _reason(chat: Chat, wanted: Wanted, seen: Preview, said: str | None) -> str | None:
    # A single day is seldom explained; who wants to says it in the same sentence. A correction of the summary is
    # answered with the new summary.
    asked = "leave.why" in chat.answers or said == ASK_AGAIN
    few = len([day for day in seen.days if day.counted]) < 2
    few = few or "leave.not_enough" in chat.answers or "leave.clash" in chat.answers or COSTS.heard(chat)
    if not asked and (said is not None or few or chat.asked == "leave.confirm"):
        return said
    only_corrections = [("leave.when", _OnlyCorrections())]
    period = wanted.period
    return await chat.ask(
        "leave.why", REASON, hangs_on=["said_why"], changes=only_corrections, short="leave.why_short",
        options=[Option(None, chat.phrase("dialog.skip"), exactly=True)],
        # Whoever has just written the days knows them; days that were worked out or put right are said back.
        says="leave.why" if chat.asked == "leave.when" and chat.put_right is None and not _counted_out(chat)
        else "leave.why_for",
        days=rentang(period.starts, period.ends, chat.language, today=chat.today), cost=hari(seen.cost, chat.language),
        many_cost=many(seen.cost), brief=short_range(chat, period.starts, period.ends),
    )  # fmt: skip


def _counted_out(chat: Chat) -> bool:
    """Whether the days follow from how many were asked for: "seminggu mulai 14 Desember"."""
    return bool(chat.answers.get("length") or chat.answers["leave.when"].get("days"))


class _OnlyCorrections(type(WHEN)):  # type: ignore[misc]
    """Days in a reason are part of the reason, unless they are said as a correction."""

    def correct(self, words: str, before: When, chat: Chat) -> When | None:
        found = dates.find(words, today=chat.today)
        if found is None and (moved := shifts.the_next(words, before)) is not None:
            return moved  # "the day after" is no reason
        if found is None or not (found.correction or parsers.reason(found.rest) is None):
            return None
        corrected: When | None = super().correct(words, before, chat)
        return corrected


async def _confirm(
    chat: Chat, wanted: Wanted, seen: Preview, reason: str | None, heads: Sequence[Employee], instead: Employee | None
) -> None:
    """The summary, and the yes before anything is written."""
    answer = await chat.ask(
        "leave.confirm", CONFIRM, hangs_on=["leave.when"],
        changes=[("said_why", ANOTHER_REASON), ("leave.when", WHEN)], says=_says(chat, wanted, seen),
        short="leave.confirm_short",
        options=[
            Option("yes", chat.phrase("leave.yes_send")),
            *await leave_family.instead(chat, wanted.kind),
            Option(CHANGE, chat.phrase("leave.change_dates")),
            Option("no", chat.phrase("dialog.cancel")),
        ],
        **stand_in.told(chat, instead, _summary(chat, wanted, seen, reason, heads)),
    )  # fmt: skip
    if leave_family.taken(chat, answer):
        raise Again
    if answer == CHANGE:
        for key in ("leave.confirm", "leave.clash", "leave.not_enough", "length"):
            chat.answers.pop(key, None)
        chat.again("leave.when")
    if answer == "no":
        raise Cancelled


def _says(chat: Chat, wanted: Wanted, seen: Preview) -> str:
    if wanted.unpaid is not None:
        return "leave.confirm_both"
    if wanted.period.part:
        return "leave.confirm_half"
    if COSTS.heard(chat) and wanted.kind.in_lots:
        return "leave.confirm_cost"
    return "leave.confirm_clash" if seen.clash is not None else "leave.confirm"


def _summary(
    chat: Chat, wanted: Wanted, seen: Preview, reason: str | None, heads: Sequence[Employee]
) -> dict[str, Any]:
    language, period = chat.language, wanted.period
    counted = [day.date for day in seen.days if day.counted]
    facts: dict[str, Any] = {
        "kind": kind_name(chat, wanted.kind),
        "days": rentang(period.starts, period.ends, language, today=chat.today),
        "cost": hari(seen.cost, language),
        "many_cost": many(seen.cost),
        "reason": chat.phrase("leave.for", reason=reason) if reason else "",
        "head": asked_names(chat, [one.first_name for one in heads]),
        "before": "" if seen.available is None else hari(seen.available, language),
        "after": team_words(chat, seen, lots_left=seen.left if wanted.kind.in_lots else None),
        "team": team_of(chat, seen),
        "off": days_off(chat, seen.days),
        "each": days_off(chat, seen.days, full=True),
        "counted": leave_cost.listed(chat, counted),
        "left": hari(seen.left, language),
        "many": many(seen.left),
        "brief": title(chat, "leave.just_days", period.starts, period.ends),
        "clock": chat.phrase(f"leave.clock_{period.part}", zone=zona(chat.employee.zone, chat.now))
        if period.part
        else "",
    }
    if wanted.unpaid is not None:
        facts["unpaid"] = rentang(wanted.unpaid.starts, wanted.unpaid.ends, language, today=chat.today)
    return facts


async def _submitted(
    chat: Chat, wanted: Wanted, seen: Preview, made: Submitted, also: Submitted | None, after: str
) -> None:
    there, language = chat.employee.zone, chat.language
    remind = clock.local(made.remind_at, there)
    aside = ""
    if made.soon and remind.date() == chat.today:
        reminds = chat.phrase(
            "leave.reminds_soon", start=starts_in_words(chat, wanted.period.starts), at=jam(remind, there, language),
            half="yes" if wanted.period.part else "no", asked=asked_number(made.approvers),
        )  # fmt: skip
    else:
        reminds = chat.phrase("leave.reminds", at=saat(remind, there, language), asked=asked_number(made.approvers))
        if wanted.kind.in_lots and also is None:
            aside = chat.phrase("leave.aside", cost=hari(seen.cost, language), many=many(seen.cost))
    choices = [await start_choice(chat, "status", chat.phrase("leave.see_status"))]
    if also is None:
        choices.append(await withdraw_choice(chat, made.number))
    numbers = made.number if also is None else chat.phrase("leave.two", first=made.number, second=also.number)
    chat.say(
        "leave.submitted", *choices, number=numbers,
        who=asked_names(chat, made.approvers),
        reminds=reminds, aside="".join(f" {one.strip()}" for one in (aside, after) if one),
    )  # fmt: skip
