"""Balances as they stood when a company began here, from a file: looked at first, taken as one batch, undone."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Any

from core import audit, clock, database, sheets
from core.audit import Actor
from core.errors import Refused
from core.leave import ledger, opening_words, plans, types
from core.leave import lots as kept
from core.leave.dates import leave_year
from core.leave.ledger import Move, NewLot
from core.leave.opening_words import COLUMNS
from core.leave.tables import LeaveBalance, LeaveBatch, LeaveEntry, Lot
from core.leave.types import ANNUAL, DAY, Kind, thousandths
from core.people import written
from core.people.columns import cell_of
from core.people.directory import DEFAULT_ZONE
from core.people.headers import MOST_NAMED, PASSED, bare
from core.people.tables import Employment

OPENING = kept.OPENING
REQUIRED = ("employee_number", "days")
MOST_DAYS = 400


@dataclass(frozen=True)
class Bad:
    """A cell that cannot be taken: the line as a spreadsheet counts it, the column, the reason as a phrase key."""

    line: int
    column: str
    key: str
    value: str
    cell: str = field(default="", compare=False)  # `B7`


@dataclass(frozen=True)
class Wanted:
    """What somebody should have left, beside what they have."""

    employment: int
    number: str
    leave_type: str
    quantity: int
    now: int
    valid_to: date
    year: int
    line: int = 0

    @property
    def change(self) -> int:
        """What has to be added, or taken off below nothing."""
        return self.quantity - self.now


@dataclass
class Checked:
    """A file that was read against the people there are: what it would change, and what is wrong in it."""

    rows: list[Wanted] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)
    numbers: dict[int, str] = field(default_factory=dict)  # whose line it is, by line


async def check(raw: bytes) -> Checked:
    """What taking this file would change, and every cell that stands in its way; writes nothing."""
    return await looked(await asyncio.to_thread(sheets.read, raw))


async def looked(sheet: sheets.Sheet) -> Checked:
    """The same of a file that was read already."""
    checked = Checked()
    checked.bad += [
        Bad(one.line, "" if one.column is None else str(one.column), one.key, one.value) for one in sheet.faults
    ]
    if checked.bad:
        return checked
    (first, names), lines = opening_words.parted(sheet.lines)
    head = [opening_words.column_of(name) for name in names]
    checked.bad += _wrong_head(first, names, head)
    if checked.bad:
        return checked
    kinds = opening_words.kinds_by_name(one for one in await types.all() if one.in_lots)
    spells = {
        row["number"]: row
        for row in await Employment.select(Employment.id, Employment.number, Employment.joins, Employment.leaves)
    }
    have = {
        (row["employment"], row["leave_type"]): row["available"]
        for row in await LeaveBalance.select(LeaveBalance.employment, LeaveBalance.leave_type, LeaveBalance.available)
    }
    seen: set[tuple[str, str]] = set()
    for number, cells in lines:
        if any(cell.strip() for cell in cells):
            row = {name: cell.strip() for name, cell in zip(head, cells, strict=False)}
            checked.numbers[number] = row.get("employee_number", "")
            _one(checked, number, row, kinds, spells, have, seen)
    checked.bad = [replace(one, cell=cell_of(head, one.line, one.column)) for one in checked.bad]
    return checked


def _wrong_head(first: int, names: Sequence[str], head: Sequence[str]) -> Iterator[Bad]:
    for column, written_as in zip(head, names, strict=True):
        if column not in (*COLUMNS, PASSED):
            yield Bad(first, column, "people.unknown_column", written_as.strip())
    for column in COLUMNS:
        if head.count(column) > 1:
            told = next(name for one, name in zip(reversed(head), reversed(names), strict=True) if one == column)
            yield Bad(first, column, "people.column_twice", told.strip())
    for column in REQUIRED:
        if column not in head:
            accepted = ", ".join((*opening_words.NAMES[column][:MOST_NAMED], column))
            yield Bad(first, column, "people.column_missing_named", accepted)


def _one(
    checked: Checked, line: int, row: Mapping[str, str], kinds: Mapping[str, Kind],
    spells: Mapping[str, Mapping[str, object]], have: Mapping[tuple[int, str], int], seen: set[tuple[str, str]],
) -> None:  # fmt: skip
    today = clock.today(DEFAULT_ZONE)
    number, said = row.get("employee_number", ""), row.get("leave_type") or ANNUAL
    spell, kind, quantity = spells.get(number), kinds.get(bare(said)), _quantity(row.get("days", ""))
    code = kind.code if kind else said
    bad = []
    if spell is None or (isinstance(spell["leaves"], date) and spell["leaves"] < today):
        bad.append(Bad(line, "employee_number", "leave.opening_unknown", number))
    if kind is None:
        bad.append(Bad(line, "leave_type", "leave.opening_kind", said))
    if quantity is None:
        bad.append(Bad(line, "days", "leave.opening_days", row.get("days", "")))
    if (number, code) in seen:
        bad.append(Bad(line, "employee_number", "leave.opening_twice", number))
    seen.add((number, code))
    valid_to = _date(row.get("valid_to", ""))
    if row.get("valid_to") and (valid_to is None or valid_to < today):
        bad.append(Bad(line, "valid_to", "leave.opening_date", row["valid_to"]))
    checked.bad += bad
    if bad or spell is None or kind is None or quantity is None:
        return
    joins, employment = spell["joins"], spell["id"]
    assert isinstance(joins, date)
    assert isinstance(employment, int)
    year = leave_year(joins, max(today, joins), kind.basis)
    checked.rows.append(
        Wanted(
            employment,
            number,
            code,
            quantity,
            have.get((employment, code), 0),
            valid_to or year.ends,
            year.number,
            line,
        )
    )


def _quantity(told: str) -> int | None:
    try:
        quantity = thousandths(told)
    except ValueError:
        return None
    halves = quantity * 2 % DAY == 0
    return quantity if halves and 0 <= quantity <= MOST_DAYS * DAY else None


def _date(told: str) -> date | None:
    said = written.iso(told)
    return date.fromisoformat(said) if said else None


async def take(raw: bytes, *, actor: Actor) -> tuple[Checked, LeaveBatch | None]:
    """Make everybody's balance what the file says, or nobody's when a cell is bad; the same file is taken once."""
    async with database.transaction(database.company()):
        await database.lock_name(f"leave:{database.company()}")
        checked, mark = await check(raw), sha256(raw).hexdigest()
        if checked.bad:
            return checked, None
        same = (LeaveBatch.kind == OPENING) & (LeaveBatch.file_hash == mark) & LeaveBatch.undone_at.is_null()
        if await LeaveBatch.exists().where(same):
            raise Refused("leave.opening_taken")
        today = clock.today(DEFAULT_ZONE)
        batch = LeaveBatch(
            public=database.new_public(), kind=OPENING, year=today.year, file_hash=mark, people=len(checked.rows),
            made_by=actor.name, made_at=clock.now(),
        )  # fmt: skip
        await LeaveBatch.insert(batch)
        for code in {one.leave_type for one in checked.rows}:
            whose = [one.employment for one in checked.rows if one.leave_type == code]
            for some in ledger.in_parts(whose):
                await plans.skip_until(some, code, today, OPENING)
        await _write(checked.rows, f"{OPENING}-{batch.id}", today)
        audit.record("leave.opening_taken", f"batch:{batch.id}", by=actor, people=len(checked.rows))
        return checked, batch


async def _write(rows: Sequence[Wanted], batch: str, today: date) -> None:
    more = [one for one in rows if one.change > 0]
    kinds = {one.code: one for one in await types.all()}
    made = await ledger.make_lots(
        [
            NewLot(
                employment=one.employment, leave_type=one.leave_type, origin=OPENING, year=one.year, valid_from=today,
                valid_to=one.valid_to, overdraft=kinds[one.leave_type].negative,
                encashable=kinds[one.leave_type].encashable,
            )
            for one in more
        ]
    )  # fmt: skip
    moves = [
        Move(one.employment, one.leave_type, made[one.employment, one.leave_type, one.year, OPENING, today],
             ledger.GRANT, one.change, today, batch)
        for one in more
    ]  # fmt: skip
    moves += await _less([one for one in rows if one.change < 0], batch, today)
    await ledger.write(moves)


async def _less(rows: Sequence[Wanted], batch: str, today: date) -> list[Move]:
    """What takes the difference out of lots, the soonest to expire first."""
    whose = {(one.employment, one.leave_type): -one.change for one in rows}
    lots: list[dict[str, Any]] = []
    for some in ledger.in_parts(sorted({one.employment for one in rows})):
        theirs = Lot.employment.is_in(list(some)) & (Lot.valid_to >= today)
        lots += await Lot.select().where(theirs).order_by(Lot.valid_to, Lot.id)
    rests = await ledger.rests([lot["id"] for lot in lots])
    moves = []
    for lot in lots:
        key = (lot["employment"], lot["leave_type"])
        taken = min(whose.get(key, 0), max(0, rests[lot["id"]]))
        if taken > 0:
            whose[key] -= taken
            moves.append(Move(*key, lot["id"], ledger.ADJUST, -taken, today, batch))
    return moves


async def undo(batch: LeaveBatch, *, actor: Actor) -> None:
    """Take back what a file changed; refused for all when somebody has used the days since."""
    async with database.transaction(database.company()):
        await database.lock_name(f"leave:{database.company()}")
        where = (LeaveBatch.id == batch.id) & LeaveBatch.undone_at.is_null()
        if not await LeaveBatch.update({LeaveBatch.undone_at: clock.now()}).where(where).returning(LeaveBatch.id):
            raise Refused("leave.batch_undone", year=batch.year)
        entries = await LeaveEntry.select().where(LeaveEntry.batch == f"{OPENING}-{batch.id}")
        lots = {row["lot"] for row in entries}
        about: dict[int, dict[str, Any]] = {}
        for some in ledger.in_parts(sorted(lots)):
            about |= {row["id"]: row for row in await Lot.select().where(Lot.id.is_in(list(some)))}
        rests, today = await ledger.rests(sorted(lots)), clock.today(DEFAULT_ZONE)
        moves = []
        for row in entries:
            lot = about[row["lot"]]
            rests[row["lot"]] -= row["quantity"]
            if rests[row["lot"]] < -lot["overdraft"]:
                raise Refused("leave.opening_used", year=batch.year)
            moves.append(
                Move(lot["employment"], lot["leave_type"], lot["id"], ledger.ADJUST, -row["quantity"], today,
                     f"{kept.UNOPENED}-{batch.id}", None, None, row["id"])
            )  # fmt: skip
        await ledger.write(moves)
        audit.record("leave.opening_undone", f"batch:{batch.id}", by=actor)
