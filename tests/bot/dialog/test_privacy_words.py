"""Which right a sentence uses, and what it wants put right in the record."""

import pytest

from bot.flows import privacy_words
from core.privacy import corrections, kinds


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("minta salinan smua data sy", kinds.COPY), ("copy of my data please", kinds.COPY),
        ("data apa aja yg disimpan tentang saya", kinds.ACCESS), ("what data do you hold about me", kinds.ACCESS),
        ("data saya mau dipindah ke tempat lain, format json", kinds.PORTABLE),
        ("i want a portable version of my personal data", kinds.PORTABLE),
        ("data pribadiku mau dilengkapi, lengkapi npwp", kinds.COMPLETE), ("tgl lahir saya salah", kinds.CORRECT),
        ("my name is wrong in your data", kinds.CORRECT), ("perbarui no hp", kinds.UPDATE),
        ("batasi pemrosesan foto saya", kinds.RESTRICT), ("please restrict processing of my photo", kinds.RESTRICT),
        ("saya keberatan data saya dipakai iklan", kinds.OBJECT), ("i object to that", kinds.OBJECT),
        ("cabut persetujuan foto absen", kinds.WITHDRAW), ("withdraw my consent", kinds.WITHDRAW),
        ("hapus semua data saya", kinds.DELETE), ("delete all my data", kinds.DELETE),
        ("mau ngadu, data gaji saya kayaknya disebar", kinds.COMPLAIN), ("my data was leaked", kinds.COMPLAIN),
        ("keputusan otomatis itu tolong ditinjau orang", kinds.REVIEW), ("human review please", kinds.REVIEW),
        ("siapa aja yg liat gaji saya", privacy_words.LOOKS), ("who has seen my data", privacy_words.LOOKS),
        ("apa hak saya menurut uu pdp", None), ("permintaan data pribadi", None),
    ],
)  # fmt: skip
def test_a_right_is_found_as_people_call_it(words: str, kind: str | None) -> None:
    assert privacy_words.kind_of(words) == kind


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("NPWP 012345678901000", ("npwp", "012345678901000")),
        ("nik saya salah, harusnya 3275010101900001", ("nik", "3275010101900001")),
        ("tgl lahir salah harusnya 3 mei 1990", ("birth_date", "1990-05-03")),
        ("my phone number is wrong, it should be 081234567890", ("phone", "081234567890")),
        ("perbarui no hp jadi 081234567890", ("phone", "081234567890")),
        ("tgl lahir anak sy salah, harusnya 3 mei 2020", (corrections.OTHER, "tgl lahir anak sy salah, harusnya 3 mei 2020")),
        ("nama saya salah", None), ("perbaiki data saya", None),
    ],
)  # fmt: skip
def test_what_is_wrong_and_what_is_right(words: str, change: tuple[str, str] | None) -> None:
    assert privacy_words.change_in(words) == change


@pytest.mark.parametrize(("words", "number"), [("D-12", "D-12"), ("d 3 gimana", None), ("status d-7?", "D-7")])
def test_a_request_is_named_by_its_number(words: str, number: str | None) -> None:
    assert privacy_words.number_in(words) == number
