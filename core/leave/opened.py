"""From which file and of which day an opening balance is, for whoever asks why a balance is what it is."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from core import clock
from core.leave.lots import OPENING, UNOPENED
from core.leave.tables import LeaveBatch
from core.people.batches import APPLIED, UNDONE
from core.people.directory import DEFAULT_ZONE
from core.people.tables import ImportBatch


class Opened(NamedTuple):
    """A file of opening balances: its name, where it came through a page, and the day from which it holds."""

    file: str | None
    on: date | None


NONE = Opened(None, None)


async def of(batches: Sequence[str]) -> dict[str, Opened]:
    """The file behind each of these movements, by the name that the movement and its undoing carry."""
    numbers = {
        name: int(name.partition("-")[2]) for name in batches if name.startswith((f"{OPENING}-", f"{UNOPENED}-"))
    }
    if not numbers:
        return {}
    rows = await LeaveBatch.select(LeaveBatch.id, LeaveBatch.file_hash, LeaveBatch.made_at).where(
        LeaveBatch.id.is_in(sorted(set(numbers.values())))
    )
    sent = (
        await ImportBatch.select(ImportBatch.file_hash, ImportBatch.name)
        .where(
            (ImportBatch.kind == OPENING) & ImportBatch.state.is_in([APPLIED, UNDONE])
            & ImportBatch.file_hash.is_in([row["file_hash"] for row in rows])
        )
        .order_by(ImportBatch.id)
    )  # fmt: skip
    named = {row["file_hash"]: row["name"] for row in sent}
    told = {
        row["id"]: Opened(named.get(row["file_hash"]), clock.local(row["made_at"], DEFAULT_ZONE).date()) for row in rows
    }
    return {name: told[number] for name, number in numbers.items() if number in told}
