"""What was not understood is kept for an administrator, sealed and without what opens anything."""

import pytest

from bot.dialog.concepts import LEXICON
from core import clock, database, purges
from core.audit import Actor
from core.errors import Refused
from core.messaging import misses
from core.messaging.tables import Lesson, Miss
from core.retention import YEAR
from tests.bot.conftest import Talk
from tests.core.cast import lay
from tests.core.conftest import MONDAY

HR = Actor("person:2", "web")


async def kept(talk: Talk) -> list[dict[str, object]]:
    async with database.reading(talk.cast.company):
        rows = await Miss.select().order_by(Miss.id)
        return [
            {"said": misses.told(row), **{name: row[name] for name in ("why", "chosen", "label", "language")}}
            for row in rows
        ]


def test_labels_are_what_the_talk_knows() -> None:
    assert set(misses.LABELS) == set(LEXICON["rules"]) | {misses.OUT_OF_SCOPE, misses.IGNORE}
    assert len(misses.LABELS) == len(set(misses.LABELS))


async def test_a_sentence_nobody_understands_is_kept_and_one_that_is_understood_is_not(talk: Talk) -> None:
    await talk.writes("777", "sisa cuti berapa")
    await talk.writes("777", "kulkas dapur berbunyi terus")
    (one,) = await kept(talk)
    assert one == {"said": "kulkas dapur berbunyi terus", "why": "unheard", "chosen": None, "label": None,
                   "language": "id"}  # fmt: skip


async def test_who_asks_for_a_person_after_an_answer_was_not_understood(talk: Talk) -> None:
    await talk.writes("777", "sisa cuti berapa")
    await talk.writes("777", "orang")
    await talk.writes("777", "orang")
    assert [(one["said"], one["why"]) for one in await kept(talk)] == [("sisa cuti berapa", "person")]


async def test_what_does_not_answer_the_question_is_kept(talk: Talk) -> None:
    await talk.writes("777", "mau cuti")
    await talk.writes("777", "kulkas dapur berbunyi")
    assert [(one["said"], one["why"]) for one in await kept(talk)] == [("kulkas dapur berbunyi", "answer")]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("pin saya 482913 lupa", "pin saya … lupa"),
        ("nik 3175 0155 0001 7349 salah", "nik … salah"),
        ("kirim ke budi@contoh.example ya", "kirim ke …@… ya"),
        ("kemarin 2026-08-12 sampai 14/08/2026", "kemarin 2026-08-12 sampai 14/08/2026"),
    ],
)
def test_what_opens_or_names_is_taken_out(said: str, left: str) -> None:
    assert misses.without_secrets(said) == left


async def test_sentences_of_a_year_ago_are_gone_and_counted_no_more(talk: Talk) -> None:
    await talk.writes("777", "kulkas dapur berbunyi terus")
    async with database.reading(talk.cast.company):
        weeks = await misses.by_week(3, "Asia/Jakarta")
    assert [(missed, waiting) for _, missed, waiting in weeks] == [(0, 0), (0, 0), (1, 1)]
    with clock.freeze(MONDAY + YEAR * 1.01):
        await purges.sweep(talk.cast.company)
    assert await kept(talk) == []


async def test_who_is_named_in_a_sentence_is_not_kept_and_days_and_months_stay(talk: Talk) -> None:
    await talk.writes("777", "kulkas Tono Prasetyo dan Bu Sari berbunyi terus hari senin 3 juli")
    (one,) = await kept(talk)
    assert one["said"] == "kulkas … dan Bu … berbunyi terus hari senin 3 juli"


async def test_what_a_sentence_taught_stays_when_it_goes_until_it_is_taken_back(talk: Talk) -> None:
    said = "kulkas dapur berbunyi terus"
    for words in (said, "mesin kopi mati total", "atap bocor lagi deras"):
        await talk.writes("777", words)
    async with database.transaction(talk.cast.company):
        for row in await Miss.select():
            if (heard := misses.told(row)) != "atap bocor lagi deras":
                await misses.label(row["public"], "leave_balance" if heard == said else misses.IGNORE, by=HR)
    with clock.freeze(MONDAY + YEAR * 1.01):
        await purges.sweep(talk.cast.company)
        assert await kept(talk) == []
        await talk.confirms("budi")
        assert (await talk.writes("777", said))[0].key == "leave.no_lots", "the balance of a year nobody granted"
        async with database.transaction(talk.cast.company):
            (row,) = await Lesson.select()
            assert misses.lesson(row) == said
            assert not await misses.take_back("nothing", by=HR)
            assert await misses.take_back(row["public"], by=HR)
        (answer,) = await talk.writes("777", said)
        assert answer.key.startswith(("dialog.missed", "dialog.did_you_mean"))


async def test_a_label_holds_with_names_in_the_sentence_and_where_a_kind_of_leave_is_read(talk: Talk) -> None:
    said = "gue tepar nih kucing tetangga bertelur"
    await talk.writes("777", said)
    async with database.transaction(talk.cast.company):
        (row,) = await Miss.select()
        await misses.label(row["public"], "sick_leave", by=HR)
    (answer,) = await talk.writes("777", said)
    assert "sakit" in answer.text.casefold(), answer.text
    await talk.writes("777", "batal")
    async with database.transaction(talk.cast.company):
        await misses.keep("tono berdendang terus", person=talk.cast.budi.person, language="id", why=misses.UNHEARD)
        (row,) = await Miss.select().where(Miss.label.is_null())
        await misses.label(row["public"], "leave_balance", by=HR)
    (answer,) = await talk.writes("777", "wati lestari berdendang terus")
    assert answer.key == "leave.balance"


async def test_a_label_is_given_changed_and_taken_back_and_another_company_has_none(talk: Talk) -> None:
    await talk.writes("777", "kulkas dapur berbunyi terus")
    async with database.transaction(talk.cast.company):
        (row,) = await Miss.select()
        before = await misses.revision()
        with pytest.raises(Refused, match="no_label"):
            await misses.label(row["public"], "teleport", by=HR)
        assert await misses.label(row["public"], "ticket_new", by=HR)
        assert await misses.taught() == [("kulkas dapur berbunyi terus", "ticket_new")]
        assert await misses.revision() != before
        assert await misses.label(row["public"], misses.IGNORE, by=HR)
        assert await misses.taught() == []
        assert await misses.label(row["public"], None, by=HR)
        assert not await misses.label("nothing", None, by=HR)
    assert (await kept(talk))[0]["label"] is None


async def test_what_is_labelled_is_understood_with_what_is_like_it_in_that_company_alone(
    talk: Talk,
) -> None:
    said, alike = "kulkas dapur berbunyi terus", "kulkas di dapur lantai dua berbunyi terus"
    sinar = Talk(await lay("PT Sinar Laut", at="sinar.example"), _number=100)
    await sinar.link("budi", "999")
    for chat in ("777", "999"):
        for words in (said, alike):
            (answer,) = await (talk if chat == "777" else sinar).writes(chat, words)
            assert answer.key.startswith(("dialog.missed", "dialog.did_you_mean")), (words, answer.key)
    async with database.transaction(talk.cast.company):
        public = next(row["public"] for row in await Miss.select() if misses.told(row) == said)
        await misses.label(public, "leave_balance", by=HR)
    for words in (said, alike):
        (answer,) = await talk.writes("777", words)
        assert answer.key == "leave.balance", words
        (answer,) = await sinar.writes("999", words)
        assert answer.key.startswith(("dialog.missed", "dialog.did_you_mean")), words
    async with database.transaction(talk.cast.company):
        await misses.label(public, None, by=HR)
    (answer,) = await talk.writes("777", said)
    assert answer.key.startswith(("dialog.missed", "dialog.did_you_mean"))


async def test_a_label_counts_for_a_stranger_where_one_company_is_served(talk: Talk) -> None:
    said = "kulkas dapur berbunyi terus"
    (told,) = await talk.writes("555", said)
    assert told.key == "linking.hello", "it says nothing we know"
    await talk.writes("777", said)
    async with database.transaction(talk.cast.company):
        (row,) = await Miss.select()
        await misses.label(row["public"], "ticket_new", by=HR)
    (told,) = await talk.writes("555", said)
    assert told.key == "linking.unlinked", "whoever asks for a thing hears that it needs a link"
