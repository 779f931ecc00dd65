"""While a person of the desk has the word the talk is silent: what is written goes to them; "menu" calls it back."""

from datetime import timedelta

from bot import heard
from bot.asking import BY_INTENT, menu
from bot.dialog import alarm as alarms
from bot.dialog import interrupts
from bot.turn import Turn
from core import clock
from core.helpdesk import tickets
from core.helpdesk.tables import Ticket
from core.messaging.messages import HAPPENED
from core.messaging.tables import Conversation

IDLE = timedelta(hours=8)  # after this a sentence that asks for something else is for the talk again
OURS = frozenset({"menu", "lock", "block", "numbers", "buttons", "language"})


async def heard_by_agent(turn: Turn, number: int) -> bool:
    """Whether this message was for the agent who has the word, and was passed on; else the talk answers it."""
    incoming = turn.incoming
    words = (incoming.words or "").strip()
    if incoming.token is not None or incoming.kind in (*HAPPENED, "opened", "submission", "edited"):
        return False
    ticket = await Ticket.objects().where(Ticket.id == number).first()
    if ticket is None or ticket.state in (tickets.RESOLVED, tickets.CLOSED):
        await hand_back(turn)
        return False
    command = interrupts.command(words)
    if command is not None and command.partition(":")[0] in OURS:
        await hand_back(turn)
        if command != "menu":
            return False
        await menu(turn, "tickets.back_to_menu")
        return True
    if clock.now() - ticket.changed_at > IDLE and (await heard.guess(words)).intent in BY_INTENT:
        await hand_back(turn)
        return False
    if interrupts.thanks(words):
        await tickets.thank(ticket, words, by=turn.actor)
    elif words or isinstance(turn.paper, int):
        paper = turn.paper if isinstance(turn.paper, int) else None
        await tickets.write(ticket, words[: tickets.LONGEST], by=turn.actor, attachment=paper, at=turn.said_at)
    else:
        return False
    return alarms.heard(words) is None


async def who_has_the_word(person: int) -> int | None:
    """The ticket that an agent answered before the talk with this person began: what they write first is for them."""
    row = (
        await Ticket.select(Ticket.id)
        .where(
            (Ticket.person == person) & Ticket.first_answered_at.is_not_null()
            & Ticket.state.is_in([tickets.OPEN, tickets.WAITING])
        )
        .order_by(Ticket.changed_at, ascending=False)
        .first()
    )  # fmt: skip
    return None if row is None else int(row["id"])


async def hand_back(turn: Turn) -> None:
    """The talk answers again."""
    await Conversation.update({Conversation.ticket: None}).where(Conversation.person == turn.employee.person)
