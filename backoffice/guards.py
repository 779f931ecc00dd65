"""`requires(resource, action)`: the company comes from the address, the roles from the account, each time anew."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date

from litestar.exceptions import NotAuthorizedException, NotFoundException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler

from backoffice import asker
from backoffice.asker import Connection
from core import clock, database, vault
from core.accounts import acts_in, grants
from core.accounts.acts_in import OPERATOR, Place
from core.accounts.joining import RESERVED, SLUG
from core.accounts.roles import APPROVER, OPERATORS, allowed, holders
from core.approvals import signers
from core.approvals.tables import Delegation, StepApprover
from core.audit import Actor
from core.people import directory
from core.people.directory import Employee
from core.people.tables import Assignment, Employment

# What a refusal needs and cannot wait for itself: the menu that stands beside it.
BEFORE_REFUSAL: list[Callable[[Connection], Awaitable[None]]] = []
LONGEST_ADDRESS, DEEPEST_ADDRESS = 4000, 40
Guard = Callable[[Connection, BaseRouteHandler], Awaitable[None]]


class LacksRole(PermissionDeniedException):
    """Signed in, in the right company, but without any of the roles that open the page."""

    def __init__(self, roles: tuple[str, ...]) -> None:
        super().__init__("a role is missing")
        self.roles = roles


class LooksOnly(PermissionDeniedException):
    """Signed in as a guest of the company, who may look and change nothing."""


@dataclass(frozen=True)
class Spell:
    """When somebody's work in a company ended, or will begin."""

    company: str
    ended: date | None
    begins: date | None


class NotAtWork(PermissionDeniedException):
    """Signed in as somebody whose work has ended, or has not begun: every page of an employee is closed."""

    def __init__(self, spell: Spell) -> None:
        super().__init__("does not work here today")
        self.spell = spell


class LacksFactor(PermissionDeniedException):
    """Signed in without the second step that somebody's role in this company demands."""


@dataclass(frozen=True)
class Standing:
    """Where this request acts and as what."""

    place: Place
    employee: Employee | None
    signs: int | None = None  # of an administrator who is nobody's employee
    away: Spell | None = None  # of somebody who does not work here today

    @property
    def company(self) -> int:
        """The company whose rows the page may touch."""
        return self.place.company

    @property
    def person(self) -> int | None:
        """Who acts, as an employee of the company."""
        return self.place.person

    @property
    def zone(self) -> str:
        """By whose clock this reader is told when something was or is: their place of work's, else the company's."""
        return self.employee.zone if self.employee is not None else self.place.zone

    @property
    def decides(self) -> int | None:
        """Under which person this account decides: its employee's, else the one an administrator signs with."""
        return self.place.person if self.place.person is not None else self.signs


def requires(resource: str, action: str) -> Guard:
    """Let pass who may do this in the company of the address (on `/me` and `/chat`: where they work)."""
    holders(resource, action)  # a pair that the matrix does not know fails when the program starts

    async def guard(connection: Connection, _: BaseRouteHandler) -> None:
        signed = asker.of(connection).signed
        slug = connection.path_params.get("company")
        if slug is not None and slug != OPERATOR and (not SLUG.fullmatch(slug) or slug in RESERVED):
            raise NotFoundException
        if signed is None:
            raise NotAuthorizedException
        here = await standings(connection, signed.account)
        if slug is not None:
            here = [one for one in here if one.place.slug == slug]
            if not here:
                theirs = await acts_in.places(signed.account, shut=()) if signed.shut else ()
                if any(one.slug == slug and one.company in signed.shut for one in theirs):
                    raise NotAuthorizedException
                raise NotFoundException
        found = [one for one in here if allowed(one.place.roles, resource, action)]
        wanted = connection.query_params.get("company")
        entered = [one for one in found if not one.place.closed]
        if found and (not entered or any(one.place.closed and one.place.slug == wanted for one in found)):
            raise LacksFactor
        found = entered
        if not found and slug is None and signed.shut:
            raise NotAuthorizedException
        if not found:
            for prepare in BEFORE_REFUSAL:
                await prepare(connection)
            away = next((one.away for one in here if one.away is not None), None)
            if away is not None and all(one.away is not None for one in here):
                raise NotAtWork(away)
            at_desk = any(one.place.slug == OPERATOR for one in here)
            needed = holders(resource, action, among=OPERATORS) if at_desk else holders(resource, action)
            if not needed:  # this side has no such page at all
                raise NotFoundException
            raise LacksRole(needed)
        chosen = next((one for one in found if one.place.slug == wanted), found[0])
        if chosen.place.grant is not None:
            await _looks(connection, chosen.place, signed.account)
        connection.state.standing = chosen
        if chosen.person is not None:
            vault.read_by(chosen.company, chosen.person)

    guard.requires = (resource, action)  # type: ignore[attr-defined]
    return guard


async def _looks(connection: Connection, place: Place, account: int) -> None:
    """Let a guest see this page, which the company reads afterwards; and nothing but see."""
    if connection.scope.get("method") not in ("GET", "HEAD"):
        raise LooksOnly
    assert place.grant is not None
    async with database.transaction(place.company):
        if not await grants.look(place.grant, connection.scope["path"], by=grants.actor(account)):
            raise NotFoundException


def standing(connection: Connection) -> Standing:
    """Where this request acts: what its guard found out."""
    found = connection.state.standing
    assert isinstance(found, Standing)
    return found


def guest(connection: Connection) -> Place | None:
    """The company in which whoever asks is a guest of the operator's, on a page of it."""
    found = getattr(connection.state, "standing", None)
    return found.place if isinstance(found, Standing) and found.place.grant is not None else None


def acting(connection: Connection) -> Actor:
    """Who acts here, as the audit names them: a person of the company, else the account."""
    where, signed = standing(connection), asker.of(connection).signed
    assert signed is not None
    if where.place.grant is not None:
        return grants.actor(signed.account)
    return Actor(f"person:{where.person}" if where.person is not None else f"account:{signed.account}", "web")


async def standings(connection: Connection, account: int) -> list[Standing]:
    """Everywhere this account may act, as of today.

    Looked up once for a page that is only read; what is shown after a write looks again, for it may have changed that.
    """
    known = connection.scope.get("standings")
    if isinstance(known, list):
        return known
    signed = asker.of(connection).signed
    shut = signed.shut if signed is not None else ()
    found = [await as_of_today(place, account) for place in await acts_in.places(account, shut=shut)]
    if connection.scope.get("method") in ("GET", "HEAD"):
        connection.scope["standings"] = found  # type: ignore[typeddict-unknown-key]
    return found


async def as_of_today(place: Place, account: int) -> Standing:
    """The place with the roles that are not given by hand: an employee works here today; an approver heads somebody
    or was asked to decide. Whoever has left keeps none, not even what was given by hand."""
    if place.person is None:
        if place.roles.isdisjoint(signers.ROLES):
            return Standing(place, None)
        async with database.reading(place.company):
            return Standing(place, None, await signers.person_of(account))
    async with database.reading(place.company):
        employee = await directory.of_person(place.person)
        if employee is None:
            return Standing(replace(place, roles=frozenset()), None, away=await _spell(place))
        asked = await StepApprover.select(StepApprover.id).where(StepApprover.person == place.person).first()
        asked = asked or await Delegation.select(Delegation.id).where(
            (Delegation.taker == place.person) & Delegation.ended_at.is_null() & (Delegation.ends > clock.now())
        ).first()  # fmt: skip
        heads = asked or await Assignment.select(Assignment.id).where(Assignment.manager == employee.id).first()
    return Standing(replace(place, roles=place.roles | {APPROVER}) if heads else place, employee)


async def _spell(place: Place) -> Spell | None:
    """The last spell of somebody who does not work today: over, or still to come."""
    today = clock.today(directory.DEFAULT_ZONE)
    row = (
        await Employment.select(Employment.joins, Employment.leaves)
        .where(Employment.person == place.person)
        .order_by(Employment.joins, ascending=False)
        .first()
    )
    if row is None:
        return None
    if row["leaves"] is not None and row["leaves"] < row["joins"]:
        return Spell(place.name, None, None)  # it was taken back: there was no last day
    begun = row["joins"] <= today
    return Spell(place.name, row["leaves"] if begun else None, None if begun else row["joins"])


def is_inside(path: str) -> bool:
    """Whether an address to go back to stays in this site, and is none that only costs time to read."""
    if len(path) > LONGEST_ADDRESS or path.count("/") > DEEPEST_ADDRESS:
        return False
    return re.fullmatch(r"/(?![/\\])[^\s\\]*", path) is not None
