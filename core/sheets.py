"""Tables as people keep them: CSV or XLSX, read line by line as a spreadsheet counts, and written so that no cell runs.

A cell that begins like a formula is written with an apostrophe before it, which reading takes away again.
"""

import csv
import io
import json
import re
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from html import escape
from typing import Self

LARGEST = 10 * 1024 * 1024
HEADS = 20  # lines by which is told what parts the cells of a CSV
PACKED, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
CSV, XLSX = "csv", "xlsx"
KINDS = {
    CSV: "text/csv",  # of what is text, the answer says itself that it is UTF-8
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
# What a spreadsheet would run, or read as another cell's; a plain number with a sign is none. Some read full-width
# signs alike, and pass over what stands unseen before one.
SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
RUNS = re.compile(rf"['\s\u200b\ufeff]*[{SIGNS}]|[\t\r]")
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
GUARDED = re.compile(rf"'(?:{RUNS.pattern})")
# A spreadsheet of another country parts a CSV at semicolons, whatever we quote: what stands behind one begins a cell.
INSIDE = re.compile(rf"([;\t\r\n] *)('*[{SIGNS}])")
GUARDED_INSIDE = re.compile(rf"([;\t\r\n] *)'('*[{SIGNS}])")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Shown(str):
    """A number in the words of its reader (`1,5`), which a workbook holds as the number it is."""

    value: float

    def __new__(cls, words: str, value: float) -> Self:
        """The words, and what they say."""
        made = super().__new__(cls, words)
        made.value = value
        return made


@dataclass(frozen=True)
class Fault:
    """What cannot be taken: the line as a spreadsheet counts it, its column from 0, the phrase of the reason."""

    line: int
    column: int | None
    key: str
    value: str = ""


@dataclass
class Sheet:
    """The lines of a table, each with its number, and what is wrong before anybody asks what they mean."""

    kind: str = CSV
    delimiter: str = ","
    lines: list[tuple[int, list[str]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read(raw: bytes) -> Sheet:
    """The lines of a CSV or XLSX file; a fault with line 0 where it is no table at all."""
    if len(raw) > LARGEST:
        return Sheet(faults=[Fault(0, None, "sheets.too_large")])
    if raw.startswith(OLD_EXCEL):
        return Sheet(faults=[Fault(0, None, "sheets.old_excel")])
    found = _read_xlsx(raw) if raw.startswith(PACKED) else _read_csv(raw)
    if not found.lines and not found.faults:
        found.faults.append(Fault(0, None, "sheets.empty"))
    return found


def _read_csv(raw: bytes) -> Sheet:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:  # what a spreadsheet calls Unicode is UTF-16, of which every second byte is nothing
        return Sheet(faults=[Fault(0, None, "sheets.not_utf8")])
    above = "\n".join(text.split("\n", HEADS)[:HEADS])  # a title may stand before the names of the columns
    sheet = Sheet(CSV, ";" if above.count(";") > above.count(",") else ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sheet.delimiter, strict=True)
    try:
        sheet.lines = [
            (number, [GUARDED_INSIDE.sub(r"\1\2", _bare(cell)) for cell in cells])
            for number, cells in enumerate(reader, 1)
        ]
    except csv.Error:
        sheet.faults.append(Fault(reader.line_num, None, "sheets.unreadable"))
    return sheet


# Each may take a gigabyte and a half: many files at once wait for each other.
_reading = threading.BoundedSemaphore(2)


def _read_xlsx(raw: bytes) -> Sheet:
    # In a process of its own: a hostile workbook ends that one, not this.
    try:
        with _reading:
            done = subprocess.run(
                [sys.executable, "-m", "core.workbook"], input=raw, capture_output=True, timeout=60, check=False
            )
    except subprocess.TimeoutExpired:
        return Sheet(XLSX, faults=[Fault(0, None, "sheets.too_large")])
    if done.returncode != 0:
        known = done.stderr.decode("ascii", "replace").strip() == "not_a_workbook"
        return Sheet(XLSX, faults=[Fault(0, None, "sheets.not_a_workbook" if known else "sheets.too_large")])
    told = json.loads(done.stdout)
    lines = [(number, [_bare(cell) for cell in cells]) for number, cells in enumerate(told["rows"], 1)]
    faults = [
        Fault(line, column, "sheets.formula" if kind == "formula" else "sheets.lost_digits")
        for line, column, kind in told["odd"]
    ]
    return Sheet(XLSX, lines=lines, faults=faults)


def _bare(cell: str) -> str:
    # A workbook may spell out signs that no cell can hold, and no database keeps.
    cell = UNPRINTABLE.sub("", cell)
    return cell[1:] if GUARDED.match(cell) else cell


def safe(cell: object) -> str:
    """The cell as text that no spreadsheet runs as a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if RUNS.match(text) and not NUMBER.fullmatch(text) else text


def written(kind: str, head: Sequence[str], rows: Iterable[Sequence[object]], *, delimiter: str = ",") -> bytes:
    """The table as a file of this kind."""
    return xlsx_of(head, rows) if kind == XLSX else csv_of(head, rows, delimiter=delimiter)


def csv_of(head: Sequence[str], rows: Iterable[Sequence[object]], *, delimiter: str = ",") -> bytes:
    """The table as CSV: UTF-8 with the mark by which Excel knows it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([INSIDE.sub(r"\1'\2", safe(cell)) for cell in row] for row in (head, *rows))
    return out.getvalue().encode("utf-8-sig")


def xlsx_of(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The table as a workbook of one sheet: numbers and days are such, and all that is text stays text, so that what
    only looks like a number keeps its zeros.

    Columns are as wide as their words, and a cell of several lines shows them all.
    """
    lines = [list(row) for row in (head, *rows)]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for name, words in FRAME.items():
            packed.writestr(name, words)
        with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f"{SHEET}{_widths([list(map(safe, row)) for row in lines])}<sheetData>".encode())
            for row in lines:
                sheet.write(f"<row>{''.join(map(_cell, row))}</row>".encode())
            sheet.write(b"</sheetData></worksheet>")
    return out.getvalue()


def _widths(lines: Sequence[Sequence[str]]) -> str:
    widest: list[int] = []
    for row in lines:
        if len(row) > 1:  # a line of its own, as a title or a foot, makes no column wide
            sizes = [max((len(part) for part in cell.split(NEW_LINE)), default=0) for cell in row]
            widest += [0] * (len(sizes) - len(widest))
            widest[: len(sizes)] = map(max, sizes, widest)
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{min(max(size + 2, NARROW), WIDE)}" customWidth="1"/>'
        for at, size in enumerate(widest, 1)
    )
    return f"<cols>{columns}</cols>" if columns else ""


def _cell(cell: object) -> str:
    if isinstance(cell, Shown):
        return f"<c><v>{cell.value:.15g}</v></c>"
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return f"<c><v>{cell}</v></c>"
    if isinstance(cell, date) and not isinstance(cell, datetime) and cell > LAST_FALSE:
        return f'<c s="2"><v>{(cell - BEGINNING).days}</v></c>'
    text = escape(UNPRINTABLE.sub("", safe(cell)), quote=False)
    return f"{WRAPPED if NEW_LINE in text else CELL}{text}</t></is></c>"


# Workbooks count days from here, and think that 29 February 1900 was one: what lies before is written as text.
BEGINNING, LAST_FALSE = date(1899, 12, 30), date(1900, 3, 1)
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
OOXML = "schemas.openxmlformats.org"
SPREADSHEET, PACKAGE = f"http://{OOXML}/spreadsheetml/2006/main", f"http://{OOXML}/package/2006"
OFFICE = f"http://{OOXML}/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
CELL = '<c t="inlineStr"><is><t xml:space="preserve">'
WRAPPED = CELL.replace("<c ", '<c s="1" ')
NEW_LINE = "\n"
NARROW, WIDE = 10, 60  # letters
SHEET = f'{XML}<worksheet xmlns="{SPREADSHEET}">'
FILL = '<fill><patternFill patternType="%s"/></fill>'
STYLES = (
    f'{XML}<styleSheet xmlns="{SPREADSHEET}"><numFmts count="1">'
    '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="1"><font/></fonts>'
    f'<fills count="2">{FILL % "none"}{FILL % "gray125"}</fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
FRAME = {
    "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'{XML}<workbook xmlns="{SPREADSHEET}" xmlns:r="{OFFICE}">'
    '<sheets><sheet name="Serambi" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": STYLES,
}  # fmt: skip
