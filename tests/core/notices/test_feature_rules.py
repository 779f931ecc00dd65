"""The way of a wish, what must be known before each step, and which wish is like another."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from core.notices import feature_rules
from core.notices.feature_rules import Step

WISHES = ["Pengingat ulang tahun tim", "Slip gaji dikirim ke WhatsApp", "Ekspor kalender cuti", "Mode gelap"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("pengingat ultah temen satu tim", 0),
        ("tim saya diingatkan ulang tahun anggotanya, pakai pengingat", 0),
        ("slip gaji bisa dikirim lewat wa dong", 1),
        ("kalender cuti bisa diekspor", 2),
        ("slip gaji bisa dibaca suara", None),
        ("makan siang gratis", None),
        ("mode", None),
        ("", None),
    ],
)
def test_a_wish_finds_the_one_it_is_like(words: str, found: int | None) -> None:
    assert feature_rules.alike(words, enumerate(WISHES)) == found


@pytest.mark.parametrize(
    ("now", "step", "no"),
    [
        ("new", Step("reviewing"), "ideas.title_needed"),
        ("new", Step("planned", law="UU 13/2003"), "ideas.no_such_step"),
        ("reviewing", Step("planned", law="  "), "ideas.law_needed"),
        ("planned", Step("released"), "ideas.release_needed"),
        ("reviewing", Step("declined"), "ideas.reason_needed"),
        ("released", Step("declined", answer="batal"), "ideas.no_such_step"),
        ("merged", Step("reviewing", title="x"), "ideas.no_such_step"),
    ],
)
def test_what_is_missing_is_said(now: str, step: Step, no: str) -> None:
    with pytest.raises(Refused) as told:
        feature_rules.check(now, step)
    assert told.value.key == no


@given(st.lists(st.sampled_from(feature_rules.STATES), max_size=8), st.booleans())
def test_no_way_leads_to_a_plan_or_a_release_past_the_check_of_the_law(ways: list[str], checked: bool) -> None:
    now, looked_at = "new", False
    for to in ways:
        step = Step(
            to, title="Judul", law="UU 13/2003: tidak diatur" if checked else "", answer="sebab", release="2026.4"
        )
        try:
            feature_rules.check(now, step)
        except Refused:
            continue
        looked_at = looked_at or (to == "planned" and checked)
        now = to
    assert now not in ("planned", "released") or looked_at


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2060, 1, 1)))
def test_notes_come_within_a_quarter_on_its_first_day(day: date) -> None:
    notes = feature_rules.next_notes(day)
    assert timedelta(0) < notes - day <= timedelta(days=92)
    assert (notes.day, notes.month % 3) == (1, 1)
