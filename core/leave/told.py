"""What people are told of leave: the employee of each outcome, the head of dates and of nothing else."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from core import clock
from core.approvals import chains
from core.approvals.kinds import Verdict
from core.leave import lots, policy, types, worked
from core.leave.policy import DAY, Period
from core.leave.tables import LeaveDay, LeaveRequest
from core.leave.types import Kind
from core.messaging import buttons, outbox
from core.messaging.messages import Message
from core.people import directory
from core.people.directory import Employee
from core.phrases import hari, phrase, rentang


async def tell(asker: Employee, message: Message, dedupe: str) -> None:
    """Have the employee told."""
    await outbox.post(await outbox.address_of(asker.person), message, dedupe=dedupe)


async def heads_of(leave: LeaveRequest, request: int) -> None:
    """Tell whoever heads the employee that they are away, and when: never why, never which kind of leave."""
    asker = await directory.employee(leave.employment)
    heads = await chains.who_hears(asker)
    for head in heads:
        text = phrase(
            f"leave.away_{leave.part}" if leave.part else "leave.away", head.language, name=asker.name,
            days=rentang(leave.starts, leave.ends, head.language),
        )  # fmt: skip
        await outbox.post(
            await outbox.address_of(head.person), Message("leave.away", text, language=head.language),
            dedupe=f"away:{request}:{head.person}",
        )  # fmt: skip


async def heads_unsaid(leave: LeaveRequest, request: int, again: Sequence[tuple[date, date]]) -> None:
    """Tell whoever heads the employee that what they heard does not hold: it had been recorded by mistake.

    `again` are the days on which they are away after all: leave that had given way to it holds once more.
    """
    asker = await directory.employee(leave.employment)
    for head in await chains.who_hears(asker):
        days = rentang(leave.starts, leave.ends, head.language)
        text = phrase("leave.away_unsaid", head.language, name=asker.name, days=days)
        back = ", ".join(rentang(first, last, head.language) for first, last in again)
        text += " " + phrase("leave.away_again", head.language, days=back) if back else ""
        await outbox.post(
            await outbox.address_of(head.person), Message("leave.away", text, language=head.language),
            dedupe=f"unsaid:{request}:{head.person}",
        )  # fmt: skip


async def approved(leave: LeaveRequest, given: Verdict) -> Message:
    """Said when leave was approved."""
    asker, kind = await directory.employee(leave.employment), await types.of(leave.leave_type)
    language = asker.language
    days = rentang(leave.starts, leave.ends, language)
    if kind.code != types.ANNUAL:
        name = kind.name(language)
        text = phrase(
            "leave.approved_kind", language, who=given.named(language), kind=name, days=days, half=leave.part or "no",
            left=await left_of(kind, asker, language),
        )  # fmt: skip
        return Message("leave.approved", text, language=language)
    left = await lots.balance(asker.id, kind.code)
    text = phrase(
        "leave.approved", language, who=given.named(language), days=days, left=hari(left, language), many=plural(left),
        half=leave.part or "no",
    )  # fmt: skip
    return Message("leave.approved", text, language=language)


async def left_of(kind: Kind, asker: Employee, language: str) -> str:
    """What is left of a kind that has a balance, as a sentence of its own; nothing for the others."""
    if not kind.in_lots:
        return ""
    left = await lots.balance(asker.id, kind.code)
    return " " + phrase("leave.left_of", language, left=hari(left, language), many=plural(left))


async def rejected(
    leave: LeaveRequest, given: Verdict, back: int, why_asked: str | None, before: int
) -> Message:  # fmt: skip
    """Said when leave was not approved, with other dates to ask for; `before` is what was left until then."""
    asker, kind = await directory.employee(leave.employment), await types.of(leave.leave_type)
    language = asker.language
    first = max(leave.starts, clock.today(asker.zone))  # decided late, the week after it may be over as well
    off = await worked.names_of(asker, first, first + timedelta(days=60))
    instead = policy.next_week(Period(first, first, leave.part), back, off, await worked.works_of(asker))
    facts = {
        "who": given.named(language),
        "reason": given.reason or "",
        "instead": rentang(instead.starts, instead.ends, language),
    }
    if kind.in_lots:
        left = await lots.balance(asker.id, kind.code)
        text = phrase(
            "leave.rejected",
            language,
            back=hari(back, language),
            many=plural(back),
            left=hari(left, language),
            lost=lost(back - (left - before), language),
            **facts,
        )
    else:
        text = phrase("leave.rejected_kind", language, kind=kind.name(language), **facts)
    when = {"starts": str(instead.starts), "ends": str(instead.ends), "part": instead.part}
    again = {"leave.when": when, "said_why": why_asked, "leave_type": kind.code}
    choices = (
        await buttons.make(
            phrase("leave.ask_that", language), "start", person=asker.person, flow="leave", answers=again
        ),
        await buttons.make(
            phrase("leave.other_dates", language), "start", person=asker.person, flow="leave", answers={}
        ),
        await buttons.make(phrase("leave.not_now", language), "nothing", person=asker.person),
    )
    return Message("leave.rejected", text, choices, language=language)


async def called_off(
    leave: LeaveRequest, number: str, back: int, before: int, *, dates: Collection[date] = ()
) -> Message:
    """Said when leave that was in effect is called off, all of it or the days of `dates`; `before` is what was left."""
    asker, kind = await directory.employee(leave.employment), await types.of(leave.leave_type)
    language = asker.language
    if dates and await _some_stay(leave):
        days = rentang(min(dates), max(dates), language)
        whole = len(dates) == (max(dates) - min(dates)).days + 1
        number = phrase("leave.days_of" if whole else "leave.some_of", language, days=days, number=number)
    if kind.in_lots:
        left = await lots.balance(asker.id, kind.code)
        text = phrase(
            "leave.called_off", language, number=number, back=hari(back, language), many=plural(back),
            left=hari(left, language), left_many=plural(left), kind=kind.name(language).lower(),
        )  # fmt: skip
        text += lost(back - (left - before), language)
    else:
        text = phrase(
            "leave.called_off_kind", language, number=number, kind=kind.name(language), back=hari(back, language),
            many=plural(back),
        )  # fmt: skip
    return Message("leave.called_off", text, language=language)


async def _some_stay(leave: LeaveRequest) -> bool:
    """Whether a working day of this leave is still in effect."""
    return bool(
        await LeaveDay.exists().where(
            (LeaveDay.request == leave.id) & LeaveDay.ended_at.is_null() & (LeaveDay.counted == True)  # noqa: E712
        )
    )


async def recounted(leave: LeaveRequest, kind: Kind, cost: int, more: int) -> Message:
    """Said when the calendar changed and leave is counted anew; `more` is what it costs more than before."""
    asker = await directory.employee(leave.employment)
    language = asker.language
    text = phrase(
        "leave.recounted" if more else "leave.recounted_same", language, kind=kind.name(language),
        days=rentang(leave.starts, leave.ends, language), cost=hari(cost, language), many=plural(cost),
        change=hari(abs(more), language), change_many=plural(abs(more)), way="more" if more > 0 else "less",
        left=await left_of(kind, asker, language),
    )  # fmt: skip
    return Message("leave.recounted", text, language=language)


def lost(quantity: int, language: str) -> str:
    """Said of days that came back to a year that is over and went with it; nothing when there are none."""
    if quantity <= 0:
        return ""
    return " " + phrase("leave.lost_again", language, lost=hari(quantity, language), many=plural(quantity))


async def document_due(leave: LeaveRequest) -> None:
    """Remind the employee, on the day itself, of a paper that is still expected; after it where a night came late."""
    asker = await directory.employee(leave.employment)
    days = rentang(leave.starts, leave.ends, asker.language)
    late = leave.document_due is not None and leave.document_due < clock.today(asker.zone)
    key = "leave.document_reminder_late" if late else "leave.document_reminder"
    text = phrase(key, asker.language, days=days)
    await tell(asker, Message("leave.document_reminder", text, language=asker.language), f"paper:{leave.id}")


def plural(thousandths: int) -> int:
    """1 where a language says day, not days."""
    return 1 if thousandths == DAY else 2
