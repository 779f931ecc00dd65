"""Reporting misuse in the talk: what, who, in which words, and whether with a name; who reads it is said first."""

import re

from bot.dialog.engine import Cancelled, Chat, Option, flow
from bot.flows.readers import CONFIRM, OPTION, ReasonReader
from bot.flows.tickets import FOR_DESK, nothing_sent
from core import settings
from core.privacy import misuse, misuse_way
from core.privacy.misuse import Told

HIDDEN, SHOWN, NOBODY = "hidden", "shown", "nobody"
SAYS = re.compile(
    r"\b(?:penyalahgunaan|(?:me)?nyalahguna(?:kan|in)|salahgunakan|menyalah ?gunakan|misus(?:e|es|ed|ing)|"
    r"abus(?:e|es|ed|ing) (?:of )?(?:\w+ )?(?:data|access|accounts?|the system))\b",
    re.IGNORECASE,
)
ASKS = re.compile(
    r"\?|\b(?:apa itu|gimana|bagaimana|cara|contoh|what is|how|who|policy|kebijakan|pelatihan|training)\b",
    re.IGNORECASE,
)
WHOM = ReasonReader(most=misuse_way.LONGEST_ACCUSED)


def reported(words: str) -> bool:
    """Whether a sentence reports misuse, and asks nothing about it."""
    return SAYS.search(words) is not None and ASKS.search(words) is None


@flow("misuse", cancelled=nothing_sent)
async def report(chat: Chat) -> None:
    """Report it; nothing is written before the last yes."""
    about = await chat.ask(
        "misuse.about", OPTION, says="misuse.talk_about",
        options=[Option(one, chat.phrase(f"misuse.option_{one}")) for one in misuse_way.ABOUT],
    )  # fmt: skip
    accused = await chat.ask("misuse.accused", WHOM, says="misuse.talk_accused", hangs_on=["misuse.about"]) or ""
    words = await chat.ask("misuse.words", FOR_DESK, says="misuse.talk_words", hangs_on=["misuse.about"]) or ""
    name = await chat.ask(
        "misuse.name", OPTION, says="misuse.talk_name",
        options=[Option(one, chat.phrase(f"misuse.option_{one}")) for one in (HIDDEN, SHOWN, NOBODY)],
    )  # fmt: skip
    desk = await chat.look("desk", misuse.desk_for, about, accused)
    answer = await chat.ask(
        "misuse.confirm", CONFIRM, hangs_on=["misuse.about", "misuse.accused", "misuse.words", "misuse.name"],
        words=words, reads=chat.phrase(f"misuse.reads_{desk}_chat"),
        options=[
            Option("yes", chat.phrase("tickets.yes_send")), Option("change", chat.phrase("tickets.change_first")),
            Option("no", chat.phrase("tickets.cancel")),
        ],
    )  # fmt: skip
    if answer == "change":
        chat.again("misuse.words")
    if answer == "no":
        raise Cancelled
    person = None if name == NOBODY else chat.employee.person
    told = Told(about, accused, words, person, shows_name=name == SHOWN)
    receipt = await misuse.submit(told, channel=chat.actor.channel, language=chat.language)
    link = f"{settings.current().public_url}/report"
    chat.say("misuse.opened", number=receipt.number, secret=receipt.secret, link=link)
