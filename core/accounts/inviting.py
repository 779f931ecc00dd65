"""Whom one invites together: by department, place or file, of those who work here and have no chat yet."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from piccolo.query.functions.aggregate import Count
from piccolo.querystring import QueryString

from core import clock
from core.accounts.tables import Invitation
from core.people import search
from core.people.directory import DEFAULT_ZONE
from core.people.places import in_order
from core.people.tables import (
    Assignment,
    ChannelIdentity,
    Department,
    Employment,
    ImportBatch,
    ImportRow,
    Location,
    Person,
)

NEVER, UNLINKED = "never", "unlinked"
WHO = (NEVER, UNLINKED)


@dataclass(frozen=True)
class Choice:
    """Who is meant: those who were never invited, or everybody without a chat."""

    department: str = ""
    location: str = ""
    who: str = NEVER
    file: str = ""  # the address of the batch of an import: whom it brought


@dataclass(frozen=True)
class Reachable:
    """How the chosen can be told: by mail, or only by hand, some of those by their phone."""

    mail: int
    phone: int
    neither: int

    @property
    def total(self) -> int:
        """Everybody who is chosen."""
        return self.mail + self.phone + self.neither


async def reachable(choice: Choice) -> Reachable:
    """How many are chosen, by what the company knows of them."""
    either = QueryString('count(coalesce("person"."email_index", "person"."phone_index"))', alias="either")
    # All in one statement: who is chosen is looked up once.
    (row,) = await Person.select(Count(alias="everybody"), Count(Person.email_index, alias="mail"), either).where(
        await condition(choice)
    )
    return Reachable(row["mail"], row["either"] - row["mail"], row["everybody"] - row["either"])


async def condition(choice: Choice) -> Any:
    """Which people are chosen, as a condition on Person."""
    wanted = search.Wanted("", search.HERE, choice.department, choice.location)
    met = await search.condition(wanted, exactly=True)
    linked = ChannelIdentity.select(ChannelIdentity.person).where(ChannelIdentity.ended_at.is_null())
    met = met & Person.id.not_in(linked)
    if choice.who != UNLINKED:
        invited = Employment.id.is_in(Invitation.select(Invitation.employment))
        met = met & Person.id.not_in(Employment.select(Employment.person).where(invited))
    if choice.file:
        batch = await ImportBatch.select(ImportBatch.id).where(ImportBatch.public == choice.file).first()
        mine = (ImportRow.batch == (batch["id"] if batch else 0)) & (ImportRow.verdict == "new")
        met = met & Person.id.is_in(ImportRow.select(ImportRow.person).where(mine & ImportRow.person.is_not_null()))
    return met


async def spells(choice: Choice) -> list[int]:
    """The running spells of the chosen, by place, department and name."""
    today: date = clock.today(DEFAULT_ZONE)
    running = (Employment.joins <= today) & (Employment.leaves.is_null() | (Employment.leaves >= today))
    chosen = Person.select(Person.id).where(await condition(choice))
    theirs = Employment.select(Employment.id).where(running & Employment.person.is_in(chosen))
    now = (Assignment.from_ <= today) & (Assignment.until.is_null() | (Assignment.until > today))
    who: Any = Assignment.employment
    rows = await Assignment.select(Assignment.employment, Assignment.location, Assignment.department).where(
        now & Assignment.employment.is_in(theirs)
    ).order_by(who.person.search, Assignment.employment)  # fmt: skip
    at, of = [{row["id"]: place for place, row in enumerate(await in_order(one))} for one in (Location, Department)]
    rows.sort(key=lambda row: (at[row["location"]], of.get(row["department"], -1)))
    return list(dict.fromkeys(row["employment"] for row in rows))
