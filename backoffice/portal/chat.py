"""The chat page, and the fragment that keeps it fresh. What is written in it is posted to web chat, at `/chat` too."""

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, SkipValidation

from backoffice import talks
from backoffice.asker import Web
from backoffice.guards import Standing, requires, standing
from backoffice.live import TALK
from backoffice.rendering import page
from backoffice.talks import Read, Shown

Handed = NamedDependency[SkipValidation[Read]]


class ChatController(Controller):
    """The employee's talk in the browser."""

    path = "/chat"
    guards = (requires("chat", "own"),)

    @get()
    async def show(self, request: Web, read_talk: Handed) -> Response[str]:
        """The whole page."""
        where = standing(request)
        return await page(request, "portal/chat.html", talk=await shown(where, read_talk), zone=zone_of(where))

    @get("/lines")
    async def lines(self, request: Web, read_talk: Handed, seen: FromQuery[str] = "") -> Response[str]:
        """The lines alone; nothing when the page shows them already."""
        where = standing(request)
        return await fragment(request, await shown(where, read_talk), seen, zone_of(where))


async def shown(where: Standing, read_talk: Read) -> Shown:
    """The talk of whoever asks."""
    assert where.person is not None
    lines = talks.bubbles(await read_talk(where.company, where.person), zone_of(where))
    return Shown(
        "me", where.place.name, "/chat", f"/chat/lines?seen={talks.seen(lines)}&company={where.place.slug}",
        f"/live?topics={TALK}&company={where.place.slug}", lines,
        fields={"company": where.place.slug}, upload="/chat/file",
    )  # fmt: skip


def zone_of(where: Standing) -> str:
    """The clock that this person lives by."""
    return where.employee.zone if where.employee is not None else where.place.zone


async def fragment(request: Web, talk: Shown, seen: str, zone: str) -> Response[str]:
    """The lines as a fragment, or 204 when nothing changed."""
    if seen == talks.seen(talk.lines):
        return Response("", status_code=204)
    return await page(request, "_parts/lines.html", framed=False, talk=talk, zone=zone)
