"""Two companies alike: a row of every table in each, all with the same identifier, and a word of its own in every text."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from piccolo.columns import BigInt, Integer, Serial, Timestamptz, Varchar
from piccolo.table import Table

from core import database, vault
from core.accounts.tables import Account
from core.database import CompanyTable
from core.helpdesk.tables import TicketEvent
from core.people.tables import Employment, Person
from tests.core.conftest import MONDAY
from tests.core.privacy.planted import VALID, Planted

# Where a row has to be alive for its own people to do anything with it.
ALIVE: Mapping[str, Any] = {
    "employment.leaves": None,
    "company_day.kind": "company",
    "company_day.status": "confirmed",
    "working_week.to": None,
    "working_week.hours": '{"0": [["08:00", "17:00"]]}',
    "closure.ends": None,
    "closure.since": None,
    "desk_terms.reading": "A",
    "desk_terms.desk": "company",
    "desk_terms.number": 1,
    "desk_terms.promised": '{"normal": 48, "high": 48, "top": 48}',
    "desk_terms.aimed": '{"normal": 8, "high": 8, "top": 8}',
    "saved_reply.leads_to": "open",
    "news_reach.state": "done",
    "news_share.state": "done",
    "processor_approval.verdict": "approved",
    "processor_approval.safeguard": "home",
    "policy_acceptance.kind": "terms",
    "job.state": "parked",
    "job.name": "answer",
    "job.args": "[]",
    "ticket.state": "open",
    "ticket_event.meta": "{}",
    "leave_type.examples": "[]",
    "leave_type.code": "annual",
    "lesson.label": "leave_balance",
    "work.kind": "export",
    "calendar_version.collective": "closed",
    "calendar_version.number": 1,
    "import_batch.places": "[]",
    "import_batch.why": None,
    "leave_request.leave_type": "annual",
    "lot.leave_type": "annual",
    "article_version.audience": "employees",
    "article_version.roles": "",
    "chain.rules": '{"steps": []}',
    "chain.kind": "nothing",
    "request.facts": "{}",
    "step.who": "[]",
    "desk_replay.found": "{}",
    "desk_replay.asked": (
        '{"opens": 480, "closes": 1020, "free": [], "worked": [], "staff": 0, "minutes": 0, "was_staff": 1, "was_minutes": 10, "promised": 0, "saturdays": false, "reading": "A"}'
    ),
    "desk_field.choices": "[]",
    "correction.field": "phone",
    "breach.kinds": "identity",
    "data_request_event.kind": "added",
    "data_request_event.public": True,
    "retention_run.counts": "{}",
    "retention_run.held": "{}",
    "ticket.excused": None,
    "outgoing_answer.stopped": None,
    "ticket.outcome": None,
    "api_token.scopes": "people:read",
    "outbound.trouble": "blocked",
    "webhook.state": "off",
    "webhook.why": "gone",
    "webhook.kinds": "person_added",
    "webhook_delivery.kind": "person_added",
    "webhook_delivery.error": None,
    "misuse_report.measures": "",
    "misuse_event.kind": "received",
    "webhook_delivery.state": "dead",
    "outbound.channel": "telegram",
    "operator_grant.given_at": MONDAY,
    "operator_grant.until": MONDAY + timedelta(days=1),
    "breach_letter.sent_at": MONDAY,
    "breach.state": "told",
    "breach.sent_at": MONDAY,
    "breach.authority_told_at": MONDAY,
}
# What is sealed and read as JSON.
FACTS: Mapping[str, str] = {
    "rehearsal.turns": "[]",
    "breach.facts": '{"how": "how", "handling": "handling", "advice": "advice"}',
    "draft.fields": "{}",
    "ticket_event.facts": "{}",
    "button.value": "{}",
    "work.facts": "{}",
    "misuse_report.reporter": "",
    "import_row.before": "{}",
    "import_row.after": "{}",
    "import_row.reasons": "[]",
    "conversation.state": "{}",
}
# Written by the verbs that laid the companies, as a chain or from one counter, and by no hand.
NOT_BY_HAND = {
    "audit_entry",
    "company",
    "holiday",
    "polled",
    "cron_run",
    "guess",
    "pace",
    "circuit",
    "clock_seen",
    "message_template",
    "erasure",
    "retained",
}


class Twin(Planted):
    """One of two companies; `number` is the id of its row in each table, `public` its address in each."""

    def __init__(self, company: int, seed: int, number: int) -> None:
        super().__init__(company, seed)
        self.random.random = lambda: 1.0  # type: ignore[method-assign]  # nothing is left out
        self.number, self.public = number, f"{seed:x}-public-{number:_}"[:22]
        self.sings = f"kn{seed:x}"
        self.left: dict[str, str] = {}
        self._rows: dict[str, int] = {}

    async def fill(self) -> "Twin":
        """A row in every table."""
        async with database.transaction(self.company):
            colleague = await Person.select(Person.id).order_by(Person.id).first()
            assert colleague is not None
            self.other = int(colleague["id"])
            self.account = self.number
            await self._row(Account)
            await self._row(Person)
            await self._row(Employment)
        for table in database.tables():
            name = table._meta.tablename
            if name in NOT_BY_HAND or name in self._made:
                continue
            try:
                async with database.transaction(self.company):
                    await self._row(table)
            except Exception as fault:
                self.left[name] = f"{type(fault).__name__}: {fault}"
        return self

    async def _row(self, table: type[Table]) -> int:
        name = table._meta.tablename
        if name in self._made:
            return self._made[name]
        count = self._rows[name] = self._rows.get(name, 0) + 1
        values: dict[str, Any] = {"id": self.number + count - 1}
        if name == "person":
            self.person = self.number
        for column in table._meta.columns:
            at = column._meta.name
            if isinstance(column, Serial) or at == "company":
                continue
            values[at] = await self._value(table, column)
        if isinstance(values.get("public"), str) and count > 1:
            values["public"] += f"{count}"
        if "company" in {one._meta.name for one in table._meta.columns}:
            values["company"] = self.company
        await table.insert(table(**values))
        self._made[name] = values["id"]
        if name == "ticket" and count > 1:  # as every ticket, it began with something
            self._made.pop("ticket_event", None)
            await self._row(TicketEvent)
        if name == "employment":
            self.employment = values["id"]
        return self._made[name]

    async def _value(self, table: Any, column: Any) -> Any:
        key = f"{table._meta.tablename}.{column._meta.name}"
        if key in FACTS and isinstance(column, vault.Sealed):
            return vault.seal(
                FACTS[key], company=self.company, column=key, subject=self.person if column.of is not None else None
            )
        if key in ALIVE:
            return ALIVE[key]
        if column._meta.null and (isinstance(column, Timestamptz) or column._meta.name == "until") and key not in VALID:
            return None  # not ended, not removed, not taken back
        if key == "request.number":
            return f"C-{self.number}"
        if column._meta.name == "subject" and isinstance(column, BigInt | Integer):
            return self.number
        if column._meta.name in ("zone", "timezone"):
            return "Asia/Jakarta"
        if column._meta.name == "public" and isinstance(column, Varchar):
            return self.public
        return await super()._value(table, column)

    def _text(self, key: str, column: Any) -> str:
        said = super()._text(key, column)
        length = getattr(column, "length", 60) or 60
        return self._word(key, length) if said == "x" and length >= 14 else said


async def rows_of(twin: Twin) -> dict[str, list[str]]:
    """Every row of a company, and of what stands outside companies each that is its own."""
    found: dict[str, list[str]] = {}
    table: Any
    for table in database.tables():
        if issubclass(table, CompanyTable):
            async with database.reading(twin.company):
                rows = await table.select()
        else:
            mine = getattr(table, "company", None)
            which = table.id == twin.number if mine is None else mine == twin.company
            async with database.installation(writes=False):
                rows = await table.select().where(which)
        found[table._meta.tablename] = sorted(repr(sorted(row.items())) for row in rows)
    return found


def differences(before: Mapping[str, list[str]], after: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """By table what came, went or changed."""
    return {name: sorted(set(rows) ^ set(after[name]))[:4] for name, rows in before.items() if rows != after[name]}
