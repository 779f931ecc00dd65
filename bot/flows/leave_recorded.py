"""Leave that needs nobody's decision: sickness, a birth, a wedding, a death. One human sentence, a yes, and it stands.

What somebody suffers from, or who has died, is not kept; the head is told the days and nothing else.
"""

from typing import Any

from bot.dialog.dates import When
from bot.dialog.engine import Again, Cancelled, Chat, Option
from bot.flows.leave_period import NOW, example, resolve
from bot.flows.leave_words import halves, kind_name, many
from bot.flows.readers import CONFIRM, LENGTH, PART, WHEN
from core.approvals import chains
from core.leave import lots, policy, requests, told
from core.leave.policy import Period
from core.leave.requests import Preview
from core.leave.types import CALENDAR, Kind
from core.messaging import attachments
from core.phrases import hari, rentang, tanggal, tanggal_pendek

NOW_KINDS = ("sick", "menstrual", "miscarriage")  # without a date they are about today
CARE = {
    "sick": "sick", "miscarriage": "miscarriage", "maternity": "maternity", "bereavement_close": "loss",
    "bereavement_household": "loss", "paternity": "joy", "own_marriage": "joy", "child_marriage": "joy",
}  # fmt: skip
TODAY, CHANGE = "today", "change"


async def record(chat: Chat, kind: Kind) -> None:
    """Say the days back with what hangs on them, and record them on a yes."""
    when, length = await _when(chat, kind), chat.note("length", LENGTH)
    part: str | None = when.part
    if when.half and part is None:
        part = await chat.ask(
            "leave.part", PART, hangs_on=["leave.when"], changes=[("leave.when", WHEN)], options=halves(chat),
            day=tanggal(when.starts or chat.today, chat.language, today=chat.today),
        )  # fmt: skip
        if part == "cancel":
            raise Cancelled
    period = await chat.look("period", resolve, chat, when, length, part, kind)
    policy.check_dates(period, today=chat.today, kind=kind)
    period = await chat.look("new", requests.beyond_recorded, chat.employee, kind, period)
    seen = await chat.look("seen", requests.preview, chat.employee, kind.code, period)
    days = rentang(period.starts, period.ends, chat.language, today=chat.today)
    paper = tanggal(seen.document_by, chat.language, today=chat.today) if seen.document_by is not None else ""
    reader = NOW if kind.code in NOW_KINDS else WHEN
    only_today = period.starts <= chat.today < period.ends and kind.code in NOW_KINDS
    answer = await chat.ask(
        "leave.record", CONFIRM, hangs_on=["leave.when"], changes=[("leave.when", reader)], short="leave.record_short",
        options=[
            Option("yes", chat.phrase("leave.yes_record")),
            Option(TODAY, chat.phrase("leave.only_today")) if only_today
            else Option(CHANGE, chat.phrase("leave.change_dates")),
            Option("no", chat.phrase("dialog.cancel")),
        ],
        care=_care(chat, kind), code=kind.code, kind=kind_name(chat, kind), days=days,
        cost=hari(seen.cost, chat.language), many_cost=many(seen.cost),
        unit="calendar" if kind.counts == CALENDAR else "working",
        half=period.part or "no", paper=paper, papers="yes" if paper else "no", effect=_effect(chat, seen),
    )  # fmt: skip
    if answer == "no":
        raise Cancelled
    if answer == TODAY:
        chat.answers["leave.when"] = WHEN.dump(When(chat.today, chat.today))
        chat.answers.pop("length", None)
        chat.forget_what_hangs_on("leave.when")
        chat.answers.pop("leave.record", None)
        raise Again
    if answer == CHANGE:
        chat.answers.pop("leave.record", None)
        chat.answers.pop("length", None)
        chat.again("leave.when")
    heads = await chat.look("heads", chains.who_hears, chat.employee)
    before = await chat.look("before", lots.balance, chat.employee.id)
    numbers = [one.number for one in seen.over]
    made = await requests.acknowledge(chat.employee, kind.code, period, None, actor=chat.actor, instead_of=numbers)
    chat.made = made.number
    file = await attachments.newest_waiting(chat.employee.person) if paper else None
    if file is not None:
        chat.paper_next = file.id
    # Whose paper is here already is not asked to send it.
    facts = _told(chat, period, [one.first_name for one in heads], paper if file is None else "")
    chat.say("leave.recorded", came_back=await _came_back(chat, seen, before), **facts)


async def _when(chat: Chat, kind: Kind) -> When:
    reader = NOW if kind.code in NOW_KINDS else WHEN
    if kind.code in NOW_KINDS and "leave.when" not in chat.answers and chat.opening is None and not chat.asked:
        return When(chat.today, chat.today)
    return await chat.ask(
        "leave.when", reader, says="leave.when_kind", name=chat.employee.first_name, kind=kind_name(chat, kind),
        example=example(chat, 1), length="",
    )  # fmt: skip


def _effect(chat: Chat, seen: Preview) -> str:
    """What it means for the days that were asked for before; most often nothing."""
    if not seen.over:
        return chat.phrase("leave.record_keeps")
    back = sum(one.back for one in seen.over)
    return chat.phrase(
        "leave.record_instead", number=", ".join(one.number for one in seen.over), back=hari(back, chat.language),
        many=many(back),
    )  # fmt: skip


async def _came_back(chat: Chat, seen: Preview, before: int) -> str:
    """What came back of leave that was called off, and what is left now."""
    if not seen.over:
        return ""
    back, left = sum(one.back for one in seen.over), await lots.balance(chat.employee.id)
    said = chat.phrase(
        "leave.came_back", back=hari(back, chat.language), many_back=many(back), left=hari(left, chat.language),
        many=many(left),
    )  # fmt: skip
    return f" {said}{told.lost(back - (left - before), chat.language)}"


def _told(chat: Chat, period: Period, heads: list[str], paper: str) -> dict[str, Any]:
    return {
        "head": heads[0] if len(heads) == 1 else chat.phrase("leave.the_administrators"),
        "days": rentang(period.starts, period.ends, chat.language, today=chat.today),
        "papers": "yes" if paper else "no",
        "when": tanggal_pendek(period.starts, chat.language, today=chat.today),
    }


def _care(chat: Chat, kind: Kind) -> str:
    """One human phrase before the work, where there is something to feel for."""
    what = CARE.get(kind.code)
    return "" if what is None else chat.phrase("leave.care", what=what) + " "
