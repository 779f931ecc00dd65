"""The chat in a page of a company's own: which pages may frame it, and the code that opens it there.

A browser gives a frame of another site none of our cookies, so the frame has a session of its own, which opens the chat
and nothing else. Who is signed in on our own pages is shown a code there and types it in the frame: nothing that the
other page could read or send carries the right over (knowledge_base/developers/decisions/0046).
"""

import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from piccolo.query.functions import Count

from core import audit, clock, database, settings
from core.accounts import acts_in, sign_in
from core.accounts.joining import digest
from core.accounts.sessions import FRAME, IDLE, shut_in
from core.accounts.sign_in import Seat
from core.accounts.tables import Account, ChatFrame, Session, Token
from core.audit import Actor
from core.errors import Refused
from core.people.identities import ALPHABET, CODE_LENGTH

MOST = 20  # pages of one company
CODE_LIFE = timedelta(minutes=5)
NOTED_EVERY = timedelta(minutes=1)
LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"{LABEL}(\.{LABEL})*")
USUAL = {"https": 443, "http": 80}
ORIGIN = re.compile(r"https?://[a-z0-9.-]{1,240}(:[0-9]{1,5})?")


def origin_of(typed: str) -> str:
    """The origin of an address as people paste it, or why it cannot be one that frames the chat."""
    written = typed.strip()
    try:
        parts = urlsplit(written if "://" in written else f"https://{written}")
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except (ValueError, UnicodeError):
        raise Refused("frames.no_address") from None
    if "@" in parts.netloc or len(host) > 200 or not HOST.fullmatch(host) or parts.scheme not in USUAL:
        raise Refused("frames.no_address")
    if parts.scheme == "http" and settings.current().secure:
        raise Refused("frames.needs_https")
    origin = f"{parts.scheme}://{host}" + (f":{port}" if port and port != USUAL[parts.scheme] else "")
    if origin == settings.current().public_url:
        raise Refused("frames.our_own")
    return origin


async def every() -> Sequence[ChatFrame]:
    """The pages that may frame the chat of the company in scope, the first first."""
    return await ChatFrame.objects().where(ChatFrame.ended_at.is_null()).order_by(ChatFrame.id)


async def signed_in(frames: Sequence[int]) -> Mapping[int, int]:
    """How many are signed in now in each of these frames."""
    now = clock.now()
    async with database.installation(writes=False):
        rows = (
            await Session.select(Session.frame, Count(Session.id, alias="number"))
            .where(
                Session.frame.is_in(list(frames) or [0]) & Session.ended_at.is_null() & (Session.expires_at > now)
                & (Session.seen_at > now - IDLE)
            )
            .group_by(Session.frame)
        )  # fmt: skip
    return {int(row["frame"]): int(row["number"]) for row in rows}


async def allow(typed: str, *, by: Actor) -> ChatFrame:
    """Let a page show the chat; one that may already, goes on. Inside the company's transaction."""
    origin = origin_of(typed)
    await database.lock_name(f"frames:{database.company()}")
    known = await every()
    found = next((one for one in known if one.origin == origin), None)
    if found is not None:
        return found
    if len(known) >= MOST:
        raise Refused("frames.too_many", most=str(MOST))
    made = ChatFrame(public=database.new_public(), origin=origin, made_at=clock.now())
    await ChatFrame.insert(made)
    audit.record("chat_frame.allowed", f"frame:{made.id}", by=by, origin=origin)
    return made


async def end(public: str, *, by: Actor) -> bool:
    """Let a page show the chat no longer, and end the sessions there; inside the company's transaction."""
    now = clock.now()
    ended = (
        await ChatFrame.update({ChatFrame.ended_at: now})
        .where((ChatFrame.public == public) & ChatFrame.ended_at.is_null())
        .returning(ChatFrame.id, ChatFrame.origin)
    )
    if not ended:
        return False
    number = int(ended[0]["id"])
    await Session.update({Session.ended_at: now}).where((Session.frame == number) & Session.ended_at.is_null())
    audit.record("chat_frame.ended", f"frame:{number}", by=by, origin=ended[0]["origin"])
    return True


async def find(public: str) -> ChatFrame | None:
    """The page with this address, of whichever company, while it may show the chat."""
    if len(public) != 22:
        return None
    async with database.installation(writes=False):
        return await ChatFrame.objects().where((ChatFrame.public == public) & ChatFrame.ended_at.is_null()).first()


async def note(frame: ChatFrame, asked_by: str) -> None:
    """Remember, once a minute, that a page asked for the chat: the allowed one, or another one that is refused."""
    now = clock.now()
    shown = asked_by == frame.origin
    last = frame.shown_at if shown else frame.refused_at
    known = shown or (frame.refused_from == asked_by)
    if not ORIGIN.fullmatch(asked_by) or (known and last is not None and now - last < NOTED_EVERY):
        return
    if not shown and last is not None and now - last < timedelta(seconds=1):
        return
    told = (
        {ChatFrame.shown_at: now} if shown else {ChatFrame.refused_at: now, ChatFrame.refused_from: asked_by[:255]}
    )  # fmt: skip
    async with database.transaction(frame.company):
        await ChatFrame.update(told).where(ChatFrame.id == frame.id)


async def offer(account: int, frame: ChatFrame) -> str:
    """A code that opens the chat of this account in that frame, once, for five minutes; an earlier one ends."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    now = clock.now()
    async with database.installation():
        await Token.update({Token.used_at: now}).where(
            (Token.account == account) & (Token.kind == FRAME) & Token.used_at.is_null()
        )
        await Token.insert(
            Token(kind=FRAME, token_hash=_hash(frame, code), account=account, expires_at=now + CODE_LIFE)
        )
    return f"{code[:4]}-{code[4:]}"


async def enter(frame: ChatFrame, code: str, *, replacing: str | None, seat: Seat) -> str:
    """The secret of a session in the frame, for a code that was shown on our own pages just now; the one that the
    browser held there ends."""
    typed = re.sub(r"[\s-]", "", code).upper()[:40]
    mine = (
        (Token.token_hash == _hash(frame, typed)) & (Token.kind == FRAME) & Token.used_at.is_null()
        & (Token.expires_at > clock.now())
    )  # fmt: skip
    async with database.installation():
        spent = await Token.update({Token.used_at: clock.now()}).where(mine).returning(Token.account, Token.shut)
    if not spent:
        raise Refused("frames.code_wrong")
    account, shut = int(spent[0]["account"]), str(spent[0]["shut"])
    places = await acts_in.places(account, shut=shut_in(shut))
    if not any(one.company == frame.company and one.person is not None and not one.closed for one in places):
        raise Refused("frames.code_wrong")
    async with database.installation():
        if await Account.exists().where((Account.id == account) & Account.blocked_at.is_not_null()):
            raise Refused("frames.code_wrong")
        return await sign_in.open_session(account, replacing, seat, None, shut, frame.id)


def _hash(frame: ChatFrame, code: str) -> str:
    return digest(f"{FRAME}|{frame.public}|{code}")
