"""Somebody with a row in every table that can be about a person, and a word of their own in every column that may go."""

import random
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from piccolo.columns import BigInt, Boolean, Date, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from core import clock, database, files, vault
from core.accounts.tables import Account
from core.database import CompanyTable
from core.files import Written
from core.helpdesk.tables import Ticket
from core.messaging import attachments
from core.messaging.tables import Attachment
from core.people.tables import Employment, Person
from core.privacy import holdings
from core.privacy.holdings import DELETE, KEEP, NULL, SEAL
from tests.core.conftest import MONDAY

# What a column has to hold where not anything may stand.
VALID: Mapping[str, Any] = {
    "person.language": "en", "defect.told_at": None, "desk_field.kind": "text", "desk_field.why": "perlu", "breach.state": "open", "breach.whose": "everybody", "breach.closed_at": None,
    "breach.sent_at": None, "breach.authority_told_at": None, "breach_letter.way": "mail",
    "misuse_report.about": "data", "misuse_report.desk": "company", "misuse_report.state": "received",
    "misuse_report.outcome": None,
    "ticket_claim.ended_at": None, "ticket_claim.until": None,
    "desk_move.state": "asked", "desk_move.answered_at": None, "desk_move.back_at": None, "disclosure.basis": "law", "disclosure.crowd": None,  "attachment.removed_at": None,
    "employment.leaves": date(2025, 6, 30), "channel_identity.channel": "telegram", "membership.role": "employee", "membership_offer.role": "employee",
    "import_batch.state": "dropped", "import_batch.kind": "file", "import_batch.format": "csv",
    "import_row.verdict": "changed", "request.state": "withdrawn", "request.kind": "leave_request",
    "step.state": "closed", "step.mode": "any", "step.asks": "it", "decision.verdict": "approve",
    "request_event.what": "submitted", "leave_entry.kind": "grant", "leave_day.fraction": 1000,
    "ticket.state": "closed", "ticket.priority": "normal", "ticket.kind": "question", "ticket_event.kind": "asked",
    "feature_request.state": "new", "attachment.purpose": "ticket", "attachment.type": "pdf", "work.state": "done",
    "outbound.state": "sent", "outbound.after_unknown": "drop", "inbound.state": "done", "miss.why": "unheard",
    "mailbox.security": "tls", "search_log.place": "chat", "search_log.outcome": "nothing", "legal_hold.basis": "order",
    "access_pack.state": "ready", "consent_event.act": "given", "consent_event.purpose": "news", "pin.pin_hash": "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA",
    "proof_link.used_at": None, "access_pack.expires_at": datetime(2020, 1, 6, tzinfo=UTC), "ticket_link.kind": "related", "ticket_alarm.kind": "late",
    "ticket_alarm.metric": "first", "delegation.why": None, "delegation.ends": MONDAY + timedelta(days=1),
    "outsider.kind": "caller", "block.chats": "telegram",
    "draft.fields": "{}", "leave_request.part": None, "leave_day.part": None,
    "leave_batch.kind": "adjust", "invited.outcome": "mailed", "rehearsal.verdict": "passes",
    "saved_view.list": "people", "calendar_feed.kind": "own", "report_access.kind": "data",
    "legal_hold.released_at": MONDAY, "legal_hold.released_by": "hr", "restriction.lifted_at": MONDAY,
    "leave_type.terms": "{}", "moved_contact.fields": "email", "lot.origin": "annual", "accrual_line.state": "posted",
    "data_request.kind": "access", "data_request.state": "received", "data_request.door": "portal",
    "data_request.identity": "session", "data_request.outcome": None, "data_request.duplicate_of": None,
    "invitation_batch.state": "done", "reveal_record.field": "nik", "membership_offer.declined_at": MONDAY,
}  # fmt: skip
ODD = (
    "O'Neil", '"; drop table person; --', "%_\\", "\u202emalik", "\U0001f600", "x" * 200, " ", "Ünïcode", "<b>tebal</b>", "{}"
)  # fmt: skip
NOT_PLANTED = {"erasure", "retained"}  # they come with erasing


class Planted:
    """The words of one person, by where each stands; none of them stands anywhere else."""

    def __init__(self, company: int, seed: int, *, odd: bool = False) -> None:
        self.company, self.seed = company, seed
        self.random = random.Random(seed)
        self.words: dict[str, str] = {}
        self.person = self.employment = self.account = self.other = 0
        self.name = f"Kanari{seed} {self.random.choice(ODD) if odd else 'Wirasasmita'}"[:120]
        self._made: dict[str, int] = {}
        self._count = self._said = 0
        self.written: Written | None = None

    async def plant(self, share: float = 1.0) -> "Planted":
        """Write a row of each table, or of a share of them; everything is somebody who left last year."""
        account = Account(
            public=database.new_public(), language="id", created_at=clock.now(),
            email=vault.seal(self._word("account.email", 40), company=0, column="account.email"),
            email_index=vault.blind_index(f"kanari{self.seed}@contoh.example", field="email"),
            password_hash=self._word("account.password_hash", 40),
        )  # fmt: skip
        await Account.insert(account)
        self.account = self._made["account"] = int(account.id)
        colleague = await Person.select(Person.id).order_by(Person.id).first()
        assert colleague is not None
        self.other = int(colleague["id"])
        await self._row(Person)
        await self._row(Employment)
        for one in holdings.every().values():
            needed = one.name in ("membership",)
            if one.nobody or one.name in NOT_PLANTED or (not needed and self.random.random() > share):
                continue
            await self._row(one.table)
        return self

    async def more(self, name: str, times: int) -> int:
        """Write so many further rows of one table; returns how many."""
        table = holdings.every()[name].table
        for _ in range(times):
            self._made.pop(name, None)
            await self._row(table)
        return times

    async def _row(self, table: type[Table]) -> int:
        name = table._meta.tablename
        if name in self._made:
            return self._made[name]
        if holdings.every()[name].nobody:
            shared: Any = table
            found = await shared.select(shared.id).first()
            if found is not None:
                return int(found["id"])
        values: dict[str, Any] = {}
        made: Any
        for column in table._meta.columns:
            at = column._meta.name
            if isinstance(column, Serial) or at == "company":
                continue
            values[at] = await self._value(table, column)
        if name == "person":
            # What is sealed needs the number first.
            bare: dict[str, Any] = {
                at: None if isinstance(getattr(table, at), vault.Sealed) else value for at, value in values.items()
            }
            made = table(**bare)
            await table.insert(made)
            self.person = int(made.id)
            sealed = {getattr(table, at): self._envelope(table, at) for at in values if bare[at] != values[at]}
            await table.update(sealed).where(table.id == self.person)  # type: ignore[attr-defined]
        else:
            if name == "inbound":
                values["company"] = self.company
            made = table(**values)
            await table.insert(made)
        self._made[name] = int(made.id)
        if name == "employment":
            self.employment = int(made.id)
        return int(made.id)

    async def _value(self, table: Any, column: Any) -> Any:
        name, at = table._meta.tablename, column._meta.name
        key = f"{name}.{at}"
        # What ties a row to somebody is never left out: without it the row is nobody's, and nobody could find it.
        ties = {path.partition(".")[0] for path in holdings.every()[name].whose}
        odd = key not in VALID and column._meta.null and at not in ties and self.random.random() < 0.15
        if isinstance(column, ForeignKey):
            target = column._foreign_key_meta.resolved_references
            if target is Person:
                return self.other if key == "delegation.taker" else self.person
            if key == "ticket_link.other":
                self._made.pop("ticket", None)
                return await self._row(Ticket)
            if target._meta.tablename == name or odd:
                return None
            return await self._row(target)
        if key in VALID and not isinstance(column, vault.Sealed):
            return VALID[key]
        if odd and not isinstance(column, vault.Sealed):
            return None
        if isinstance(column, vault.Sealed):
            return self._envelope(table, at) if self.person or name != "person" else f"s1.{at}"
        if at == "public" and isinstance(column, Varchar):
            return database.new_public()
        if isinstance(column, Boolean):
            return False
        if isinstance(column, Timestamptz):
            return clock.now() - timedelta(days=3)
        if isinstance(column, Date):
            return self._day(key)
        if isinstance(column, BigInt) and column._meta.null and key != "inbound.person" and at != "account":
            return None
        if key in ("mail_thread.ticket", "conversation.ticket"):
            return await self._row(Ticket)
        if at in ("uid", "subject"):
            return self.seed
        if isinstance(column, BigInt | Integer):
            return self.person if key == "inbound.person" else self.account if at == "account" else 1
        if isinstance(column, Varchar | Text):
            return self._text(key, column)
        raise TypeError(key)

    def _day(self, key: str) -> date:
        return date(2020, 1, 6) if key == "employment.joins" else date(2025, 6, 30)

    def _text(self, key: str, column: Any) -> str:
        table, _, at = key.partition(".")
        if key == "attachment.path":
            return self._file().path
        one = holdings.every()[table]
        length = getattr(column, "length", 60) or 60
        if at in one.by:
            return f"person:{self.person}"
        if key == "person.name":
            return self.name
        if at == "form":
            return "/new"
        said = one.columns[at]
        goes = one.goes or said.on_erase in (NULL, SEAL, DELETE)
        if goes and not one.nobody and length >= 16:
            return self._word(key, length)
        if length >= 10 or column._meta.unique:
            self._count += 1
            return f"{self.seed:x}-{self._count:x}"[:length]
        return "x"

    def _envelope(self, table: Any, at: str) -> str:
        name = table._meta.tablename
        column = getattr(table, at)
        said = holdings.every()[name].columns[at]
        if name == "attachment" and at == "key":
            return vault.seal(self._file().key, company=self.company, column="attachment.key", subject=self.person)
        word = self._word(f"{name}.{at}", 60) if said.on_erase != KEEP else "x"
        told = word if column.of is not None or holdings.every()[name].nobody else f"{{}} {self.name}: {word}"
        subject = self.person if column.of is not None else None
        company = self.company if issubclass(table, CompanyTable) or name == "inbound" else 0
        return vault.seal(told, company=company, column=f"{name}.{at}", subject=subject)

    def _file(self) -> Written:
        """A file of theirs, which really lies in the folder."""
        if self.written is None:
            self.written = files.write(b"%PDF-1.7 " + self._word("file", 60).encode(), company=self.company)
        return self.written

    def _word(self, key: str, length: int) -> str:
        word = f"kn{self.seed:x}{self._said:03x}zqx"[:length]
        self._said += 1
        self.words[key] = word
        return word


async def everything(company: int) -> str:
    """All that the database says, and all that is sealed in it or in files and still opens, as one text."""
    from core.key_renewal import _subjects

    said: list[str] = []
    for table in database.tables():
        sealed = [one for one in table._meta.columns if isinstance(one, vault.Sealed)]
        scope = database.reading(company) if issubclass(table, CompanyTable) else database.installation(writes=False)
        async with scope:
            rows = await table.select()
            said += [str(value) for row in rows for value in row.values()]
            if not sealed or not rows:
                continue
            whose = await _subjects(table, sealed, rows)
            for row in rows:
                for column in sealed:
                    name = column._meta.name
                    if row[name] is None:
                        continue
                    of, subject = whose(row, column)
                    try:
                        said.append(
                            vault.unseal(
                                row[name], company=of, column=f"{table._meta.tablename}.{name}", subject=subject
                            )
                        )
                    except vault.SHUT:
                        continue
    async with database.reading(company):
        for one in await Attachment.objects():
            try:
                said.append(b"".join(attachments.content(one)).decode(errors="replace"))
            except (FileNotFoundError, *vault.SHUT):
                continue
    return "\n".join(said)
