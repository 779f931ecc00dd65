"""Tables come as CSV or XLSX, are read cell by cell, and go out so that no cell runs."""

import re
import zipfile
from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from core import sheets

HEAD = ("employee_number", "name")


def workbook(rows: str, *, name: str = "xl/worksheets/sheet1.xml", **more: str) -> bytes:
    """A workbook with exactly this XML in its sheet."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for part, words in (sheets.FRAME | more).items():
            packed.writestr(part, words)
        packed.writestr(name, f"{sheets.SHEET}<sheetData>{rows}</sheetData></worksheet>")
    return out.getvalue()


def test_what_is_written_reads_the_same_in_both_kinds() -> None:
    rows = [
        ["0412", "Budi & <Tono>"],
        ["0413", "=HYPERLINK(1)"],
        ["+62 812", "-"],
        ["", "dua\nbaris"],
        ["'=1", "''-x"],
        ["\uff1d1", " =1"],
    ]
    for kind in (sheets.CSV, sheets.XLSX):
        read = sheets.read(sheets.written(kind, HEAD, rows))
        assert (read.kind, read.faults) == (kind, [])
        assert [cells for _, cells in read.lines] == [list(HEAD), *rows]


@pytest.mark.parametrize(
    "cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n@A1", "\uff1d1+1", "\u200b=1"]
)
def test_no_cell_begins_like_a_formula(cell: str) -> None:
    for made in (sheets.safe(cell), sheets.csv_of(HEAD, [[cell, ""]]).decode().splitlines()[1].strip('"')):
        assert made.startswith("'")


@pytest.mark.parametrize("cell", ["a;=1+1", "a; @SUM(A1)", "a\t+1+1", "a\n=1+1", "a\r\n-2+3"])
def test_no_part_begins_like_a_formula_where_another_country_cuts_the_line(cell: str) -> None:
    raw = sheets.csv_of(HEAD, [["0412", cell]])
    assert sheets.read(raw).lines[-1][1] == ["0412", cell]
    parts = re.split(r"[;\t\r\n]", raw.decode("utf-8-sig"))
    assert not [part for part in parts if part.strip(' "').startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("cell", ["-5", "+62812345", "-1,5", "Budi", "0412", ""])
def test_numbers_and_words_stay_as_they_are(cell: str) -> None:
    assert sheets.safe(cell) == cell


def test_a_formula_and_a_rounded_number_are_named_with_their_cell() -> None:
    told = sheets.read(
        workbook(
            '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>3175010101900001</v></c></row>'
            '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="b"><v>1</v></c></row>'
        )
    )
    assert [(one.line, one.column, one.key) for one in told.faults] == [
        (1, 1, "sheets.lost_digits"),
        (2, 0, "sheets.formula"),
    ]
    assert told.lines[1] == (2, ["2", "true"])


def test_a_workbook_that_unfolds_to_gigabytes_ends_alone() -> None:
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        for part, words in sheets.FRAME.items():
            packed.writestr(part, words)
        with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as opened:
            for _ in range(300):
                opened.write(b"0" * 1024 * 1024)
    assert [one.key for one in sheets.read(bomb.getvalue()).faults] == ["sheets.too_large"]


def test_a_cell_far_out_does_not_make_the_table_between() -> None:
    far = workbook('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    assert [one.key for one in sheets.read(far).faults] == ["sheets.too_large"]


def test_what_is_no_workbook_is_refused_with_what_to_do() -> None:
    assert [one.key for one in sheets.read(b"PK\x03\x04 and nothing").faults] == ["sheets.not_a_workbook"]
    assert [one.key for one in sheets.read(b"\xd0\xcf\x11\xe0 old").faults] == ["sheets.old_excel"]
    assert [one.key for one in sheets.read(workbook("")).faults] == ["sheets.empty"]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1" t="inlineStr"><is><t>' + "a" * 40_000 + "</t></is></c></row>",
        '<row r="1">' + '<c r="A1"><f>1</f></c>' * 150_000 + "</row>",
        "".join(
            f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{"a" * 32_000}</t></is></c></row>'
            for row in range(1, 1200)
        ),
    ],
    ids=["a cell larger than any", "formulas without end", "more text than a table has"],
)
def test_what_unfolds_inside_the_limits_of_a_file_does_not_come_out_of_its_process(rows: str) -> None:
    assert [one.key for one in sheets.read(workbook(rows)).faults] == ["sheets.too_large"]


def test_signs_that_no_cell_can_hold_are_dropped() -> None:
    raw = workbook('<row r="1"><c r="A1" t="inlineStr"><is><t>Bu_x0000_di_x0007_</t></is></c></row>')
    assert sheets.read(raw).lines == [(1, ["Budi"])]


def test_numbers_and_days_are_such_in_a_workbook_and_what_only_looks_like_one_keeps_its_zeros() -> None:
    rows = [["0042", date(2026, 8, 17), sheets.Shown("1,5", 1.5), 1_500_000, sheets.Shown("-0,5", -0.5)]]
    raw = sheets.xlsx_of(["Nomor", "Hari", "Sisa", "Biaya", "Utang"], rows)
    book = CalamineWorkbook.from_filelike(BytesIO(raw)).get_sheet_by_index(0).to_python()
    assert book == [["Nomor", "Hari", "Sisa", "Biaya", "Utang"], ["0042", date(2026, 8, 17), 1.5, 1_500_000, -0.5]]
    assert sheets.read(raw).lines[1] == (2, ["0042", "2026-08-17", "1.5", "1500000", "-0.5"])
    assert sheets.csv_of([], rows).decode("utf-8-sig").splitlines()[1] == '0042,2026-08-17,"1,5",1500000,"-0,5"'
    old = sheets.xlsx_of(["Lahir"], [[date(1899, 1, 1)]])
    assert sheets.read(old).lines[1] == (2, ["1899-01-01"]), "no workbook knows days before 1900"
