"""What people ask for, in their own words: the recorded utterances, and many more that were written away from the lexicon."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bot.dialog import examples, intents, learn

HERE = Path(__file__).parent
RECORDED = json.loads((HERE.parents[1] / "cases" / "utterances.json").read_text(encoding="utf-8"))["intents"]
TUNED = json.loads((HERE.parents[1] / "cases" / "utterances_tune.json").read_text(encoding="utf-8"))["intents"]
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


@pytest.mark.parametrize("sentence", ["nganter anak sekolah", "acara keluarga", "bongkar kontainer", "asdf qwer"])
def test_what_we_do_not_do_is_out_of_scope(sentence: str) -> None:
    assert intents.guess(sentence).intent == "out_of_scope"


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


def test_most_of_what_strangers_write_is_understood() -> None:
    first = three = refused = 0
    for case in TUNED:
        wanted = set(case.get("any_of", [case["intent"]]))
        guess = intents.guess(case["text"])
        first += guess.intent in wanted
        three += bool(wanted & {guess.intent, *guess.runners_up})
        refused += guess.intent == "out_of_scope" and "out_of_scope" in wanted
    assert first / len(TUNED) >= 0.95
    assert three / len(TUNED) >= 0.98
    assert refused >= 24


def test_the_weights_were_learned_from_the_examples_as_they_are() -> None:
    assert learn.stamp() in examples.LEARNED.read_text(encoding="utf-8")[:100], "run: python -m bot.dialog.learn"


def test_learning_puts_each_example_with_its_intent() -> None:
    weights = learn.learn([("where is the canteen", "canteen"), ("dimana parkir motor", "parking")])
    assert weights["wcanteen"]["canteen"] > 0 > weights["wcanteen"]["parking"]


def test_learning_leaves_what_was_learned_before() -> None:
    said = "uang lembur gw ga masuk di payroll, padahal udah approved semua"
    before = intents.guess(said)
    learn.learn([("where is the canteen", "canteen"), ("dimana parkir motor", "parking")])
    assert intents.guess(said) == before


@pytest.mark.parametrize(
    "sentence",
    [
        "Tuesday to Thursday of the week after next off please", "the week after next Tuesday to Thursday off pls",
        "12 agustus libur dong", "12-14 agustus libur dong bu", "selasa-kamis minggu depan libur dong", "jumat off dong",
    ],
)  # fmt: skip
def test_whoever_pleads_for_days_asks_for_them(sentence: str) -> None:
    assert intents.guess(sentence).intent == "leave_request"


@pytest.mark.parametrize(
    ("sentence", "intent"),
    [
        ("17 agustus libur dong?", "holiday_calendar"), ("lebaran libur dong", "holiday_calendar"),
        ("24 desember off dong, masih ada sisa?", "leave_balance"), ("who is off please on Monday", "who_is_away"),
        ("change my leave to Tuesday to Thursday please", "leave_change"),
    ],
)  # fmt: skip
def test_a_plea_makes_no_request_of_what_is_asked(sentence: str, intent: str) -> None:
    assert intents.guess(sentence).intent == intent


@pytest.mark.parametrize("sentence", ["bot bodoh ga guna", "bot tolol nih", "useless stupid bot"])
def test_an_insult_asks_for_nothing(sentence: str) -> None:
    assert intents.guess(sentence).intent == "out_of_scope"


def test_what_a_company_taught_is_understood_by_that_company_alone() -> None:
    taught = examples.teach(
        [("klaim kacamata lewat mana", "ticket_new"), ("jemputan malam masih ada?", "shift_schedule")]
    )
    assert intents.guess("Klaim kacamatanya lewat mana ya min", taught).intent == "ticket_new"
    assert intents.guess("jemputan malam masih ada", taught).intent == "shift_schedule"
    assert intents.guess("slip gaji dong", taught).intent == "payslip"
    assert intents.guess("jemputan malam masih ada").intent != "shift_schedule"


def test_what_a_company_taught_outweighs_a_plea() -> None:
    pleaded = "libur dong tanggal 12"
    assert intents.guess(pleaded).intent == "leave_request"
    assert intents.guess(pleaded, examples.teach([(pleaded, "holiday_calendar")])).intent == "holiday_calendar"


def test_the_later_label_of_one_sentence_counts() -> None:
    taught = examples.teach([("kode wifi tamu", "ticket_new"), ("Kode wifi tamu?", "out_of_scope")])
    assert intents.guess("kode wifi tamu", taught).intent == "out_of_scope"


# Words of which many are heard alike, or none at all: whoever is first then is decided by nothing they say.
TIED = ("1/1/0001", "soal gaji", "absen", "cuti atau izin atau sakit", "halo", "book log rekap")
SAYS = "import sys; from bot.dialog import intents; [print(intents.guess(one)) for one in sys.argv[1:]]"


def test_every_process_understands_the_same() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", SAYS, *TIED], env={**os.environ, "PYTHONHASHSEED": order}, check=True,
            capture_output=True, text=True, cwd=HERE.parents[2],
        ).stdout
        for order in ("1", "2", "3")
    }  # fmt: skip
    assert len(told) == 1, "\n".join(told)


def test_what_says_nothing_we_know_is_not_taken_for_anything() -> None:
    assert intents.guess("1/1/0001").runners_up == ()


@pytest.mark.parametrize(
    "words, intent",
    [
        ("Batal libur tgl 12", "leave_cancel"), ("libur tgl 12 batal", "leave_cancel"), ("batal libur", "leave_cancel"),
        ("libur lebaran batal ya?", "holiday_calendar"), ("turn notifications off please", "out_of_scope"),
        ("please switch the reminders off", "out_of_scope"), ("off on the 12th please", "leave_request"),
        ("12-14 agustus libur dong", "leave_request"),
    ],
)  # fmt: skip
def test_off_is_called_off_switched_off_and_asked_for(words: str, intent: str) -> None:
    assert intents.guess(words).intent == intent
