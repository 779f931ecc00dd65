"""A balance put right by hand: looked at first, with its reason, in one lot; undone by an entry of its own.

Days come into a lot that stands, or into a new one; they are taken out of the lot that is named, never below nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from core import audit, clock, database, vault
from core.audit import Actor
from core.errors import Refused
from core.leave import ledger, lots, told, types
from core.leave.dates import leave_year
from core.leave.ledger import Move
from core.leave.tables import LeaveBalance, LeaveBatch, LeaveEntry, Lot
from core.leave.types import DAY, Kind
from core.messaging.messages import Message
from core.people import directory
from core.people.directory import DEFAULT_ZONE
from core.people.tables import Employment
from core.phrases import hari, one_line, phrase

ADJUST = "adjust"
ADJUSTMENT = "adjustment"  # of a lot that was made for it
WHY = "leave_batch.why"
LONGEST_REASON, MOST_DAYS = 200, 400 * DAY
FURTHEST = timedelta(days=3 * 366)


@dataclass(frozen=True)
class Look:
    """What a correction would do; nothing was written. Without a lot a new one is made, valid through `valid_to`."""

    kind: Kind
    quantity: int
    lot: int | None
    year: int
    origin: str
    valid_to: date
    in_lot: int  # what is in that lot before
    before: int
    version: int

    @property
    def after(self) -> int:
        """What would be free."""
        return self.before + self.quantity


@dataclass(frozen=True)
class Adjusted:
    """A correction: how much, by whom, when and why; undone or not."""

    public: str
    leave_type: str
    quantity: int
    by: str
    at: Any
    why: str
    undone_at: Any


async def look(employment: int, kind: Kind, quantity: int, *, lot: int | None, valid_to: date | None) -> Look:
    """What this correction would do, or why it can't be; writes nothing."""
    if not quantity or abs(quantity) > MOST_DAYS:
        raise Refused("leave.adjust_days")
    today = clock.today(DEFAULT_ZONE)
    row = await LeaveBalance.objects().where(
        (LeaveBalance.employment == employment) & (LeaveBalance.leave_type == kind.code)
    ).first()  # fmt: skip
    before, version = (row.available, row.version) if row else (0, 0)
    if lot is None:
        if quantity < 0:
            raise Refused("leave.adjust_from_lot")
        spell = await Employment.select(Employment.joins).where(Employment.id == employment).first()
        assert spell is not None
        year = leave_year(spell["joins"], max(today, spell["joins"]), kind.basis)
        last = valid_to or year.ends
        if not today <= last <= today + FURTHEST:
            raise Refused("leave.adjust_until", first=today, last=today + FURTHEST)
        return Look(kind, quantity, None, year.number, ADJUSTMENT, last, 0, before, version)
    found = await Lot.objects().where(
        (Lot.id == lot) & (Lot.employment == employment) & (Lot.leave_type == kind.code) & (Lot.valid_to >= today)
    ).first()  # fmt: skip
    if found is None:
        raise Refused("leave.adjust_lot")
    left = (await ledger.rests([lot]))[lot]
    if quantity < 0 and left + quantity < 0:
        raise Refused("leave.not_enough_days_left", needed=-quantity, left=max(0, left))
    return Look(kind, quantity, lot, found.year, found.origin, found.valid_to, left, before, version)


async def adjust(
    employment: int, kind: Kind, quantity: int, why: str, *, lot: int | None, valid_to: date | None, seen: int,
    actor: Actor,
) -> LeaveBatch:  # fmt: skip
    """Put a balance right; `seen` is the version of it that was looked at, and a later one is refused."""
    reason = reason_of(why)
    async with database.transaction(database.company()):
        await _refuse_own(employment, actor)
        await ledger.hold_row(employment, kind.code)
        looked = await look(employment, kind, quantity, lot=lot, valid_to=valid_to)
        if looked.version != seen + 1:
            raise Refused("leave.adjust_changed")
        today = clock.today(DEFAULT_ZONE)
        batch = LeaveBatch(
            public=database.new_public(), kind=ADJUST, year=today.year, people=1, made_by=actor.name,
            made_at=clock.now(), why=vault.seal(reason, company=database.company(), column=WHY),
        )  # fmt: skip
        await LeaveBatch.insert(batch)
        number = looked.lot or await _made(employment, looked, today)
        await ledger.write(
            [Move(employment, kind.code, number, ledger.ADJUST, quantity, today, f"{ADJUST}-{batch.id}")]
        )
        audit.record(
            "leave.adjusted", f"employment:{employment}", by=actor, kind=kind.code, quantity=quantity, batch=batch.id
        )
        await _tell(employment, kind, "leave.adjusted_told", quantity, reason, f"adjusted:{batch.id}")
        return batch


async def _made(employment: int, looked: Look, today: date) -> int:
    """A lot of its own; days that are over may be paid from it, for what is recorded late."""
    made = Lot(
        employment=employment, leave_type=looked.kind.code, origin=ADJUSTMENT, year=looked.year,
        valid_from=min(today, date(looked.year, 1, 1)), valid_to=looked.valid_to, overdraft=0, encashable=False,
    )  # fmt: skip
    await Lot.insert(made)
    return int(made.id)


async def _refuse_own(employment: int, actor: Actor) -> None:
    """One's own balance is put right by somebody else."""
    if await directory.acts_for_themself(employment, actor):
        raise Refused("leave.adjust_own")


def reason_of(why: str) -> str:
    """Why a balance is put right, as one line that is not empty."""
    reason = one_line(why)
    if not reason or len(reason) > LONGEST_REASON:
        raise Refused("leave.adjust_why", most=LONGEST_REASON)
    return reason


async def undo(batch: LeaveBatch, *, actor: Actor) -> None:
    """Take a correction back by an entry of its own; refused when its days were spent since."""
    async with database.transaction(database.company()):
        where = (LeaveBatch.id == batch.id) & (LeaveBatch.kind == ADJUST) & LeaveBatch.undone_at.is_null()
        if not await LeaveBatch.update({LeaveBatch.undone_at: clock.now()}).where(where).returning(LeaveBatch.id):
            raise Refused("leave.batch_undone", year=batch.year)
        row = (await _entries([batch.id]))[0]
        await _refuse_own(row["employment"], actor)
        await ledger.hold_row(row["employment"], row["leave_type"])
        left = (await ledger.rests([row["lot"]]))[row["lot"]]
        if row["quantity"] > 0 and left < row["quantity"]:
            raise Refused("leave.adjust_used", needed=row["quantity"], left=max(0, left))
        move = Move(
            row["employment"], row["leave_type"], row["lot"], ledger.ADJUST, -row["quantity"],
            clock.today(DEFAULT_ZONE), f"un{ADJUST}-{batch.id}", None, None, row["id"],
        )  # fmt: skip
        await lots.put_back([move])
        whose, kind = row["employment"], await types.of(row["leave_type"])
        audit.record("leave.adjust_undone", f"employment:{whose}", by=actor, kind=kind.code, batch=batch.id)
        why = vault.unseal(batch.why or "", company=database.company(), column=WHY)
        await _tell(whose, kind, "leave.adjust_undone_told", row["quantity"], why, f"unadjusted:{batch.id}")


async def _entries(batches: Sequence[int]) -> list[dict[str, Any]]:
    return await LeaveEntry.select(
        LeaveEntry.id, LeaveEntry.lot, LeaveEntry.quantity, LeaveEntry.batch,
        LeaveEntry.lot.employment.as_alias("employment"),
        LeaveEntry.lot.leave_type.as_alias("leave_type"),
    ).where(LeaveEntry.batch.is_in([f"{ADJUST}-{one}" for one in batches] or [""]))  # fmt: skip


async def _tell(employment: int, kind: Kind, key: str, quantity: int, why: str, mark: str) -> None:
    asker = await directory.at_work(employment)
    if asker is None:
        return
    left, language = await lots.balance(employment, kind.code), asker.language
    text = phrase(
        key, language, kind=kind.name(language).lower(), why=why, left=hari(left, language), many=told.plural(left),
        change=f"{'+' if quantity > 0 else ''}{hari(quantity, language)}", count=told.plural(abs(quantity)),
    )  # fmt: skip
    await told.tell(asker, Message("leave.adjusted_told", text, language=language), mark)


async def of(employment: int) -> Sequence[Adjusted]:
    """The corrections of somebody's balances, the latest first."""
    mine = await ledger.of_batches(employment, ADJUST)
    by_batch = {int(row["batch"].partition("-")[2]): row for row in mine}
    rows = await LeaveBatch.select().where(LeaveBatch.id.is_in(list(by_batch) or [0])).order_by(
        LeaveBatch.id, ascending=False
    )  # fmt: skip
    return [
        Adjusted(
            row["public"], by_batch[row["id"]]["lot.leave_type"], by_batch[row["id"]]["quantity"], row["made_by"],
            row["made_at"], vault.unseal(row["why"] or "", company=database.company(), column=WHY), row["undone_at"],
        )
        for row in rows
    ]  # fmt: skip


async def reasons(batches: Sequence[str]) -> dict[str, str]:
    """Why each of these movements was made by hand, by the name that it and its undoing carry."""
    numbers = {name: int(name.partition("-")[2]) for name in batches if name.startswith((f"{ADJUST}-", f"un{ADJUST}-"))}
    rows = await LeaveBatch.select(LeaveBatch.id, LeaveBatch.why).where(
        LeaveBatch.id.is_in(sorted(set(numbers.values())) or [0])
    )
    told_of = {
        row["id"]: vault.unseal(row["why"], company=database.company(), column=WHY) for row in rows if row["why"]
    }
    return {name: told_of[number] for name, number in numbers.items() if number in told_of}
