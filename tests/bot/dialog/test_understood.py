"""What a sentence says as data: the given examples whole, and most of what strangers wrote."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import structlog

import serambi
from bot.dialog.understood import PUBLISHED, published, understood

CASES = Path(__file__).parents[2] / "cases"
GIVEN = json.loads((CASES / "utterances.json").read_text(encoding="utf-8"))
TUNED = json.loads((CASES / "utterances_tune.json").read_text(encoding="utf-8"))["dates"]
DAYS = json.loads((CASES / "utterances_tune_dates.json").read_text(encoding="utf-8"))["dates"]
STRANGERS = {
    name: json.loads((CASES / f"utterances_{name}.json").read_text(encoding="utf-8"))["dates"]
    for name in ("tune_days", *(f"tune_days_{number}" for number in range(2, 9)))
}
FLOORS = {
    "tune_days_4": 0.9,
    "tune_days_5": 0.9,
    "tune_days_6": 0.8,
    "tune_days_7": 0.72,
    "tune_days_8": 0.8,
}  # many who write English as their second language
NOW = "2026-07-08T10:00:00+07:00"
RANGE = ("start", "end", "dates", "part", "clarify")


@pytest.fixture(autouse=True)
def _log_left_as_it_was() -> Iterator[None]:
    """The commands write their log to a standard error that is gone after the test."""
    yield
    structlog.reset_defaults()


def _told(case: dict[str, Any]) -> dict[str, Any]:
    return understood(case["text"], datetime.fromisoformat(case["now"]))


@pytest.mark.parametrize("case", GIVEN["dates"], ids=[case["id"] for case in GIVEN["dates"]])
def test_every_given_sentence_about_days(case: dict[str, Any]) -> None:
    told = _told(case)
    wanted = {name: value for name, value in case["expected"].items() if name != "note"}
    assert {name: told.get(name, "nothing") for name in wanted} == wanted


def test_most_days_that_strangers_name_are_found() -> None:
    right = sum(all(told.get(name) == case["expected"].get(name) for name in RANGE) for case, told in _each())
    assert right / len(TUNED) >= 0.97


@pytest.mark.parametrize("language", ["id", "en", "mixed"])
def test_nearly_all_days_are_read_as_meant_in_each_language(language: str) -> None:
    cases = [case for case in DAYS if case["lang"] == language]
    right = sum(_as_meant(_told(case), case["expected"]) for case in cases)
    assert len(cases) > 80
    assert right / len(cases) >= 0.96


@pytest.mark.parametrize("file", sorted(STRANGERS))
def test_nearly_all_days_of_newer_strangers_are_read_as_meant(file: str) -> None:
    right = sum(_as_meant(_told(case), case["expected"]) for case in STRANGERS[file])
    assert right / len(STRANGERS[file]) >= FLOORS.get(file, 0.96)


def _as_meant(told: dict[str, Any], expected: dict[str, Any]) -> bool:
    """An hour is no part of a day, and is compared only where it is labelled."""
    hour = "part" not in expected and ":" in (told.get("part") or "")
    if expected.get("may_ask") and not any(told.get(name) for name in ("start", "end", "dates")):
        return True
    return all((None if hour and name == "part" else told.get(name)) == expected.get(name) for name in RANGE)


def test_most_of_what_strangers_say_about_days_is_understood_whole() -> None:
    whole = sum(
        all(told.get(name, "nothing") == value for name, value in case["expected"].items()) for case, told in _each()
    )
    assert whole / len(TUNED) >= 0.9


def _each() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    return ((case, _told(case)) for case in TUNED)


@pytest.mark.parametrize(
    "sentence, part",
    [
        ("cuti 2 hari mulai kamis", {"op": "fill", "start": "2026-07-09", "end": "2026-07-10", "days": 2}),
        ("cuti 3 hari mulai 14 agustus", {"start": "2026-08-14", "end": "2026-08-19", "warn": "public_holiday"}),
        ("cuti senin dan rabu", {"dates": ["2026-07-13", "2026-07-15"]}),
        ("mau cuti", {"op": "fill", "leave": "annual", "clarify": True}),
        ("sisa cuti berapa", {"intent": "leave_balance", "op": "absent"}),
        ("kenapa cuti saya tinggal 2", {"intent": "leave_balance", "finer": "leave_explain"}),
        ("batal aja", {"op": "cancel", "start": "absent"}),
        ("slip gaji", {"intent": "payslip", "op": "absent", "lang": "id"}),
        ("izin pulang jam setengah 4", {"part": "15:30", "leave": "early"}),
        ("christmas eve off please", {"start": "2026-12-24", "end": "2026-12-24"}),
        ("I'll leave at 2pm on Friday", {"start": "2026-07-10", "part": "14:00"}),
        ("sampai jumat deh", {"op": "correct", "end": "2026-07-10", "start": "absent"}),
        ("bukan itu tanggalnya, wrong date", {"op": "correct", "clarify": True}),
        ("eh bukan, senin sama rabu", {"op": "correct", "dates": ["2026-07-13", "2026-07-15"], "end": "absent"}),
        ("2 hari minggu depan", {"op": "fill", "days": 2, "clarify": True}),
        ("telat besok jam 10", {"part": "10:00", "leave": "absent"}),
    ],
)
def test_a_sentence_as_data(sentence: str, part: dict[str, Any]) -> None:
    told = understood(sentence, datetime.fromisoformat(NOW))
    assert {name: told.get(name, "absent") for name in part} == part


def test_intents_bear_the_published_names() -> None:
    names = {case["intent"] for case in GIVEN["intents"]}
    assert set(PUBLISHED.values()) <= names
    assert published("leave_explain") in names
    assert published(None) is None


def test_the_command_reads_a_file_line_by_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = tmp_path / "lines.txt"
    lines.write_text("cuti besok\n\nwhen is payday\n", encoding="utf-8")
    assert serambi.main(["understand", "--file", str(lines), "--now", NOW, "--json"]) == 0
    first, second = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (first["intent"], first["start"], first["op"]) == ("leave_request", "2026-07-09", "fill")
    assert (second["intent"], second["lang"]) == ("payday", "en")


def test_the_command_says_what_it_lacks(capsys: pytest.CaptureFixture[str]) -> None:
    assert serambi.main(["understand"]) == 1
    assert serambi.main(["understand", "halo", "--now", "tomorrow"]) == 1
    assert serambi.main(["understand", "--file", "nowhere.txt"]) == 1
    assert "one sentence" in capsys.readouterr().err


def test_the_command_speaks_to_people_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert serambi.main(["understand", "cuti besok", "--now", NOW]) == 0
    assert "leave_request" in (told := capsys.readouterr().out)
    assert "start=2026-07-09" in told


def test_a_recap_is_named_as_the_talk_takes_it(capsys: pytest.CaptureFixture[str]) -> None:
    for sentence in ("kirim rekap cuti saya", "send me my leave summary"):
        told = understood(sentence, datetime.fromisoformat(NOW))
        assert (told["intent"], told["finer"]) == ("leave_balance", "leave_recap")
        assert "leave_balance" not in told["alternatives"]
        assert serambi.main(["understand", sentence, "--now", NOW]) == 0
        assert "leave_balance: leave_recap" in capsys.readouterr().out
    assert "finer" not in understood("rekap lembur", datetime.fromisoformat(NOW))
