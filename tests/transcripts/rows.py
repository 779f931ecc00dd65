"""What a scene has written: the rows of the company before it and after it, compared."""

from collections import Counter as Tally
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core import database
from core.accounts.tables import Block, Company, Invitation
from core.approvals.tables import Decision, Delegation, Request, Step, StepApprover
from core.database import OUTSIDE, CompanyTable
from core.helpdesk.tables import Ticket, TicketEvent
from core.leave.policy import DAY
from core.leave.tables import LeaveDay, LeaveEntry, LeaveRequest
from core.messaging import outbox
from core.messaging.tables import Outbound
from core.notices.tables import FeatureRequest, Vote
from core.people.tables import ChannelIdentity, Person
from core.piccolo_app import TABLES
from core.privacy.tables import DataRequest
from core.training.tables import LessonProgress
from tests.transcripts.ending import Verdict, Written
from tests.transcripts.stage import Stage

NAMED = (
    LeaveRequest, LeaveDay, LeaveEntry, Request, Step, StepApprover, Decision, Delegation, ChannelIdentity, Block, Ticket,
    TicketEvent, FeatureRequest, Vote, DataRequest, LessonProgress,
)  # fmt: skip
# Written by every talk, so no scene repeats them; a Counter and a LeaveBalance follow from the rows that are named.
ALWAYS = {
    "Inbound",
    "Outbound",
    "Pace",
    "Conversation",
    "Button",
    "Miss",
    "SearchLog",
    "Job",
    "CronRun",
    "ClockSeen",
    "AuditEntry",
    "Counter",
    "LeaveBalance",
    "TicketAlarm",
} | {
    "RequestEvent",  # the history of a request, as the audit is of the company
    "DataRequestEvent",  # likewise
    "DataRequestReminder",
}


@dataclass(frozen=True)
class Rows:
    """The rows that scenes speak of, by table and id, and how many there are of the others."""

    named: dict[str, dict[int, dict[str, Any]]]
    languages: dict[int, str]
    used: frozenset[int]
    others: Tally[str]


async def now(company: int) -> Rows:
    """The rows as they are."""
    others: Tally[str] = Tally()
    async with database.reading(company):
        named = {
            table.__name__: {row["id"]: row for row in sorted(await table.select(), key=lambda row: int(row["id"]))}
            for table in NAMED
        }
        languages = {row["id"]: row["language"] for row in await Person.select(Person.id, Person.language)}
        used = await Invitation.select(Invitation.id).where(Invitation.used_at.is_not_null())
        for table in TABLES:
            if issubclass(table, CompanyTable) and table not in NAMED and table.__name__ not in ALWAYS:
                others[table.__name__] = await table.count()
    async with database.installation(writes=False):
        for table in TABLES:
            if table._meta.tablename in OUTSIDE and table.__name__ not in ALWAYS:
                others[table.__name__] = await table.count()
    return Rows(named, languages, frozenset(row["id"] for row in used), others)


async def written(stage: Stage, before: Rows) -> Written:
    """What has changed since."""
    after = await now(stage.company)
    names = {one.person: one.first_name for one in stage.people.values()}
    new = {
        table: {key: row for key, row in rows.items() if key not in before.named[table]}
        for table, rows in after.named.items()
    }
    days = list(new["LeaveDay"].values())
    ended = [
        key for key, row in after.named["LeaveDay"].items()
        if row["ended_at"] and not before.named["LeaveDay"].get(key, {}).get("ended_at")
    ]  # fmt: skip
    sums: dict[str, int] = {}
    for row in new["LeaveEntry"].values():
        sums[row["kind"]] = sums.get(row["kind"], 0) + row["quantity"]
    states = [
        row["state"] for key, row in after.named["Request"].items()
        if row["state"] != before.named["Request"].get(key, {}).get("state")
    ]  # fmt: skip
    steps = [
        ", ".join(names[row["person"]] for row in after.named["StepApprover"].values() if row["step"] == step)
        for step in new["Step"]
    ]
    return Written(
        leave_requests=len(new["LeaveRequest"]),
        leave_days=len(days),
        not_counted=len([row for row in days if not row["counted"]]),
        halves=tuple(row["part"] for row in days if row["part"]),
        given_back=len(ended),
        entries=tuple(sorted((kind, Decimal(sum_) / DAY) for kind, sum_ in sums.items())),
        requests=tuple(states),
        steps=tuple(steps),
        decisions=tuple(
            Verdict(row["verdict"], names[row["actor"]], row["channel"], row["version"])
            for row in new["Decision"].values()
        ),
        delegations=tuple(f"{names[row['giver']]}, {names[row['taker']]}" for row in new["Delegation"].values()),
        languages=tuple(language for key, language in after.languages.items() if language != before.languages.get(key)),
        identities=tuple(row["channel"] for row in new["ChannelIdentity"].values()),
        identities_ended=_ended(before, after),
        blocks=len(new["Block"]),
        tickets=tuple(
            row["state"]
            for key, row in after.named["Ticket"].items()
            if row["changed_at"] != before.named["Ticket"].get(key, {}).get("changed_at")
        ),
        events=tuple(row["kind"] for row in new["TicketEvent"].values()),
        data=tuple(
            f"{row['kind']} {row['state']}"
            for key, row in after.named["DataRequest"].items()
            if row["state"] != before.named["DataRequest"].get(key, {}).get("state")
        ),
        ideas=tuple(row["state"] for row in new["FeatureRequest"].values()),
        lessons=tuple("watched" if row["done_at"] else "begun" for row in new["LessonProgress"].values()),
        votes=tuple(after.named["FeatureRequest"][row["request"]]["number"] for row in new["Vote"].values()),
        invitations_used=len(after.used - before.used),
        others=tuple(f"{name} x{count}" for name, count in sorted((after.others - before.others).items())),
    )


def _ended(before: Rows, after: Rows) -> int:
    """How many links of blocked chats there are now that were none before; an unlinked chat is told by its talk."""
    was = before.named["ChannelIdentity"]
    rows = after.named["ChannelIdentity"].items()
    return sum(1 for key, row in rows if row["blocked_by"] and not was.get(key, {}).get("blocked_by"))


async def last_message(stage: Stage) -> tuple[str, str]:
    """The kind and the key of what the scene's person was told last, wherever it was said."""
    async with database.installation(writes=False):
        companies = [row["id"] for row in await Company.select(Company.id)]
    newest: tuple[int, str, str] | None = None
    person = stage.people.get(stage.scene.person)
    for company in companies:
        async with database.reading(company):
            mine = Outbound.person.is_null() if person is None else Outbound.person == person.person
            row = await Outbound.objects().where(mine).order_by(Outbound.id, ascending=False).first()
            if row is not None and (newest is None or row.id > newest[0]):
                message = outbox.unseal(row)
                kind = "Card" if message.title else "Choices" if message.choices else "Text"
                newest = row.id, kind, row.key
    assert newest is not None, "nothing was said"
    return newest[1], newest[2]


async def messages_to(stage: Stage, who: str, after: int) -> int:
    """How many messages went to this person; what replaces an earlier one does not count."""
    async with database.reading(stage.company):
        return int(
            await Outbound.count().where(
                (Outbound.person == stage.people[who].person) & Outbound.edits.is_null() & (Outbound.id > after)
            )
        )


async def newest_message(stage: Stage) -> int:
    """The number of the newest message of the company."""
    async with database.reading(stage.company):
        row = await Outbound.objects().order_by(Outbound.id, ascending=False).first()
    return row.id if row is not None else 0
