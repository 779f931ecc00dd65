"""Saved replies: put into an answer, sent at once with what belongs to them, and kept by the company on their page."""

from collections.abc import Mapping

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal
from backoffice.ticket_page import Event, Written, act_on, shown
from core import database
from core.errors import Refused
from core.helpdesk import links, outgoing, replies, tickets, words_back
from core.helpdesk.replies import Wording
from core.helpdesk.tables import SavedReply, Ticket

DONE = ("saved", "removed")
NAMES = {one: replies.braced(names) for one, names in replies.SHOWN.items()}


class Chosen(Struct):
    """A saved reply that is sent as it is."""

    reply: str = ""
    read: Event = 0


class Wanted(Struct):
    """A saved reply as it is written in its form."""

    shortcut: str = ""
    title: str = ""
    words_id: str = ""
    words_en: str = ""
    then: str = tickets.OPEN
    tag: str = ""
    draft: str = ""
    seen: str = ""


class TicketRepliesController(Controller):
    """`/{company}/tickets/{ticket}`: what is done with saved replies, and with answers on their way."""

    path = "/{company:str}/tickets/{public:str}"
    guards = (requires("tickets", "work"),)

    @post("/insert", status_code=200)
    async def insert(self, request: Web, public: FromPath[str], data: URLEncodedBody[Written]) -> Response[str]:
        """Put a saved reply behind what is written, to be changed and sent."""
        where = standing(request)
        async with database.reading(where.company):
            row, ticket = await replies.by_public(data.reply), await tickets.by_public(public)
            if ticket is None:
                raise NotFoundException
            words = replies.words_in(row, await words_back.language_of(ticket.person)) if row is not None else ""
        data.words = "\n".join(one for one in (data.words.rstrip(), words) if one)
        return await shown(request, public, typed=data)

    @post("/macro")
    async def macro(self, request: Web, public: FromPath[str], data: URLEncodedBody[Chosen]) -> Response[str]:
        """Send a saved reply as it is, and do with the ticket what belongs to it."""

        async def act(ticket: Ticket) -> None:
            row = await replies.by_public(data.reply)
            if row is None:
                raise Refused("tickets.reply_gone")
            words = replies.words_in(row, await words_back.language_of(ticket.person))
            await tickets.answer(ticket, words, by=acting(request), read=data.read, then=row.leads_to)
            if row.tag:
                await links.tag(ticket, row.tag, by=acting(request))

        return await act_on(request, public, act, "answered")

    @post("/back/{answer:str}")
    async def back(self, request: Web, public: FromPath[str], answer: FromPath[str]) -> Response[str]:
        """Take an answer back that did not leave yet; its words are in the box again."""
        where = standing(request)
        try:
            async with database.transaction(where.company):
                ticket = await tickets.by_public(public)
                if ticket is None:
                    raise NotFoundException
                words = await outgoing.take_back(ticket, answer, by=acting(request))
        except Refused as no:
            return await shown(request, public, wrong={"": refusal(request, no, where.zone)}, status=422)
        return await shown(request, public, done="back", typed=Written(words=words, read=ticket.last))


class SavedRepliesController(Controller):
    """`/{company}/replies`: what the company keeps."""

    path = "/{company:str}/replies"
    guards = (requires("replies", "write"),)

    @get()
    async def index(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """All of them, and the form for another."""
        return await _index(request, done=done if done in DONE else "")

    @post()
    async def add(self, request: Web, data: URLEncodedBody[Wanted]) -> Response[str]:
        """Keep another."""
        return await _save(request, data)

    @get("/{public:str}")
    async def one(self, request: Web, public: FromPath[str]) -> Response[str]:
        """One of them, in its form."""
        return await _index(request, reply=public)

    @post("/{public:str}")
    async def change(self, request: Web, public: FromPath[str], data: URLEncodedBody[Wanted]) -> Response[str]:
        """Write it anew; what was sent with it stays as it was sent."""
        return await _save(request, data, reply=public)

    @post("/{public:str}/remove")
    async def remove(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Keep it no longer."""
        where = standing(request)
        async with database.transaction(where.company):
            await replies.remove(await _one(public), by=acting(request))
        return Redirect(f"/{where.place.slug}/replies?done=removed", status_code=303)


async def _one(reply: str) -> SavedReply:
    row = await replies.by_public(reply)
    if row is None:
        raise NotFoundException
    return row


async def _save(request: Web, data: Wanted, *, reply: str = "") -> Response[str]:
    where = standing(request)
    said = Wording(data.shortcut.strip(), data.title, data.words_id, data.words_en, data.then, data.tag)
    try:
        async with database.transaction(where.company):
            row = await _one(reply) if reply else None
            await replies.save(said, by=acting(request), row=row)
    except Refused as no:
        wrong = {"": refusal(request, no, where.zone)}
        return await _index(request, reply=reply, typed=data, wrong=wrong, status=422)
    return Redirect(f"/{where.place.slug}/replies?done=saved", status_code=303)


async def _index(
    request: Web, *, reply: str = "", done: str = "", typed: Wanted | None = None,
    wrong: Mapping[str, str] | None = None, status: int = 200,
) -> Response[str]:  # fmt: skip
    where = standing(request)
    async with database.reading(where.company):
        rows = await replies.all_of_them()
        row = await _one(reply) if reply else None
    if typed is None:
        typed = Wanted() if row is None else Wanted(
            row.shortcut, row.title, row.words_id, row.words_en, row.leads_to, row.tag or ""
        )  # fmt: skip
    return await page(
        request, "tickets/replies.html", status=status, place=where.place.name, zone=where.zone, company=where.place,
        rows=rows, row=row, typed=typed, wrong=dict(wrong or {}), done=done, names=NAMES,
        figures=replies.braced([*replies.SEALED["id"], *replies.SEALED["en"]]), longest=replies.LONGEST,
    )  # fmt: skip
