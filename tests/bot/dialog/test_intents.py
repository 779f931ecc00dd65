"""What people ask for, in their own words: the recorded utterances, and many more that were written away from the lexicon."""

import json
import tomllib
from pathlib import Path

import pytest

from bot.dialog import intents

HERE = Path(__file__).parent
RECORDED = json.loads((HERE.parents[1] / "cases" / "utterances.json").read_text(encoding="utf-8"))["intents"]
ASKED = tomllib.loads((HERE / "asked.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", RECORDED, ids=[case["id"] for case in RECORDED])
def test_the_recorded_utterances(case: dict[str, str]) -> None:
    assert intents.guess(case["text"]).intent == case["intent"]


@pytest.mark.parametrize("intent", ASKED)
def test_ways_of_asking(intent: str) -> None:
    wanted = None if intent == "none" else intent
    wrong = {sentence: guess for sentence in ASKED[intent] if (guess := intents.guess(sentence)).intent != wanted}
    assert not wrong


def test_enough_ways_of_asking_are_known() -> None:
    assert sum(map(len, ASKED.values())) >= 600


@pytest.mark.parametrize(
    "sentence, between",
    [
        ("absen masuk", {"attendance_fix", "attendance_view"}),
        ("absen", {"attendance_fix", "attendance_view"}),
        ("soal gaji", {"payslip", "payday", "salary_issue"}),
    ],
)
def test_two_that_are_close_are_both_named(sentence: str, between: set[str]) -> None:
    guess = intents.guess(sentence)
    assert guess.intent is None
    assert between <= set(guess.runners_up)


@pytest.mark.parametrize(
    "sentence", ["nganter anak sekolah", "acara keluarga", "bongkar kontainer", "ukuran L ada?", "asdf qwer"]
)
def test_what_we_do_not_do_is_out_of_scope(sentence: str) -> None:
    guess = intents.guess(sentence)
    assert (guess.intent, guess.score) == ("out_of_scope", 0.0)


@pytest.mark.parametrize(
    "sentence, asks",
    [
        ("boleh ga?", True), ("cuti senin bs ga", True), ("besok libur ga sih", True), ("when is payday", True), ("apakah bisa", True),
        ("bisakah saya cuti", True), ("berapa sisa cuti", True), ("sisa cuti berapa", True), ("saya mau cuti", False), ("ok", False),
        ("ga", False), ("cuti besok", False), ("", False),
    ],
)  # fmt: skip
def test_questions(sentence: str, asks: bool) -> None:
    assert intents.is_question(sentence) is asks


@pytest.mark.parametrize("sentence", ["leave friday, visiting my parents", "day off monday, my sister visits"])
def test_a_visit_is_no_sickness(sentence: str) -> None:
    assert intents.guess(sentence).intent == "leave_request"
