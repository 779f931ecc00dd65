"""Training films in the talk: which there are, one of them, and that it was seen."""

import re
from typing import Any

from bot.dialog.engine import Chat, flow
from bot.flows.leave_words import start_choice
from core import settings
from core.errors import Refused
from core.knowledge import reader
from core.messaging.messages import Choice, Enclosing
from core.messaging.outbox import TAKES_FILES
from core.training import catalogue, finding, progress
from core.training.catalogue import Film

MOST_SHOWN = 9
# "Ada video cara ajukan cuti?", "the tutorial please": asks to be shown, whatever it is about.
SHOWN = re.compile(r"\b(?:vid(?:eo|io)(?:nya|s)?|tutorial(?:nya|s)?)\b", re.IGNORECASE)
HOW = re.compile(r"\b(?:cara(?:nya)?|gimana|gmn|bagaimana|how)\b", re.IGNORECASE)
# "Cara pakai aplikasinya gimana sih", "how do I use this app": asks for all of it at once.
USED = re.compile(
    r"\b(?:cara|gimana|gmn|bagaimana|ajarin|how)\b.{0,24}\b(?:pakai|pake|makai|make|memakai|menggunakan|gunain|use|using)\b"
    r".{0,16}\b(?:aplikasi(?:nya)?|app|apps|bot(?:nya)?|serambi|hris)\b",
    re.IGNORECASE,
)
# "Video call", "rekaman video CCTV": something else that has a film in it.
ELSEWHERE = re.compile(
    r"\b(?:video\s?call|vidcall|vicall|cctv|zoom|meet|rapat|rekaman|youtube|tiktok|promosi|konten|content)\b",
    re.IGNORECASE,
)


def wanted(words: str) -> bool:
    """Whether a sentence asks for a film about the product."""
    return not ELSEWHERE.search(words) and bool(SHOWN.search(words) or USED.search(words))


def amid(words: str) -> bool:
    """Likewise while a question is open: "bikin video promosi" is a reason for leave, "video cara cuti" is none."""
    return wanted(words) and bool(HOW.search(words))


@flow("training", brief=True)
async def training(chat: Chat) -> None:
    """The film that was asked for, or which there are for whoever asks."""
    roles = await chat.look("roles", reader.roles, chat.employee)
    mine = catalogue.seen_by(roles)
    named = chat.answers.get("film")
    if named is not None:
        film = next((one for one in mine if one.id == named), None)
        if film is None:
            raise Refused("training.gone")
        await _show(chat, film)
        return
    about = "" if chat.opening is None or USED.search(chat.opening) else SHOWN.sub(" ", chat.opening)
    near = finding.find(about, roles)
    if (sure := finding.sure(about, roles)) is not None:
        await _show(chat, sure)
    elif near:
        chat.say("training.near", *[await _choice(chat, film) for film in near], await _all(chat))
    else:
        await _list(chat, mine)


async def _list(chat: Chat, mine: list[Film]) -> None:
    page = int(chat.answers.get("page") or 0)
    shown = mine[page * (MOST_SHOWN - 1) :][: MOST_SHOWN - 1] if len(mine) > MOST_SHOWN else mine
    choices = [await _choice(chat, film) for film in shown]
    if len(mine) > (page + 1) * (MOST_SHOWN - 1) and len(shown) < len(mine):
        choices.append(await start_choice(chat, "training", chat.phrase("training.more_button"), page=page + 1))
    done = await chat.look("done", progress.count_done, chat.employee.person, mine)
    number = f"{len(mine)}"
    if done:
        chat.say("training.listed_seen", *choices, done=f"{done}", number=number)
    else:
        chat.say("training.listed", *choices, number=number, count=len(mine))


async def _show(chat: Chat, film: Film) -> None:
    """The film itself where the chat plays it, else where it can be seen, by whoever has the link."""
    language = chat.language
    choices = [
        await start_choice(chat, "training_seen", chat.phrase("training.watched_button"), film=film.id),
        await start_choice(chat, "training", chat.phrase("training.others_button")),
    ]
    facts: dict[str, Any] = {"title": film.script.title.to(language), "length": film.length(language)}
    if chat.here is not None and chat.here.channel in TAKES_FILES:
        file = Enclosing(f"{film.id}.mp4", "video/mp4", b"", film=(film.id, language))
        chat.send("training.sent", file, *choices, **facts)
    else:
        link = f"{settings.current().public_url}/training/{film.id}"
        chat.say("training.sent_link", *choices, link=link, **facts)


@flow("training_seen", brief=True)
async def seen(chat: Chat) -> None:
    """Note that it was seen, and how many are left."""
    roles = await chat.look("roles", reader.roles, chat.employee)
    mine = catalogue.seen_by(roles)
    film = next((one for one in mine if one.id == chat.answers.get("film")), None)
    if film is None:
        raise Refused("training.gone")
    if not await progress.finish(chat.employee.person, film, language=chat.language):
        chat.say("training.not_kept", await _all(chat), link=f"{settings.current().public_url}/me/data/consents")
        return
    done = await progress.count_done(chat.employee.person, mine)
    if done == len(mine):
        chat.say("training.watched_all", number=f"{done}")
    else:
        chat.say("training.watched", await _all(chat), done=f"{done}", number=f"{len(mine)}")


async def _choice(chat: Chat, film: Film) -> Choice:
    return await start_choice(chat, "training", film.script.short.to(chat.language), film=film.id)


async def _all(chat: Chat) -> Choice:
    return await start_choice(chat, "training", chat.phrase("training.others_button"))
