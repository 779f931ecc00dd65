"""Sentences that were not understood: seen without who wrote them, labelled, taken back, taken away as a file."""

import csv
import html
import io
import re

from core import database
from core.accounts.roles import SUPER
from core.audit import AuditEntry
from core.messaging import misses
from core.messaging.tables import Lesson, Miss
from tests.backoffice.conftest import Installation

SAID = "kulkas dapur berbunyi terus"


async def missed(house: Installation, words: str = SAID, why: str = misses.UNHEARD) -> str:
    async with database.transaction(house.maju.company):
        return await misses.keep(
            words, person=house.maju.budi.person, language="id", why=why, guessed=["ticket_new", "tax"],
        )  # fmt: skip


async def test_a_sentence_is_shown_without_its_writer_labelled_and_taken_back(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    public = await missed(house)
    shown = (await ratna.get(f"/{slug}/misses")).text
    assert "<h1>1 kalimat menunggu label.</h1>" in shown
    assert SAID in shown
    assert "lapor kendala, pajak" in shown
    assert "Budi" not in shown
    answer = await ratna.post(f"/{slug}/misses/{public}/label", label="ticket_new", state="why=unheard")
    told = (await ratna.get(answer.headers["location"])).text
    assert "Label disimpan" in told
    assert SAID not in told
    assert SAID in (await ratna.get(f"/{slug}/misses?show=labelled&label=ticket_new")).text
    assert SAID not in (await ratna.get(f"/{slug}/misses?show=labelled&label=tax")).text
    assert f'action="/{slug}/misses/{public}/label"' in told, "the way back"
    undone = await ratna.post(f"/{slug}/misses/{public}/label", state="")
    assert SAID in (await ratna.get(undone.headers["location"])).text
    async with database.reading(house.maju.company):
        rows = await AuditEntry.select().where(AuditEntry.action == "miss.labelled").order_by(AuditEntry.seq)
    assert [row["actor"] for row in rows] == [f"person:{house.maju.ratna.person}"] * 2
    assert "melabeli kalimat" in (await ratna.get(f"/{slug}/audit")).text


async def test_the_weeks_are_drawn_and_told(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    await missed(house)
    await missed(house, "mesin kopi mati")
    shown = (await ratna.get(f"/{slug}/misses")).text
    assert "2 kalimat belum dipahami dalam 12 minggu" in shown
    drawn = [int(number) for number in re.findall(r'<rect[^>]*data-number="(\d+)"', shown)]
    twin = shown.partition('class="twin"')[2].partition("</table>")[0]
    assert drawn == [int(number) for number in re.findall(r'<td class="number">(\d+)</td>', twin)] == [0] * 11 + [2]


async def test_the_file_holds_what_the_page_shows(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    await missed(house)
    await missed(house, "bayar parkir siapa", misses.PERSON)
    raw = (await ratna.post(f"/{slug}/misses/export", state="why=person", format="csv")).content
    rows = [row for row in csv.reader(io.StringIO(raw.decode("utf-8-sig"))) if len(row) == 4]
    assert [row[1] for row in rows] == ["Kalimat", "bayar parkir siapa"]


async def test_what_is_left_of_sentences_that_are_gone_is_shown_and_unlearnt(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    other, lina = await house.slug(house.sinar), await house.as_person(house.sinar, "lina")
    public = await missed(house)
    await ratna.post(f"/{slug}/misses/{public}/label", label="ticket_new")
    async with database.transaction(house.maju.company):
        (row,) = await Miss.select(Miss.id)
        await misses.let_go([row["id"]])
        (lesson,) = await Lesson.select(Lesson.public)
    told = (await ratna.get(f"/{slug}/misses/taught")).text
    assert SAID in told
    assert "lapor kendala" in told
    there = f"taught/{lesson['public']}"
    assert SAID not in (await lina.get(f"/{other}/misses/taught")).text
    assert (await lina.post(f"/{other}/misses/{there}")).status_code == 404
    answer = await ratna.post(f"/{slug}/misses/{there}")
    told = (await ratna.get(answer.headers["location"])).text
    assert "Dilupakan" in told
    assert SAID not in told


async def test_keys_give_the_labels_that_are_given_most(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    await missed(house)
    shown = (await ratna.get(f"/{slug}/misses")).text
    digits = dict(re.findall(r'<option value="(\w+)" data-digit="(\d)"', shown))
    assert sorted(digits.values()) == list("123456789")
    assert digits["leave_request"] == "1"
    assert f"<kbd>{digits['sick_leave']}</kbd> sakit" in shown


async def test_another_company_sees_and_labels_nothing_of_ours(house: Installation) -> None:
    public, other = await missed(house), await house.slug(house.sinar)
    lina = await house.as_person(house.sinar, "lina")
    assert SAID not in (await lina.get(f"/{other}/misses?show=all")).text
    assert (await lina.post(f"/{other}/misses/{public}/label", label="tax")).status_code == 404


async def test_a_label_that_is_none_is_refused_and_words_of_an_erased_person_are_not_shown(house: Installation) -> None:
    slug, owner = await house.slug(house.maju), await house.as_role(house.maju, SUPER)
    public = await missed(house)
    refused = await owner.post(f"/{slug}/misses/{public}/label", label="teleport")
    assert refused.status_code == 422
    assert "tidak dikenal" in html.unescape(refused.text)
    async with database.transaction(house.maju.company):
        await Miss.update({Miss.person: house.maju.tono.person}).where(Miss.public == public)
    assert "(tidak bisa dibuka lagi)" in (await owner.get(f"/{slug}/misses")).text


async def test_the_weeks_have_names_short_enough_to_stand_side_by_side(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    shown = (await ratna.get(f"/{slug}/misses")).text
    names = re.findall(r'<text x="[\d.]+" y="118"[^>]*>([^<]+)</text>', shown)
    assert len(names) == 12
    assert names[-1] == "6 Jul"
    assert all(len(one) <= len("30 Sep") for one in names), names
