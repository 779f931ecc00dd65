"""Signing in to web pages: passwords, one-time links, and sessions of which only a hash is kept.

A wrong address, a wrong password and an account that has to wait get the same answer, after the same time. It says how
long a wait lasts at most, never how long this one still does: who reads the time left for an address learns that it has
an account, whether it leads (three free tries, not five), and that somebody else is trying it now.
"""

import asyncio
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from core import clock, database, log, metrics, settings, vault
from core.accounts import acts_in, changed, hashing, new_passwords, offers, second_factor, tries
from core.accounts.joining import EMAIL_COLUMN, digest, index_of
from core.accounts.sessions import IDLE, SEEN_FROM, end_all, is_over, shut_in
from core.accounts.tables import Account, Session, Token
from core.errors import Refused

LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
ANSWER_AFTER = 0.35  # seconds; a refusal leaves then, whatever it was refused for
TO_TYPE_A_CODE = timedelta(minutes=10)


@dataclass(frozen=True)
class SignedIn:
    """The account behind a session."""

    account: int
    language: str
    session: int
    shut: frozenset[int] = frozenset()  # companies that ended it for themselves: there one signs in anew


def cookie_name() -> str:
    """The session's cookie; over https its name itself forbids other paths, hosts and plain http."""
    return "__Host-session" if settings.current().secure else "session"


@dataclass(frozen=True)
class Seat:
    """Where somebody sits who signs in: a browser, a network address."""

    agent: str = ""
    seen_from: str = ""


NOWHERE = Seat()


@dataclass(frozen=True)
class Waiting:
    """A session that opens nothing until the second factor was shown, or set up."""

    account: int
    session: int
    waits: str  # code | setup
    shut: str = ""


async def enter(email: str, password: str, *, replacing: str | None = None, seat: Seat = NOWHERE) -> str:
    """Sign in with a password; returns the secret of a new session, which may wait for the second factor.

    The browser's old session ends.
    """
    begun = asyncio.get_running_loop().time()
    index = index_of(email)
    mark = tries.mark_of(index, seat.seen_from)
    account, waits = await _counted(index, mark)
    stored = account.password_hash if account is not None and account.password_hash else hashing.decoy()
    right = await hashing.fits(stored, password)
    if account is None or not account.password_hash or not right or waits:
        told("waits" if waits else "wrong", account.id if account is not None else None)
        await same_time(begun)
        raise Refused("web.sign_in_wrong")
    if account.blocked_at is not None:
        async with database.installation():
            await tries.forget(mark)
        told("blocked", account.id)
        raise Refused("accounts.blocked_sign_in")
    again = await hashing.hashed(password) if hashing.is_old(stored) else stored
    waiting = await _waits(account)
    told("right", account.id)
    async with database.installation():
        await Account.update({Account.failures: 0, Account.failed_at: None, Account.password_hash: again}).where(
            Account.id == account.id
        )
        await tries.forget(mark)
        return await open_session(account.id, replacing, seat, waiting)


def told(outcome: str, account: int | None) -> None:
    """Count a try and have the log say what became of it, by the number of the account where there is one."""
    metrics.SIGN_INS.labels(outcome).inc()
    say = log.info if outcome == "right" else log.warning
    say("sign_in", state=outcome, number=account)


async def _counted(index: str, mark: str) -> tuple[Account | None, bool]:
    """The account of this address, and whether it has to wait; a try that has not counts as a failure until it fits.

    It is counted before it is made: of many at once no more are tried than of one after the other. A try while it has
    to wait does not make it wait longer: nobody can lock somebody out for good.
    """
    async with database.installation():
        account = await Account.objects().where(Account.email_index == index).first()
        wrong, free = await tries.standing(mark, account)
        waits = tries.must_wait(account, wrong, free)
        if not waits:
            await tries.note(index, mark)
    return account, waits


async def waiting(secret: str | None) -> Waiting | None:
    """The session with this secret, if it waits for the second factor."""
    if not secret:
        return None
    async with database.installation(writes=False):
        row = (
            await Session.select(Session.id, Session.account, Session.waits, Session.shut)
            .where(
                (Session.token_hash == digest(secret)) & Session.ended_at.is_null() & Session.waits.is_not_null()
                & (Session.expires_at > clock.now())
            )
            .first()
        )  # fmt: skip
        if row is None or await is_over(row["account"], row["shut"]):
            return None
    return Waiting(row["account"], row["id"], row["waits"], row["shut"])


async def prove(secret: str, code: str, *, seat: Seat = NOWHERE) -> str:
    """Show the second factor; returns the secret of the session that opens everything."""
    begun = asyncio.get_running_loop().time()
    found = await waiting(secret)
    if found is None or found.waits != "code":
        raise Refused("accounts.sign_in_again")
    mark = tries.mark_of("code", str(found.account))
    async with database.installation():
        account = await Account.objects().get(Account.id == found.account)
        stands = await tries.standing(mark, account)
        rests = tries.rests(*stands)
        if not rests:
            await tries.note(None, mark)
    if rests:  # who comes here has shown the password: how long it takes betrays nothing
        told("waits", found.account)
        await same_time(begun)
        minutes = tries.minutes_left(*stands)
        raise Refused("accounts.code_waits", number=str(minutes), count=minutes)
    if not await second_factor.passes(found.account, code):
        told("code_wrong", found.account)
        await same_time(begun)
        raise Refused("accounts.code_wrong")
    async with database.installation():
        await tries.forget(mark)
        return await open_session(found.account, secret, seat, None, found.shut)


async def completed(secret: str, *, seat: Seat = NOWHERE) -> str:
    """The second factor was set up in a session that waited for it: one that opens everything takes its place."""
    found = await waiting(secret)
    if found is None or not await second_factor.is_on(found.account):
        raise Refused("accounts.sign_in_again")
    async with database.installation():
        return await open_session(found.account, secret, seat, None, found.shut)


async def link_holder(secret: str) -> str | None:
    """The address that a one-time link belongs to, while it can be used; reads only."""
    token = await _token(secret)
    return await address_of(token.account) if token is not None else None


async def link_offers(secret: str) -> offers.Offered | None:
    """What the use of a one-time link accepts, if anything; reads only."""
    token = await _token(secret)
    return await _offered(token) if token is not None else None


async def _token(secret: str) -> Token | None:
    """A one-time link that can be used."""
    async with database.installation(writes=False):
        token = await Token.objects().where(_usable(secret)).first()
        return None if token is None or await is_over(token.account, token.shut) else token


async def _offered(token: Token) -> offers.Offered | None:
    if token.inviter is None or token.inviter in shut_in(token.shut):
        return None
    return next(iter(await offers.of_account(token.account, by_company=token.inviter)), None)


async def least_by_link(secret: str) -> int:
    """How many characters the password has at least that is set by this link, for what it accepts too; reads only."""
    token = await _token(secret)
    if token is None:
        return new_passwords.SHORTEST
    offered = await _offered(token)
    return new_passwords.least([*await acts_in.places(token.account, shut=()), *acts_in.entered(offered)])


async def redeem(secret: str, password: str, *, replacing: str | None = None, seat: Seat = NOWHERE) -> str:
    """Set a password by a one-time link and sign in; the link and every other session of the account end. What the
    company offers whose link it is, is accepted by that.

    The second factor is asked for all the same.
    """
    token = await _token(secret)
    if token is None:
        raise Refused("web.link_spent")
    async with database.installation(writes=False):
        account = await Account.objects().get(Account.id == token.account)
    assert account is not None
    if account.blocked_at is not None:
        raise Refused("accounts.blocked_sign_in")
    offered = await _offered(token)
    email = vault.unseal(account.email, company=0, column=EMAIL_COLUMN)
    await new_passwords.check(email, password, [*await acts_in.places(account.id, shut=()), *acts_in.entered(offered)])
    made, now = await hashing.hashed(password), clock.now()
    waiting = await _waits(account, offered)
    async with database.installation() if offered is None else database.transaction(offered.company):
        # A company that ended the link meanwhile is heard: what it shut, or whether it is over, was looked up before.
        usable = _usable(secret) & (Token.shut == token.shut)
        if not await Token.update({Token.used_at: now}).where(usable).returning(Token.id):
            raise Refused("web.link_spent")
        await Account.update({Account.password_hash: made, Account.failures: 0, Account.failed_at: None}).where(
            Account.id == account.id
        )
        await end_all(account.id)
        if account.password_hash:  # the first one is chosen by the link that was sent for it
            await changed.tell(account.id, changed.PASSWORD)
        if offered is not None:
            await offers.take(account.id)
        return await open_session(account.id, replacing, seat, waiting, token.shut)


async def open_for(account: int) -> str:
    """A session for an account whose identity was proven elsewhere."""
    async with database.installation():
        return await open_session(account, None, NOWHERE, None)


async def recognise(secret: str | None, *, awake: bool = True, frame: int | None = None) -> SignedIn | None:
    """Who holds this session; None when it is unknown, ended, idle for half an hour or twelve hours old.

    `awake` when a person asks; a page that asks by itself does not keep the session alive. A session of a `frame` is
    known there alone, and others nowhere in it.
    """
    if not secret:
        return None
    now = clock.now()
    async with database.installation(writes=False):
        row = (
            await Session.select(
                Session.id, Session.account, Session.seen_at, Session.shut,
                Session.account.language.as_alias("language"),
            )
            .where(
                (Session.token_hash == digest(secret)) & Session.ended_at.is_null() & (Session.expires_at > now)
                & (Session.seen_at > now - IDLE) & Session.waits.is_null()
                & (Session.frame.is_null() if frame is None else Session.frame == frame)
            )
            .first()
        )  # fmt: skip
        if row is None or await is_over(row["account"], row["shut"]):
            return None
    if awake and now - row["seen_at"] > SEEN_EVERY:
        async with database.installation():
            await Session.update({Session.seen_at: now}).where(Session.id == row["id"])
    return SignedIn(row["account"], row["language"], row["id"], shut_in(row["shut"]))


async def leave(secret: str | None) -> None:
    """End the session with this secret."""
    if secret:
        async with database.installation():
            await _end(secret)


async def address_of(account: int) -> str:
    """The e-mail address of an account."""
    async with database.installation(writes=False):
        row = await Account.objects().get(Account.id == account)
    assert row is not None
    return vault.unseal(row.email, company=0, column=EMAIL_COLUMN)


async def has_password(email: str) -> bool:
    """Whether somebody signs in with this address already; not for pages, which must not tell."""
    async with database.installation(writes=False):
        row = await Account.objects().where(Account.email_index == vault.blind_index(email, field="email")).first()
    return row is not None and row.password_hash is not None


async def speak(account: int, language: str) -> None:
    """Remember in which language this account reads pages."""
    async with database.installation():
        await Account.update({Account.language: language}).where(Account.id == account)


async def _waits(account: Account, offered: offers.Offered | None = None) -> str | None:
    """What a sign-in of this account still waits for, once it has accepted what is offered."""
    if await second_factor.is_on(account.id):
        return "code"
    return "setup" if await second_factor.is_mandatory(account.id, offered) else None


async def open_session(
    account: int, replacing: str | None, seat: Seat, waits: str | None, shut: str = "", frame: int | None = None
) -> str:
    """A new session, in the open installation(); the one that the browser held ends."""
    secret, now = secrets.token_urlsafe(32), clock.now()
    if replacing:
        await _end(replacing)
    place = vault.seal(seat.seen_from[:64], company=0, column=SEEN_FROM) if seat.seen_from else None
    await Session.insert(
        Session(
            public=database.new_public(), token_hash=digest(secret), account=account, waits=waits,
            agent=seat.agent[:60], seen_from=place, shut=shut, frame=frame, created_at=now, seen_at=now,
            expires_at=now + (TO_TYPE_A_CODE if waits == "code" else LONGEST),
        )
    )  # fmt: skip
    return secret


async def _end(secret: str) -> None:
    await Session.update({Session.ended_at: clock.now()}).where(
        (Session.token_hash == digest(secret)) & Session.ended_at.is_null()
    )


async def same_time(begun: float) -> None:
    """Wait until a refusal that began then may leave, whatever it was refused for."""
    await asyncio.sleep(max(0.0, ANSWER_AFTER - (asyncio.get_running_loop().time() - begun)))


def _usable(secret: str) -> Any:
    return (
        (Token.token_hash == digest(secret)) & Token.kind.is_in(["sign_in", "reset"]) & Token.used_at.is_null()
        & (Token.expires_at > clock.now())
    )  # fmt: skip
