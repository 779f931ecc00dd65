"""Who is registered is known by their number: a file needs a name only of who is new."""

from pathlib import Path

import pytest

from core import database
from core.people import copies, directory, imports
from core.people.columns import read
from core.people.tables import Person
from core.phrases import LANGUAGES, phrase
from tests.core.accounts.test_commands import typed
from tests.core.cast import HR, Cast
from tests.core.people.test_batches import applied, batch, sent, undone

PAY = "employee_number,basic_salary\n0412,6000000\n0413,5500000\n"
PLACED = "employee_number,name,department\n0412,,Toko\n0413,Tono Prasetyo,Toko\n"


async def bad_of(cast: Cast, text: str) -> list[tuple[int, str, str, str]]:
    checked = await imports.check(cast.company, text.encode())
    return [(one.row, one.cell, one.key, one.value) for one in checked.bad]


@pytest.mark.parametrize("text", [PAY, PLACED], ids=["no column", "an empty cell"])
async def test_who_is_registered_keeps_their_name(maju: Cast, text: str) -> None:
    async with database.reading(maju.company):
        before = await Person.select(Person.name, Person.search).order_by(Person.id)
    taken = await imports.take(maju.company, text.encode(), actor=HR)
    assert (taken.bad, taken.new, taken.changed) == ([], 0, 2)
    async with database.reading(maju.company):
        assert await Person.select(Person.name, Person.search).order_by(Person.id) == before
    again = await imports.check(maju.company, text.encode())
    assert (again.changed, again.same) == (0, 2), "what the file says is so now"


async def test_such_a_file_is_taken_back_with_the_names_as_they_were(maju: Cast) -> None:
    public = await applied(maju, PLACED)
    async with database.reading(maju.company):
        budi = await directory.by_number("0412")
    assert budi is not None
    assert (budi.name, budi.department_name) == ("Budi Santoso", "Toko")
    assert (await undone(maju, public)).state == "undone"
    async with database.reading(maju.company):
        budi = await directory.by_number("0412")
    assert budi is not None
    assert (budi.name, budi.department_name) == ("Budi Santoso", "Gudang")


@pytest.mark.parametrize(
    ("head", "line", "cell"),
    [("employee_number,department", "0904,Toko", ""), ("employee_number,name,department", "0904,,Toko", "B3")],
    ids=["no column", "an empty cell"],
)
async def test_somebody_new_needs_a_name(maju: Cast, head: str, line: str, cell: str) -> None:
    known = "0412,Toko" if not cell else "0412,,Toko"
    text = f"{head}\n{known}\n{line}\n"
    assert await bad_of(maju, text) == [(3, cell, "people.name_of_new", "0904")]
    taken = await imports.take(maju.company, text.encode(), actor=HR)
    assert [one.key for one in taken.bad] == ["people.name_of_new"]
    async with database.reading(maju.company):
        budi = await directory.by_number("0412")
        assert await directory.by_number("0904") is None
    assert budi is not None
    assert budi.department_name == "Gudang", "all rows or none"


async def test_a_first_file_without_a_column_for_names_is_refused_once(maju: Cast) -> None:
    lines = [f"{number},Toko" for number in range(8001, 8301)]
    text = "\n".join(["employee_number,department", *lines]) + "\n"
    said = "300 (8001, 8002, 8003, 8004, 8005, …)"
    assert await bad_of(maju, text) == [(1, "", "people.names_of_new", said)]
    public = await sent(maju, text)
    found = await batch(maju, public)
    assert (found.state, found.new, found.changed, found.refused) == ("refused", 0, 0, 1)
    _, _, raw = await copies.with_reasons(maju.company, public, "id")
    assert raw.decode("utf-8-sig").splitlines()[0].count("tidak punya kolom nama") == 1
    above = "Daftar karyawan,\n,\n" + text
    assert [one[0] for one in await bad_of(maju, above)] == [3], "told at the row that names the columns"


async def test_a_few_wrong_numbers_among_many_are_told_each(maju: Cast) -> None:
    text = "employee_number,department\n0412,Toko\n0413,Toko\n8001,Toko\n8002,Toko\n"
    assert [(row, key) for row, _, key, _ in await bad_of(maju, text)] == [
        (4, "people.name_of_new"),
        (5, "people.name_of_new"),
    ]


async def test_the_command_says_by_name_whom_a_number_means(maju: Cast, open_database: str, tmp_path: Path) -> None:
    file = tmp_path / "upah.csv"
    file.write_text("employee_number,name,basic_salary\n0412,,6000000\n0413,Tono Prasetyo,5500000\n", encoding="utf-8")
    words = ("people", "import", str(file), "--company", "PT Maju Bersama")
    for more, changed in (("--dry-run",), 2), ((), 2), (("--dry-run",), 0):
        code, told, fault = await typed(open_database, *words, *more)
        assert (code, fault, told["changed"]) == (0, "", changed)
        mine = {"employee_number": "0412", "name": "Budi Santoso", "columns": ["basic_salary"]}
        assert told["by_number"] == ([mine] if changed else [])


async def test_a_number_that_was_taken_back_is_new(maju: Cast) -> None:
    public = await applied(maju, "employee_number,name\n0904,Aji Pratama\n")
    assert await bad_of(maju, "employee_number,department\n0904,Toko\n") == []
    await undone(maju, public)
    assert await bad_of(maju, "employee_number,department\n0904,Toko\n") == [
        (2, "", "people.name_of_new", "0904")
    ]  # fmt: skip


async def test_a_number_that_lost_its_zeros_is_told_as_that_alone(maju: Cast) -> None:
    assert await bad_of(maju, "employee_number,basic_salary\n412,6000000\n0413,5500000\n") == [
        (2, "A2", "people.zeros_nameless", "412 \u2192 0412")
    ]


async def test_a_row_with_a_wrong_number_is_asked_for_that_first(maju: Cast) -> None:
    text = "employee_number,name,department\nTotal,,9\n,,Toko\n0412,,Toko\n0412,,Toko\n"
    assert [(row, key) for row, _, key, _ in await bad_of(maju, text)] == [
        (2, "people.total_row"),
        (3, "people.needed"),
        (5, "people.number_twice"),
    ]


async def test_a_name_is_never_emptied(maju: Cast) -> None:
    assert await bad_of(maju, "employee_number,name\n0412,-\n0904,-\n") == [
        (2, "B2", "people.needed", ""),
        (3, "B3", "people.needed", ""),
    ]
    for number in ("0412", "0904"):  # a form asks for the name itself: an empty field is one that somebody emptied
        bad = await imports.change(maju.company, {"employee_number": number, "name": ""}, actor=HR)
        assert [(one.column, one.key) for one in bad] == [("name", "people.needed")]


async def test_a_line_that_ends_before_its_number_is_refused(maju: Cast) -> None:
    text = "department,employee_number\nToko\nToko,0412\n"
    assert await bad_of(maju, text) == [(2, "B2", "people.needed", "")]
    assert [row["employee_number"] for row in read(text.encode()).rows] == ["", "0412"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_a_name_is_needed_can_be_read_in_both_languages(language: str) -> None:
    words = {"id": "orang baru perlu nama", "en": "somebody new needs a name"}[language]
    assert words in phrase("people.name_of_new", language, value="0904")
    assert "412 \u2192 0412" in phrase("people.zeros_nameless", language, value="412 \u2192 0412")
