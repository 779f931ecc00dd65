"""Answers that a company keeps to be sent again, and what stands between braces in an answer.

`{{nama}}` becomes the requester's name as the answer is sent. What cannot be filled in stops the answer: nobody is sent
a name in braces. Figures that are the requester's own business (`{{sisa_cuti}}`) are filled in for them alone: whoever
answers, and the page of the ticket, sees that one was sent and not which.
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from core import audit, clock, database
from core.accounts.tables import Company
from core.audit import Actor
from core.calendar import promises
from core.errors import Refused
from core.helpdesk import wording, words_back
from core.helpdesk.tables import SavedReply, Ticket
from core.people import directory

BRACED = re.compile(r"\{\{\s*([^{}\n]{1,40}?)\s*\}\}")
OPENING = re.compile(r"\{\{|\}\}")
SHORTCUT = re.compile(r"[a-z0-9-]{2,24}")
# What may stand between braces, in either language.
PLAIN = {
    "nama": "name", "name": "name", "nama_depan": "first_name", "first_name": "first_name", "nomor": "number",
    "number": "number", "petugas": "agent", "agent": "agent", "janji": "promise", "promise": "promise",
    "perusahaan": "company", "company": "company",
}  # fmt: skip
SHOWN = {
    "id": ("nama", "nama_depan", "nomor", "petugas", "janji", "perusahaan"),
    "en": ("name", "first_name", "number", "agent", "promise", "company"),
}
Figure = Callable[[int, str], Awaitable[str | None]]  # (person, language) -> the figure in words
# Sealed figures, by both of their names: whoever knows one puts it here.
FIGURES: dict[str, Figure] = {}
SEALED: dict[str, list[str]] = {"id": [], "en": []}  # their names, by the language in which they are shown
MOST, LONGEST, LONGEST_TITLE, LONGEST_TAG = 200, 3000, 80, 30
THEN = ("open", "waiting_requester", "resolved")


@dataclass(frozen=True)
class Filled:
    """An answer as it is sent, and as the desk sees that it was sent."""

    sent: str
    shown: str


@dataclass(frozen=True)
class Wording:
    """A saved reply as it is written in a form."""

    shortcut: str
    title: str
    words_id: str
    words_en: str
    then: str = "open"
    tag: str = ""


async def filled(words: str, ticket: Ticket, *, by: Actor) -> Filled:
    """Fill in what stands between braces, for the requester of this ticket.

    Refused: tickets.variable_unknown where nothing has that name, tickets.variable_missing where there is no value.
    """
    names = list(dict.fromkeys(BRACED.findall(words)))
    if not names:
        if OPENING.search(words):
            raise Refused("tickets.variable_unknown", names="{{ … }}")
        return Filled(words, words)
    known = [name for name in names if name.lower() in PLAIN or name.lower() in FIGURES]
    if strange := [name for name in names if name not in known]:
        raise Refused("tickets.variable_unknown", names=braced(strange))
    language = await words_back.language_of(ticket.person)
    values: dict[str, str | None] = {}
    for name in names:
        figure = FIGURES.get(name.lower())
        if figure is not None:
            values[name] = await figure(ticket.person, language)
        else:
            values[name] = await _value(PLAIN[name.lower()], ticket, by, language)
    if missing := [name for name in names if not values[name]]:
        raise Refused("tickets.variable_missing", names=braced(missing))
    sent = BRACED.sub(lambda found: values[found[1]] or "", words)
    shown = BRACED.sub(lambda found: found[0] if found[1].lower() in FIGURES else values[found[1]] or "", words)
    return Filled(sent, shown)


async def _value(name: str, ticket: Ticket, by: Actor, language: str) -> str | None:
    if name == "number":
        return ticket.number
    if name == "agent":
        return await words_back.named(by.name, language)
    if name == "company":
        row = await Company.select(Company.name).where(Company.id == database.company()).first()
        return str(row["name"]) if row is not None else None
    if name == "promise":
        due = ticket.answer_promise or ticket.solve_promise
        if due is None:
            return None
        zone = (await directory.zones_of([ticket.person])).get(ticket.person)
        theirs = (await promises.times()).held.zone
        return wording.moment(due, zone or theirs, theirs, language)
    called = await directory.person_name(ticket.person)
    return called.split()[0] if name == "first_name" else called


async def all_of_them() -> Sequence[SavedReply]:
    """What the company keeps, in the order of the titles."""
    rows: Sequence[SavedReply] = await SavedReply.objects().order_by(SavedReply.title, SavedReply.id).limit(MOST)
    return rows


async def by_public(public: str) -> SavedReply | None:
    """The saved reply at this address."""
    return await SavedReply.objects().where(SavedReply.public == public).first()


async def save(wording_: Wording, *, by: Actor, row: SavedReply | None = None) -> SavedReply:
    """Keep a reply, a new one or in place of what stood. Refused: what is missing, too long, taken, or in braces that
    nothing fills."""
    _check(wording_)
    same = await SavedReply.select(SavedReply.id).where(SavedReply.shortcut == wording_.shortcut).first()
    if same is not None and (row is None or same["id"] != row.id):
        raise Refused("tickets.reply_taken", shortcut=wording_.shortcut)
    values: dict[Any, Any] = {
        SavedReply.shortcut: wording_.shortcut, SavedReply.title: wording_.title.strip(),
        SavedReply.words_id: wording_.words_id.strip(), SavedReply.words_en: wording_.words_en.strip(),
        SavedReply.leads_to: wording_.then, SavedReply.tag: wording_.tag.strip() or None,
        SavedReply.changed_at: clock.now(), SavedReply.changed_by: by.name,
    }  # fmt: skip
    if row is None:
        if await SavedReply.count() >= MOST:
            raise Refused("tickets.reply_many", most=str(MOST))
        told = {column._meta.name: value for column, value in values.items()}
        row = SavedReply(public=database.new_public(), **told)
        await SavedReply.insert(row)
    else:
        await SavedReply.update(values).where(SavedReply.id == row.id)
    audit.record("reply.saved", f"saved_reply:{row.id}", by=by, shortcut=wording_.shortcut)
    return row


async def remove(row: SavedReply, *, by: Actor) -> None:
    """Keep it no longer; what was sent with it stays."""
    await SavedReply.delete().where(SavedReply.id == row.id)
    audit.record("reply.removed", f"saved_reply:{row.id}", by=by, shortcut=row.shortcut)


def words_in(row: SavedReply, language: str) -> str:
    """Its words as the requester reads them."""
    return str(row.words_en if language == "en" else row.words_id)


def _check(said: Wording) -> None:
    if not SHORTCUT.fullmatch(said.shortcut):
        raise Refused("tickets.reply_shortcut")
    if not 0 < len(said.title.strip()) <= LONGEST_TITLE:
        raise Refused("tickets.reply_title", most=str(LONGEST_TITLE))
    for words in (said.words_id.strip(), said.words_en.strip()):
        if not 0 < len(words) <= LONGEST:
            raise Refused("tickets.reply_words", most=str(LONGEST))
        names = BRACED.findall(words)
        strange = [name for name in names if name.lower() not in PLAIN and name.lower() not in FIGURES]
        if strange or OPENING.search(BRACED.sub("", words)):
            raise Refused("tickets.variable_unknown", names=braced(strange) or "{{ … }}")
    if said.then not in THEN or len(said.tag.strip()) > LONGEST_TAG:
        raise Refused("tickets.reply_then")


def braced(names: Sequence[str]) -> str:
    """Names as they are typed, between braces."""
    return ", ".join("{{" + name + "}}" for name in names)
