"""Lists as people keep them: their own names of columns, and dates as they write them."""

import pytest

from core.people import headers, written
from core.people.columns import COLUMNS, read
from core.phrases import LANGUAGES, phrase


def test_a_list_with_indonesian_headers_is_read_as_it_is() -> None:
    text = (
        "No. Karyawan;Nama Lengkap;NIK Atasan;Tgl Masuk;Cabang;Divisi;Jabatan;Surel;No HP;NIK\n"
        "0412;Budi Santoso;0101;23/07/2024;Solo;Gudang;Staf;budi@maju.example;0812 3456 7890;3175010101900001\n"
    )
    checked = read(text.encode())
    assert checked.bad == []
    (row,) = checked.rows
    assert (row["employee_number"], row["manager"], row["join_date"]) == ("0412", "0101", "2024-07-23")
    assert (row["location"], row["department"], row["nik"]) == ("Solo", "Gudang", "3175010101900001")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_is_known_by_the_name_the_pages_give_it(language: str) -> None:
    assert [headers.column_of(phrase(f"staff.column_{name}", language)) for name in COLUMNS] == list(COLUMNS)
    assert [headers.column_of(name.upper()) for name in COLUMNS] == list(COLUMNS)


def test_each_header_that_is_wrong_is_told_with_the_nearest_name() -> None:
    bad = read(b"Nama,Tgl Msuk,Zodiak\n1,2,3\n").bad
    assert [(one.cell, one.key) for one in bad] == [
        ("B1", "people.unknown_column_near"),
        ("C1", "people.unknown_column"),
        ("", "people.column_missing_named"),
    ]
    assert bad[0].value.endswith("Tanggal Masuk") and "Nomor Induk" in bad[2].value


def test_no_name_means_two_columns() -> None:
    names = [headers.bare(name) for every in headers.NAMES.values() for name in {*map(headers.bare, every)}]
    assert len(names) == len(set(names))
    assert set(headers.NAMES) == set(COLUMNS)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("23/07/2024", "2024-07-23"), ("23-07-2024", "2024-07-23"), ("23.07.2024", "2024-07-23"),
        ("6/7/2024", "2024-07-06"), ("17 November 2008", "2008-11-17"), ("17 Nov 2008", "2008-11-17"),
        ("17-Agu-2020", "2020-08-17"), ("5 Desember 2019", "2019-12-05"), ("45496", "2024-07-23"),
        ("2024-07-23", "2024-07-23"), ("2024-07-23 00:00:00", "2024-07-23"),
        ("07/23/2024", None), ("31/02/2024", None), ("23/07/24", None), ("23/07-2024", None), ("17 Foo 2008", None),
        ("kemarin", None), ("412", None),
    ],
)  # fmt: skip
def test_dates_are_read_as_people_write_them(said: str, meant: str | None) -> None:
    assert written.iso(said) == meant


def test_only_the_american_order_is_told_as_such() -> None:
    assert written.month_first("07/23/2024")
    assert not any(written.month_first(one) for one in ("31/02/2024", "23/07/2024", "40/40/2024", "kemarin"))
