"""A dispute in the talk: an answer, a figure or a delay that somebody does not accept. It ends with a decision."""

import re
from typing import Any

from bot.dialog.engine import Cancelled, Chat, Option, flow
from bot.dialog.normal import ADDRESS, PARTICLES
from bot.dialog.normal import words as words_in
from bot.flows.readers import CONFIRM
from bot.flows.tickets import ASKING, ForDeskReader, choice, nothing_sent, number_in
from core.calendar import promises
from core.helpdesk import links, terms, tickets, wording
from core.helpdesk.tables import Ticket

# Words that say it by themselves; "banding" alone compares, and "keberatan" is said of much else.
SAYS = re.compile(
    r"\b(?:sengketa\w*|bersengketa|(?:ajukan|mengajukan|mau|minta|naik) banding|disput\w+|"
    r"(?:file|raise|make|lodge) an? (?:appeal|objection))\b",
    re.IGNORECASE,
)
MINDS = re.compile(
    r"\b(?<!tidak )(?<!ga )(?<!gak )(?<!nggak )(?<!enggak )(?<!tdk )(?<!ngga )(?<!don't )(?<!not )"
    r"(?:keberatan|tidak (?:terima|setuju)|ga(?:k)? (?:terima|setuju)|object(?:ing)? to|don't accept|disagree with)\b",
    re.IGNORECASE,
)
OF_THE_DESK = re.compile(
    r"\b(?:(?:di)?jawab(?:an)?(?:nya)?|balasan(?:nya)?|janji(?:nya)?|tiket(?:nya)?|penyelesaian(?:nya)?|telat|terlambat|"
    r"answers?|answered|repl(?:y|ies)|promised?|tickets?|solution|late)\b",
    re.IGNORECASE,
)
MINDED = frozenset(
    "sengketa sengketakan disengketakan ajukan mengajukan banding keberatan terima setuju tidak dispute disputing "
    "disputed raise file lodge make appeal objection object objecting accept disagree don't this".split()
)
SHORT = 6  # words of a sentence about the ticket that was spoken of last


class WhatReader(ForDeskReader):
    """What somebody does not accept, in their own words; a sentence that only says that they don't is none yet."""

    def spot(self, sentence: str, chat: Chat) -> str | None:
        said = {word.text for word in words_in(sentence) if word.kind != "mark"}
        bare = {word for word in said if not (number_in(word) or word in ("t", "-"))}
        return sentence.strip() if len(bare - ASKING - MINDED - PARTICLES - ADDRESS) > 1 else None


WHAT = WhatReader()


@flow("ticket_dispute", cancelled=nothing_sent)
async def dispute(chat: Chat) -> None:
    """Put it to the desk: answered like a question, decided within thirty working days."""
    words = await chat.ask("tickets.dispute_what", WHAT) or ""
    answer = await chat.ask(
        "tickets.dispute_confirm", CONFIRM, hangs_on=["tickets.dispute_what"], words=tickets.subject_of(words),
        days=str(terms.DISPUTE_DAYS),
        options=[
            Option("yes", chat.phrase("tickets.yes_send")), Option("change", chat.phrase("tickets.change_first")),
            Option("no", chat.phrase("tickets.cancel")),
        ],
    )  # fmt: skip
    if answer == "change":
        chat.again("tickets.dispute_what")
    if answer == "no":
        raise Cancelled
    assert chat.here is not None
    told = await tickets.submit(
        chat.employee, words, address=chat.here, by=chat.actor, at=chat.said_at, kind=terms.DISPUTE
    )  # fmt: skip
    await _beside(chat, told.ticket)
    await _tell(chat, told)


async def _beside(chat: Chat, made: Ticket) -> None:
    """The ticket that is disputed stands beside it, for whoever decides."""
    number = chat.answers.get("ticket")
    about = await tickets.of_number(number, person=chat.employee.person) if number else None
    if about is not None:
        await links.tie(made, about, links.FOLLOW_UP, by=chat.actor)


async def _tell(chat: Chat, told: tickets.Told) -> None:
    number, zone = told.ticket.number, (await chat.look("times", promises.times)).held.zone
    see = await choice(chat, "see", "ticket_status", number)
    more = await choice(chat, "add_more", "ticket_add", number)
    chat.topic = {"ticket": number}
    if told.promise is None or told.ticket.solve_promise is None:
        chat.say("tickets.dispute_opened_open", see, more, number=number, days=str(terms.DISPUTE_DAYS))
        return
    by, decided = (
        wording.moment(at, chat.employee.zone, zone, chat.language) for at in (told.promise, told.ticket.solve_promise)
    )
    chat.say("tickets.dispute_opened", see, more, number=number, by=by, decided=decided)


def raised(words: str, topic: dict[str, Any] | None) -> dict[str, Any] | None:
    """The answers that a dispute begins with, where this sentence raises one: the ticket that is named, or the one
    that was spoken of last."""
    minds = MINDS.search(words) is not None
    named, spoken = number_in(words), (topic or {}).get("ticket")
    about_it = minds and spoken is not None and len(words.split()) <= SHORT
    if not (SAYS.search(words) or (minds and (OF_THE_DESK.search(words) or named)) or about_it):
        return None
    return {"ticket": named or spoken} if named or spoken else {}
