"""A ticket goes to the privacy desk in the words it was asked in, with the law's clock from when they were written."""

from datetime import timedelta

import pytest

from core import clock, database
from core.errors import Refused
from core.helpdesk import tickets
from core.helpdesk.tables import Ticket
from core.privacy import from_tickets, kinds, requests
from core.privacy.tables import DataRequest
from tests.core.cast import Cast, as_
from tests.core.helpdesk.test_tickets import asks, texts


async def test_the_clock_begins_with_the_message_and_whoever_asked_is_told(
    maju: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, asked = await asks(maju, "tolong hapus data saya"), clock.now()
    monkeypatch.setattr(clock, "now", lambda: asked + timedelta(hours=5))
    async with database.transaction(maju.company):
        (said,) = await from_tickets.asked_in(row)
        made = await from_tickets.hand_over(row, kinds.DELETE, int(said.id), by=as_(maju.ratna))
        assert made.due_at - said.at == timedelta(hours=72), "five of them have passed"
        assert (made.person, made.subject, made.identity) == (maju.budi.person, maju.budi.person, kinds.SESSION)
        (first, *_) = await requests.events_of(made)
        assert requests.said(first) == "tolong hapus data saya"
        now = await Ticket.objects().where(Ticket.id == row.id).first()
        assert now is not None and now.state == tickets.RESOLVED
    told = await texts(maju, maju.budi)
    assert any(made.number in one and "petugas pelindungan data" in one for one in told)


async def test_only_their_own_message_is_a_request_and_nobody_hands_over_their_own(maju: Cast) -> None:
    row = await asks(maju, "minta salinan data")
    async with database.transaction(maju.company):
        (said,) = await from_tickets.asked_in(row)
        await tickets.note(row, "ini soal data pribadi", by=as_(maju.ratna))
        note = (await tickets.events_of(row))[-1]
    for kind, event, by, why in (
        (kinds.COPY, int(note.id), maju.ratna, "no_such_message"), (kinds.COPY, 0, maju.ratna, "no_such_message"),
        ("nothing", int(said.id), maju.ratna, "kind_needed"), (kinds.COPY, int(said.id), maju.budi, "own_request"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=why):
            async with database.transaction(maju.company):
                await from_tickets.hand_over(row, kind, event, by=as_(by))
    async with database.reading(maju.company):
        assert not await DataRequest.exists()


async def test_a_message_handed_over_again_is_told_the_request_it_is(maju: Cast) -> None:
    row = await asks(maju, "tolong hapus data saya")
    async with database.transaction(maju.company):
        (said,) = await from_tickets.asked_in(row)
        made = await from_tickets.hand_over(row, kinds.DELETE, int(said.id), by=as_(maju.ratna))
    async with database.transaction(maju.company):
        with pytest.raises(Refused, match="handed_over_already") as told:
            await from_tickets.hand_over(row, kinds.DELETE, int(said.id), by=as_(maju.ratna))
        assert told.value.facts == {"number": made.number}
        assert await DataRequest.count() == 1
