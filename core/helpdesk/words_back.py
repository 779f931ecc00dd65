"""What the requester of a ticket is told by the desk: where they wrote, or where they can be reached now."""

from collections.abc import Awaitable, Callable

from core import clock, settings, vault
from core.accounts.tables import Membership
from core.audit import Actor
from core.calendar import promises
from core.errors import Refused
from core.helpdesk import belongs, mail_back, outsiders, wording
from core.helpdesk.tables import Ticket, TicketEvent
from core.messaging import buttons, mail_threads, outbox
from core.messaging.messages import Enclosing, Message
from core.messaging.outbox import WEB, Address
from core.messaging.tables import Conversation
from core.people import directory
from core.people.tables import ChannelIdentity, Person
from core.phrases import phrase

DONE, NOT_DONE = "ticket_done", "ticket_not_done"  # the flows that hear whether it is solved


# Where a file lies for whoever has no chat with us, in words; None where they have no way to it. Whoever keeps it there
# registers itself.
LIES: list[Callable[[Ticket, str], Awaitable[str | None]]] = []


async def answered(ticket: Ticket, words: str, *, by: Actor, event: int, file: Enclosing | None = None) -> None:
    """Send an agent's words, and a file where the chat takes one; else they say where it lies, behind a sign-in. With
    the first of them the talk falls silent, and says so."""
    row = await TicketEvent.select(TicketEvent.public).where(TicketEvent.id == event).first()
    if row is None or not row["public"]:  # looked at once more as it leaves: a note never does
        raise RuntimeError("only what was written to its requester leaves a ticket")
    tied = await belongs.claim_of(int(ticket.id))
    if tied is None and await _outside(ticket):
        if file is not None:
            lies = await LIES[0](ticket, file.name) if LIES else None
            if lies is None:
                raise Refused("mails.no_file")
            words = "\n\n".join(part for part in (words, lies) if part)
        if (thread := await mail_threads.of_ticket(ticket.id)) is not None:
            who = await named(by.name, thread.language)
            await mail_back.answered(ticket, thread, words, who=who, event=event, subject=_subject(ticket))
        return
    if tied is not None:
        await _there_is_one(ticket, event)
    person = ticket.person if tied is None else tied.person
    language = await language_of(person)
    who = await named(by.name, language)
    talks = await Conversation.select(Conversation.ticket).where(Conversation.person == person).first()
    begins = talks is None or talks["ticket"] != ticket.id
    await Conversation.update({Conversation.ticket: ticket.id}).where(Conversation.person == person)
    key = "tickets.answer_first" if begins else "tickets.answer"
    address = await address_of(ticket)
    if file is not None:
        taken = address.channel in outbox.TAKES_FILES
        name = phrase(
            "tickets.file_here" if taken else "tickets.file_there", language, name=file.name, link=_link(ticket)
        )
        words = f"{words}\n{name}" if words else name
        file = file if taken else None
    told = phrase(key, language, who=who, number=ticket.number, words=words)
    await outbox.post(address, Message(key, told, language=language, file=file), dedupe=f"ticket:{event}")


async def _there_is_one(ticket: Ticket, event: int) -> None:
    """By mail, that an answer waits behind the sign-in: whoever reads that address learns no word of it."""
    if (thread := await mail_threads.of_ticket(ticket.id)) is not None:
        await mail_back.told(ticket, thread, "mails.answer_inside", event=event, subject=_subject(ticket))


def _link(ticket: Ticket) -> str:
    return f"{settings.current().public_url}/me/tickets/{ticket.public}"


async def tell(ticket: Ticket, key: str, *, by: Actor, of: str) -> None:
    """Tell what the desk did with a ticket and another one (`of`), with the promise that holds."""
    if await _outside(ticket):
        return  # they have no chat with us, and a further mail would only ask what it means
    person = await belongs.reader(ticket)
    language = await language_of(person)
    due = ticket.answer_promise or ticket.solve_promise
    promise = ""
    if due is not None:
        held = (await promises.times()).held.zone
        zone = (await directory.zones_of([person])).get(person) or held
        promise = " " + phrase("tickets.by_then", language, by=wording.moment(due, zone, held, language))
    who = await named(by.name, language)
    told = phrase(key, language, who=who, number=ticket.number, of=of, promise=promise)
    dedupe = f"{key}:{ticket.id}:{of}:{clock.now().isoformat()}"
    await outbox.post(await address_of(ticket), Message(key, told, language=language), dedupe=dedupe)


async def said(ticket: Ticket, key: str) -> str:
    """A phrase in the language of whoever asked."""
    return phrase(key, await language_of(await belongs.reader(ticket)))


async def solved(ticket: Ticket, *, by: Actor, event: int) -> None:
    """Tell that it is taken for done, and ask whether it is."""
    if await _outside(ticket):
        if (thread := await mail_threads.of_ticket(ticket.id)) is not None:
            who = await named(by.name, thread.language)
            await mail_back.solved(ticket, thread, who=who, event=event, subject=_subject(ticket))
        return
    person = await belongs.reader(ticket)
    language = await language_of(person)
    choices = [
        await buttons.make(
            phrase(f"tickets.{title}", language), "start", person=person, flow=flow,
            answers={"ticket": ticket.number},
        )
        for title, flow in (("is_done", DONE), ("is_not_done", NOT_DONE))
    ]  # fmt: skip
    told = phrase("tickets.resolved", language, number=ticket.number, who=await named(by.name, language))
    message = Message("tickets.resolved", told, tuple(choices), language=language)
    await outbox.post(await address_of(ticket), message, dedupe=f"ticket:{event}")


async def address_of(ticket: Ticket) -> Address:
    """Where the answer goes: where the question came from, unless that chat has ended or is shut."""
    if (tied := await belongs.claim_of(int(ticket.id))) is not None:
        return await outbox.address_of(tied.person)
    if ticket.channel == WEB:
        return Address(WEB, WEB, str(ticket.person), ticket.person)
    still = ticket.place is not None and await ChannelIdentity.exists().where(
        (ChannelIdentity.person == ticket.person) & (ChannelIdentity.channel == ticket.channel)
        & (ChannelIdentity.account == ticket.account) & ChannelIdentity.ended_at.is_null()
        & ChannelIdentity.unreachable_at.is_null()
    )  # fmt: skip
    if still:
        return Address(ticket.channel, ticket.account, str(ticket.place), ticket.person)
    return await outbox.address_of(ticket.person)


async def _outside(ticket: Ticket) -> bool:
    """Whether it is of somebody who has no chat with us: they read answers by mail, on the page of the public form, or
    are called."""
    if await belongs.claim_of(int(ticket.id)) is not None:
        return False
    return await outsiders.of_person(ticket.person) is not None


def _subject(ticket: Ticket) -> str:
    return vault.shown(ticket.subject, company=ticket.company, column="ticket.subject", subject=ticket.person)


async def named(actor: str, language: str) -> str:
    """An agent by their first name; one who is nobody's employee speaks for the desk."""
    kind, _, number = actor.partition(":")
    person: int | None = int(number) if kind == "person" else None
    if kind == "account":
        row = (
            await Membership.select(Membership.person)
            .where((Membership.account == int(number)) & Membership.person.is_not_null())
            .first()
        )
        person = row["person"] if row is not None else None
    if kind == "operator":
        return phrase("moves.operator", language)
    if person is None:
        return phrase("tickets.desk", language)
    return (await directory.person_name(person)).split()[0]


async def language_of(person: int) -> str:
    """The language somebody reads."""
    row = await Person.select(Person.language).where(Person.id == person).first()
    assert row is not None
    return str(row["language"])
