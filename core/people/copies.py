"""Files that go out: the sender's own file with the reasons beside its rows, and the people of a list."""

import asyncio
from collections.abc import Mapping, Sequence

from core import database, sheets
from core.errors import Refused
from core.people import batches, headers
from core.people.columns import COLUMNS, REASONS
from core.people.planning import REFUSED
from core.people.tables import ImportBatch, ImportRow
from core.phrases import phrase

OF_LEAVE = ("leave_type", "days", "valid_to")  # of a file of opening balances


async def with_reasons(company: int, public: str, language: str) -> tuple[str, str, bytes]:
    """Name, kind and bytes of the file as it was sent, with a last column that says what is wrong in each row."""
    async with database.reading(company):
        batch = await ImportBatch.objects().get(ImportBatch.public == public)
        if batch is None or batch.file is None:
            raise Refused("people.file_gone")
        rows = await ImportRow.select(ImportRow.row, ImportRow.reasons).where(
            (ImportRow.batch == batch.id) & (ImportRow.verdict == REFUSED)
        )
        reasons = {row["row"]: "\n".join(said(batches.opened(row, "reasons"), language)) for row in rows}
        raw = batches.file_of(batch)
    sheet = await asyncio.to_thread(sheets.read, raw)
    made = await asyncio.to_thread(_copy, sheet, reasons, language)
    stem = batch.name.rpartition(".")[0] or "file"
    return f"{stem}-{REASONS[language == 'id']}.{sheet.kind}", sheet.kind, made


def said(reasons: Sequence[Sequence[str]], language: str) -> list[str]:
    """`B7 Tanggal masuk: 12/03/2024 bukan tanggal. ...`, each reason of a row for itself."""
    return [": ".join(part for part in (where, words) if part) for where, words in told(reasons, language)]


def told(reasons: Sequence[Sequence[str]], language: str) -> list[tuple[str, str]]:
    """Where each reason of a row is, by cell and column, and what it says."""
    found = []
    for column, key, value, cell in reasons:
        named = column_name(column, language)
        found.append((" ".join(one for one in (cell, named) if one), phrase(key, language, value=value)))
    return found


def column_name(column: str, language: str) -> str:
    """What people call a column; one that is none of ours as it was written."""
    return phrase(f"staff.column_{column}", language) if column in (*COLUMNS, *OF_LEAVE) else column


def _copy(sheet: sheets.Sheet, reasons: Mapping[int, str], language: str) -> bytes:
    if not sheet.lines:
        return sheets.written(sheet.kind, [REASONS[language == "id"], *reasons.values()], ())
    (first, head), _ = headers.parted(sheet.lines)
    names = [name.strip().lower() for name in head]
    # A copy that comes back has its column already: it is written over, not beside.
    at = next((names.index(name) for name in REASONS if name in names), len(head))
    told_of_head = f"{REASONS[language == 'id']}: {reasons[first]}" if first in reasons else REASONS[language == "id"]
    beside = dict(reasons) | {first: told_of_head}

    def marked(number: int, cells: Sequence[str]) -> Sequence[str]:
        if number < first or not any(cell.strip() for cell in cells):
            return cells
        full = [*cells, *[""] * (at - len(cells))]
        return [*full[:at], beside.get(number, ""), *full[at + 1 :]]

    top, *rest = [marked(number, cells) for number, cells in sheet.lines]
    return sheets.written(sheet.kind, top, rest, delimiter=sheet.delimiter)
