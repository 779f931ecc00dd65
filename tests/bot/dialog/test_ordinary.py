"""Ordinary words are what they are: no slip of the pen for a word of ours. What is misspelt is still read."""

import pytest

from bot.dialog import concepts, date_words, dates, intents, interrupts
from bot.dialog.normal import ORDINARY, spell
from tests.bot.dialog.test_dates import TODAY


def test_no_ordinary_word_is_taken_for_another() -> None:
    assert {word: spell(word) for word in ORDINARY if spell(word) != word} == {}
    assert {word: concepts.read(word)[0] for word in ORDINARY if concepts.read(word)[0] != word} == {}


def test_no_ordinary_word_names_days_unless_it_is_a_word_of_the_calendar() -> None:
    named = {
        word: letter for word in ORDINARY - date_words.WORDS if (letter := _letter(word)) not in ("u", "#", "%", "")
    }
    assert named == {}


def _letter(word: str) -> str:
    return "".join(atom.letter for atom in date_words.atoms(word))


def test_no_ordinary_word_is_a_command() -> None:
    assert {word: command for word in ORDINARY if (command := interrupts.command(word)) is not None} == {}


@pytest.mark.parametrize(
    "word, meant",
    [
        ("kapam", "kapan"), ("lemburr", "lembur"), ("slipp", "slip"), ("pengajuann", "pengajuan"),
        ("overtme", "overtime"), ("attendence", "attendance"), ("holliday", "holiday"), ("pinjamn", "pinjam"),
    ],
)  # fmt: skip
def test_a_misspelt_word_is_still_read(word: str, meant: str) -> None:
    assert concepts.read(word)[0] == meant


@pytest.mark.parametrize("sentence", ["hapus data saya", "hapus data"])
def test_deleting_data_drops_no_answer(sentence: str) -> None:
    assert interrupts.command(sentence) is None


@pytest.mark.parametrize("sentence", ["gas elpiji langka ya", "jadwal kapal ke makassar", "quite", "about", "udang"])
def test_sentences_of_ordinary_words_ask_for_nothing_of_ours(sentence: str) -> None:
    guess = intents.guess(sentence)
    assert guess.intent in (None, "out_of_scope")
    assert interrupts.command(sentence) is None


@pytest.mark.parametrize("sentence", ["tangan saya keseleo", "jalan pelan", "sidang di pengadilan", "payung hilang"])
def test_ordinary_words_are_no_days(sentence: str) -> None:
    assert dates.find(sentence, today=TODAY) is None
