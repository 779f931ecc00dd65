"""The browsers in which an account is signed in: listed, ended one by one or all at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core import clock, database, vault
from core.accounts.tables import ChatFrame, Membership, Session, Token

SEEN_FROM = "session.seen_from"
FRAME = "frame"
IDLE = timedelta(minutes=30)
RECENT = timedelta(minutes=10)


@dataclass(frozen=True)
class Opened:
    """A session as its owner may know it again."""

    public: str | None
    mine: bool
    agent: str
    seen_from: str
    created_at: datetime
    seen_at: datetime
    frame: str = ""  # the page in whose frame it opens the chat, and nothing else


async def of_account(account: int, current: int) -> Sequence[Opened]:
    """The sessions that are open now, the one that asks first."""
    async with database.installation(writes=False):
        rows = await Session.select().where(_open(account)).order_by(Session.seen_at, ascending=False)
        rows = [row for row in rows if not await is_over(account, row["shut"])]
        frames = await ChatFrame.select(ChatFrame.id, ChatFrame.origin).where(
            ChatFrame.id.is_in([row["frame"] for row in rows if row["frame"] is not None] or [0])
        )
    origins = {row["id"]: row["origin"] for row in frames}
    found = [
        Opened(
            row["public"], row["id"] == current, row["agent"],
            vault.unseal(row["seen_from"], company=0, column=SEEN_FROM) if row["seen_from"] else "",
            row["created_at"], row["seen_at"], origins.get(row["frame"], ""),
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda one: not one.mine)


async def end(account: int, public: str) -> None:
    """End one session of this account; one that has ended stays ended."""
    async with database.installation():
        await Session.update({Session.ended_at: clock.now()}).where(_open(account) & (Session.public == public))


async def end_all(account: int, *, but: int | None = None) -> int:
    """End every session of an account, but the one that asks, and each code that would open one in a frame; inside
    whatever transaction is open."""
    await Token.update({Token.used_at: clock.now()}).where(
        (Token.account == account) & (Token.kind == FRAME) & Token.used_at.is_null()
    )
    which = (Session.account == account) & Session.ended_at.is_null()
    if but is not None:
        which = which & (Session.id != but)
    return len(await Session.update({Session.ended_at: clock.now()}).where(which).returning(Session.id))


async def end_here(account: int) -> int:
    """End every session and unused link of an account for the company in scope; inside its transaction.

    An account that acts in this company alone is thereby signed out. Where it acts in others, it stays signed in there:
    what is theirs no company ends.
    """
    mine = f",{database.company()},"
    await Token.update({Token.shut: Token.shut + mine}).where(
        (Token.account == account) & Token.used_at.is_null() & Token.shut.not_like(f"%{mine}%")
    )
    ended = (
        await Session.update({Session.shut: Session.shut + mine})
        .where((Session.account == account) & Session.ended_at.is_null() & Session.shut.not_like(f"%{mine}%"))
        .returning(Session.id)
    )
    return len(ended)


def shut_in(shut: str) -> frozenset[int]:
    """The companies that ended this session or link for themselves."""
    return frozenset(int(one) for one in shut.split(",") if one)


async def is_over(account: int, shut: str) -> bool:
    """Whether a session or link opens nothing any more, because every company of its account ended it; in
    installation()."""
    if not shut:
        return False
    rows = await Membership.select(Membership.company).where(Membership.account == account)
    return {row["company"] for row in rows} <= shut_in(shut)


async def is_recent(session: int) -> bool:
    """Whether somebody has signed in fully just now, as what changes how one signs in asks for."""
    async with database.installation(writes=False):
        row = await Session.select(Session.created_at).where(Session.id == session).first()
    return row is not None and row["created_at"] > clock.now() - RECENT


def agent_of(header: str) -> str:
    """Browser and system as people call them; nothing that tells one machine from another of its kind."""
    browser = next((name for sign, name in BROWSERS if sign in header), "")
    system = next((name for sign, name in SYSTEMS if sign in header), "")
    return ", ".join(word for word in (browser, system) if word)


BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
    ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


def _open(account: int) -> Any:
    now = clock.now()
    return (
        (Session.account == account) & Session.ended_at.is_null() & (Session.expires_at > now)
        & (Session.seen_at > now - IDLE) & Session.waits.is_null()
    )  # fmt: skip
