"""Saved replies and answers that can be taken back: what is filled in, what refuses to leave, what leaves once."""

from datetime import timedelta

import pytest

from core import clock, database, desk_figures, jobs
from core.errors import Refused
from core.helpdesk import outgoing, replies, tickets
from core.helpdesk.replies import Wording
from core.helpdesk.tables import OutgoingAnswer, Ticket, TicketEvent
from tests.core.cast import Cast, as_
from tests.core.conftest import MONDAY
from tests.core.helpdesk.test_tickets import again, asks, texts

assert desk_figures  # registers the sealed figures
ARRIVE = Wording("jadwal", "Jadwal seragam", "Halo {{nama_depan}}, tiket {{nomor}}.", "Hi {{first_name}}, {{number}}.")


async def sent(maju: Cast, row: Ticket, words: str) -> list[str]:
    async with database.transaction(maju.company):
        await tickets.answer(row, words, by=as_(maju.ratna), read=row.last)
    return await texts(maju, maju.budi)


async def test_braces_are_filled_for_the_requester(maju: Cast) -> None:
    row = await asks(maju)
    told = await sent(maju, row, "Halo {{nama}}, {{Nomor}} dijawab {{petugas}} sebelum {{ janji }}.")
    assert "Halo Budi Santoso, T-1 dijawab Ratna sebelum Rabu 8 Juli 09.00 WIB." in told[-1]


async def test_a_sealed_figure_reaches_its_requester_and_not_the_desk(maju: Cast) -> None:
    await maju.night()
    row = await asks(maju)
    told = await sent(maju, row, "Sisa cutimu {{sisa_cuti}}.")
    figure = told[-1].partition("Sisa cutimu ")[2]
    assert figure.endswith("hari.")
    async with database.reading(maju.company):
        (event,) = [one for one in await tickets.events_of(row) if one.kind == "answered"]
        assert tickets.words_of(event) == "Sisa cutimu {{sisa_cuti}}."


@pytest.mark.parametrize("words", ["Halo {{nama_istri}}", "Halo {{nama", "nama}} halo", "{{}}"])
async def test_what_nothing_fills_is_not_sent(maju: Cast, words: str) -> None:
    row = await asks(maju)
    with pytest.raises(Refused) as no:
        await sent(maju, row, words)
    assert no.value.key == "tickets.variable_unknown"
    assert await texts(maju, maju.budi) == []


async def test_a_name_without_a_value_is_not_sent(maju: Cast) -> None:
    row = await asks(maju)
    await sent(maju, row, "Sudah.")
    async with database.transaction(maju.company):
        await tickets.solve(row, by=as_(maju.ratna), read=row.last)
    with pytest.raises(Refused) as no:
        await sent(maju, row, "Janjinya {{janji}}.")
    assert no.value.key == "tickets.variable_missing"
    assert "{{janji}}" in str(no.value.facts)


async def test_a_reply_is_kept_once_under_its_shortcut(maju: Cast) -> None:
    hr = as_(maju.ratna)
    async with database.transaction(maju.company):
        row = await replies.save(ARRIVE, by=hr)
        assert replies.words_in(row, "en") == "Hi {{first_name}}, {{number}}."
        await replies.save(ARRIVE, by=hr, row=row)
    for wrong, key in (
        (ARRIVE, "reply_taken"),
        (Wording("A b", "x", "x", "x"), "reply_shortcut"),
        (Wording("abc", "x", "x", " "), "reply_words"),
        (Wording("abc", "x", "{{gaji}}", "x"), "variable_unknown"),
        (Wording("abc", "x", "x", "x", then="closed"), "reply_then"),
    ):
        with pytest.raises(Refused) as no:
            async with database.transaction(maju.company):
                await replies.save(wrong, by=hr)
        assert no.value.key == f"tickets.{key}"
    async with database.transaction(maju.company):
        await replies.remove(row, by=hr)
        assert await replies.all_of_them() == []


async def held(maju: Cast, row: Ticket, words: str = "Senin 20 Juli.", then: str = "open") -> OutgoingAnswer:
    async with database.transaction(maju.company):
        return await outgoing.hold(row, words, by=as_(maju.ratna), read=row.last, then=then)


async def test_an_answer_leaves_after_some_seconds_once(maju: Cast) -> None:
    row = await asks(maju)
    waits = await held(maju, row, then="waiting_requester")
    with pytest.raises(jobs.Later):
        await outgoing.leave(maju.company, waits.id)
    assert await texts(maju, maju.budi) == []
    with clock.freeze(MONDAY + timedelta(seconds=7)):
        for _ in range(2):  # a job may run again after its process died
            await outgoing.leave(maju.company, waits.id)
    assert [one for one in await texts(maju, maju.budi) if "Senin 20 Juli." in one] == await texts(maju, maju.budi)
    row = await again(maju, row)
    assert row.state == "waiting_requester"
    assert row.first_answered_at == MONDAY + timedelta(seconds=7), "what can be taken back is no answer yet"
    async with database.reading(maju.company):
        assert not await OutgoingAnswer.exists()


async def test_an_answer_is_taken_back_by_its_writer_alone(maju: Cast) -> None:
    row = await asks(maju)
    waits = await held(maju, row)
    async with database.transaction(maju.company):
        with pytest.raises(Refused) as no:
            await outgoing.take_back(row, waits.public, by=as_(maju.hendra))
        assert no.value.key == "tickets.not_your_answer"
        assert await outgoing.take_back(row, waits.public, by=as_(maju.ratna)) == "Senin 20 Juli."
    with clock.freeze(MONDAY + timedelta(seconds=7)):
        await outgoing.leave(maju.company, waits.id)
    assert await texts(maju, maju.budi) == []
    async with database.transaction(maju.company):
        with pytest.raises(Refused) as gone:
            await outgoing.take_back(row, waits.public, by=as_(maju.ratna))
    assert gone.value.key == "tickets.left_already"
    async with database.reading(maju.company):
        assert [one["kind"] for one in await TicketEvent.select().order_by(TicketEvent.id)] == ["opened"]


async def test_what_was_written_meanwhile_stops_it_and_loses_no_word(maju: Cast) -> None:
    row = await asks(maju)
    waits = await held(maju, row)
    async with database.transaction(maju.company):
        await tickets.write(row, "ukuran L ya", by=as_(maju.budi))
    with clock.freeze(MONDAY + timedelta(seconds=7)):
        await outgoing.leave(maju.company, waits.id)
    assert await texts(maju, maju.budi) == []
    async with database.reading(maju.company):
        (stopped,) = await outgoing.of_ticket(row)
        assert (stopped.stopped, outgoing.words_of(stopped)) == ("tickets.newer", "Senin 20 Juli.")
