"""A company lets somebody of the operator look into it: asked for with a reason, given by its Super Administrator for
some time, ended by the clock or at once by the company (decision 0078).

Who looks under one is a guest: they read the pages whose row in the matrix says so, change nothing, and each page they
open is an entry of the company's own audit. Nothing else of a company is there for the operator.
"""

from collections.abc import Sequence
from datetime import timedelta

from core import audit, clock, database, vault
from core.accounts import reasons
from core.accounts.roles import SUPER
from core.accounts.tables import Membership, OperatorGrant
from core.audit import Actor
from core.errors import Refused

REASON = "operator_grant.reason"
LENGTHS = (30, 120, 480)  # minutes
WAITS = timedelta(days=3)  # what nobody answered by then was not given


def actor(account: int) -> Actor:
    """Who looks, as the company's audit names them."""
    return Actor(f"operator:{account}", "web")


async def ask(account: int, reason: str, minutes: int, *, by: Actor) -> OperatorGrant:
    """Ask the company in scope to be let in. Refused: no reason, no such length, or one is open already."""
    told = reasons.check(reason)[: reasons.LONGEST]
    if minutes not in LENGTHS:
        raise Refused("grants.no_such_length")
    await database.lock_name(f"grants:{database.company()}:{account}")
    if any(state(one) in ("asked", "open") for one in await of_account(account)):
        raise Refused("grants.already")
    row = OperatorGrant(
        public=database.new_public(), account=account, minutes=minutes, asked_at=clock.now(),
        reason=vault.seal(told, company=database.company(), column=REASON),
    )  # fmt: skip
    await OperatorGrant.insert(row)
    audit.record("grant.asked", f"grant:{row.id}", by=by, minutes=minutes)
    return row


async def give(row: OperatorGrant, *, by: Actor) -> None:
    """Let them in from now on, for as long as they asked. Refused: it was answered, ended or ran out meanwhile."""
    now = clock.now()
    waits = (
        (OperatorGrant.id == row.id) & OperatorGrant.given_at.is_null() & OperatorGrant.ended_at.is_null()
        & (OperatorGrant.asked_at > now - WAITS)
    )  # fmt: skip
    changes = {
        OperatorGrant.given_at: now,
        OperatorGrant.given_by: by.name,
        OperatorGrant.until: now + timedelta(minutes=row.minutes),
    }
    if not await OperatorGrant.update(changes).where(waits).returning(OperatorGrant.id):
        raise Refused("grants.answered")
    audit.record("grant.given", f"grant:{row.id}", by=by, minutes=row.minutes)


async def end(row: OperatorGrant, *, by: Actor) -> None:
    """Let them in no longer, or not at all, from this instant on. Refused: it has ended already."""
    stands = (OperatorGrant.id == row.id) & OperatorGrant.ended_at.is_null()
    changes = {OperatorGrant.ended_at: clock.now(), OperatorGrant.ended_by: by.name}
    if state(row) not in ("asked", "open") or not await OperatorGrant.update(changes).where(stands).returning(
        OperatorGrant.id
    ):
        raise Refused("grants.answered")
    audit.record("grant.ended" if row.given_at else "grant.declined", f"grant:{row.id}", by=by)


async def look(grant: int, page: str, *, by: Actor) -> bool:
    """Whether this one lets in at this instant; if so, that this page was opened stands in the company's audit."""
    open_now = (OperatorGrant.id == grant) & (OperatorGrant.until > clock.now()) & OperatorGrant.ended_at.is_null()
    if not await OperatorGrant.exists().where(open_now):
        return False
    audit.record("grant.looked", f"grant:{grant}", by=by, page=page[:120])
    return True


def state(row: OperatorGrant) -> str:
    """Where it stands now: asked | lapsed | open | over | ended | declined."""
    now = clock.now()
    if row.ended_at is not None:
        return "ended" if row.given_at is not None else "declined"
    if row.given_at is None:
        return "asked" if row.asked_at > now - WAITS else "lapsed"
    return "open" if row.until is not None and row.until > now else "over"


def reason_of(row: OperatorGrant) -> str:
    """Why they ask, in their words."""
    return vault.unseal(row.reason, company=row.company, column=REASON)


async def by_public(public: str) -> OperatorGrant:
    """The one with this address. LookupError where there is none."""
    row: OperatorGrant | None = await OperatorGrant.objects().where(OperatorGrant.public == public).first()
    if row is None:
        raise LookupError(public)
    return row


async def of_account(account: int) -> Sequence[OperatorGrant]:
    """What this account asked the company in scope for, the newest first."""
    rows: Sequence[OperatorGrant] = (
        await OperatorGrant.objects()
        .where(OperatorGrant.account == account)
        .order_by(OperatorGrant.id, ascending=False)
        .limit(20)
    )
    return rows


async def all_of_them(most: int = 50) -> Sequence[OperatorGrant]:
    """Every one of the company in scope, the newest first."""
    rows: Sequence[OperatorGrant] = (
        await OperatorGrant.objects().order_by(OperatorGrant.id, ascending=False).limit(most)
    )
    return rows


async def standing() -> Sequence[OperatorGrant]:
    """Those that wait for an answer or let somebody in now."""
    return [one for one in await all_of_them() if state(one) in ("asked", "open")]


async def givers() -> Sequence[int]:
    """The accounts that may give one in the company in scope."""
    rows = await Membership.select(Membership.account).where(Membership.role == SUPER)
    return sorted({int(row["account"]) for row in rows})
