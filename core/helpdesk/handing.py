"""An agent gives the talk back, aloud: the bot answers again, and what was open when the agent was called can go on
from the very question at which it stopped."""

import json
from typing import Any

from core import vault
from core.audit import Actor
from core.errors import Refused
from core.helpdesk import service_level, tickets, words_back
from core.helpdesk.tables import Ticket, TicketEvent
from core.messaging import buttons, outbox
from core.messaging.messages import Choice, Message
from core.messaging.tables import Conversation
from core.phrases import phrase

HAND_BACK = "hand_back"  # what may follow an answer, beside the states of a ticket


async def hand_back(ticket: Ticket, *, by: Actor) -> None:
    """Let the talk answer its requester again, and offer to go on with what was open. Refused: tickets.closed."""
    await tickets.hold(ticket)
    if ticket.state == tickets.CLOSED:
        raise Refused("tickets.closed", number=ticket.number)
    was = await _open_when_handed_over(ticket)
    event = await tickets.happen(ticket, service_level.HANDED, by)
    await Conversation.update({Conversation.ticket: None}).where(Conversation.ticket == ticket.id)
    language = await words_back.language_of(ticket.person)
    choices: tuple[Choice, ...] = ()
    if was is not None:
        title = phrase("dialog.go_on", language)
        answers = was["answers"]
        choices = (await buttons.make(title, "start", person=ticket.person, flow=was["flow"], answers=answers),)
    who = await words_back.named(by.name, language)
    key = "tickets.handed_back" if was is None else "tickets.handed_back_on"
    task = was["flow"] if was is not None else ""
    told = phrase(key, language, who=who, number=ticket.number, task=task)
    message = Message(key, told, choices, language=language)
    await outbox.post(await words_back.address_of(ticket), message, dedupe=f"ticket:{event}")


def facts_of(event: TicketEvent) -> dict[str, Any]:
    """What was kept with it besides: nothing where nothing was, its key is gone, or it may only be kept for now."""
    told = vault.shown(event.facts, company=event.company, column=tickets.FACTS, subject=event.person)
    return {} if told in ("", vault.BAR) else dict(json.loads(told))


async def _open_when_handed_over(ticket: Ticket) -> dict[str, Any] | None:
    """The task that was open when the talk was handed over; None where there was none."""
    for one in await tickets.events_of(ticket):
        if one.kind != service_level.OPENED or one.facts is None:
            continue
        facts = facts_of(one)
        if facts.get("flow") and facts["flow"] != "ticket":
            return {"flow": facts["flow"], "answers": facts.get("answers") or {}}
    return None
