"""The columns of the people file, and what may stand in a cell of each; knows nothing of the database."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from zoneinfo import available_timezones

from core import clock, look_alikes, sheets
from core.accounts import joining
from core.people import headers, written
from core.people.directory import DEFAULT_ZONE
from core.phrases import one_line

COLUMNS = (
    "employee_number", "name", "email", "phone", "manager", "department", "position", "grade", "location", "timezone",
    "employment_type", "join_date", "resign_date", "nik", "npwp", "kk", "birth_date", "gender", "religion",
    "marital_status", "dependants", "ptkp", "bank", "bank_account", "bank_holder", "basic_salary", "role",
)  # fmt: skip
REQUIRED = ("employee_number",)
ASKED = ("employee_number", "name")  # by a form; a file may leave out the names of people who are here already
# Sealed columns of the person, and those of the person that are not.
SEALED = (
    "email", "phone", "nik", "npwp", "kk", "birth_date", "gender", "religion", "marital_status", "dependants", "ptkp",
    "bank", "bank_account", "bank_holder",
)  # fmt: skip
IDENTITY = ("name", *SEALED)
SPELL = ("employment_type", "join_date", "resign_date")
# What is true from a date on: a change is a new row beside the old one.
CAREER = ("department", "position", "grade", "location", "manager", "basic_salary")
# A minus in a cell empties what is there; an empty cell leaves it alone.
CLEARED = "-"
CLEARABLE = (*(name for name in SEALED), "department", "position", "grade", "manager", "basic_salary", "resign_date")
REASONS = ("reason", "alasan")  # the column that the copy with reasons has; taken back without being read
TYPES = ("pkwt", "pkwtt", "daily", "intern", "freelance")
DEFAULT_LOCATION = "Kantor"
# Two people with one address would sign in as the same person.
TWICE = {"employee_number": "people.number_twice", "email": "people.email_twice"}
LIMITS = {"employee_number": 40, "name": 120, "department": 120, "position": 120, "grade": 40, "location": 120}
LONGEST = 200  # of every other cell
# What something is found and told apart by: none may only look like another.
NAMES = ("employee_number", "name", "email", "manager", "department", "position", "grade", "location", "bank_holder")
TOTALS = frozenset({"total", "grand total", "subtotal", "sub total", "jumlah", "jumlah total"})
DATES = ("join_date", "resign_date", "birth_date")
DIGITS = {"nik": (16,), "kk": (16,), "npwp": (15, 16)}
WOMAN = frozenset({"female", "f", "perempuan", "wanita", "p"})
MAN = frozenset({"male", "m", "laki-laki", "laki laki", "pria", "l"})
YOUNGEST, OLDEST = 13, 100  # the age of people who work: the Manpower Act lets children do light work from 13 on
EARLIEST = date(1950, 1, 1)  # nobody who works today began before
PHONE = re.compile(r"\+?\d{7,15}")
# A mobile number that a spreadsheet took for a number: no other number of a phone begins so.
NO_ZERO = re.compile(r"8\d{8,11}", re.ASCII)
PTKP = re.compile(r"(TK|K)/[0-3]")


@dataclass(frozen=True)
class Bad:
    """A cell that cannot be taken: the row as a spreadsheet counts it, the column, the reason as a phrase key."""

    row: int
    column: str
    key: str
    value: str
    cell: str = field(default="", compare=False)  # `B7`


@dataclass
class Checked:
    """A file that was read: the rows that are fine, those that are not, and what taking it would do."""

    rows: list[dict[str, str]] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    same: int = 0
    whose: list[tuple[str, str, list[str]]] = field(
        default_factory=list
    )  # who changes that the file names by number only
    head: tuple[str, ...] = ()
    first: int = 1  # the row in which the columns are named
    sheet: sheets.Sheet = field(default_factory=sheets.Sheet)


def read(raw: bytes) -> Checked:
    """The rows of a file with what is wrong in each."""
    sheet = sheets.read(raw)
    checked = Checked(sheet=sheet)
    checked.bad += [Bad(one.line, "", one.key, one.value) for one in sheet.faults if one.column is None]
    if checked.bad:
        return checked
    (first, names), lines = headers.parted(sheet.lines)
    while names and not names[-1].strip():
        names = names[:-1]
    head = headers.columns_of(names)
    blank = {at for at, name in enumerate(names) if not name.strip()}
    for at in blank - {at for _, cells in lines for at in blank if at < len(cells) and cells[at].strip()}:
        head[at] = headers.PASSED  # a column left empty, as between two parts of a sheet
    checked.head, checked.first = tuple(head), first
    checked.bad += _wrong_head(first, names, head)
    if checked.bad:
        return checked
    odd: dict[int, list[sheets.Fault]] = {}
    for fault in sheet.faults:
        odd.setdefault(fault.line, []).append(fault)
    seen: dict[str, set[str]] = {"employee_number": set(), "email": set()}
    clocks: dict[str, Counter[str]] = {}
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        row = tidy(dict(zip(head, (cell.strip() for cell in cells), strict=False)))
        row.pop(headers.PASSED, None)
        row.setdefault("employee_number", "")  # of a line that ends before it
        wrong = [
            _at(head, number, head[one.column], one.key, row.get(head[one.column], ""))
            for one in odd.get(number, ())
            if one.column is not None and one.column < len(head) and head[one.column] != headers.PASSED
        ]
        taken = {one.column for one in wrong}
        wrong += [_at(head, *one) for one in wrong_in(number, row) if one[1] not in taken]
        for column, key in TWICE.items():
            value = row.get(column, "").lower()
            if value and value != CLEARED and value in seen[column]:
                wrong.append(_at(head, number, column, key, row[column]))
            seen[column].add(value)
        place, zone = row.get("location") or DEFAULT_LOCATION, row.get("timezone", "")
        if zone in _zones():
            clocks.setdefault(place, Counter())[zone] += 1
        if any(cell.strip() for cell in cells[len(head) :]):
            wrong.append(Bad(number, "", "people.too_many_cells", ""))
        checked.bad += wrong
        checked.rows.append(row | {"_row": str(number)})
    checked.bad = sorted([*checked.bad, *_other_zones(head, checked.rows, clocks)], key=lambda bad: bad.row)
    return checked


def _other_zones(
    head: Sequence[str], rows: Sequence[Mapping[str, str]], clocks: Mapping[str, Counter[str]]
) -> Iterator[Bad]:
    """The few that give a place another clock than most of its rows do: one slip blames nobody else."""
    most = {place: told.most_common(1)[0][0] for place, told in clocks.items() if len(told) > 1}
    for row in rows:
        place, zone = row.get("location") or DEFAULT_LOCATION, row.get("timezone", "")
        if place in most and zone in clocks[place] and zone != most[place]:
            yield _at(head, int(row["_row"]), "timezone", "people.other_zone", most[place])


def _wrong_head(first: int, names: Sequence[str], head: Sequence[str]) -> Iterator[Bad]:
    """Each header that means nothing, stands twice or is missing."""
    for name, written_as in {column: name.strip() for column, name in zip(head, names, strict=True)}.items():
        if name not in (*COLUMNS, *REASONS, headers.PASSED):
            near = headers.nearest(written_as)
            key = "people.unknown_column_near" if near else "people.unknown_column"
            yield _at(head, first, name, key, f"{written_as} \u2192 {near}" if near else written_as or "?")
        if head.count(name) > 1 and name != headers.PASSED:
            yield _at(head, first, name, "people.column_twice", written_as)
    for name in REQUIRED:
        if name == "employee_number" and headers.ambiguous(head):
            yield _at(head, first, "nik", "people.nik_alone", headers.accepted(name))
        elif name not in head:
            yield _at(head, first, name, "people.column_missing_named", headers.accepted(name))


def form(cells: Mapping[str, str]) -> Checked:
    """What one form says, as a file of one row."""
    given = {name: str(value).strip() for name, value in cells.items() if name in COLUMNS}
    row = tidy(dict.fromkeys(ASKED, "") | given)
    bad = [Bad(number, column, key, value) for number, column, key, value in wrong_in(2, row, ASKED)]
    return Checked(rows=[row | {"_row": "2"}], bad=bad, head=tuple(row))


def cell_of(head: Sequence[str], row: int, column: str) -> str:
    """`B7`: the column's letter and the row."""
    if column not in head or row <= 0:
        return ""
    letters, at = "", list(head).index(column) + 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def _at(head: Sequence[str], row: int, column: str, key: str, value: str) -> Bad:
    return Bad(row, column, key, value, cell_of(head, row, column))


def tidy(row: dict[str, str]) -> dict[str, str]:
    """The cells as they are kept: digits alone where a number is written with points, one spelling of what has one."""
    for column, cell in row.items():
        row[column] = one_line(cell)
    for column in DIGITS:
        if row.get(column) and row[column] != CLEARED:
            row[column] = re.sub(r"[\s.\-/]", "", row[column])
    for column, spelled in (("email", str.lower), ("employment_type", str.lower), ("ptkp", str.upper)):
        if row.get(column):
            row[column] = spelled(row[column])
    for column in DATES:
        if row.get(column):
            row[column] = written.iso(row[column]) or row[column]
    if NO_ZERO.fullmatch(row.get("phone", "")):
        row["phone"] = f"0{row['phone']}"
    return row


def wrong_in(
    number: int, row: Mapping[str, str], required: Collection[str] = REQUIRED
) -> Iterator[tuple[int, str, str, str]]:
    """Row, column, reason and value of each cell that cannot be right, whatever the company holds."""
    for column in ASKED:
        if row.get(column) == CLEARED or (column in required and not row.get(column)):
            yield number, column, "people.needed", ""
    if row.get("employee_number", "").casefold().strip(" :.") in TOTALS:
        yield number, "employee_number", "people.total_row", row["employee_number"]
    given = {name: value for name, value in row.items() if value and not (value == CLEARED and name in CLEARABLE)}
    for column, value in given.items():
        most = LIMITS.get(column, LONGEST)
        if len(value) > most and column not in REASONS:
            yield number, column, "people.too_long", str(most)
    for column in NAMES:
        passing = look_alikes.found(given.get(column, ""))
        if passing is not None:
            yield number, column, "people.looks_alike", passing
    for column in DATES:
        if column in given and day(given[column]) is None:
            yield number, column, _why_no_date(given[column]), given[column]
    yield from _unlikely(number, given)
    if "timezone" in given and given["timezone"] not in _zones():
        yield number, "timezone", "people.unknown_zone", given["timezone"]
    if "role" in given and given["role"] not in joining.GIVEN_BY_FILE:
        yield number, "role", "people.unknown_role", given["role"]
    if "employment_type" in given and given["employment_type"] not in TYPES:
        yield number, "employment_type", "people.unknown_type", given["employment_type"]
    if "email" in given and not joining.EMAIL.fullmatch(given["email"]):
        yield number, "email", "people.not_an_email", given["email"]
    for column, digits in DIGITS.items():
        if column in given and not (_digits(given[column]) and len(given[column]) in digits):
            yield number, column, "people.wrong_length", given[column]
    if "ptkp" in given and not PTKP.fullmatch(given["ptkp"]):
        yield number, "ptkp", "people.unknown_ptkp", given["ptkp"]
    for column in ("dependants", "basic_salary"):
        if column in given and not _digits(given[column]):
            yield number, column, "people.not_a_number", given[column]
    joins, leaves = day(given.get("join_date", "")), day(given.get("resign_date", ""))
    if joins and leaves and leaves < joins:
        yield number, "resign_date", "people.resigns_before_joining", given["resign_date"]


def _why_no_date(value: str) -> str:
    if written.month_first(value):
        return "people.month_first"
    return "people.no_such_day" if written.no_such_day(value) else "people.not_a_date"


def _unlikely(number: int, given: Mapping[str, str]) -> Iterator[tuple[int, str, str, str]]:
    born, joins, today = day(given.get("birth_date", "")), day(given.get("join_date", "")), clock.today(DEFAULT_ZONE)
    if born is not None:
        age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        if not YOUNGEST <= age <= OLDEST:
            yield number, "birth_date", "people.unlikely_age", given["birth_date"]
    if joins is not None and joins < EARLIEST:
        yield number, "join_date", "people.joins_too_early", given["join_date"]
    if "phone" in given and not PHONE.fullmatch(re.sub(r"[\s().\-/]", "", given["phone"])):
        yield number, "phone", "people.not_a_phone", given["phone"]
    if "gender" in given and given["gender"].lower() not in WOMAN | MAN:
        yield number, "gender", "people.unknown_gender", given["gender"]


def _digits(value: str) -> bool:
    return value.isascii() and value.isdigit()


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def day(value: str) -> date | None:
    """The date of `2026-07-06`, or None."""
    try:
        return date.fromisoformat(value) if re.fullmatch(r"[12]\d{3}-\d{2}-\d{2}", value, re.ASCII) else None
    except ValueError:
        return None
