"""Sentences without spaces are taken apart where every part is known; words that are one stay one."""

import tomllib
from pathlib import Path

import pytest

from bot.dialog import glued, normal


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("cutibesoksajayapak", "cuti besok saja ya pak"),
        ("ehjanganbesok lusa", "eh jangan besok lusa"),
        ("kenapasisanyatinggalitu", "kenapa sisanya tinggal itu"),
        ("cutitgl20sampai22juli", "cuti tgl 20 sampai 22 juli"),
        ("yakirim", "ya kirim"),
        ("leavetomorrowplease", "leave tomorrow please"),
        ("yessend", "yes send"),
    ],
)
def test_a_sentence_without_spaces_is_read_with_them(written: str, meant: str) -> None:
    assert glued.apart(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "ketidakhadiran", "pertanggungjawaban", "ke kalimantan", "Muhammad Rizkiansyah", "menandatangani", "Balikpapan",
        "https://example.com/leave", "budi.santoso@gmail.com", "mau cuti besok karena ketinggalankereta", "", " ", "C-121",
        "a" * 4000, "cuti" * 1000,
    ],
)  # fmt: skip
def test_what_is_one_word_or_has_its_spaces_stays_as_it_is(written: str) -> None:
    assert glued.apart(written) == written


def test_no_ordinary_word_falls_apart() -> None:
    listed = tomllib.loads((Path(glued.__file__).parent / "ordinary.toml").read_text(encoding="utf-8"))
    words = {word for groups in listed.values() for line in groups.values() for word in line.split()}
    assert words == {glued.apart(word) for word in words} and len(words) > 1000
    assert words <= normal.ORDINARY
