"""People from a file: each wrong cell is named, and all of it is taken or nothing."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core import bulk, clock, database, sheets
from core.accounts.tables import Membership
from core.calendar import holidays
from core.leave import lots
from core.people import directory, imports
from core.people.imports import Bad, change, check, read, take
from core.people.tables import Assignment, Department, Employment, Location, Person
from core.phrases import LANGUAGES, phrase
from tests.core.cast import HR, Cast, lay
from tests.core.conftest import MONDAY

HEAD = "employee_number,name"


def found(text: str) -> list[tuple[int, str, str]]:
    """Row, column and reason of every cell that is refused."""
    return [(one.row, one.column, one.key) for one in read(text.encode()).bad]


CELLS = [
    ("name", "-", "people.needed"),
    ("employee_number", "", "people.needed"),
    ("name", "N" * 121, "people.too_long"),
    ("department", "D" * 121, "people.too_long"),
    ("join_date", "07/23/2024", "people.month_first"),
    ("join_date", "2026-02-30", "people.no_such_day"),
    ("birth_date", "31/02/1990", "people.no_such_day"),
    ("birth_date", "29 Februari 1990", "people.no_such_day"),
    ("birth_date", "1990", "people.not_a_date"),
    ("resign_date", "kemarin", "people.not_a_date"),
    ("birth_date", "1990-13-01", "people.no_such_day"),
    ("birth_date", "2090-01-01", "people.unlikely_age"),
    ("birth_date", "1900-01-01", "people.unlikely_age"),
    ("join_date", "1949-12-31", "people.joins_too_early"),
    ("phone", "abc", "people.not_a_phone"),
    ("phone", "0812", "people.not_a_phone"),
    ("gender", "banana", "people.unknown_gender"),
    ("timezone", "WIB", "people.unknown_zone"),
    ("role", "boss", "people.unknown_role"),
    ("role", "employee", "people.unknown_role"),
    ("employment_type", "tetap", "people.unknown_type"),
    ("email", "budi di maju", "people.not_an_email"),
    ("nik", "123", "people.wrong_length"),
    ("kk", "31750101019000011", "people.wrong_length"),
    ("npwp", "12345678901234", "people.wrong_length"),
    ("ptkp", "K/4", "people.unknown_ptkp"),
    ("dependants", "dua", "people.not_a_number"),
    ("basic_salary", "5.920.000", "people.not_a_number"),
    ("basic_salary", "-5920000", "people.not_a_number"),
]


@pytest.mark.parametrize(("column", "value", "key"), CELLS)
def test_a_wrong_cell_is_named_with_its_row_and_column(column: str, value: str, key: str) -> None:
    row = {"employee_number": "0412", "name": "Budi Santoso", "email": "budi@maju.example"} | {column: value}
    text = ",".join(row) + "\n0001,Hendra,hendra@maju.example" + "," * (len(row) - 3) + "\n" + ",".join(row.values())
    assert (3, column, key) in found(text)


GOOD = [
    ("timezone", "Asia/Jayapura"), ("role", "agent"), ("employment_type", "PKWT"), ("npwp", "09.254.294.3-407.000"),
    ("nik", "3175010101900001"), ("ptkp", "tk/0"), ("basic_salary", "5920000"), ("join_date", "2024-02-29"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "value"), GOOD)
def test_a_right_cell_is_taken(column: str, value: str) -> None:
    assert found(f"employee_number,name,email,{column}\n0412,Budi,budi@maju.example,{value}") == []


def test_a_sum_at_the_foot_is_no_person() -> None:
    assert found(f"{HEAD}\n0412,Budi\nTotal,300\nJumlah:,1") == [
        (3, "employee_number", "people.total_row"),
        (4, "employee_number", "people.total_row"),
    ]


async def test_a_new_place_has_the_clock_of_its_city(maju: Cast) -> None:
    await take(maju.company, f"{HEAD},location\n0901,Ani,Cabang Makassar\n0902,Adi,Solo\n".encode(), actor=HR)
    async with database.reading(maju.company):
        rows = await Location.select(Location.name, Location.zone)
    zones = {row["name"]: row["zone"] for row in rows}
    assert (zones["Cabang Makassar"], zones["Solo"]) == ("Asia/Makassar", "Asia/Jakarta")


async def test_a_role_without_an_address_could_never_sign_in(maju: Cast) -> None:
    text = f"{HEAD},role\n0901,Ani,agent\n0412,Budi Santoso,agent\n"
    assert await bad_of(maju, text) == [(2, "email", "people.role_needs_email")], "Budi's address is known already"


def test_nobody_leaves_before_coming() -> None:
    text = f"{HEAD},join_date,resign_date\n0412,Budi,2026-02-01,2026-01-31\n0413,Tono,2026-02-01,2026-02-01"
    assert found(text) == [(2, "resign_date", "people.resigns_before_joining")]


def test_a_number_stands_once_in_a_file() -> None:
    assert found(f"{HEAD}\n0412,Budi\n0413,Tono\n0412,Wati") == [(4, "employee_number", "people.number_twice")]


def test_an_address_belongs_to_one_person() -> None:
    """Whoever shares it would sign in as somebody else."""
    text = f"{HEAD},email\n1,Ani,toko@maju.example\n2,Adi,TOKO@maju.example\n3,Aji,\n4,Ayu,\n"
    assert found(text) == [(3, "email", "people.email_twice")]


def test_a_place_has_one_clock() -> None:
    text = f"{HEAD},location,timezone\n1,Ani,Toko,Asia/Makassar\n2,Adi,Toko,\n3,Aji,Toko,Asia/Jakarta\n4,Ayu,Kantor,Asia/Jakarta"
    assert found(text) == [(4, "timezone", "people.other_zone")]


@pytest.mark.parametrize(
    ("slip", "key"), [("Asia/Jakrta", "people.unknown_zone"), ("Asia/Jakarta", "people.other_zone")]
)
def test_a_slip_in_one_row_blames_no_other_row_of_the_place(slip: str, key: str) -> None:
    others = "".join(f"{number},Adi,Toko,Asia/Makassar\n" for number in range(2, 9))
    assert found(f"{HEAD},location,timezone\n1,Ani,Toko,{slip}\n{others}") == [(2, "timezone", key)]


@pytest.mark.parametrize(
    ("head", "column", "key"),
    [
        ("employee_number,name,zodiak", "zodiak", "people.unknown_column"),
        ("employee_number,name,email,email", "email", "people.column_twice"),
        ("name", "employee_number", "people.column_missing_named"),
        ("employee_number,name,email,surel", "email", "people.column_twice"),
        ("employee_number,name,tgl msuk", "tgl msuk", "people.unknown_column_near"),
        ("nik,nama", "nik", "people.nik_alone"),
    ],
)
def test_the_columns_are_looked_at_before_the_rows(head: str, column: str, key: str) -> None:
    assert found(f"{head}\n,,\n") == [(1, column, key)]


def test_a_row_with_more_cells_than_columns_is_refused() -> None:
    assert found(f"{HEAD}\n0412,Santoso, Budi") == [(2, "", "people.too_many_cells")]


def test_files_that_are_no_table_are_refused() -> None:
    assert [one.key for one in read(b"").bad] == ["sheets.empty"]
    assert [one.key for one in read("nama\n".encode("utf-16")).bad] == ["sheets.not_utf8"]
    assert [one.key for one in read("nama\n".encode("utf-16-le")).bad] == ["sheets.not_utf8"]
    assert [one.key for one in read(b"x" * (sheets.LARGEST + 1)).bad] == ["sheets.too_large"]
    assert found(f'{HEAD}\n1,Ani\n2,"Adi\n3,Aji\n') == [(4, "", "sheets.unreadable")]
    assert [key for _, _, key in found(f"{HEAD}\n1,{'x' * 200_000}\n")] == ["sheets.unreadable"]


def test_files_of_spreadsheets_are_read_as_they_come() -> None:
    text = '\ufeffEmployee_Number; Name ;position\r\n0412;"Santoso; Budi";Staf, Gudang\r\n;;\r\n\r\n0413;Tono;\r\n'
    checked = read(text.encode())
    assert checked.bad == []
    assert [(row["employee_number"], row["name"], row["_row"]) for row in checked.rows] == [
        ("0412", "Santoso; Budi", "2"),
        ("0413", "Tono", "5"),
    ]


def test_lines_may_end_as_on_any_computer() -> None:
    for end in ("\n", "\r\n", "\r"):
        checked = read(end.join((HEAD, "1,Ani", '2,"Adi, M."', "")).encode())
        assert (checked.bad, [row["name"] for row in checked.rows]) == ([], ["Ani", "Adi, M."])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_can_be_read_in_both_languages(language: str) -> None:
    for _, value, key in CELLS:
        assert phrase(key, language, value=value).strip()


async def bad_of(cast: Cast, text: str) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.key) for one in (await imports.check(cast.company, text.encode())).bad]


async def test_heads_are_looked_for_in_the_file_and_in_the_company(maju: Cast) -> None:
    text = f"{HEAD},manager\n0901,Ani,0902\n0902,Adi,0101\n0903,Ari,9999\n0904,Aji,0904\n"
    assert await bad_of(maju, text) == [
        (4, "manager", "people.unknown_manager"),
        (5, "manager", "people.own_manager"),
    ]


async def test_a_circle_is_named_on_everybody_in_it_and_on_nobody_else(maju: Cast) -> None:
    text = f"{HEAD},manager\n71,Ani,72\n72,Adi,73\n73,Ari,71\n74,Aji,71\n75,Ayu,74\n76,Ade,\n"
    assert await bad_of(maju, text) == [(row, "manager", "people.circle") for row in (2, 3, 4)]


async def test_what_the_company_says_already_is_not_said_otherwise(maju: Cast) -> None:
    text = f"{HEAD},email,location,timezone\n71,Ani,Budi@Maju.example,Denpasar,Asia/Jakarta\n72,Adi,adi@maju.example,Denpasar,\n"
    assert await bad_of(maju, text) == [(2, "email", "people.email_taken"), (2, "timezone", "people.other_zone")]


async def test_an_empty_zone_takes_the_one_of_the_place(maju: Cast) -> None:
    text = f"{HEAD},location,timezone\n71,Ani,Ambon,Asia/Jayapura\n72,Adi,Ambon,\n73,Aji,Denpasar,\n74,Ayu,,\n"
    assert (await take(maju.company, text.encode(), actor=HR)).bad == []
    async with database.reading(maju.company):
        zones = {one.number: one.zone for one in await directory.everyone()}
    assert [zones[f"7{number}"] for number in "1234"] == [
        "Asia/Jayapura",
        "Asia/Jayapura",
        "Asia/Makassar",
        "Asia/Jakarta",
    ]


async def test_a_dry_run_writes_nothing(maju: Cast) -> None:
    checked = await imports.check(maju.company, f"{HEAD},department\n0904,Aji,Baru".encode())
    assert (checked.bad, checked.new) == ([], 1)
    async with database.reading(maju.company):
        assert not await Employment.exists().where(Employment.number == "0904")
        assert not await Department.exists().where(Department.name == "Baru")


async def test_one_bad_cell_keeps_everybody_out(maju: Cast) -> None:
    checked = await take(maju.company, f"{HEAD},ptkp\n0904,Aji,K/1\n0905,Ayu,K/9".encode(), actor=HR)
    assert checked.bad == [Bad(3, "ptkp", "people.unknown_ptkp", "K/9")]
    async with database.reading(maju.company):
        assert len(await directory.everyone()) == 9


async def test_a_fault_halfway_leaves_nobody_behind(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    async def breaks(*_: Any, **__: Any) -> int:
        raise ConnectionError("the database went away")

    monkeypatch.setattr("core.accounts.joining.offer", breaks)
    with pytest.raises(ConnectionError):
        await take(maju.company, f"{HEAD},email,role\n0904,Aji,aji@maju.example,agent".encode(), actor=HR)
    async with database.reading(maju.company):
        assert not await Person.exists().where(Person.name == "Aji")
        assert not await Employment.exists().where(Employment.number == "0904")


async def test_people_come_with_their_head_place_role_and_leave(maju: Cast) -> None:
    await maju.night()
    async with database.reading(maju.company):
        dewi = await directory.by_number("0302")
        roles = await Membership.select(Membership.role).where(Membership.person == maju.ratna.person)
        balance = await lots.balance(maju.sari.id)
        collective = await holidays.collective(2026)
    assert dewi is not None
    assert (dewi.manager, dewi.zone, dewi.department_name) == (maju.wayan.id, "Asia/Makassar", "Toko")
    assert [row["role"] for row in roles] == ["administrator"]
    assert balance == (12 - len(collective)) * 1000 == 4000


async def test_who_resigned_is_registered_and_no_longer_works_here(open_database: str) -> None:
    cast = await lay(
        "PT Sinar", people=f"{HEAD},join_date,resign_date\n1,Ani,2020-01-06,2026-07-05\n2,Adi,2020-01-06,\n"
    )
    assert set(cast.people) == {"adi"}


def roster(count: int) -> bytes:
    """A company in which everybody's head is somebody above, with every kind of cell filled in."""
    lines = [f"{HEAD},email,manager,department,location,timezone,join_date,nik,basic_salary"]
    for number in range(1, count + 1):
        head = f"{number // 10:05}" if number >= 10 else ""
        lines.append(
            f"{number:05},Orang {number},o{number}@besar.example,{head},Bagian {number % 40},Kantor {number % 3},"
            f"Asia/Makassar,2021-01-04,{3175010101900000 + number},{5_000_000 + number}"
        )
    return "\n".join(lines).encode()


async def test_five_thousand_people_change_in_few_statements(
    open_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = await lay("PT Besar", people=f"{HEAD}\n0,Hendra\n")
    await take(cast.company, roster(5_000), actor=HR)
    moved = roster(5_000).replace(b"Bagian", b"Divisi").replace(b",50", b",60")
    with counted(monkeypatch) as statements:
        checked = await take(cast.company, moved, actor=HR)
    assert (checked.bad, checked.new, checked.changed) == ([], 0, 5_000)
    assert statements[0] < 120
    async with database.reading(cast.company):
        assert await Assignment.count() == 10_001, "what was true before is still written"


async def test_five_thousand_people_are_taken_in_few_statements(
    open_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = await lay("PT Besar", people=f"{HEAD}\n0,Hendra\n")
    with counted(monkeypatch) as statements:
        checked = await take(cast.company, roster(5_000), actor=HR)
    assert (checked.bad, checked.new) == ([], 5_000)
    # Reading what is known and who reaches whom, and five parts of a thousand for each table.
    assert statements[0] < 100
    async with database.reading(cast.company):
        assert await Employment.count() == 5_001
        last = await directory.by_number("05000")
        assert last is not None
        assert last.manager is not None
        assert (await directory.employee(last.manager)).number == "00500"
        assert last.name == "Orang 5000"
        other = await directory.by_number("00777")
        assert other is not None
        assert other.name == "Orang 777"


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many statements reach the database, as one figure that grows."""
    engine, many = type(database.engine()), [0]

    def counting(plain: Any) -> Any:
        async def count(*given: Any, **more: Any) -> Any:
            many[0] += 1
            return await plain(*given, **more)

        return count

    with monkeypatch.context() as here:
        here.setattr(engine, "run_querystring", counting(engine.run_querystring))
        for name in ("_send", "_send_each"):
            here.setattr(bulk, name, counting(getattr(bulk, name)))
        yield many


CANARIES = ("7654321", "3175019999999999", "Rahasia", "0899777666")


async def test_what_is_secret_in_a_file_reaches_neither_the_log_nor_the_disk(
    open_database: str, tmp_path: Path, logged: io.StringIO, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    salary, nik, holder, phone = CANARIES
    head = f"{HEAD},nik,bank_holder,basic_salary,phone,ptkp\n"
    cast = await lay("PT Diam", people=f"{HEAD}\n0,Hendra\n")
    await take(cast.company, f"{head}1,Ani,{nik},{holder},{salary},{phone},K/9".encode(), actor=HR)
    taken = await take(cast.company, f"{head}1,Ani,{nik},{holder},{salary},{phone},K/1".encode(), actor=HR)
    assert taken.bad == []
    seen = logged.getvalue() + caplog.text
    assert [word for word in CANARIES if word in seen] == []
    async with database.reading(cast.company):
        stored = str(await Person.select()) + str(await Assignment.select())
    assert "Ani" in stored
    assert [word for word in CANARIES if word in stored] == []
    assert on_disk(tmp_path) == []


def on_disk(folder: Path) -> list[str]:
    """The canaries that can be read in the files of a database."""
    return [word for file in folder.iterdir() for word in CANARIES if word.encode() in file.read_bytes()]


LIKELY = [
    ("birth_date", "2013-07-06"), ("birth_date", "1925-07-07"), ("join_date", "1950-01-01"), ("gender", "Perempuan"),
    ("gender", "M"), ("phone", "+62 (812) 3456-7890"), ("phone", "021-5550101"), ("phone", "-"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "value"), LIKELY)
def test_what_people_really_have_goes_in(column: str, value: str) -> None:
    with clock.freeze(MONDAY):
        assert read(f"employee_number,name,{column}\n1,Ani,{value}\n".encode()).bad == []


@pytest.mark.parametrize("born", ["2013-07-07", "1925-07-06"])
def test_an_age_is_counted_to_the_day(born: str) -> None:
    with clock.freeze(MONDAY):
        assert len(read(f"employee_number,name,birth_date\n1,Ani,{born}\n".encode()).bad) == 1


async def test_a_number_that_lost_its_zeros_makes_no_second_person(maju: Cast) -> None:
    """As a spreadsheet rewrites `0412`: the same name under 412."""
    told = "employee_number,name\n412,Budi  SANTOSO\n413,Orang Lain\n7,Budi Santoso\n0412,Budi Santoso\n"
    checked = await check(maju.company, told.encode())
    assert [(one.cell, one.key, one.value) for one in checked.bad] == [
        ("A2", "people.zeros_lost", "0412"),
        ("A3", "people.zeros_others", "413 \u2192 0413"),
    ]
    assert (checked.new, checked.same) == (1, 1), "another number is another person, and who is here stays"


async def test_two_new_numbers_that_differ_in_zeros_alone_are_asked_about(maju: Cast) -> None:
    checked = await check(maju.company, b"employee_number,name\n0017,Ani\n17,Adi\n170,Aji\n")
    assert [(one.cell, one.key, one.value) for one in checked.bad] == [("A3", "people.zeros_in_file", "17 \u2192 0017")]


def test_a_list_with_a_title_and_numbered_lines_is_read_as_it_is() -> None:
    """As the desk keeps it: a merged title, an empty line, the number of the line, a column between two parts."""
    table = [
        ["DAFTAR KARYAWAN PT MAJU BERSAMA", "", "", "", "", ""],
        ["Per 1 Juli 2026", "", "", "", "", ""],
        [],
        ["No.", "Nomor Induk", "Nama Lengkap", "", "No. HP", "Tgl Lahir"],
        ["1", "0901", "Ani Lestari", "", "81234567890", "23/07/1990"],
        [],
        ["2", "0902", "Adi Putra", "", "02155512345", "7 Mei 1991"],
        [],
    ]
    for kind in sheets.KINDS:
        checked = read(sheets.written(kind, table[0], table[1:], delimiter=";"))
        assert checked.bad == []
        assert [(row["name"], row["phone"], row["birth_date"], row["_row"]) for row in checked.rows] == [
            ("Ani Lestari", "081234567890", "1990-07-23", "5"),
            ("Adi Putra", "02155512345", "1991-05-07", "7"),
        ]


def test_a_column_without_a_name_that_holds_something_is_asked_about() -> None:
    assert found("employee_number,name,,email\n1,Ani,rahasia,\n") == [(1, "", "people.unknown_column")]


def test_the_name_of_a_head_is_passed_over_only_beside_the_number() -> None:
    assert found("employee_number,name,Nama Atasan\n1,Ani,Sari\n") == [(1, "nama atasan", "people.unknown_column_near")]
    assert found("employee_number,name,Nama Atasan,Atasan\n1,Ani,Sari,0101\n") == []


async def test_work_never_changes_before_the_first_day(maju: Cast) -> None:
    """Budi joined on 1 February 2024: what he does since then stays on record."""

    async def moved(begins: str, **cells: str) -> list[tuple[str, str, str]]:
        told = {"employee_number": "0412", "name": "Budi Santoso", "position": "Kasir", **cells}
        bad = await change(maju.company, told, actor=HR, begins=date.fromisoformat(begins))
        return [(one.column, one.key, one.value) for one in bad]

    refused = [("position", "people.before_first_day", "2024-02-01")]
    assert await moved("2024-01-31") == refused
    assert await moved("2020-01-01", join_date="2024-03-01") == refused
    async with database.reading(maju.company):
        rows = await Assignment.select().where(Assignment.employment == maju.budi.id)
    assert [(str(row["from_"]), row["position"]) for row in rows] == [("2024-02-01", None)]
    assert await moved("2024-02-02") == []
    async with database.reading(maju.company):
        rows = await Assignment.select().where(Assignment.employment == maju.budi.id).order_by(Assignment.from_)
    assert [(str(row["from_"]), row["position"]) for row in rows] == [("2024-02-01", None), ("2024-02-02", "Kasir")]


async def test_who_has_not_begun_may_still_be_corrected(maju: Cast) -> None:
    file = "employee_number,name,position,join_date\n0950,Ani,{},2026-09-01\n"
    assert (await take(maju.company, file.format("Staf").encode(), actor=HR)).bad == []
    assert (await take(maju.company, file.format("Kasir").encode(), actor=HR)).bad == []
