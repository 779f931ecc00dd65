"""The chat in pages of the company's own: which may show it, what to paste there, and whether it is shown by now."""

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from markupsafe import escape
from msgspec import Struct

from backoffice.asker import FRAMES, Web
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal, says
from core import clock, database, settings
from core.accounts import frames
from core.accounts.tables import ChatFrame
from core.errors import Refused


class Address(Struct):
    """The address of a page, as it is pasted."""

    origin: str = ""


class ChatFramesController(Controller):
    """Which pages may frame the chat of one company."""

    path = "/{company:str}/settings/chat"
    guards = (requires("settings", "change"),)

    @get()
    async def show(self, request: Web, saved: FromQuery[str] = "") -> Response[str]:
        """Each page with its lines to paste, and what was seen of it."""
        return await _show(request, saved=saved)

    @post("/allow")
    async def allow(self, request: Web, data: URLEncodedBody[Address]) -> Response[str]:
        """Let a page show the chat."""
        where = standing(request)
        try:
            async with database.transaction(where.company):
                made = await frames.allow(data.origin[:500], by=acting(request))
        except Refused as no:
            return await _show(request, wrong={"origin": refusal(request, no, where.zone)}, typed=data.origin[:500])
        return Redirect(f"/{where.place.slug}/settings/chat?saved=allowed#frame-{made.id}", status_code=303)

    @post("/{public:str}/end")
    async def end(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Let it show the chat no longer."""
        where = standing(request)
        async with database.transaction(where.company):
            if not await frames.end(public, by=acting(request)):
                raise NotFoundException
        return Redirect(f"/{where.place.slug}/settings/chat?saved=ended", status_code=303)


async def _show(
    request: Web, *, saved: str = "", wrong: dict[str, str] | None = None, typed: str = ""
) -> Response[str]:  # fmt: skip
    where = standing(request)
    async with database.reading(where.company):
        known = await frames.every()
    inside = await frames.signed_in([one.id for one in known])
    rows = [
        {"frame": one, "snippet": _snippet(request, one), "inside": inside.get(one.id, 0)} for one in known
    ]  # fmt: skip
    return await page(
        request, "channels/chat.html", status=422 if wrong else 200, place=where.place.name, company=where.place,
        zone=where.zone, rows=rows, wrong=wrong or {}, typed=typed, secure=settings.current().secure, now=clock.now(),
        saved=saved if saved in ("allowed", "ended") else "",
    )  # fmt: skip


def _snippet(request: Web, frame: ChatFrame) -> str:
    """What to paste: the frame, and a link for who sees none."""
    where, ours = standing(request), settings.current().public_url
    title = escape(says(request, "frames.snippet_title", company=where.place.name))
    link = escape(says(request, "frames.snippet_link"))
    return (
        f'<iframe src="{ours}{FRAMES}{frame.public}" title="{title}" width="100%" height="640" loading="lazy"\n'
        f'  referrerpolicy="origin"></iframe>\n'
        f'<p><a href="{ours}/chat?company={where.place.slug}">{link}</a></p>\n'
    )
