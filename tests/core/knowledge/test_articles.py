"""Articles and their blocks: what is refused in a file, what is filled in, what of it a chat says."""

import dataclasses
from datetime import date

import pytest

from core import rates
from core.knowledge import articles, blocks, topics
from core.knowledge.articles import Malformed

TODAY = date(2026, 7, 8)
FILE = """---
id: aturan-seragam
language: id
title: Aturan seragam
aliases: seragam dibagi kapan, ukuran seragam
audience: employees
roles: employee
valid_from: 2026-01-01
review_by: 2027-01-01
source: Peraturan perusahaan pasal 12
---
# Aturan seragam

Dibagi **setiap Juli**, lihat [cuti](minta-cuti.id.md). Iurannya {figure:bpjs_kesehatan.employee} persen.

- Ukuran ditukar di pos 2.
- Sisa cutimu {mine:balance}.

{open:ticket}
"""


def test_a_file_is_read_with_what_it_says_of_itself() -> None:
    one = articles.parse(FILE)
    assert (one.id, one.title, one.label) == ("aturan-seragam", "Aturan seragam", "Aturan seragam")
    assert one.aliases == ("seragam dibagi kapan", "ukuran seragam")
    assert one.answer == "Dibagi setiap Juli, lihat cuti. Iurannya {figure:bpjs_kesehatan.employee} persen."
    assert one.paragraphs[1:] == ["Ukuran ditukar di pos 2.", "Sisa cutimu {mine:balance}."]
    assert one.may_read({"employee", "approver"})
    assert not one.may_read({"agent"})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("source: Peraturan perusahaan pasal 12\n", "", "without source"),
        ("review_by: 2027-01-01", "review_by: besok", "a day is none"),
        ("roles: employee", "roles: everybody", "roles there are not: everybody"),
        ("{mine:balance}", "{mine:salary}", "only balance"),
        ("{mine:balance}", "{figure:bpjs_sehat.employee}", "rates.toml has no"),
        ("{mine:balance}", "{yours:balance}", "is no block"),
        ("---\nid", "id", "no front matter"),
        ("id: aturan-seragam", "id: Aturan Seragam", "is no id"),
    ],
)
def test_what_is_no_article_says_what_is_wrong(old: str, new: str, said: str) -> None:
    with pytest.raises(Malformed, match=said):
        articles.parse(FILE.replace(old, new, 1))


def test_blocks_are_filled_in_for_their_reader_and_offer_their_flow() -> None:
    told = blocks.fill(articles.parse(FILE).body, "id", on=TODAY, known={"mine:balance": "4 hari"})
    assert "Iurannya 1 persen." in told.text
    assert "Sisa cutimu 4 hari." in told.text
    assert "{open" not in told.text
    assert told.opens == ("ticket",)


def test_what_is_not_known_of_a_reader_is_said_to_be_so_and_no_name_becomes_a_sign() -> None:
    assert blocks.fill("Sisa {mine:balance}.", "id", on=TODAY, known={}).text == "Sisa (belum tercatat)."
    told = blocks.fill("Ke {holder:desk}.", "en", on=TODAY, known={"holder:desk": "A*b* [c](d)"}, markdown=True)
    assert told.text == r"Ke A\*b\* \[c\](d)."


@pytest.mark.parametrize(
    ("path", "on", "told"),
    [
        ("ptkp_amounts.K/1", TODAY, "Rp63.000.000"),
        ("bpjs_jht.employer", TODAY, "3,7"),
        ("leave.own_marriage.days", TODAY, "3"),
        ("article17.brackets.0.1", TODAY, "5"),
        ("jp_cap", date(2026, 2, 28), "Rp10.547.400"),
        ("jp_cap", date(2026, 3, 1), "Rp11.086.300"),
        ("bpjs_jkp.total", date(2025, 2, 6), "0,46"),
        ("bpjs_jkp.total", date(2025, 2, 7), "0,36"),
    ],
)
def test_a_figure_of_the_law_is_that_of_its_day(path: str, on: date, told: str) -> None:
    assert blocks.figure(path, "id", on=on) == told


@pytest.mark.parametrize(
    "path", ["dtp.percent", "leave.none.days", "thr.wage", "bpjs_kesehatan", "article17.brackets.9.0"]
)
def test_a_path_that_leads_to_no_figure_is_refused(path: str) -> None:
    with pytest.raises(LookupError):
        rates.figure(path, TODAY)


def test_a_figure_that_held_until_a_day_is_no_figure_afterwards() -> None:
    path = "dtp.permanent_max_fixed_regular_gross"
    assert rates.figure(path, date(2026, 12, 31)) == 10_000_000
    assert blocks.fill(f"{{figure:{path}}}", "en", on=date(2027, 1, 1), known={}).text == "(not on record)"


def test_every_article_stands_under_one_topic_and_what_a_company_wrote_comes_first() -> None:
    shipped = [one for one in articles.shipped().values() if one.language == "id"]
    own = dataclasses.replace(shipped[0], id="seragam", audience="employees", own=True)
    grouped = topics.grouped([*shipped, own])
    stand = [one.id for topic in grouped for one in topic.articles]
    assert sorted(stand) == sorted(one.id for one in [*shipped, own])
    assert [topic.name for topic in grouped if own in topic.articles] == [topics.OWN]
    assert grouped[0].name == topics.OWN
    assert [topic.articles for topic in grouped if topic.name == topics.OTHER] == [], "put it into topics.toml"
    named = [name for audience in topics.order().values() for ids in audience.values() for name in ids]
    assert set(named) <= {one.id for one in shipped}, "topics.toml names what is not there"
    # The tax of a year's end is looked for under tax, not at P of an alphabet.
    assert "pph21-desember" in [one.id for topic in grouped if topic.name == "tax" for one in topic.articles]
