"""What Indonesian and regional endings and prefixes are taken off."""

import pytest

from bot.dialog import concepts
from bot.dialog.stems import stems


@pytest.mark.parametrize(
    "word, stem",
    [
        ("dibatalkan", "batal"), ("membatalkan", "batal"), ("pembatalannya", "batal"), ("mbatalin", "batal"),
        ("dibatalke", "batal"), ("memakai", "pakai"), ("menukar", "tukar"), ("nuker", "tuker"), ("mengirim", "kirim"),
        ("menyetujui", "setuju"), ("ngirim", "kirim"), ("gajiku", "gaji"), ("kuambil", "ambil"), ("diperbaiki", "baik"),
        ("keterlambatan", "lambat"), ("teman-teman", "teman"), ("orang2nya", "orang"), ("dileureskeun", "leures"),
        ("requested", "request"), ("bertanya", "tanya"), ("pinjaman", "pinjam"),
    ],
)  # fmt: skip
def test_a_form_leads_to_its_stem(word: str, stem: str) -> None:
    assert stem in stems(word)


@pytest.mark.parametrize(
    "form, word",
    [("pembatalan", "pembatalan"), ("cutiku", "cuti"), ("lemburanku", "lemburan")],
)
def test_a_form_is_read_as_the_word_of_the_lexicon(form: str, word: str) -> None:
    assert concepts.read(form)[0] == word


@pytest.mark.parametrize("word", ["saya", "aku", "di", "", "ini"])
def test_short_words_have_none(word: str) -> None:
    assert all(len(stem) >= 3 for stem in stems(word))
