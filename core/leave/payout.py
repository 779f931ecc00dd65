"""Days that are paid instead of taken: which may be, from which lots, paying them out, and undoing it.

What the law gives is there to rest and is not paid out while somebody works here: the days above it are, and those
carried from a year that is over. Of somebody whose last day is set all that has not lapsed may be: PP 35/2021
art. 40(4)(a).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core import audit, clock, database, vault
from core.audit import Actor
from core.errors import Refused
from core.leave import lapses, ledger, told, types
from core.leave.ledger import Move
from core.leave.tables import LeaveBalance, LeaveBatch, LeaveEntry, Lot
from core.leave.types import DAY, Kind
from core.messaging.messages import Message
from core.people import directory
from core.people.directory import DEFAULT_ZONE
from core.people.tables import Employment
from core.phrases import hari, one_line, phrase

PAYOUT = "payout"
WHY = "leave_batch.why"
LONGEST_REASON = 200
HALF = DAY // 2
OF_PEOPLE = (ledger.HOLD, ledger.RELEASE, ledger.CONSUME, ledger.REVERSE, ledger.ENCASH)


@dataclass(frozen=True)
class Payable:
    """A lot, what is left in it, and how much of that may be paid."""

    lot: int
    year: int
    origin: str
    valid_to: date
    left: int
    most: int


@dataclass(frozen=True)
class Look:
    """What paying out would take from which lot, and what would be left; nothing was written."""

    quantity: int
    parts: tuple[tuple[Payable, int], ...]
    left: int
    version: int


@dataclass(frozen=True)
class Paid:
    """Days that were paid out, by whom, when and why; undone or not."""

    public: str
    leave_type: str
    quantity: int
    by: str
    at: Any
    why: str
    undone_at: Any


def most_of(left: int, granted: int, law: int, *, encashable: bool, carried: bool, leaving: bool) -> int:
    """How much of a lot may be paid: `granted` is what it ever held, `law` what the law gives for a year."""
    if leaving:
        return max(0, left)
    if not encashable:
        return 0
    return max(0, left if carried else min(left, granted - law))


async def payable(employment: int, kind: Kind) -> Sequence[Payable]:
    """The lots of somebody that are not over, the soonest to lapse first, with what of each may be paid."""
    today = clock.today(DEFAULT_ZONE)
    spell = await Employment.select(Employment.leaves).where(Employment.id == employment).first()
    leaving = bool(spell and spell["leaves"])
    law = next((one.days for one in reversed(types.shipped()) if one.code == kind.code and one.from_ <= today), 0)
    lots = await Lot.select().where(
        (Lot.employment == employment) & (Lot.leave_type == kind.code) & (Lot.valid_to >= today)
    ).order_by(Lot.valid_to, Lot.id)  # fmt: skip
    entries = await LeaveEntry.select(LeaveEntry.lot, LeaveEntry.kind, LeaveEntry.quantity).where(
        LeaveEntry.lot.is_in([lot["id"] for lot in lots] or [0])
    )
    rest, granted = dict.fromkeys((lot["id"] for lot in lots), 0), dict.fromkeys((lot["id"] for lot in lots), 0)
    for row in entries:
        rest[row["lot"]] += row["quantity"]
        if row["kind"] not in OF_PEOPLE or row["kind"] == ledger.ENCASH:
            granted[row["lot"]] += row["quantity"]
    return [
        Payable(
            lot["id"], lot["year"], lot["origin"], lot["valid_to"], rest[lot["id"]],
            most_of(rest[lot["id"]], granted[lot["id"]], law, encashable=lot["encashable"] or kind.encashable,
                    carried=lot["origin"] in lapses.NOT_AGAIN, leaving=leaving),
        )
        for lot in lots
    ]  # fmt: skip


async def look(employment: int, kind: Kind, quantity: int) -> Look:
    """What paying so much out would do, or why it is not allowed; writes nothing."""
    if quantity <= 0 or quantity % HALF:
        raise Refused("leave.payout_days")
    lots = await payable(employment, kind)
    row = await LeaveBalance.objects().where(
        (LeaveBalance.employment == employment) & (LeaveBalance.leave_type == kind.code)
    ).first()  # fmt: skip
    available, version = (row.available, row.version) if row else (0, 0)
    allowed = min(sum(one.most for one in lots), max(0, available))
    if quantity > allowed:
        raise Refused("leave.not_encashable", needed=quantity, left=allowed)
    parts, owed = [], quantity
    for one in lots:
        taken = min(owed, one.most)
        if taken:
            parts.append((one, taken))
            owed -= taken
    return Look(quantity, tuple(parts), available - quantity, version)


async def pay(employment: int, kind: Kind, quantity: int, why: str, *, seen: int, actor: Actor) -> LeaveBatch:
    """Take days out to be paid; `seen` is the balance's version that was looked at, and a later one is refused."""
    reason = reason_of(why)
    async with database.transaction(database.company()):
        await _refuse_own(employment, actor)
        await ledger.hold_row(employment, kind.code)
        looked = await look(employment, kind, quantity)
        if looked.version != seen + 1:
            raise Refused("leave.payout_changed")
        today = clock.today(DEFAULT_ZONE)
        batch = LeaveBatch(
            public=database.new_public(), kind=PAYOUT, year=today.year, people=1, made_by=actor.name,
            made_at=clock.now(), why=vault.seal(reason, company=database.company(), column=WHY),
        )  # fmt: skip
        await LeaveBatch.insert(batch)
        await ledger.write(
            [
                Move(employment, kind.code, one.lot, ledger.ENCASH, -part, today, f"payout-{batch.id}")
                for one, part in looked.parts
            ],
            floor=0,
        )
        audit.record(
            "leave.encashed", f"employment:{employment}", by=actor, kind=kind.code, quantity=quantity, batch=batch.id
        )
        await _tell(employment, kind, "leave.paid_out", quantity, f"payout:{batch.id}")
        return batch


async def _refuse_own(employment: int, actor: Actor) -> None:
    """Days for money are decided by somebody else."""
    if await directory.acts_for_themself(employment, actor):
        raise Refused("leave.payout_own")


def reason_of(why: str) -> str:
    """Why days are paid out, as one line that is not empty."""
    reason = one_line(why)
    if not reason or len(reason) > LONGEST_REASON:
        raise Refused("leave.payout_why", most=LONGEST_REASON)
    return reason


async def undo(batch: LeaveBatch, *, actor: Actor) -> None:
    """Put paid days back into their lots by entries of their own; what lapsed meanwhile follows its policy."""
    async with database.transaction(database.company()):
        where = (LeaveBatch.id == batch.id) & (LeaveBatch.kind == PAYOUT) & LeaveBatch.undone_at.is_null()
        if not await LeaveBatch.update({LeaveBatch.undone_at: clock.now()}).where(where).returning(LeaveBatch.id):
            raise Refused("leave.batch_undone", year=batch.year)
        moves = [
            Move(row["employment"], row["leave_type"], row["lot"], ledger.ENCASH, -row["quantity"],
                 clock.today(DEFAULT_ZONE), f"unpay-{batch.id}", None, None, row["id"])
            for row in await _entries([batch.id])
        ]  # fmt: skip
        whose, code, quantity = moves[0].employment, moves[0].leave_type, sum(one.quantity for one in moves)
        await _refuse_own(whose, actor)
        await ledger.write(moves)
        await lapses.returned(moves)
        audit.record("leave.payout_undone", f"employment:{whose}", by=actor, kind=code, batch=batch.id)
        await _tell(whose, await types.of(code), "leave.payout_undone", quantity, f"unpay:{batch.id}")


async def _entries(batches: Sequence[int]) -> list[dict[str, Any]]:
    return await LeaveEntry.select(
        LeaveEntry.id, LeaveEntry.lot, LeaveEntry.quantity, LeaveEntry.batch,
        LeaveEntry.lot.employment.as_alias("employment"),
        LeaveEntry.lot.leave_type.as_alias("leave_type"),
    ).where(LeaveEntry.batch.is_in([f"payout-{one}" for one in batches] or [""]))  # fmt: skip


async def _tell(employment: int, kind: Kind, key: str, quantity: int, mark: str) -> None:
    asker = await directory.at_work(employment)
    if asker is None:
        return
    row = await LeaveBalance.select(LeaveBalance.available).where(
        (LeaveBalance.employment == employment) & (LeaveBalance.leave_type == kind.code)
    ).first()  # fmt: skip
    left = row["available"] if row else 0
    text = phrase(
        key, asker.language, days=hari(quantity, asker.language), many=told.plural(quantity),
        kind=kind.name(asker.language).lower(), left=hari(left, asker.language), left_many=told.plural(left),
    )  # fmt: skip
    await told.tell(asker, Message("leave.paid_out", text, language=asker.language), mark)


async def of(employment: int) -> Sequence[Paid]:
    """What was paid out to somebody, the latest first."""
    mine = await ledger.of_batches(employment, "payout")
    sums: dict[int, int] = {}
    kinds: Mapping[int, str] = {_number(row["batch"]): row["lot.leave_type"] for row in mine}
    for row in mine:
        sums[_number(row["batch"])] = sums.get(_number(row["batch"]), 0) - row["quantity"]
    rows = await LeaveBatch.select().where(LeaveBatch.id.is_in(list(sums) or [0])).order_by(
        LeaveBatch.id, ascending=False
    )  # fmt: skip
    return [
        Paid(
            row["public"], kinds[row["id"]], sums[row["id"]], row["made_by"], row["made_at"],
            vault.unseal(row["why"], company=database.company(), column=WHY) if row["why"] else "", row["undone_at"],
        )
        for row in rows
    ]  # fmt: skip


def _number(batch: str) -> int:
    return int(batch.partition("-")[2])
