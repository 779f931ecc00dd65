"""What an agent does with a ticket and others: merge, take apart, split, tie, tag, put aside, follow up, hand back."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from litestar import Controller, Response, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.rendering import whole
from backoffice.ticket_page import Written, act_on
from core.errors import Refused
from core.helpdesk import handing, links, mentions, merging, snoozing, tickets
from core.helpdesk.tables import Ticket

MORNING = time(8)  # when a ticket comes back that was put aside until a day


class Other(Struct):
    """Another ticket, by the number people quote, and how both belong together."""

    number: str = ""
    kind: str = links.RELATED


class Message(Struct):
    """A message of a ticket."""

    event: str = ""


class Tag(Struct):
    """A word to put on a ticket."""

    name: str = ""


class Until(Struct):
    """A day on which a ticket comes back."""

    until: str = ""


class TicketTiesController(Controller):
    """`/{company}/tickets/{ticket}`: what has to do with other tickets, other people, another day."""

    path = "/{company:str}/tickets/{public:str}"
    guards = (requires("tickets", "work"),)

    @post("/merge")
    async def merge(self, request: Web, public: FromPath[str], data: URLEncodedBody[Other]) -> Response[str]:
        """Go on with this ticket in another one of the same person."""

        async def act(row: Ticket) -> None:
            await merging.merge(row, await _other(data.number), by=acting(request))

        return await act_on(request, public, act, "merged")

    @post("/unmerge")
    async def unmerge(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Take it out of the other one again."""

        async def act(row: Ticket) -> None:
            await merging.unmerge(row, by=acting(request))

        return await act_on(request, public, act, "unmerged")

    @post("/split")
    async def split(self, request: Web, public: FromPath[str], data: URLEncodedBody[Message]) -> Response[str]:
        """Make one message of the requester a ticket of its own."""

        async def act(row: Ticket) -> None:
            await merging.split(row, whole(data.event) or 0, by=acting(request))

        return await act_on(request, public, act, "split")

    @post("/tie")
    async def tie(self, request: Web, public: FromPath[str], data: URLEncodedBody[Other]) -> Response[str]:
        """Put another ticket beside it."""

        async def act(row: Ticket) -> None:
            kind = data.kind if data.kind in links.KINDS else links.RELATED
            await links.tie(row, await _other(data.number), kind, by=acting(request))

        return await act_on(request, public, act, "tied")

    @post("/untie")
    async def untie(self, request: Web, public: FromPath[str], data: URLEncodedBody[Other]) -> Response[str]:
        """Let the other one go."""

        async def act(row: Ticket) -> None:
            await links.untie(row, await _other(data.number), by=acting(request))

        return await act_on(request, public, act, "untied")

    @post("/tag")
    async def tag(self, request: Web, public: FromPath[str], data: URLEncodedBody[Tag]) -> Response[str]:
        """Put a word on it."""
        return await act_on(request, public, lambda row: links.tag(row, data.name, by=acting(request)), "tagged")

    @post("/untag")
    async def untag(self, request: Web, public: FromPath[str], data: URLEncodedBody[Tag]) -> Response[str]:
        """Take a word off it."""
        return await act_on(request, public, lambda row: links.untag(row, data.name, by=acting(request)), "tagged")

    @post("/snooze")
    async def snooze(self, request: Web, public: FromPath[str], data: URLEncodedBody[Until]) -> Response[str]:
        """Put it aside until the morning of a day."""
        zone = standing(request).zone

        async def act(row: Ticket) -> None:
            try:
                day = date.fromisoformat(data.until)
            except ValueError:
                raise Refused("tickets.snooze_when") from None
            await snoozing.snooze(row, datetime.combine(day, MORNING, ZoneInfo(zone)), by=acting(request))

        return await act_on(request, public, act, "snoozed")

    @post("/wake")
    async def wake(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Have it back in the queue now."""
        return await act_on(request, public, lambda row: snoozing.wake(row, by=acting(request)), "woken")

    @post("/hand-back")
    async def hand_back(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Let the talk answer again, and go on where it stopped."""
        return await act_on(request, public, lambda row: handing.hand_back(row, by=acting(request)), "handed")

    @post("/seen")
    async def seen(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Say that one saw where one was named."""

        async def act(row: Ticket) -> None:
            if (person := standing(request).person) is not None:
                await mentions.seen(row, person)

        return await act_on(request, public, act, "seen")

    @post("/follow-up")
    async def follow_up(self, request: Web, public: FromPath[str], data: URLEncodedBody[Written]) -> Response[str]:
        """Open another ticket for the same person that goes on with this one."""
        made: list[Ticket] = []

        async def act(row: Ticket) -> None:
            made.append(await merging.follow_up(row, data.words, by=acting(request)))

        shown = await act_on(request, public, act, "followed", data)
        if shown.status_code == 303 and made:
            where = standing(request)
            return Redirect(f"/{where.place.slug}/tickets/{made[0].public}?done=followed", status_code=303)
        return shown


async def _other(number: str) -> Ticket:
    row = await tickets.of_number(number[:20])
    if row is None:
        raise Refused("tickets.no_such", number=number[:20])
    return row
