"""What is said can be said: every message with the facts it gets, in both languages; dates and figures as people write them."""

import ast as python
import itertools
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pytest
from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

from core import clock, phrases
from core.phrases import LANGUAGES, angka, hari, jam, phrase, rentang, saat, tanggal, tanggal_pendek, zona
from tests.architecture.source import modules, tree
from tests.architecture.test_locales import messages

TODAY = date(2026, 7, 6)


class Asked(Visitor):
    """What a message asks for: every variable, and of those it chooses by, the forms there are."""

    def __init__(self) -> None:
        self.facts: dict[str, set[Any]] = {}

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.facts.setdefault(node.id.name, set())

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:
        if isinstance(node.selector, ast.VariableReference):
            forms = self.facts.setdefault(node.selector.id.name, set())
            for variant in node.variants:
                key = variant.key
                forms.add(key.name if isinstance(key, ast.Identifier) else int(key.value))
        self.generic_visit(node)


def asked(message: ast.Message) -> dict[str, set[Any]]:
    visitor = Asked()
    visitor.visit(message)
    return visitor.facts


def samples(message: ast.Message) -> Iterator[dict[str, Any]]:
    """Facts for every form of a message; what it only says is a word that cannot stand there by chance."""
    wanted = asked(message)
    forms = [sorted(_values(forms), key=str) or [f"<{name}>"] for name, forms in wanted.items()]
    for chosen in itertools.product(*forms):
        yield dict(zip(wanted, chosen, strict=True))


def _values(forms: set[Any]) -> set[Any]:
    """What chooses each of the forms: of a figure, one for zero, one and more."""
    numbers = {form for form in forms if isinstance(form, int)}
    if forms and forms - numbers <= {"zero", "one", "two", "few", "many", "other"}:
        return numbers | {0, 1, 2, 5}
    return forms


@cache
def known() -> dict[str, dict[str, ast.Message]]:
    """Every message by its key; reading them takes seconds, which only who asks for one waits."""
    return dict(messages())


def test_there_is_something_to_say() -> None:
    assert len(known()) > 200
    assert set(known()) == set(phrases.keys("id")) == set(phrases.keys("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_of_every_message_can_be_said(language: str) -> None:
    """One test for some thousand messages: as many tests took longer to be dealt out than to be run."""
    wrong = {key: told for key, said in known().items() if (told := _wrong(key, language, said[language]))}
    assert wrong == {}


def _wrong(key: str, language: str, message: ast.Message) -> str:
    """Why a message cannot be said, or says something that is no word; nothing when all is well."""
    said = set()
    for facts in samples(message):
        try:
            words = phrase(key, language, **facts)
        except Exception as fault:  # each is told, whatever it is
            return repr(fault)
        if not words.strip() or re.search(r"[{}\u2068\u2069]|\bNone\b", words):
            return repr(words)
        said |= {name for name, value in facts.items() if str(value) in words}
    unsaid = {name for name, forms in asked(message).items() if not forms} - said
    return f"no form says {sorted(unsaid)}" if unsaid else ""


def test_a_missing_fact_or_phrase_is_a_fault_not_a_gap() -> None:
    with pytest.raises(ValueError, match=r"people\.too_long"):
        phrase("people.too_long", "id")
    with pytest.raises(KeyError, match="nothing_of_the_kind"):
        phrase("people.nothing_of_the_kind", "en")
    with pytest.raises(KeyError, match="nowhere"):
        phrase("nowhere.at_all", "id")
    with pytest.raises(KeyError):
        phrase("people.needed", "fr")


def calls() -> Iterator[tuple[str, str, set[str]]]:
    """Each place where a phrase is said by its whole key and with its facts by name: where, key, facts."""
    for path in modules():
        for node in python.walk(tree(path)):
            if not isinstance(node, python.Call) or not node.args or not isinstance(node.args[0], python.Constant):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            given = {keyword.arg for keyword in node.keywords}
            if name == "phrase" and node.args[0].value in known() and None not in given:
                yield f"{path}:{node.lineno}", node.args[0].value, {str(one) for one in given}


def test_whoever_says_a_phrase_gives_it_its_facts() -> None:
    found = list(calls())
    assert len(found) > 30
    lacking = [
        (where, key, sorted(needed))
        for where, key, given in found
        if (needed := set().union(*(asked(said) for said in known()[key].values())) - given)
    ]
    assert lacking == []


def test_nobody_gives_a_phrase_facts_that_neither_language_says() -> None:
    idle = [
        (where, key, sorted(more))
        for where, key, given in calls()
        if (more := given - set().union(*(asked(said) for said in known()[key].values())))
    ]
    assert idle == []


# -- dates, clocks, figures --------------------------------------------------------------------------------------------


def test_a_date_is_said_with_its_day_and_its_year_only_when_it_is_another() -> None:
    assert tanggal(date(2026, 8, 12), "id", today=TODAY) == "Rabu 12 Agustus"
    assert tanggal(date(2026, 8, 12), "en", today=TODAY) == "Wednesday 12 August"
    assert tanggal(date(2027, 1, 4), "id", today=TODAY) == "Senin 4 Januari 2027"
    assert tanggal_pendek(date(2026, 8, 12), "id", today=TODAY) == "12 Agustus"
    assert tanggal_pendek(date(2025, 12, 31), "en", today=TODAY) == "31 December 2025"


@pytest.mark.parametrize(
    ("starts", "ends", "indonesian", "english"),
    [
        (date(2026, 8, 12), date(2026, 8, 12), "Rabu 12 Agustus", "Wednesday 12 August"),
        (date(2026, 8, 12), date(2026, 8, 14), "Rabu 12 - Jumat 14 Agustus", "Wednesday 12 - Friday 14 August"),
        (date(2026, 7, 30), date(2026, 8, 3), "Kamis 30 Juli - Senin 3 Agustus", "Thursday 30 July - Monday 3 August"),
        (
            date(2026, 12, 31), date(2027, 1, 4),
            "Kamis 31 Desember - Senin 4 Januari 2027", "Thursday 31 December - Monday 4 January 2027",
        ),
        (date(2027, 1, 4), date(2027, 1, 5), "Senin 4 - Selasa 5 Januari 2027", "Monday 4 - Tuesday 5 January 2027"),
        (
            date(2027, 1, 29), date(2027, 2, 1),
            "Jumat 29 Januari - Senin 1 Februari 2027", "Friday 29 January - Monday 1 February 2027",
        ),
        (
            date(2025, 12, 31), date(2026, 1, 2),
            "Rabu 31 Desember 2025 - Jumat 2 Januari", "Wednesday 31 December 2025 - Friday 2 January",
        ),
    ],
)  # fmt: skip
def test_a_range_says_once_what_both_ends_share(starts: date, ends: date, indonesian: str, english: str) -> None:
    assert rentang(starts, ends, "id", today=TODAY) == indonesian
    assert rentang(starts, ends, "en", today=TODAY) == english


def test_the_clock_is_that_of_the_place_with_its_name() -> None:
    noon = datetime(2026, 7, 6, 2, 5, tzinfo=UTC)
    assert [jam(noon, zone, "id") for zone in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")] == [
        "09.05 WIB", "10.05 WITA", "11.05 WIT",
    ]  # fmt: skip
    assert jam(noon, "Asia/Jakarta", "en") == "09:05 WIB"
    assert zona("Asia/Pontianak", noon) == "WIB"
    assert zona("Asia/Tokyo", noon) == "JST"


def test_an_instant_is_said_by_the_day_it_has_there() -> None:
    late = datetime(2026, 7, 6, 23, 30, tzinfo=UTC)
    with clock.freeze(datetime(2026, 7, 6, 3, 0, tzinfo=UTC)):
        assert saat(late, "Asia/Jakarta", "id") == "Selasa 7 Juli 06.30 WIB"
        assert saat(late, "Asia/Jakarta", "en") == "Tuesday 7 July 06:30 WIB"
    with clock.freeze(datetime(2025, 12, 31, 18, 0, tzinfo=UTC)):
        # In Jakarta it is 2026 already, so the year goes without saying.
        assert saat(datetime(2026, 1, 2, 2, 0, tzinfo=UTC), "Asia/Jakarta", "id") == "Jumat 2 Januari 09.00 WIB"


@pytest.mark.parametrize(
    ("thousandths", "indonesian", "english"),
    [
        (0, "0", "0"), (4000, "4", "4"), (3500, "3,5", "3.5"), (500, "0,5", "0.5"), (-8000, "−8", "−8"),
        (-500, "−0,5", "−0.5"), (1_234_500, "1.234,5", "1,234.5"),
    ],
)  # fmt: skip
def test_days_are_written_as_people_write_them(thousandths: int, indonesian: str, english: str) -> None:
    assert (hari(thousandths, "id"), hari(thousandths, "en")) == (indonesian, english)


def test_figures_have_their_thousands_apart_and_a_real_minus() -> None:
    assert (angka(5920000, "id"), angka(5920000, "en")) == ("5.920.000", "5,920,000")
    assert angka(-5920000, "id") == "−5.920.000"
    assert "-" not in angka(-1, "en") + hari(-1000, "en")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("nganter anak\nDisetujui Sari, Senin", "nganter anak Disetujui Sari, Senin"),
        ("a\r\n\u2028b\u2029c\x85d\x0be", "a b c d e"),
        ("\u202ekabalret\u202c biasa", "kabalret biasa"),
        ("  dua   spasi ", "dua spasi"),
        ("\n \u200f", ""),
    ],
)
def test_what_somebody_typed_is_one_line(typed: str, shown: str) -> None:
    assert phrases.one_line(typed) == shown


@pytest.mark.parametrize("length", [1, 1999, 2000, 2001, 2501, 50_000])
def test_a_fact_is_said_whole_however_long_it_is(length: int) -> None:
    """Fluent itself refuses what is longer than 2,500 signs: what somebody pasted must not stop a page or a message."""
    typed = "x" * length
    for language in LANGUAGES:
        assert phrase("channels.resent", language, text=typed).count("x") >= length
        assert typed in phrase("channels.resent", language, text=typed)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("\u202ekabalret\u202c kartu\nlagi", "kabalret kartu"),
        ("\u200f\n  \nSeragam   baru", "Seragam baru"),
        ("\u2067\u2069", "…"),
        ("satu dua tiga empat", "satu dua…"),
    ],
)
def test_a_first_line_turns_nothing_around(typed: str, shown: str) -> None:
    assert phrases.first_line(typed, 12 if "empat" in typed else 80) == shown
