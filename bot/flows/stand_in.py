"""Who decides in the place of somebody who heads people, while they are away: asked along with their own leave."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.dialog.engine import Chat, Option
from bot.flows.leave_words import many
from bot.flows.readers import OPTION, WHEN
from core.approvals import delegations
from core.approvals.decisions import Submitted
from core.errors import Refused
from core.leave import hours
from core.leave.policy import Period
from core.messaging import buttons
from core.people import directory, names
from core.people.directory import Employee
from core.people.tables import Assignment
from core.phrases import hari, rentang
from core.stated import stated

NOBODY = "nobody"
MOST = 3


async def ask(chat: Chat, period: Period, cost: int) -> Employee | None:
    """Whom somebody who heads people names for these days, or this half of one; None for others and for "nobody"."""
    people = await chat.look("stand_ins", candidates, chat.employee, chat.today)
    if not people:
        return None
    titles = [buttons.fitting(name) for name in names.told_apart([one.name for one in people])]
    answer = await chat.ask(
        "leave.stand_in", OPTION, hangs_on=["leave.when"], changes=[("leave.when", WHEN)],
        says="approvals.who_stands_in",
        options=[
            *(Option(str(one.person), title) for one, title in zip(people, titles, strict=True)),
            Option(NOBODY, chat.phrase("approvals.nobody_stands_in")),
        ],
        days=rentang(period.starts, period.ends, chat.language, today=chat.today), cost=hari(cost, chat.language),
        many=many(cost), half=period.part or "no",
    )  # fmt: skip
    return next((one for one in people if str(one.person) == answer), None)


async def candidates(me: Employee, today: date) -> list[Employee]:
    """The own head and those who head people beside one; nobody, for one who heads nobody."""
    if not await _heads(me.id, today):
        return []
    found: list[Employee] = []
    head = await directory.at_work(me.manager) if me.manager is not None else None
    if head is not None:
        found.append(head)
        rows = await Assignment.select(Assignment.employment).where(Assignment.manager == head.id)
        beside = await directory.several({row["employment"] for row in rows} - {me.id}, at_work=True)
        for one in sorted(beside, key=lambda one: one.name):
            if len(found) < MOST and one.manager == head.id and await _heads(one.id, today):
                found.append(one)
    return found


async def _heads(employment: int, today: date) -> bool:
    return bool(await _led(employment, today))


@stated
def _led(employment: int, today: date) -> Any:
    return Assignment.exists().where((Assignment.manager == employment) & (Assignment.from_ <= today))


def told(chat: Chat, stand_in: Employee | None, facts: dict[str, Any]) -> dict[str, Any]:
    """The summary's facts, with who stands in beside the one who is asked."""
    if stand_in is None:
        return facts
    return facts | {"head": chat.phrase("approvals.and_names", head=facts["head"], who=stand_in.first_name)}


async def name(chat: Chat, stand_in: Employee | None, period: Period, made: Submitted) -> str:
    """Offer the place to whom was named, and say when it begins; nothing for nobody."""
    if stand_in is None:
        return ""
    zone = ZoneInfo(chat.employee.zone)
    starts = datetime.combine(period.starts, time(), zone)
    if period.part == "pm":
        starts = await chat.look("noon", hours.noon, chat.employee, period.starts)
    ends = datetime.combine(period.ends + timedelta(days=1), time(), zone)
    if period.part == "am":
        ends = await chat.look("noon", hours.noon, chat.employee, period.ends)
    try:
        await delegations.offer(
            chat.employee, stand_in.person, starts=starts, ends=ends, request=made.request, actor=chat.actor
        )
    except Refused:  # the leave is asked for all the same; the page says what stands in the way
        return chat.phrase("approvals.stand_in_not", who=stand_in.first_name)
    return chat.phrase("approvals.stand_in_later", who=stand_in.first_name)
