"""The chat in a page of a company's own, and the page on which its code is shown.

What stands below `/chat/frame/` is the only thing that others may frame. It knows the session of its frame and no
other, and a code typed there begins one; the code itself is shown on our own pages alone, to who is signed in.
"""

from urllib.parse import urlsplit

from litestar import Controller, Response, get, post
from litestar.datastructures import UploadFile
from litestar.exceptions import NotAuthorizedException, NotFoundException
from litestar.handlers import BaseRouteHandler
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect, Stream
from msgspec import Struct

from backoffice import asker, gate, guards, live, talks
from backoffice.asker import FRAMES, Connection, Web
from backoffice.controllers.session import claimed
from backoffice.guards import Standing, requires, standing
from backoffice.portal.chat import Handed, fragment, zone_of
from backoffice.rendering import page, says
from backoffice.talks import Read, Shown
from core import database, files, log
from core.accounts import addresses, frames, sign_in
from core.accounts.roles import allowed
from core.accounts.tables import ChatFrame, Company
from core.errors import Refused
from core.messaging import attachments, inbox


class Said(Struct):
    """A sentence or a press."""

    words: str | None = None
    token: str | None = None
    id: str | None = None


class Typed(Struct):
    """The code that was shown on our own pages."""

    code: str = ""


class Wanted(Struct):
    """The page for which a code is asked."""

    page: str = ""


async def within(connection: Connection, _: BaseRouteHandler) -> None:
    """Let pass who has typed a code in this frame and may still chat in its company."""
    where = await _standing(connection)
    if where is None:
        raise NotAuthorizedException
    connection.state.standing = where


async def _standing(connection: Connection) -> Standing | None:
    who, frame = asker.of(connection), frame_of(connection)
    if who.signed is None:
        return None
    for one in await guards.standings(connection, who.signed.account):
        mine = one.company == frame.company and one.person is not None and not one.place.closed
        if mine and allowed(one.place.roles, "chat", "own"):
            return one
    return None


def frame_of(connection: Connection) -> ChatFrame:
    """The page in which this is shown; one that may not show it finds nothing here."""
    found = asker.of(connection).frame
    if found is None:
        raise NotFoundException
    return found


class FrameController(Controller):
    """`/chat/frame/{key}`: what the page of a company's own frames."""

    path = "/chat/frame/{key:str}"

    @get()
    async def show(self, request: Web, read_talk: Handed) -> Response[str]:
        """The chat of who has typed a code here, else where to get one."""
        frame = frame_of(request)
        if request.headers.get("sec-fetch-dest") == "document":
            return Redirect(await _own_window(frame), status_code=303)
        await frames.note(frame, _framed_by(request))
        where = await _standing(request)
        if where is None:
            return await _sign_in(request, frame)
        talk = await _shown(frame, where, read_talk)
        window = await _own_window(frame)
        return await page(
            request, "frame/chat.html", framed=False, talk=talk, zone=zone_of(where), here=_here(frame), window=window,
        )  # fmt: skip

    @post("/enter")
    async def enter(self, request: Web, data: URLEncodedBody[Typed]) -> Response[str]:
        """Begin a session in this frame by a code."""
        frame = frame_of(request)
        tried = await claimed(request)
        try:
            secret = await frames.enter(frame, data.code, replacing=asker.of(request).session, seat=asker.seat(request))
        except Refused as no:
            log.warning("frame_code_refused")
            return await _sign_in(request, frame, wrong=says(request, no.key))
        await addresses.give_back(tried)
        return _back(frame, gate.framed(asker.frame_cookie_name(frame), secret))

    @post("/leave")
    async def leave(self, request: Web) -> Response[str]:
        """End the session of this frame."""
        frame = frame_of(request)
        if asker.of(request).signed is not None:
            await sign_in.leave(asker.of(request).session)
        return _back(frame, gate.framed(asker.frame_cookie_name(frame), "", max_age=0))

    @get("/lines", guards=[within])
    async def lines(self, request: Web, read_talk: Handed, seen: FromQuery[str] = "") -> Response[str]:
        """The lines alone; nothing when the page shows them already."""
        where = standing(request)
        return await fragment(request, await _shown(frame_of(request), where, read_talk), seen, zone_of(where))

    @get("/live", guards=[within])
    async def hear(self, request: Web) -> Response[str] | Stream:
        """What is new, as on our own pages."""
        where = standing(request)
        assert where.person is not None

        async def still() -> bool:
            return await live.may_still_read(request, where.company)

        return await live.stream(request, [(where.company, where.person)], still)

    @post("/say", guards=[within])
    async def say(self, request: Web, data: URLEncodedBody[Said]) -> Response[str]:
        """Say or press something."""
        where = standing(request)
        await inbox.write(where.company, where.person or 0, words=data.words, token=data.token, key=data.id)
        return _back(frame_of(request))

    @post("/file", guards=[within], request_max_body_size=11 * 1024 * 1024)
    async def bring(self, request: Web) -> Response[str]:
        """Send a file."""
        where, form = standing(request), await request.form()
        file = form.get("file")
        if isinstance(file, UploadFile) and file.filename:
            name, raw = file.filename[:200], await file.read(files.MOST + 1)
            enclosed = await attachments.enclose(where.company, where.person or 0, raw, name)
            key = str(form["id"]) if "id" in form else None
            await inbox.write(where.company, where.person or 0, key=key, file=enclosed)
        return _back(frame_of(request))


class CodeController(Controller):
    """`/chat/code`: the code that opens one's chat in a page of the company's own."""

    path = "/chat/code"
    guards = (requires("chat", "own"),)

    @get()
    async def ask(self, request: Web, page: FromQuery[str] = "") -> Response[str]:
        """The pages of the company that may show it; the one that led here alone."""
        return await _codes(request, standing(request), page)

    @post()
    async def show(self, request: Web, data: URLEncodedBody[Wanted]) -> Response[str]:
        """A code for one of them, shown this once."""
        where, signed = standing(request), asker.of(request).signed
        assert signed is not None
        found = await frames.find(data.page)
        if found is None or found.company != where.company:
            return await _codes(request, where, data.page or "none", status=422)
        return await _codes(request, where, data.page, await frames.offer(signed.account, found))


async def _codes(
    request: Web, where: Standing, wanted: str, code: str = "", *, status: int = 200
) -> Response[str]:  # fmt: skip
    """The pages that may show the chat, or the one that is wanted, with its code."""
    async with database.reading(where.company):
        known = await frames.every()
    shown = [one for one in known if one.public == wanted] or ([] if wanted else known)
    return await page(
        request, "portal/chat_code.html", status=status, frames=shown, code=code, company=where.place,
        minutes=int(frames.CODE_LIFE.total_seconds() // 60),
    )  # fmt: skip


async def _sign_in(request: Web, frame: ChatFrame, *, wrong: str = "") -> Response[str]:
    company = await _company(frame)
    there = f"/chat/code?page={frame.public}&company={company.slug}"
    return await page(
        request, "frame/sign_in.html", status=422 if wrong else 200, framed=False, company=company.name, wrong=wrong,
        here=_here(frame), code_page=there, window=await _own_window(frame), origin=frame.origin,
    )  # fmt: skip


async def _shown(frame: ChatFrame, where: Standing, read_talk: Read) -> Shown:
    assert where.person is not None
    lines, here = talks.bubbles(await read_talk(where.company, where.person), zone_of(where)), _here(frame)
    return Shown(
        "me", where.place.name, f"{here}/say", f"{here}/lines?seen={talks.seen(lines)}", f"{here}/live", lines,
        as_whom=where.employee.first_name if where.employee is not None else None, upload=f"{here}/file",
    )  # fmt: skip


def _here(frame: ChatFrame) -> str:
    return f"{FRAMES}{frame.public}"


async def _own_window(frame: ChatFrame) -> str:
    return f"/chat?company={(await _company(frame)).slug}"


async def _company(frame: ChatFrame) -> Company:
    async with database.installation(writes=False):
        found = await Company.objects().get(Company.id == frame.company)
    assert found is not None
    return found


def _back(frame: ChatFrame, cookie: str = "") -> Response[str]:
    answer: Response[str] = Redirect(_here(frame), status_code=303)
    if cookie:
        answer.headers["set-cookie"] = cookie
    return answer


def _framed_by(request: Web) -> str:
    """The origin of the page that asks, as far as its browser tells."""
    if request.headers.get("sec-fetch-dest", "iframe") not in ("iframe", "frame"):
        return ""
    try:
        parts = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
