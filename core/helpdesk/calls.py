"""A ticket that an agent opens for whoever calls or stands at the counter; an employee is told of it in their chat.

Whoever's name it bears did not write it: how they were recognised is kept beside it for the desk, what was written is
told to them at once, and a press says that it was not them.
"""

from core.audit import Actor
from core.calendar import promises
from core.errors import Refused
from core.helpdesk import outsiders, tickets, wording, words_back
from core.helpdesk.tickets import Told
from core.messaging import buttons, outbox
from core.messaging.messages import Message
from core.messaging.outbox import Address
from core.people.directory import Employee
from core.phrases import phrase

PHONE, COUNTER = "phone", "counter"
WAYS = (PHONE, COUNTER)
LONGEST = 200


async def open_for(employee: Employee, words: str, *, way: str, recognised: str, by: Actor) -> Told:
    """Open it in the name of an employee who asked by telephone or in person; they are told where they can be reached.

    Refused: no word on how they were recognised, or on what they asked.
    """
    how = _checked(way, recognised)
    told = await tickets.submit(employee, words, address=_here(way, employee.person), by=by)
    await _noted(told, way, how, employee.language, by)
    who = await words_back.named(by.name, employee.language)
    facts = {"who": who, "number": told.ticket.number, "words": tickets.said(words)}
    if told.promise is None:
        key = "calls.opened_open"
    else:
        zone = (await promises.times()).held.zone
        key, facts["by"] = "calls.opened", wording.moment(told.promise, employee.zone, zone, employee.language)
    choices = [
        await buttons.make(
            phrase(f"calls.{title}", employee.language), "start", person=employee.person, flow=flow,
            answers={"ticket": told.ticket.number},
        )
        for title, flow in (("see", "ticket_status"), ("not_me", "ticket_add"))
    ]  # fmt: skip
    message = Message(key, phrase(key, employee.language, **facts), tuple(choices), language=employee.language)
    there = await outbox.address_of(employee.person)
    await outbox.post(there, message, dedupe=f"ticket:called:{told.ticket.id}")
    return told


async def open_for_stranger(
    name: str, contact: str, words: str, *, way: str, recognised: str, language: str, by: Actor
) -> Told:  # fmt: skip
    """Open it for somebody whom nothing shows to be an employee; the desk tells them the answer itself."""
    how = _checked(way, recognised)
    if not name.strip():
        raise Refused("calls.name_needed")
    if len(contact) > LONGEST:
        raise Refused("calls.contact_too_long", most=LONGEST)
    who = await outsiders.by_call(name, language=language, contact=contact.strip(), recognised=how)
    told = await tickets.submit(who, words, address=_here(way, who.person), by=by)
    await _noted(told, way, how, language, by)
    return told


async def _noted(told: Told, way: str, how: str, language: str, by: Actor) -> None:
    await tickets.note(told.ticket, phrase(f"calls.note_{way}", language, how=how), by=by)


def _checked(way: str, recognised: str) -> str:
    if way not in WAYS:
        raise Refused("calls.way_needed")
    how = " ".join(recognised.split())
    if not how or len(how) > LONGEST:
        raise Refused("calls.how_needed", most=LONGEST)
    return how


def _here(way: str, person: int) -> Address:
    return Address(way, way, str(person), person)
