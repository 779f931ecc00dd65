"""Somebody is in danger: the numbers to call come at once, and one yes brings their words before a person as urgent.

Nothing is sent without that yes. What is written instead of it is answered calmly, and asked once more.
"""

from bot.dialog import intents, parsers
from bot.dialog.engine import Chat, Kept, Misunderstood, Option, flow
from bot.dialog.normal import ADDRESS, PARTICLES
from bot.dialog.normal import words as words_in
from bot.flows.readers import ConfirmReader
from core.approvals import chains
from core.helpdesk import emergencies
from core.people.names import told_apart

FLOW = "urgent"
# Who asks for help has said yes.
_HELP = frozenset(
    "tolong help bantu bantuin please mohon cepat cepetan sekarang now orang person hr me saya aku i need butuh".split()
)


class SendReader(ConfirmReader):
    """A yes, however it is said, or a no; anything else is no refusal of help."""

    def read(self, words: str, chat: Chat) -> str:
        said = {word.text for word in words_in(words) if word.kind != "mark"} - PARTICLES - ADDRESS
        if said and said <= _HELP:
            return "yes"
        answer = super().read(words, chat)
        if answer == "yes" and not parsers.only_yes(words) and not said & _HELP:
            raise Misunderstood  # "mau cuti dong" asks for something else
        return answer


SEND = SendReader()


async def not_sent(chat: Chat) -> str:
    """What is said when nothing is to be sent: how to get it later."""
    return chat.phrase("urgent.not_sent")


async def kept(chat: Chat) -> Kept:
    """How it is come back to, later."""
    told = chat.phrase("urgent.kept")
    return Kept(told, short=told)


async def still_here(chat: Chat, words: str) -> str | None:
    """Answer calmly what neither says yes or no nor asks for a thing that is done here; no article comes in between."""
    try:
        SEND.read(words, chat)
    except Misunderstood:
        wishes = intents.guess(words).intent not in (None, "out_of_scope", "smalltalk", "human", "ticket_new")
        return None if wishes else chat.phrase("urgent.here", alarm=chat.answers.get("alarm", "danger"))
    return None


@flow(FLOW, cancelled=not_sent, kept=kept, aside=still_here)
async def hand_over(chat: Chat) -> None:
    """Numbers to call, and with a yes a person of the desk."""
    alarm = chat.answers.get("alarm", "danger")
    names = await chat.look("names", _names, chat.employee.person)
    key = f"dialog.alarm_{alarm}" if names else f"dialog.alarm_{alarm}_unnamed"
    answer = await chat.ask(
        "urgent.send", SEND, short="urgent.send_short", told=chat.phrase(key, names=names), alarm=alarm,
        options=[Option("yes", chat.phrase("urgent.yes")), Option("no", chat.phrase("urgent.no"))],
    )  # fmt: skip
    if answer == "no":
        chat.say("urgent.not_sent")
        return
    assert chat.here is not None
    words = chat.answers.get("words") or chat.phrase("urgent.no_words")
    told = await emergencies.hand_over(chat.employee, words, address=chat.here, by=chat.actor, at=chat.said_at)
    chat.say("urgent.sent", number=told.ticket.number, alarm=alarm)
    chat.topic = {"ticket": told.ticket.number}


async def _names(person: int) -> str:
    """Who of HR can be talked to."""
    return ", ".join(told_apart([one.name for one in await chains.administrators() if one.person != person]))
