"""A ticket goes to the operator's desk with its asker's yes, and comes back: what goes, what does not, and once."""

import pytest

from core import database, jobs
from core.accounts import joining, offers, operators
from core.accounts.roles import OPERATOR_AGENT
from core.audit import Actor
from core.errors import Refused
from core.helpdesk import moving, outsiders, tickets
from core.helpdesk.desk_tables import DeskCarried, DeskMove
from core.helpdesk.tables import Ticket, TicketEvent
from core.people import directory
from tests.core.cast import Cast, as_
from tests.core.conftest import MONDAY
from tests.core.helpdesk.test_tickets import HOUR, again, asks, texts

WORDS = "Layar absen membeku sejak pagi"
COMMAND = Actor("command", "command")


async def dian() -> Actor:
    """Somebody at the operator's desk."""
    await operators.add("dian@serambi.example", OPERATOR_AGENT, by=COMMAND)
    async with database.transaction(await operators.company()):
        account = await joining.account_of("dian@serambi.example")
        await offers.take(account)
    return Actor(f"account:{account}", "web")


async def asked(maju: Cast, row: Ticket) -> DeskMove:
    """Ratna would bring it to the operator."""
    async with database.transaction(maju.company):
        return await moving.ask(await again(maju, row), WORDS, by=as_(maju.ratna))


async def there(maju: Cast) -> list[Ticket]:
    """What lies at the operator's desk."""
    async with database.reading(await operators.company()):
        return list(await Ticket.objects().order_by(Ticket.id))


async def moved(maju: Cast) -> tuple[Ticket, DeskMove]:
    """Budi's ticket at the operator's desk."""
    row = await asks(maju, "rahasia: gaji saya 5 juta; layar absen membeku")
    move = await asked(maju, row)
    async with database.transaction(maju.company):
        await moving.agree(move, by=as_(maju.budi))
    await jobs.drain()
    return row, move


async def test_its_asker_is_shown_the_very_words_and_nothing_goes_before_their_yes(maju: Cast) -> None:
    row = await asks(maju, "rahasia: gaji saya 5 juta; layar absen membeku")
    move = await asked(maju, row)
    told = (await maju.told(maju.budi))[-1]
    assert WORDS in told.text and "5 juta" not in told.text and "tanpa namamu" in told.text
    assert [one.title for one in told.choices] == ["Ya, kirim", "Jangan"]
    await jobs.drain()
    assert await there(maju) == []
    async with database.transaction(maju.company):
        with pytest.raises(Refused, match="already"):
            await moving.ask(await again(maju, row), WORDS, by=as_(maju.ratna))
        await moving.decline(move, by=as_(maju.budi))
    await jobs.drain()
    assert await there(maju) == []
    async with database.transaction(maju.company):
        with pytest.raises(Refused, match="over"):
            await moving.agree(move, by=as_(maju.budi))


async def test_what_was_agreed_to_goes_once_without_a_name_and_the_promise_stays(maju: Cast) -> None:
    row, move = await moved(maju)
    await moving.carry(maju.company, int(move.id))
    (ticket,) = await there(maju)
    async with database.reading(await operators.company()):
        who = await directory.person_name(ticket.person)
        said = [tickets.words_of(one) for one in await tickets.events_of(ticket)]
        assert await outsiders.of_person(ticket.person) is not None
    assert (who, said) == (f"PT Maju Bersama · {row.number}", [WORDS])
    assert (await again(maju, row)).answer_promise == MONDAY + 48 * HOUR


async def test_an_answer_of_the_operator_reaches_whoever_asked_once(maju: Cast) -> None:
    row, _ = await moved(maju)
    (ticket,), by = await there(maju), await dian()
    async with database.transaction(await operators.company()):
        await tickets.note(ticket, "urusan dapur", by=by)
        await tickets.answer(ticket, "Sudah kami perbaiki, muat ulang layarnya.", by=by, read=ticket.last)
        answered = await TicketEvent.objects().where(TicketEvent.kind == "answered").first()
    await jobs.drain()
    assert answered is not None
    await moving.answer(await operators.company(), int(answered.id))
    heard = [one for one in await texts(maju, maju.budi) if "muat ulang" in one]
    assert len(heard) == 1 and "Tim Serambi" in heard[0] and "dapur" not in " ".join(await texts(maju, maju.budi))
    mine = await again(maju, row)
    assert (mine.answer_promise is None, mine.agent) == (True, as_(maju.ratna).name)


async def test_what_is_written_meanwhile_follows_and_after_it_came_back_does_not(maju: Cast) -> None:
    row, _ = await moved(maju)
    async with database.transaction(maju.company):
        await tickets.write(await again(maju, row), "sekarang muncul lagi", by=as_(maju.budi))
    await jobs.drain()
    (ticket,), by = await there(maju), await dian()
    async with database.transaction(await operators.company()):
        assert "sekarang muncul lagi" in [tickets.words_of(one) for one in await tickets.events_of(ticket)]
        held = await Ticket.objects().where(Ticket.id == ticket.id).first()
        assert held is not None
        await tickets.solve(held, by=by, read=held.last)
    await jobs.drain()
    assert "kembali ke HR" in (await texts(maju, maju.budi))[-1]
    async with database.transaction(maju.company):
        assert [one.state for one in await moving.of_ticket(row)] == ["back"]
        await tickets.write(await again(maju, row), "rahasia lagi", by=as_(maju.budi))
    await jobs.drain()
    async with database.reading(await operators.company()):
        assert "rahasia lagi" not in [tickets.words_of(one) for one in await tickets.events_of(ticket)]
        assert await DeskCarried.count() == 2
    assert (await again(maju, row)).state == "open"


async def test_the_company_takes_it_back_and_the_operator_hears_nothing_more(maju: Cast) -> None:
    row, move = await moved(maju)
    async with database.transaction(maju.company):
        await moving.take_back(move, by=as_(maju.ratna))
    await jobs.drain()
    (ticket,), by = await there(maju), await dian()
    assert ticket.state == "closed"
    async with database.transaction(await operators.company()):
        with pytest.raises(Refused):
            await tickets.answer(ticket, "terlambat", by=by, read=ticket.last)
    assert "terlambat" not in " ".join(await texts(maju, maju.budi))
    async with database.transaction(maju.company):
        with pytest.raises(Refused, match="not_there"):
            await moving.take_back(move, by=as_(maju.ratna))
    second = await asked(maju, row)  # it may be asked again
    assert second.state == "asked"
