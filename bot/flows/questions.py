"""A question that an article answers: in short, with the asker's own figures, whether it helped, what can be done."""

from typing import Any

from bot.dialog.engine import Chat, flow
from bot.flows.leave_words import start_choice
from core import clock
from core.errors import Refused
from core.knowledge import blocks, library, reader
from core.knowledge.articles import Article
from core.messaging import buttons
from core.messaging.messages import Choice

LONGEST = 800


@flow("question", brief=True)
async def answer(chat: Chat) -> None:
    """What the article says first, from whichever it is, and whether that was what was asked."""
    shelf = await chat.look("shelf", library.shelf)
    roles = await chat.look("roles", reader.roles, chat.employee)
    name, today = str(chat.answers["article"]), clock.today(chat.employee.zone)
    one = shelf.one(name, chat.language, roles, today)
    if one is None:
        raise Refused("questions.gone")
    said = str(chat.answers.get("line") or one.answer)
    known = await chat.look("known", reader.known, [said], chat.employee, chat.language)
    told = blocks.fill(said, chat.language, on=today, known=known).text
    key = "questions.between" if "amid" in chat.answers else "questions.answer"
    key = "questions.more" if "line" in chat.answers else key
    chat.say(key, *await _choices(chat, one), answer=told[:LONGEST], title=one.title)
    chat.topic = {"article": one.id}


async def _choices(chat: Chat, one: Article) -> list[Choice]:
    log, words = chat.answers.get("log"), chat.answers.get("words") or chat.opening or one.title
    handed = {"flow": "question", "asked": "", "answers": {"questions.article": one.title}, "misses": 0}
    found = [
        await start_choice(chat, "question_helped", chat.phrase("questions.yes"), log=log),
        await start_choice(
            chat, "ticket", chat.phrase("questions.no"), **{"tickets.what": words, "from": handed, "log": log}
        ),
    ]
    if one.opens:
        more: dict[str, Any] = {"flow": one.opens, "answers": {}, "opening": one.opens_with or None}
        found.append(await buttons.make(one.opens_as, "start", person=chat.employee.person, **more))
    return found


@flow("question_helped", brief=True)
async def helped(chat: Chat) -> None:
    """It was what was asked."""
    chat.say("questions.helped")
