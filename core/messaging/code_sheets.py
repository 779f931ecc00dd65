"""The sheet of codes: for those of a batch who got no mail, to be handed out by place, department and name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core import audit, clock, database, jobs, vault
from core.accounts import reach, reasons
from core.accounts.tables import Company, Invitation, InvitationBatch, Invited
from core.audit import Actor
from core.errors import Refused
from core.messaging.invited_together import CODE, SHEET
from core.people import directory, identities
from core.people.directory import DEFAULT_ZONE, Employee
from core.people.tables import Assignment, Location

MOST_PRINTED = 1_000  # codes on one page; more are a file, or one place after the other


@dataclass(frozen=True)
class Code:
    """A line of the sheet: whom to give which code where, and until when."""

    number: str
    name: str
    department: str
    location: str
    code: str
    expires_at: datetime
    zone: str


async def open_(
    company: int, public: str, reason: str, *, by: Actor, place: str = "", printed: bool = False
) -> None:  # fmt: skip
    """Put on record that somebody takes the codes of a batch away, and why."""
    async with database.transaction(company):
        spell: Any = Invited.employment
        far = list((await reach.of(by)).people) or [0]
        people = await Invited.count().where(on_it(public, place) & spell.person.not_in(far))
        if printed and people > MOST_PRINTED:
            raise Refused("invitations.sheet_too_long", most=MOST_PRINTED, people=people)
        batch = await InvitationBatch.select(InvitationBatch.id).where(InvitationBatch.public == public).first()
        assert batch is not None
        why = await reasons.keep(reason, person=None)
        audit.record("invitations.sheet", f"invitations:{batch['id']}", by=by, people=people, reason=why)


def on_it(public: str, place: str) -> Any:
    """Whose codes of a batch are still good, everywhere or at one place, as a condition on Invited."""
    code: Any = Invited.invitation
    spell: Any = Invited.employment
    today = clock.today(DEFAULT_ZONE)
    met = (
        Invited.batch.is_in(InvitationBatch.select(InvitationBatch.id).where(InvitationBatch.public == public))
        & (Invited.outcome == SHEET) & code.used_at.is_null() & (code.replaced == False)  # noqa: E712
        & code.code.is_not_null() & (code.expires_at > clock.now())
        & (spell.leaves.is_null() | (spell.leaves >= today))
    )  # fmt: skip
    if place:
        there = Location.select(Location.id).where(Location.name == place)
        now = (Assignment.from_ <= today) & (Assignment.until.is_null() | (Assignment.until > today))
        met = met & Invited.employment.is_in(
            Assignment.select(Assignment.employment).where(now & Assignment.location.is_in(there))
        )
    return met


def columns() -> list[Any]:
    """What `codes` needs of each row."""
    code: Any = Invited.invitation
    return [
        Invited.id, Invited.employment, code.code.as_alias("code"), code.expires_at.as_alias("expires_at"),
    ]  # fmt: skip


async def printed(company: int, public: str, place: str, by: Actor) -> list[Code]:
    """The codes for one page, in the order in which they are handed out."""
    async with database.reading(company):
        rows = await Invited.select(*columns()).where(on_it(public, place)).order_by(Invited.id).limit(MOST_PRINTED)
        return await codes(rows, by)


async def codes(rows: Sequence[Mapping[str, Any]], by: Actor) -> list[Code]:
    """The codes of these rows, opened; the company must be open.

    Who stands above this actor is left out: whoever holds a code can act as its owner.
    """
    far = (await reach.of(by)).people
    whom = {one.id: one for one in await directory.several([row["employment"] for row in rows], at_work=True)}
    wanted = {one.location for one in whom.values()}
    places = await Location.select(Location.id, Location.name).where(Location.id.is_in(list(wanted) or [0]))
    named = {row["id"]: row["name"] for row in places}
    return [
        _code(one, row, named)
        for row in rows
        if (one := whom.get(row["employment"])) is not None and one.person not in far
    ]


def _code(one: Employee, row: Mapping[str, Any], places: Mapping[int, str]) -> Code:
    code = vault.unseal(row["code"], company=one.company, column=CODE, subject=one.person)
    return Code(
        one.number, one.name, one.department_name or "", places[one.location], identities.spelled(code),
        row["expires_at"], one.zone,
    )  # fmt: skip


@jobs.cron("25 2 * * *", "invitations.forget")
async def forget() -> None:
    """Codes that open nothing any more are not kept."""
    async with database.installation(writes=False):
        companies = await Company.select(Company.id).where(Company.kind == "company")
    for company in companies:
        async with database.transaction(company["id"]):
            over = Invitation.used_at.is_not_null() | (Invitation.expires_at < clock.now())
            await Invitation.update({Invitation.code: None}).where(Invitation.code.is_not_null() & over)
