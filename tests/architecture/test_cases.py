"""The recorded sentences: their shape, and that what is kept for judging is read by nobody who tunes.

Nothing here prints a sentence of a judging half: what is wrong is named by its number, and compared before it is asserted.
"""

import json
import re
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.asking import BY_INTENT
from tests.benchmarks import understanding

CASES = Path(__file__).parents[1] / "cases"
FILES = sorted(CASES.glob("utterances*.json"))
KEPT = list(understanding.JUDGING.values())
NEWEST = understanding.JUDGING["judging"]
LANGUAGES = {"id", "en", "mixed"}
OPS = {"fill", "correct", "correct_duration", "cancel"}
SAID = {
    "op", "start", "end", "dates", "part", "days", "leave", "clarify", "confirm", "warn", "note", "may_ask",
}  # fmt: skip
PART = re.compile(r"am|pm|([01]\d|2[0-3]):[0-5]\d")


def _read(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return told


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _published() -> set[str]:
    return {case["intent"] for case in _read(CASES / "utterances.json")["intents"]}


def _labels() -> set[str]:
    return _published() | understanding.LATER


def _dated(now: str) -> bool:
    """Whether it is a moment in its zone; sentences of one file may be said on several days."""
    return datetime.fromisoformat(now).tzinfo is not None


def _good(expected: dict[str, Any]) -> bool:
    """Whether what is expected of a sentence about days can be so."""
    listed, part = expected.get("dates", []), expected.get("part")
    ends = [date.fromisoformat(expected[name]) for name in ("start", "end") if name in expected]
    return (
        set(expected) <= SAID
        and expected["op"] in OPS
        and ends == sorted(ends)
        and not (ends and listed)
        and listed == sorted(set(listed))
        and len(listed) != 1
        and all(date.fromisoformat(day) for day in listed)
        and (part is None or PART.fullmatch(part) is not None)
        and not (expected.get("clarify") and (ends or listed))
        and (not expected.get("may_ask") or bool(ends or listed))
        and (expected["op"] != "cancel" or set(expected) <= {"op", "note"})
    )


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_every_sentence_has_its_labels(path: Path) -> None:
    cases, labels = _read(path), _labels()
    for kind in ("intents", "dates"):
        numbers = Counter(case["id"] for case in cases[kind])
        assert [number for number, times in numbers.items() if times > 1] == []
        assert [case["id"] for case in cases[kind] if case["lang"] not in LANGUAGES or not case["text"].strip()] == []
    meant = {
        case["id"]: {*case.get("any_of", ()), *([case["intent"]] if "intent" in case else ())}
        for case in cases["intents"]
    }
    assert [number for number, names in meant.items() if not names or names - labels] == []
    assert [case["id"] for case in cases["dates"] if not _dated(case["now"]) or not _good(case["expected"])] == []


def test_what_is_kept_for_judging_stands_in_no_other_file() -> None:
    seen = {
        path: {_plain(case["text"]) for kind in ("intents", "dates") for case in _read(path)[kind]} for path in FILES
    }
    for path in KEPT:
        others = set().union(*(texts for other, texts in seen.items() if other != path))
        cases = _read(path)
        known = [case["id"] for kind in ("intents", "dates") for case in cases[kind] if _plain(case["text"]) in others]
        assert known == []


def test_the_newest_half_is_large_and_mixed_enough() -> None:
    cases = _read(NEWEST)
    told = {case["text"]: case["lang"] for kind in ("intents", "dates") for case in cases[kind]}
    many, spoken = len(told), Counter(told.values())
    people = len({case["style"] for case in cases["intents"]})
    off_topic = sum(case["intent"] == understanding.REFUSED for case in cases["intents"])
    asked_for = {case["intent"] for case in cases["intents"]}
    missing = _labels() - asked_for
    assert many >= 520
    assert people >= 40
    assert off_topic >= 40
    assert missing == set()
    assert [lang for lang, share in (("id", 0.5), ("en", 0.25), ("mixed", 0.1)) if spoken[lang] < share * many] == []


def test_one_number_is_one_sentence() -> None:
    cases = _read(NEWEST)
    texts = {case["id"].removeprefix("c-"): case["text"] for case in cases["intents"]}
    numbers = {case["id"].removeprefix("cd-"): case["text"] for case in cases["dates"]}
    differs = [number for number, text in numbers.items() if texts.get(number, text) != text]
    assert differs == []


def test_what_was_built_later_is_measured_by_its_own_label() -> None:
    now = datetime.fromisoformat("2026-07-08T10:00:00+07:00")
    said = {  # from the articles for employees
        "why do I have so few days": "leave_explain",
        "if I take 28-31 Dec how many days are left": "leave_forecast",
        "change the dates of C-121 to 18-20 August": "leave_change",
        "I want to work on the collective leave 28 May": "collective_work",
        "who is away next week": "who_is_away",
        "leave balance": "leave_balance",
    }
    first, _, _ = understanding.asked(
        [{"text": text, "intent": name, "lang": "en"} for text, name in said.items()], now, wrong=False
    )
    assert {name: first.right[name] for name in said.values()} == dict.fromkeys(said.values(), 1)
    coarse = [{"text": "why do I have so few days", "intent": "leave_balance", "lang": "en"}]
    assert understanding.asked(coarse, now, wrong=False)[0].right["all"] == 1  # a file of the published labels alone
    assert set(BY_INTENT) | {"unlink"} <= _published() | understanding.LATER


def test_the_benchmark_tells_both_halves_by_name_and_no_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = _read(CASES / "utterances.json")
    halves = {}
    for name, part in (("judging", slice(0, 4)), ("older half", slice(4, 8))):
        halves[name] = tmp_path / f"{name}.json"
        halves[name].write_text(json.dumps({**given, "intents": given["intents"][part], "dates": given["dates"][part]}))
    monkeypatch.setattr(understanding, "JUDGING", halves)
    understanding.main(["--quick"])
    told = capsys.readouterr().out
    totals = told.split("\nTotals\n")[1].splitlines()
    assert [line.split("   ")[0].strip() for line in totals] == ["judging", "older half"]
    assert [
        text for text in (case["text"] for case in (*given["intents"][:8], *given["dates"][:8])) if text in told
    ] == []
    monkeypatch.setattr(understanding, "DAYS_TUNED", frozenset({"older half"}))
    for arguments in (["--quick", "--wrong"], ["--quick", "--wrong", str(halves["judging"])]):
        with pytest.raises(SystemExit):
            understanding.main(arguments)


def test_of_a_half_whose_days_are_for_tuning_only_days_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = "2026-07-08T10:00:00+07:00"
    half = tmp_path / "half.json"
    intents = [{"id": "1", "lang": "id", "text": "sisa cuti saya berapa", "intent": "payday"}]
    meant = {"op": "fill", "start": "2026-07-20", "end": "2026-07-20"}
    days = [{"id": "2", "lang": "id", "now": now, "text": "cuti tanggal 9", "expected": meant}]
    half.write_text(json.dumps({"now": now, "intents": intents, "dates": days}))
    monkeypatch.setattr(understanding, "JUDGING", {"older half": half})
    understanding.main(["--quick", "--wrong", str(half)])
    told = capsys.readouterr().out
    assert "cuti tanggal 9" in told and "sisa cuti saya berapa" not in told
    total = told.split("\nTotals\n")[1]
    assert "days (for tuning now)   0.0%" in " ".join(total.split()).replace(" 0.0%", "   0.0%")
    assert "silently wrong 100.0%" in total


def test_where_a_label_allows_it_asking_is_as_good() -> None:
    case = {"text": "cuti minggu ini atau minggu depan", "lang": "id", "now": "2026-07-08T10:00:00+07:00"}
    meant = {"op": "fill", "start": "2026-07-13", "end": "2026-07-17"}
    for label, right in ((meant, 0), (meant | {"may_ask": True}, 1)):
        days, silent, _ = understanding.named([case | {"expected": label}], wrong=False)
        assert (days.right["all"], silent.right["all"]) == (right, 0)
