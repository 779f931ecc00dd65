"""Who works at the desk and how much each has; giving a ticket to a colleague; when questions come."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker, plots
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.plots import Part, Plot
from backoffice.rendering import page, refusal, whole
from backoffice.ticket_page import shown
from core import choices, clock, database
from core.accounts.roles import allowed
from core.errors import Refused
from core.helpdesk import dealing, holding, service_level, team, tickets
from core.helpdesk.tables import TicketEvent
from core.phrases import angka, phrase

DAYS = 28
MOST_ROOM = 99_999
ASKED = (service_level.OPENED, service_level.ASKED, service_level.REOPENED)


class Given(Struct):
    """To whom a ticket goes, by the address of their account, who had it on the page, and a note for them."""

    to: str = ""
    held: str = ""
    words: str = ""


class Kept(Struct):
    """Whether somebody is given tickets, and how many; an empty box means no, an empty number the company's."""

    receives: str = ""
    room: str = ""


class DeskTeamController(Controller):
    """`/{company}/tickets/team`, and giving a ticket away."""

    path = "/{company:str}/tickets"
    guards = (requires("tickets", "work"),)

    @get("/team")
    async def show(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """Everybody at the desk with their load, and the hours in which people ask."""
        return await _team(request, done="saved" if done == "saved" else "")

    @post("/team/{public:str}")
    async def keep(self, request: Web, public: FromPath[str], data: URLEncodedBody[Kept]) -> Response[str]:
        """Change what somebody is given: oneself, or anybody for who leads the desk."""
        where, by = standing(request), acting(request)
        try:
            async with database.transaction(where.company):
                one = await team.of_public(public)
                if one is None or not (one.name == by.name or allowed(where.place.roles, "tickets", "lead")):
                    raise NotFoundException
                await dealing.keep(one, receives=bool(data.receives), room=_room(data.room), by=by)
        except Refused as no:
            return await _team(request, wrong={f"room-{public}": refusal(request, no, where.zone)}, status=422)
        return Redirect(f"/{where.place.slug}/tickets/team?done=saved", status_code=303)

    @post("/{public:str}/give")
    async def give(self, request: Web, public: FromPath[str], data: URLEncodedBody[Given]) -> Response[str]:
        """Hand a ticket over to a colleague, with a note."""
        where = standing(request)
        try:
            async with database.transaction(where.company):
                row = await tickets.by_public(public)
                if row is None:
                    raise NotFoundException
                to = await team.of_public(data.to)
                if to is None:
                    raise Refused("tickets.not_at_desk")
                await holding.hand_over(row, to, by=acting(request), held=data.held, words=data.words)
        except Refused as no:
            status = 409 if no.key == "tickets.taken_by" else 422
            return await shown(request, public, wrong={"to": refusal(request, no, where.zone)}, status=status)
        return Redirect(f"/{where.place.slug}/tickets/{public}?done=given", status_code=303)


def _room(typed: str) -> int | None:
    """The number in the box; None where it is empty, 0 where it is none, which the rule refuses."""
    plain = typed.strip()
    if not plain:
        return None
    return whole(plain, MOST_ROOM) or 0


async def _team(
    request: Web, *, done: str = "", wrong: Mapping[str, str] | None = None, status: int = 200
) -> Response[str]:
    where, language, by = standing(request), asker.of(request).language, acting(request)
    async with database.reading(where.company):
        seats = await dealing.seats()
        deals, by_load = await choices.of(choices.DESK_DEALS), await choices.of(choices.DESK_BY_LOAD)
        room = await choices.of(choices.DESK_ROOM)
        since = clock.now() - timedelta(days=DAYS)
        told = (TicketEvent.at >= since) & TicketEvent.kind.is_in(list(ASKED))
        came = [row["at"] for row in await TicketEvent.select(TicketEvent.at).where(told)]
    hours = Counter(clock.local(at, where.place.zone).hour for at in came)
    return await page(
        request, "tickets/team.html", status=status, place=where.place.name, zone=where.zone, company=where.place,
        seats=seats, how="load" if deals and by_load else "turns" if deals else "by_hand", room=room, me=by.name,
        may_report=allowed(where.place.roles, "desk", "report"), may_terms=allowed(where.place.roles, "desk", "terms"),
        may_lead=allowed(where.place.roles, "tickets", "lead"), done=done, wrong=dict(wrong or {}),
        hours=_hours(hours, language) if came else None,
    )  # fmt: skip


def _hours(hours: Mapping[int, int], language: str) -> Plot:
    """How many messages came in each hour of the day."""
    most = max(range(24), key=lambda hour: hours.get(hour, 0))
    parts = [Part(f"{hour:02}", hours.get(hour, 0), "f-go") for hour in range(24)]
    said = phrase("queue.team_hours_said", language, hour=f"{most:02}", number=angka(hours.get(most, 0), language))
    head = phrase("queue.team_hour", language), phrase("queue.team_messages", language)
    return plots.month_bars(parts, said=said, head=head, words=[angka(part.number, language) for part in parts])
