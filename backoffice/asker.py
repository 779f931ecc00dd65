"""Who asks for a page, and how they want to read it: worked out once per request, from its cookies and headers."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection

from core import settings
from core.accounts import frames, sign_in
from core.accounts.joining import digest
from core.accounts.sessions import agent_of
from core.accounts.sign_in import Seat, SignedIn
from core.accounts.tables import ChatFrame
from core.phrases import LANGUAGES

THEMES = ("light", "dark")
FRAMES = "/chat/frame/"  # what stands below is shown in pages of others, and has a session of its own
Connection = ASGIConnection[Any, Any, Any, Any]
Web = Request[Any, Any, Any]


@dataclass(frozen=True)
class Asker:
    """What every page needs to know about who asks."""

    path: str
    language: str
    theme: str | None
    csrf: str
    csrf_seed: str
    seed_is_new: bool
    session: str | None
    signed: SignedIn | None
    frame: ChatFrame | None = None  # the page of a company's own in which this is shown


def of(connection: Connection) -> Asker:
    """Who asks; where the gate did not run, because there is no such page, nobody looked who holds the session."""
    known = connection.scope.get("asker")
    return known if isinstance(known, Asker) else _made(connection, None)


async def recognise(connection: Connection) -> Asker:
    """Find out who asks, and keep it with the request."""
    # Only fragments that keep themselves fresh are fetched so, and the streams that tell them.
    by_itself = "hx-request" in connection.headers or "event-stream" in connection.headers.get("accept", "")
    path, frame = connection.scope["path"], None
    if path.startswith(FRAMES):
        # In a frame nobody is who they are on our own pages, even where the browser sends those cookies along.
        frame = await frames.find(path.removeprefix(FRAMES).partition("/")[0])
        secret = connection.cookies.get(frame_cookie_name(frame)) if frame is not None else None
        signed = await sign_in.recognise(secret, awake=not by_itself, frame=frame.id) if frame is not None else None
    else:
        signed = await sign_in.recognise(connection.cookies.get(sign_in.cookie_name()), awake=not by_itself)
    found = _made(connection, signed, frame)
    connection.scope["asker"] = found  # type: ignore[typeddict-unknown-key]
    connection.scope["user"] = found.signed
    return found


def seat(connection: Connection) -> Seat:
    """In which browser and from where somebody signs in."""
    address = connection.client.host if connection.client else ""
    return Seat(agent_of(connection.headers.get("user-agent", "")), address)


def csrf_cookie_name(frame: ChatFrame | None = None) -> str:
    """The cookie from which the tokens of forms are made."""
    return ("__Host-" if settings.current().secure else "") + ("csrf" if frame is None else "chat-csrf")


def frame_cookie_name(frame: ChatFrame) -> str:
    """The cookie of a session in this frame: two pages of one site do not sign each other out."""
    return f"{'__Host-' if settings.current().secure else ''}chat-{frame.public}"


def _made(connection: Connection, signed: SignedIn | None, frame: ChatFrame | None = None) -> Asker:
    path, cookies = connection.scope["path"], connection.cookies
    session = cookies.get(sign_in.cookie_name() if frame is None else frame_cookie_name(frame))
    seed = cookies.get(csrf_cookie_name(frame)) or ""
    new = len(seed) != 43
    seed = secrets.token_urlsafe(32) if new else seed
    theme = cookies.get("theme")
    return Asker(
        path=path, language=_language(connection, path, signed), theme=theme if theme in THEMES else None,
        csrf=_token(seed, session), csrf_seed=seed, seed_is_new=new, session=session, signed=signed, frame=frame,
    )  # fmt: skip


def _token(seed: str, session: str | None) -> str:
    """A form's token fits one browser and one session, so it ends with the session."""
    said = f"{seed}|{digest(session) if session else ''}"
    return hmac.new(f"csrf:{settings.current().secret_key}".encode(), said.encode(), hashlib.sha256).hexdigest()[:32]


def _language(connection: Connection, path: str, signed: SignedIn | None) -> str:
    if path in ("/", "/en"):
        return "en" if path == "/en" else "id"
    chosen = connection.cookies.get("language")
    if chosen in LANGUAGES:
        return chosen
    if signed is not None and signed.language in LANGUAGES:
        return signed.language
    for part in connection.headers.get("accept-language", "").split(","):
        name = part.split(";")[0].strip().lower()[:2]
        if name in LANGUAGES:
            return name
    return "id"
