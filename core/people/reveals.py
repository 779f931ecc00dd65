"""Looking at a sealed fact about somebody: with a reason, for a minute, and never without a trace they can read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from core import audit, clock, database, vault
from core.accounts import reach, taking
from core.accounts.tables import Membership
from core.audit import Actor
from core.errors import Refused
from core.keyring import Destroyed
from core.people.directory import DEFAULT_ZONE
from core.people.tables import Assignment, Person, RevealRecord
from core.phrases import one_line

SHOWN_FOR = timedelta(seconds=60)
SHORTEST_REASON, LONGEST_REASON = 10, 300
WHY = "reveal_record.why"
IDENTITY, PAY = "identity", "pay"
# What may be looked at, and under which resource of the role matrix.
FIELDS: Mapping[str, str] = {
    **dict.fromkeys(
        ("nik", "kk", "npwp", "phone", "email", "birth_date", "gender", "religion", "marital_status", "dependants"),
        IDENTITY,
    ),
    **dict.fromkeys(("ptkp", "bank", "bank_account", "bank_holder", "basic_salary"), PAY),
}


@dataclass(frozen=True)
class Revealed:
    """A fact that lies open until an instant."""

    person: str  # the address
    name: str
    field: str
    value: str
    until: datetime


@dataclass(frozen=True)
class Look:
    """That somebody looked at something about a person, when and why."""

    field: str
    who: str | None  # None: nobody of this company's people
    why: str | None  # None: it can't be read any more
    at: datetime


async def reveal(company: int, person: str, field: str, why: str, *, resource: str, by: Actor) -> str:
    """Write down who looks at which fact of whom and why; returns the address under which it is shown to them."""
    words = one_line(why)
    if not SHORTEST_REASON <= len(words) <= LONGEST_REASON or not re.search(r"\w{3}", words):
        raise Refused("vault.reason_needed", least=SHORTEST_REASON, most=LONGEST_REASON)
    await taking.claim(taking.LOOKS, company, by.name)
    async with database.transaction(company):
        found = await _of(person, field, resource)
        await reach.hold(by, person=found["id"])
        if await _sealed(found["id"], field) is None:
            raise Refused("vault.nothing_there")
        public = database.new_public()
        await RevealRecord.insert(
            RevealRecord(
                public=public, person=found["id"], field=field, actor=by.name, channel=by.channel, at=clock.now(),
                why=vault.seal(words, company=company, column=WHY, subject=found["id"]),
            )
        )  # fmt: skip
        audit.record("vault.revealed", f"person:{found['id']}", by=by, field=field)
    return public


async def about(company: int, person: str, field: str, *, resource: str) -> str:
    """Whose fact it is that may be asked for here: the name; LookupError where there is no such person or fact."""
    async with database.reading(company):
        return str((await _of(person, field, resource))["name"])


async def shown(company: int, public: str, *, resource: str, by: Actor) -> Revealed | None:
    """What lies open to this actor under an address, or None once its minute is over or if somebody else asked."""
    async with database.reading(company):
        row = await RevealRecord.objects().where(RevealRecord.public == public).first()
        now = clock.now()
        if row is None or row.actor != by.name or FIELDS.get(row.field) != resource or now >= row.at + SHOWN_FOR:
            return None
        person = await Person.objects().where(Person.id == row.person).first()
        envelope = await _sealed(row.person, row.field)
        if person is None or envelope is None:
            return None
        try:
            value = vault.unseal(envelope, company=company, column=_column(row.field), subject=row.person)
        except Destroyed:
            raise Refused("vault.destroyed") from None
        except vault.Restricted:
            raise Refused("vault.restricted") from None
    return Revealed(person.public, person.name, row.field, value, row.at + SHOWN_FOR)


async def of_person(person: int, *, before: int | None = None, most: int = 50) -> tuple[Sequence[Look], int | None]:
    """Who looked at what about this person and why, the newest first; and before which row to go on, or None.

    Needs the company's scope.
    """
    wanted: Any = RevealRecord.person == person
    if before is not None:
        wanted = wanted & (RevealRecord.id < before)
    rows = await RevealRecord.select().where(wanted).order_by(RevealRecord.id, ascending=False).limit(most + 1)
    names = await _names({row["actor"] for row in rows[:most]})
    looks = [Look(row["field"], names.get(row["actor"]), _why(row), row["at"]) for row in rows[:most]]
    return looks, rows[most - 1]["id"] if len(rows) > most else None


def _why(row: Mapping[str, Any]) -> str | None:
    try:
        return vault.unseal(row["why"], company=database.company(), column=WHY, subject=row["person"])
    except vault.SHUT:
        return None


async def _names(actors: set[str]) -> dict[str, str]:
    numbers: dict[str, set[int]] = {"person": set(), "account": set()}
    for one in actors:
        kind, _, number = one.partition(":")
        if kind in numbers and number.isdigit():
            numbers[kind].add(int(number))
    people = await Person.select(Person.id, Person.name).where(Person.id.is_in(list(numbers["person"]) or [0]))
    found = {f"person:{row['id']}": str(row["name"]) for row in people}
    accounts = Membership.account.is_in(list(numbers["account"]) or [0]) & Membership.person.is_not_null()
    for row in await Membership.select(Membership.account, Membership.person.name.as_alias("name")).where(accounts):
        found[f"account:{row['account']}"] = str(row["name"])
    return found


async def _of(person: str, field: str, resource: str) -> dict[str, Any]:
    row = await Person.select(Person.id, Person.name).where(Person.public == person).first()
    if row is None or FIELDS.get(field) != resource:
        raise LookupError("no such person or fact")
    return row


async def _sealed(person: int, field: str) -> str | None:
    if field != "basic_salary":
        column = Person._meta.get_column_by_name(field)
        row = await Person.select(column.as_alias("held")).where(Person.id == person).first()
    else:
        today: date = clock.today(DEFAULT_ZONE)
        row = (
            await Assignment.select(Assignment.basic_salary.as_alias("held"))
            .where((Assignment.employment.person == person) & (Assignment.from_ <= today))
            .order_by(Assignment.from_, ascending=False)
            .first()
        )
    return row["held"] if row is not None else None


def _column(field: str) -> str:
    return "assignment.basic_salary" if field == "basic_salary" else f"person.{field}"
