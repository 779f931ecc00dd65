"""Tickets that are merged, taken apart, split, tied, put aside and handed back: what clocks, requester and notes see."""

import random
from datetime import timedelta

import pytest

from backoffice import tickets_told
from core import clock, database
from core.errors import Refused
from core.helpdesk import handing, links, mentions, merging, snoozing, tickets
from core.helpdesk.tables import Ticket
from core.messaging import buttons
from tests.core.cast import Cast, as_
from tests.core.conftest import MONDAY
from tests.core.helpdesk.test_tickets import HOUR, again, asks, texts, web


async def two(maju: Cast) -> tuple[Ticket, Ticket]:
    """Two of Budi's, the second an hour after the first."""
    first = await asks(maju)
    with clock.freeze(MONDAY + HOUR):
        return first, await asks(maju, "seragam saya kapan")


async def refused(maju: Cast, source: Ticket, target: Ticket) -> str:
    with pytest.raises(Refused) as no:
        async with database.transaction(maju.company):
            await merging.merge(source, target, by=as_(maju.ratna))
    return no.value.key


async def test_a_merge_keeps_the_earlier_promise_and_tells_its_requester(maju: Cast) -> None:
    first, second = await two(maju)
    with clock.freeze(MONDAY + 2 * HOUR):
        async with database.transaction(maju.company):
            await tickets.note(first, "rahasia dapur", by=as_(maju.ratna))
            await merging.merge(first, second, by=as_(maju.ratna))
        first, second = await again(maju, first), await again(maju, second)
        assert first.state == "closed"
        assert first.answer_promise is None
        assert second.answer_promise == MONDAY + 48 * HOUR, "the one that was asked first"
        assert second.first_answered_at is None, "a merge is no answer"
        assert "T-1 digabung ke T-2" in (await texts(maju, maju.budi))[-1]
        assert "Rabu 8 Juli 09.00 WIB" in (await texts(maju, maju.budi))[-1]
        async with database.transaction(maju.company):  # what is written to the first goes on in the second
            told = await tickets.write(first, "ukuran L", by=as_(maju.budi))
            assert told.ticket.number == "T-2"
            await tickets.answer(second, "Senin.", by=as_(maju.ratna), read=(await again(maju, second)).last)
        async with database.reading(maju.company):
            inside = await tickets_told.ticket(second, "id", "Asia/Jakarta", by="x")
            theirs = await tickets_told.ticket(second, "id", "Asia/Jakarta", by="x", inside=False)
            assert [one.number for one in await tickets.of_person(maju.budi.person)] == ["T-2"]
    said = [line.words for line in inside.lines]
    assert said.index("seragam baru kapan dibagi") < said.index("seragam saya kapan") < said.index("rahasia dapur")
    assert "rahasia dapur" not in [line.words for line in theirs.lines]
    assert "seragam baru kapan dibagi" in [line.words for line in theirs.lines]


async def test_what_was_merged_is_taken_apart_as_it_stood(maju: Cast) -> None:
    first, second = await two(maju)
    with clock.freeze(MONDAY + 2 * HOUR):
        async with database.transaction(maju.company):
            await merging.merge(second, first, by=as_(maju.ratna))
            await merging.unmerge(second, by=as_(maju.ratna))
    second = await again(maju, second)
    assert (second.state, second.answer_promise) == ("new", MONDAY + 49 * HOUR)
    assert (await again(maju, first)).answer_promise == MONDAY + 48 * HOUR
    assert "T-2 dipisahkan lagi dari T-1" in (await texts(maju, maju.budi))[-1]
    async with database.transaction(maju.company):
        await merging.merge(second, first, by=as_(maju.ratna))
    with clock.freeze(MONDAY + timedelta(days=31)), pytest.raises(Refused) as no:
        async with database.transaction(maju.company):
            await merging.unmerge(await again(maju, second), by=as_(maju.ratna))
    assert no.value.key == "tickets.unmerge_late"


async def test_what_cannot_be_merged(maju: Cast) -> None:
    first, second = await two(maju)
    third, others = await asks(maju, "lain"), await asks(maju, "seragam", who="tono")
    assert await refused(maju, first, first) == "tickets.merge_itself"
    assert await refused(maju, first, others) == "tickets.merge_other_person"
    async with database.transaction(maju.company):
        await merging.merge(second, first, by=as_(maju.ratna))
    assert await refused(maju, first, third) == "tickets.merge_chain"
    assert await refused(maju, second, third) == "tickets.merge_closed"


async def test_a_message_becomes_a_ticket_asked_when_it_was_written(maju: Cast) -> None:
    row = await asks(maju)
    async with database.transaction(maju.company):
        await tickets.answer(row, "Senin.", by=as_(maju.ratna), read=row.last)
        await tickets.note(row, "rahasia", by=as_(maju.ratna))
    with clock.freeze(MONDAY + HOUR):
        async with database.transaction(maju.company):
            await tickets.write(row, "oh ya, slip gaji saya mana?", by=as_(maju.budi))
    row = await again(maju, row)
    assert row.answer_promise == MONDAY + 49 * HOUR
    with clock.freeze(MONDAY + 5 * HOUR):
        async with database.transaction(maju.company):
            made = await merging.split(row, row.last, by=as_(maju.ratna))
            with pytest.raises(Refused) as no:
                await merging.split(row, row.last, by=as_(maju.ratna))
            assert no.value.key == "tickets.split_what"
            for event in await tickets.events_of(row):
                if event.kind in ("noted", "opened", "answered"):
                    with pytest.raises(Refused):
                        await merging.split(row, event.id, by=as_(maju.ratna))
        assert (await again(maju, row)).answer_promise is None, "it is asked there now"
    assert made.answer_promise == MONDAY + 49 * HOUR
    assert "T-2" in (await texts(maju, maju.budi))[-1]
    async with database.reading(maju.company):
        assert tickets.subject(made) == "oh ya, slip gaji saya mana?"
        assert [(one.kind, one.ticket.number) for one in await links.of(row)] == [("split", "T-2")]


async def test_a_ticket_put_aside_comes_back_on_its_day_or_when_its_requester_writes(maju: Cast) -> None:
    row = await asks(maju)
    for until in (MONDAY, MONDAY + timedelta(days=400)):
        with pytest.raises(Refused):
            async with database.transaction(maju.company):
                await snoozing.snooze(row, until, by=as_(maju.ratna))
    day = MONDAY + timedelta(days=1)
    async with database.transaction(maju.company):
        await snoozing.snooze(row, day, by=as_(maju.ratna))
        assert await tickets.take_next(by=as_(maju.ratna)) is None
    assert (await again(maju, row)).answer_promise == MONDAY + 48 * HOUR, "its clocks run on"
    await snoozing.come_back(maju.company, row.id)
    assert (await again(maju, row)).snoozed_until == day, "its day has not come"
    with clock.freeze(day):
        await snoozing.come_back(maju.company, row.id)
    assert (await again(maju, row)).snoozed_until is None
    async with database.transaction(maju.company):
        await snoozing.snooze(row, day, by=as_(maju.ratna))
        await tickets.write(row, "gimana?", by=as_(maju.budi))
    assert (await again(maju, row)).snoozed_until is None


async def test_the_talk_is_handed_back_to_the_step_at_which_it_stopped(maju: Cast) -> None:
    budi = maju.budi
    facts = {"flow": "leave", "asked": "leave.confirm", "answers": {"leave.when": {"starts": "2026-07-13"}}}
    async with database.transaction(maju.company):
        row = (await tickets.submit(budi, "bingung", address=web(budi), by=as_(budi), facts=facts)).ticket
        await tickets.answer(row, "Begini.", by=as_(maju.ratna), read=row.last)
        await handing.hand_back(row, by=as_(maju.ratna))
    told = (await maju.told(budi))[-1]
    assert "Ratna menyerahkan obrolan ini kembali ke saya" in told.text
    async with database.reading(maju.company):
        button = await buttons.find(told.choices[0].token, person=budi.person)
        assert button is not None
        assert buttons.value_of(button) == {"flow": "leave", "answers": facts["answers"]}


async def test_colleagues_named_in_a_note_are_told_of_it_and_not_what_it_says(maju: Cast) -> None:
    row = await asks(maju)
    async with database.transaction(maju.company):
        named = await mentions.note(
            row, "@Hendra Wijaya tolong cek rahasia ini, tanya juga @budi", by=as_(maju.ratna), writer=maju.ratna.person
        )
    assert [one.name for one in named] == ["Hendra Wijaya"], "Budi does not work at the desk"
    (told,) = await texts(maju, maju.hendra)
    assert "T-1" in told
    assert "rahasia" not in told
    async with database.transaction(maju.company):
        assert await mentions.unseen(maju.hendra.person) == [(row.public, "T-1")]
        await mentions.seen(row, maju.hendra.person)
        assert await mentions.unseen(maju.hendra.person) == []


def test_names_are_found_after_an_at_and_nowhere_else() -> None:
    some = [mentions.Colleague(1, "Nina Sari"), mentions.Colleague(2, "Nina Putri"), mentions.Colleague(3, "Agus")]
    assert [one.person for one in mentions.named_in("@nina sari dan @AGUS.", some)] == [3, 1]
    assert mentions.named_in("surat ke x@agus.id, Agus", some) == []
    with pytest.raises(Refused) as no:
        mentions.named_in("@nina tolong", some)
    assert no.value.key == "tickets.mention_which"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("seragam baru kapan dibagi", "kapan seragam baru dibagi ya?", True),
        ("slip gaji juni salah", "Slip gaji Juni kok salah lagi", True),
        ("seragam baru kapan dibagi", "slip gaji kapan dibagi", False),
        ("kapan ya", "kapan dong", False),
    ],
)
def test_the_same_question_is_known_by_its_words(one: str, other: str, alike: bool) -> None:
    assert links.same(one, other) is alike


async def test_alike_tickets_of_the_same_person_are_offered(maju: Cast) -> None:
    first, second = await two(maju)
    await asks(maju, "seragam baru kapan dibagi", who="tono")
    await asks(maju, "slip gaji juni")
    async with database.reading(maju.company):
        assert [one.number for one in await links.alike(second)] == ["T-1"]
        assert [one.number for one in await links.alike(first)] == ["T-2"]


async def test_tags_and_links_are_put_on_once_and_taken_off(maju: Cast) -> None:
    first, second = await two(maju)
    by = as_(maju.ratna)
    async with database.transaction(maju.company):
        await links.tag(first, "  Seragam ", by=by)
        await links.tag(first, "seragam", by=by)
        assert await links.tags_of(first) == ["seragam"]
        assert await links.tags_in_use() == ["seragam"]
        await links.untag(first, "seragam", by=by)
        assert await links.tags_of(first) == []
        await links.tie(first, second, links.RELATED, by=by)
        for one, other in ((first, second), (second, first), (first, first)):
            with pytest.raises(Refused):
                await links.tie(one, other, links.DUPLICATE, by=by)
        await links.untie(second, first, by=by)
        assert await links.of(first) == []


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_is_done_with_tickets_no_note_becomes_public(maju: Cast, seed: int) -> None:
    chance, by = random.Random(seed), as_(maju.ratna)
    rows = [await asks(maju, f"pertanyaan nomor {number}") for number in range(3)]
    for step in range(30):
        row = await again(maju, chance.choice(rows))
        act = chance.choice(("note", "note", "answer", "write", "merge", "unmerge", "split", "back", "solve"))
        try:
            with clock.freeze(MONDAY + step * timedelta(minutes=7)):
                async with database.transaction(maju.company):
                    if act == "note":
                        await mentions.note(row, f"@Budi RAHASIA {step}", by=by, writer=None)
                    elif act == "answer":
                        await tickets.answer(row, f"jawaban {step}", by=by, read=row.last)
                    elif act == "write":
                        await tickets.write(row, f"tambahan {step}", by=as_(maju.budi))
                    elif act == "merge":
                        await merging.merge(row, await again(maju, chance.choice(rows)), by=by)
                    elif act == "unmerge":
                        await merging.unmerge(row, by=by)
                    elif act == "split":
                        event = chance.choice(await tickets.events_of(row))
                        rows.append(await merging.split(row, event.id, by=by))
                    elif act == "back":
                        await handing.hand_back(row, by=by)
                    else:
                        await tickets.solve(row, by=by, read=row.last)
        except Refused:
            continue
    assert not [text for text in await texts(maju, maju.budi) if "RAHASIA" in text]
    async with database.reading(maju.company):
        for row in await Ticket.objects():
            theirs = await tickets_told.ticket(row, "id", "Asia/Jakarta", by="x", inside=False)
            assert not [line for line in theirs.lines if "RAHASIA" in line.words]
            for event in await tickets.events_of(row):
                assert not (event.public and "RAHASIA" in tickets.words_of(event))
