"""Somebody in danger: their words stand before all others, and everybody who can help is told at once, by number."""

from core import database
from core.helpdesk import emergencies, terms, tickets
from core.helpdesk.tables import Ticket
from core.messaging.outbox import Address
from tests.core.cast import Cast, as_
from tests.core.helpdesk.test_tickets import texts

WORDS = "saya dilecehkan atasan saya"


async def handed_over(maju: Cast) -> Ticket:
    async with database.transaction(maju.company):
        told = await emergencies.hand_over(
            maju.budi,
            WORDS,
            address=Address("web", f"person:{maju.budi.person}", "", maju.budi.person),
            by=as_(maju.budi),
        )
    return told.ticket


async def test_it_is_urgent_and_told_to_hr_by_its_number_alone(maju: Cast) -> None:
    row = await handed_over(maju)
    async with database.reading(maju.company):
        kept = await Ticket.objects().where(Ticket.id == row.id).first()
        assert kept is not None
        assert (kept.urgent, kept.priority, tickets.subject(kept)) == (True, terms.TOP, WORDS)
    for who in ("ratna", "hendra"):
        told = [text for text in await texts(maju, maju.people[who]) if "T-1" in text]
        assert len(told) == 1, who
        assert WORDS not in told[0], who
    assert [text for who in ("sari", "budi") for text in await texts(maju, maju.people[who]) if "T-1" in text] == []


async def test_many_open_tickets_keep_nobody_in_danger_from_help(maju: Cast) -> None:
    async with database.transaction(maju.company):
        for number in range(tickets.MOST_OPEN):
            here = Address("web", f"person:{maju.budi.person}", "", maju.budi.person)
            await tickets.submit(maju.budi, f"soal {number}", address=here, by=as_(maju.budi))
    row = await handed_over(maju)
    assert row.number == f"T-{tickets.MOST_OPEN + 1}"
