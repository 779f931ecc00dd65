"""Files that go out: the sender's own file with the reasons beside its rows, and the people of a list."""

import asyncio
from collections.abc import Mapping, Sequence

from core import database, sheets
from core.errors import Refused
from core.people import batches
from core.people.columns import REASONS
from core.people.planning import REFUSED
from core.people.tables import ImportBatch, ImportRow
from core.phrases import phrase


async def with_reasons(company: int, public: str, language: str) -> tuple[str, str, bytes]:
    """Name, kind and bytes of the file as it was sent, with a last column that says what is wrong in each row."""
    async with database.reading(company):
        batch = await ImportBatch.objects().get(ImportBatch.public == public)
        if batch is None or batch.file is None:
            raise Refused("people.file_gone")
        rows = await ImportRow.select(ImportRow.row, ImportRow.reasons).where(
            (ImportRow.batch == batch.id) & (ImportRow.verdict == REFUSED)
        )
        reasons = {row["row"]: said(batches.opened(row, "reasons"), language) for row in rows}
        raw = batches.file_of(batch)
    sheet = await asyncio.to_thread(sheets.read, raw)
    made = await asyncio.to_thread(_copy, sheet, reasons, language)
    stem = batch.name.rpartition(".")[0] or "file"
    return f"{stem}-{REASONS[language == 'id']}.{sheet.kind}", sheet.kind, made


def said(reasons: Sequence[Sequence[str]], language: str) -> str:
    """`B7: 12/03/2024 bukan tanggal. ...`, all of a row in one cell."""
    return " ".join(
        f"{cell or column}: {phrase(key, language, value=value)}"
        if cell or column
        else phrase(key, language, value=value)
        for column, key, value, cell in reasons
    )


def _copy(sheet: sheets.Sheet, reasons: Mapping[int, str], language: str) -> bytes:
    if not sheet.lines:
        return sheets.written(sheet.kind, [REASONS[language == "id"], *reasons.values()], ())
    (first, head), *lines = sheet.lines
    names = [name.strip().lower() for name in head]
    # A copy that comes back has its column already: it is written over, not beside.
    at = next((names.index(name) for name in REASONS if name in names), len(head))
    told = REASONS[language == "id"] if first not in reasons else f"{REASONS[language == 'id']}: {reasons[first]}"

    def marked(cells: Sequence[str], words: str) -> list[str]:
        full = [*cells, *[""] * (at - len(cells))]
        return [*full[:at], words, *full[at + 1 :]]

    rows = [marked(cells, reasons.get(number, "")) for number, cells in lines]
    return sheets.written(sheet.kind, marked(head, told), rows, delimiter=sheet.delimiter)
