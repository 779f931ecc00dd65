"""What becomes of a ticket, on both databases: its states, what is sent, what is not, and who writes past whom."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import clock, database, jobs
from core.audit import Actor
from core.errors import Refused
from core.helpdesk import closing as _closing  # noqa: F401  registers its job
from core.helpdesk import tickets
from core.helpdesk.tables import Ticket, TicketEvent
from core.messaging import attachments
from core.messaging.outbox import Address
from core.people.directory import Employee
from tests.core.cast import Cast, as_
from tests.core.conftest import MONDAY

JAKARTA = ZoneInfo("Asia/Jakarta")
HOUR = timedelta(hours=1)


def web(who: Employee) -> Address:
    return Address("web", "web", str(who.person), who.person)


async def asks(maju: Cast, words: str = "seragam baru kapan dibagi", who: str = "budi") -> Ticket:
    one = maju.people[who]
    async with database.transaction(maju.company):
        return (await tickets.submit(one, words, address=web(one), by=as_(one))).ticket


async def again(maju: Cast, row: Ticket) -> Ticket:
    async with database.reading(maju.company):
        found = await Ticket.objects().where(Ticket.id == row.id).first()
    assert found is not None
    return found


async def texts(maju: Cast, who: Employee) -> list[str]:
    return [message.text for message in await maju.told(who)]


async def test_a_question_is_numbered_and_promised(maju: Cast) -> None:
    row = await asks(maju)
    assert (row.number, row.state) == ("T-1", "new")
    assert row.answer_promise == MONDAY + 48 * HOUR
    assert row.answer_target == datetime(2026, 7, 8, 9, tzinfo=JAKARTA)
    second = await asks(maju, who="tono")
    assert second.number == "T-2"
    async with database.reading(maju.company):
        assert tickets.subject(row) == "seragam baru kapan dibagi"
        assert "seragam" not in str(await TicketEvent.select()), "words rest sealed"


async def test_an_answer_reaches_whoever_asked_and_a_note_nobody(maju: Cast) -> None:
    row = await asks(maju)
    async with database.transaction(maju.company):
        await tickets.note(row, "rahasia dapur", by=as_(maju.ratna))
        await tickets.answer(row, "Senin 20 Juli.", by=as_(maju.ratna), read=row.last)
    told = await texts(maju, maju.budi)
    assert any("Ratna: Senin 20 Juli." in text for text in told)
    assert not any("rahasia" in text for text in told)
    row = await again(maju, row)
    assert (row.state, row.agent) == ("open", f"person:{maju.ratna.person}")
    assert row.answer_promise is None
    assert row.first_answered_at is not None
    async with database.reading(maju.company):
        kinds = [one.kind for one in await tickets.events_of(row)]
    assert kinds == ["opened", "noted", "taken", "answered"]


async def test_a_note_can_not_be_made_public(maju: Cast) -> None:
    row = await asks(maju)
    with pytest.raises(Exception, match=r"note|ticket_event_rule"):
        async with database.transaction(maju.company):
            await TicketEvent.insert(
                TicketEvent(
                    ticket=row.id, person=row.person, kind="noted", at=clock.now(), by="x", channel="web", public=True
                )
            )


async def test_an_answer_is_stopped_when_something_newer_arrived(maju: Cast) -> None:
    row = await asks(maju)
    read = row.last
    async with database.transaction(maju.company):
        await tickets.write(row, "ukuran L ya", by=as_(maju.budi))
    for act in ("answer", "solve"):
        with pytest.raises(Refused) as no:
            async with database.transaction(maju.company):
                if act == "answer":
                    await tickets.answer(row, "Ada.", by=as_(maju.ratna), read=read)
                else:
                    await tickets.solve(row, by=as_(maju.ratna), read=read)
        assert no.value.key == "tickets.newer"
    assert not any("Ada." in text for text in await texts(maju, maju.budi))
    async with database.transaction(maju.company):
        await tickets.answer(row, "Ada.", by=as_(maju.ratna), read=row.last)
    assert any("Ada." in text for text in await texts(maju, maju.budi))


async def test_solved_thanked_opened_again_and_closed(maju: Cast) -> None:
    row = await asks(maju)
    async with database.transaction(maju.company):
        await tickets.answer(row, "Sudah.", by=as_(maju.ratna), read=row.last, then=tickets.RESOLVED)
        await tickets.thank(row, "makasih", by=as_(maju.budi))
    assert (await again(maju, row)).state == "resolved"
    with clock.freeze(MONDAY + 5 * HOUR):
        async with database.transaction(maju.company):
            await tickets.write(row, "belum, masih salah", by=as_(maju.budi))
        row = await again(maju, row)
        assert row.state == "open"
        assert row.resolved_at is None
        assert row.answer_promise == MONDAY + 53 * HOUR
        async with database.transaction(maju.company):
            await tickets.close(row, by=as_(maju.budi))
    with pytest.raises(Refused) as no:
        async with database.transaction(maju.company):
            await tickets.write(row, "satu lagi", by=as_(maju.budi))
    assert no.value.key == "tickets.closed"


async def test_silence_for_two_working_days_closes_it_and_a_weekend_is_none(maju: Cast) -> None:
    row = await asks(maju)
    friday = datetime(2026, 7, 10, 9, tzinfo=JAKARTA)
    with clock.freeze(friday):
        async with database.transaction(maju.company):
            await tickets.solve(row, by=as_(maju.ratna), read=row.last)
    with clock.freeze(friday + 95 * HOUR):
        await jobs.drain()
        assert (await again(maju, row)).state == "resolved"
    with clock.freeze(friday + 96 * HOUR):
        await jobs.drain()
        assert (await again(maju, row)).state == "closed"


async def test_opened_again_in_time_it_is_not_closed_by_the_old_silence(maju: Cast) -> None:
    row = await asks(maju)
    async with database.transaction(maju.company):
        await tickets.solve(row, by=as_(maju.ratna), read=row.last)
    with clock.freeze(MONDAY + 47 * HOUR):
        async with database.transaction(maju.company):
            await tickets.write(row, "belum", by=as_(maju.budi))
    with clock.freeze(MONDAY + 48 * HOUR):
        async with database.transaction(maju.company):
            await tickets.answer(row, "Sekarang?", by=as_(maju.ratna), read=row.last, then=tickets.RESOLVED)
        await jobs.drain()
        assert (await again(maju, row)).state == "resolved"
    with clock.freeze(MONDAY + 96 * HOUR):
        await jobs.drain()
        assert (await again(maju, row)).state == "closed"


async def test_the_next_is_what_is_due_first_the_urgent_before_it(maju: Cast) -> None:
    first = await asks(maju)
    with clock.freeze(MONDAY + HOUR):
        second, third = await asks(maju, who="tono"), await asks(maju, who="dewi")
    async with database.transaction(maju.company):
        await tickets.hurry(third, by=as_(maju.dewi))
    taken = []
    for _ in range(4):
        async with database.transaction(maju.company):
            row = await tickets.take_next(by=as_(maju.ratna))
        taken.append(row.number if row is not None else None)
    assert taken == [third.number, first.number, second.number, None]


async def test_waiting_for_its_requester_stops_the_solution_alone(maju: Cast) -> None:
    row = await asks(maju)
    async with database.transaction(maju.company):
        await tickets.answer(row, "Ukuran apa?", by=as_(maju.ratna), read=row.last, then=tickets.WAITING)
    row = await again(maju, row)
    assert (row.state, row.next_at) == ("waiting_requester", tickets.NEVER)
    assert row.solve_promise is None
    assert row.answer_promise is None
    with clock.freeze(MONDAY + 24 * HOUR):
        async with database.transaction(maju.company):
            await tickets.write(row, "L", by=as_(maju.budi))
    row = await again(maju, row)
    assert row.state == "open"
    assert row.answer_promise == MONDAY + 72 * HOUR
    assert row.solve_promise == MONDAY + 72 * HOUR, "the day of waiting was given back"


@pytest.mark.parametrize(
    ("words", "key"), [("", "tickets.words_needed"), (" \n", "tickets.words_needed"), ("x" * 4001, "tickets.too_long")]
)
async def test_words_that_are_none_or_too_many(maju: Cast, words: str, key: str) -> None:
    with pytest.raises(Refused) as no:
        await asks(maju, words)
    assert no.value.key == key
    async with database.reading(maju.company):
        assert await Ticket.count() == 0


async def test_too_many_open_tickets_of_one_person(maju: Cast) -> None:
    for number in range(tickets.MOST_OPEN):
        await asks(maju, f"pertanyaan {number}")
    with pytest.raises(Refused) as no:
        await asks(maju, "satu lagi")
    assert no.value.key == "tickets.too_many"
    assert (await asks(maju, who="tono")).number == f"T-{tickets.MOST_OPEN + 1}"


async def test_another_company_sees_nothing_of_it(two: tuple[Cast, Cast]) -> None:
    maju, sinar = two
    row = await asks(maju)
    async with database.reading(sinar.company):
        assert await tickets.by_public(row.public) is None
        assert await tickets.of_number("T-1") is None
    assert (await asks(sinar)).number == "T-1"


async def test_a_rating_is_one_to_five_and_the_last_counts(maju: Cast) -> None:
    row = await asks(maju)
    async with database.transaction(maju.company):
        await tickets.close(row, by=as_(maju.budi))
        await tickets.rate(row, 2, by=as_(maju.budi), words="lama")
        await tickets.rate(row, 4, by=as_(maju.budi))
    assert (await again(maju, row)).rating == 4
    with pytest.raises(Refused):
        async with database.transaction(maju.company):
            await tickets.rate(row, 6, by=as_(maju.budi))


async def test_an_account_that_is_nobodys_speaks_for_the_desk(maju: Cast) -> None:
    row = await asks(maju)
    async with database.transaction(maju.company):
        await tickets.answer(row, "Baik.", by=Actor("account:999", "web"), read=row.last)
    assert any("tim bantuan: Baik." in text for text in await texts(maju, maju.budi))


def test_a_subject_is_the_first_line_cut_between_words() -> None:
    assert tickets.subject_of("Seragam  baru\nkapan?") == "Seragam baru"
    long = tickets.subject_of("kata " * 40)
    assert len(long) <= tickets.LONGEST_SUBJECT
    assert long.endswith("kata…")


async def test_a_file_that_came_with_a_message_is_the_tickets_and_is_not_swept(maju: Cast) -> None:
    row = await asks(maju)
    taken = await attachments.take(maju.company, b"nomor,nama\n1,Budi\n", "daftar.csv")
    async with database.transaction(maju.company):
        kept = await attachments.keep(maju.budi.person, taken, "daftar.csv")
        await tickets.write(row, "", by=as_(maju.budi), attachment=kept.id)
    async with database.reading(maju.company):
        assert await attachments.waiting(kept.id, maju.budi.person) is None
        assert (await tickets.events_of(row))[-1].attachment == kept.id


async def test_an_answer_to_a_solved_ticket_takes_it_up_again_with_its_clock(maju: Cast) -> None:
    row = await asks(maju)
    async with database.transaction(maju.company):
        await tickets.answer(row, "Sudah.", by=as_(maju.ratna), read=row.last, then=tickets.RESOLVED)
    assert (await again(maju, row)).solve_promise is None
    with clock.freeze(MONDAY + 5 * HOUR):
        async with database.transaction(maju.company):
            await tickets.answer(row, "Maaf, masih ada satu.", by=as_(maju.ratna), read=row.last)
    row = await again(maju, row)
    assert row.state == "open"
    assert row.answer_promise is None, "nobody waits for an answer by it"
    assert row.solve_promise == MONDAY + 53 * HOUR, "the five hours in which it was solved do not count"
