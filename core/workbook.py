"""Reads the first sheet of an XLSX file, alone in a process of its own that may use only so much memory and time.

A workbook is a packed program for its reader: it may unfold to terabytes, or name a cell so far out that the table
between does not fit anywhere. Whatever it does, it does it here, and the rest of Serambi goes on. No formula is run:
cells that hold one are named, so that whoever sent them decides on the value.
"""

import json
import re
import resource
import sys
import zipfile
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

MEMORY, SECONDS = 1536 * 1024 * 1024, 30
MOST_FILES, MOST_UNPACKED, MOST_LINES, MOST_COLUMNS = 500, 256 * 1024 * 1024, 100_000, 200
# What Excel lets a cell hold, and what all of them together may: the rest of Serambi has to read what comes out here.
LONGEST_CELL, MOST_TEXT = 32_767, 32 * 1024 * 1024
# Excel keeps fifteen digits of a number; what had sixteen is another number now.
EXACT = 10**15
FORMULA = re.compile(rb"<c\b[^>]*?\br=[\"']([A-Z]{1,3}[0-9]{1,7})[\"'][^>]*>\s*<f[\s/>]")
RELATION = re.compile(rb"<Relationship\b[^>]*>")


def main() -> int:
    """Bytes of a workbook in, its lines as JSON out; exit 2 with a reason where it is none, or too large."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    raw = sys.stdin.buffer.read()
    try:
        told = lines(raw)
    except Exception as fault:  # whatever a broken or hostile file brings about, the answer is that it is no table
        print("too_large" if isinstance(fault, (MemoryError, OverflowError)) else "not_a_workbook", file=sys.stderr)
        return 2
    sys.stdout.write(json.dumps(told))
    return 0


def lines(raw: bytes) -> dict[str, Any]:
    """The cells of the first sheet as text, and those that cannot be taken as they are."""
    from python_calamine import CalamineWorkbook

    with zipfile.ZipFile(BytesIO(raw)) as packed:
        inside = packed.infolist()
        if len(inside) > MOST_FILES or sum(one.file_size for one in inside) > MOST_UNPACKED:
            raise OverflowError
        for one in inside:  # what a file says of its size may be a lie: reading stops at the size it names
            with packed.open(one) as opened:
                while opened.read(1024 * 1024):
                    pass
    book = CalamineWorkbook.from_filelike(BytesIO(raw))
    names = book.sheet_names
    sheet = book.get_sheet_by_index(0)
    if sheet.total_height > MOST_LINES or sheet.total_width > MOST_COLUMNS:
        raise OverflowError
    odd: list[tuple[int, int, str]] = []
    rows, room = [], MOST_TEXT
    for number, cells in enumerate(sheet.to_python(skip_empty_area=False), 1):
        rows.append([_text(cell) for cell in cells])
        room -= sum(map(len, rows[-1]))
        if room < 0 or max(map(len, rows[-1]), default=0) > LONGEST_CELL:
            raise OverflowError
        odd += [
            (number, at, "digits") for at, cell in enumerate(cells)
            if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= EXACT
        ]  # fmt: skip
    formulas = _formulas(raw)
    if len(odd) + len(formulas) > MOST_LINES:
        raise OverflowError
    odd += [(*_place(name), "formula") for name in formulas]
    return {"sheet": names[0], "rows": rows, "odd": odd}


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def _formulas(raw: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(raw)) as packed:
        sheet = packed.read(_first_sheet(packed))
    return [one.decode() for one in FORMULA.findall(sheet)] if b"<f" in sheet else []


def _first_sheet(packed: zipfile.ZipFile) -> str:
    """The file of the first sheet in the workbook's own order."""
    first = re.search(rb"<(?:\w+:)?sheet\b[^>]*?\br:id=[\"']([^\"']+)", packed.read("xl/workbook.xml"))
    for one in RELATION.findall(packed.read("xl/_rels/workbook.xml.rels")):
        told = dict(re.findall(rb"\b(Id|Target)=[\"']([^\"']+)", one))
        if first is not None and told.get(b"Id") == first.group(1):
            target = told[b"Target"].decode()
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise ValueError("no first sheet")


def _place(name: str) -> tuple[int, int]:
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(name[len(letters) :]), column - 1


if __name__ == "__main__":
    sys.exit(main())
