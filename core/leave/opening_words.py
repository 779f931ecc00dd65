"""What a file of opening balances may call its columns and kinds of leave, in Indonesian and English."""

from collections.abc import Iterable, Mapping, Sequence

from core import foot
from core.leave.types import Kind
from core.people import headers
from core.people.headers import PASSED, bare
from core.phrases import LANGUAGES

COLUMNS = ("employee_number", "leave_type", "days", "valid_to")
NAMES: Mapping[str, tuple[str, ...]] = {
    "employee_number": headers.NAMES["employee_number"],
    "leave_type": ("Jenis Cuti", "Jenis", "Macam Cuti", "Kind of Leave", "Type of Leave"),
    "days": (
        "Sisa Cuti", "Sisa", "Sisa Hari", "Jumlah Hari", "Hari", "Saldo", "Saldo Cuti", "Sisa Cuti (hari)", "Days Left",
        "Balance", "Remaining", "Leave Balance",
    ),
    "valid_to": (
        "Berlaku Sampai", "Berlaku Hingga", "Hangus Tanggal", "Kedaluwarsa", "Valid Until", "Expires", "Expiry Date",
    ),
}  # fmt: skip
# Whom the line is about is known by the number; a name beside it is for whoever reads the file.
PASSED_OVER = {bare(name) for name in (*headers.COUNTED, "name", *headers.NAMES["name"])}
MEANT = {bare(column): column for column in NAMES} | {
    bare(name): column for column, names in NAMES.items() for name in names
}


def column_of(name: str) -> str:
    """The column that a header means; one that means none as it stands, in small letters."""
    said = bare(name)
    return PASSED if said in PASSED_OVER or not said else MEANT.get(said, name.strip().lower())


def parted(lines: Sequence[foot.Line]) -> tuple[foot.Line, list[foot.Line]]:
    """The line with the names of the columns, and the lines below it."""
    return headers.parted(lines, column_of, (*COLUMNS, PASSED), ("employee_number", "days"))


def kinds_by_name(kinds: Iterable[Kind]) -> dict[str, Kind]:
    """Each kind by its code and by its name in every language, in small letters."""
    found: dict[str, Kind] = {}
    for one in kinds:
        found |= {bare(said): one for said in (one.code, *(one.name(language) for language in LANGUAGES))}
    return found
