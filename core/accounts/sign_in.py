"""Signing in to web pages: passwords, one-time links, and sessions of which only a hash is kept.

A wrong address, a wrong password and an account that has to wait get the same answer, after the same time.
"""

import asyncio
import secrets
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core import clock, database, settings, vault
from core.accounts.joining import EMAIL_COLUMN, digest
from core.accounts.tables import Account, Company, Membership, Session, Token
from core.errors import Refused

IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
FREE_TRIES, FIRST_WAIT, LONGEST_WAIT = 5, timedelta(seconds=15), timedelta(minutes=15)
SHORTEST, SHORTEST_OF_ADMINISTRATORS, LONGEST_PASSWORD = 8, 12, 128
ANSWER_AFTER = 0.35  # seconds; a refusal leaves then, whatever it was refused for
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# Two hashes at once: more would let strangers fill the memory by guessing.
_hashing = ThreadPoolExecutor(2, thread_name_prefix="argon2")
# The passwords that guessers try first here; longer lists bring little once eight characters are asked for.
GUESSED_FIRST = frozenset(
    "password passw0rd password1 password123 12345678 123456789 1234567890 qwertyuiop qwerty123 11111111 00000000 "
    "indonesia indonesia1 jakarta123 bismillah bismillah1 sayang123 iloveyou rahasia123 katasandi admin123 admin1234 "
    "administrator welcome1 welcome123 letmein123 abcd1234 serambi123 gajian123".split()
)


@dataclass(frozen=True)
class SignedIn:
    """The account behind a session."""

    account: int
    language: str
    session: int


@dataclass(frozen=True)
class Place:
    """A company in which an account acts: the roles it was given there, and who it is there as an employee."""

    company: int
    slug: str
    name: str
    zone: str
    roles: frozenset[str]
    person: int | None


def cookie_name() -> str:
    """The session's cookie; over https its name itself forbids other paths, hosts and plain http."""
    return "__Host-session" if settings.current().secure else "session"


async def enter(email: str, password: str, *, replacing: str | None = None) -> str:
    """Sign in with a password; returns the secret of a new session. The browser's old session ends."""
    begun = asyncio.get_running_loop().time()
    index = vault.blind_index(email, field="email")
    async with database.installation(writes=False):
        account = await Account.objects().where(Account.email_index == index).first()
    stored = account.password_hash if account is not None and account.password_hash else _decoy()
    fits = await _fits(stored, password)
    if account is None or not account.password_hash or not fits or _must_wait(account):
        # A try while it has to wait does not make it wait longer: nobody can lock somebody out for good.
        if account is None or not _must_wait(account):
            await _note_failure(index)
        await asyncio.sleep(max(0.0, ANSWER_AFTER - (asyncio.get_running_loop().time() - begun)))
        raise Refused("web.sign_in_wrong")
    again = await _hash(password) if HASHER.check_needs_rehash(stored) else stored
    async with database.installation():
        await Account.update({Account.failures: 0, Account.failed_at: None, Account.password_hash: again}).where(
            Account.id == account.id
        )
        return await _open_session(account.id, replacing)


async def link_holder(secret: str) -> str | None:
    """The address that a one-time link belongs to, while it can be used; reads only."""
    async with database.installation(writes=False):
        token = await Token.objects().where(_usable(secret)).first()
        if token is None:
            return None
        account = await Account.objects().get(Account.id == token.account)
        assert account is not None
        return vault.unseal(account.email, company=0, column=EMAIL_COLUMN)


async def redeem(secret: str, password: str, *, replacing: str | None = None) -> str:
    """Set a password by a one-time link and sign in; the link and every other session of the account end."""
    email = await link_holder(secret)
    if email is None:
        raise Refused("web.link_spent")
    async with database.installation(writes=False):
        token = await Token.objects().where(Token.token_hash == digest(secret)).first()
        assert token is not None
        roles = [
            row["role"] for row in await Membership.select(Membership.role).where(Membership.account == token.account)
        ]
    check_password(password, email=email, least=SHORTEST if set(roles) <= {"employee"} else SHORTEST_OF_ADMINISTRATORS)
    made, now = await _hash(password), clock.now()
    async with database.installation():
        taken = await Token.update({Token.used_at: now}).where(_usable(secret)).returning(Token.account)
        if not taken:
            raise Refused("web.link_spent")
        account = int(taken[0]["account"])
        await Account.update({Account.password_hash: made, Account.failures: 0, Account.failed_at: None}).where(
            Account.id == account
        )
        await Session.update({Session.ended_at: now}).where((Session.account == account) & Session.ended_at.is_null())
        return await _open_session(account, replacing)


def check_password(password: str, *, email: str, least: int) -> None:
    """Refuse what is too short, too long, or among the first guesses."""
    if len(password) < least:
        raise Refused("web.password_short", least=str(least))
    if len(password) > LONGEST_PASSWORD:
        raise Refused("web.password_long", most=str(LONGEST_PASSWORD))
    plain = password.lower()
    if plain in GUESSED_FIRST or plain.strip("0123456789") in ("", email.partition("@")[0], "serambi"):
        raise Refused("web.password_guessable")


async def open_for(account: int) -> str:
    """A session for an account whose identity was proven elsewhere."""
    async with database.installation():
        return await _open_session(account, None)


async def recognise(secret: str | None, *, awake: bool = True) -> SignedIn | None:
    """Who holds this session; None when it is unknown, ended, idle for half an hour or twelve hours old.

    `awake` when a person asks; a page that asks by itself does not keep the session alive.
    """
    if not secret:
        return None
    now = clock.now()
    async with database.installation(writes=False):
        row = (
            await Session.select(
                Session.id, Session.account, Session.seen_at, Session.account.language.as_alias("language")
            )
            .where(
                (Session.token_hash == digest(secret)) & Session.ended_at.is_null() & (Session.expires_at > now)
                & (Session.seen_at > now - IDLE)
            )
            .first()
        )  # fmt: skip
    if row is None:
        return None
    if awake and now - row["seen_at"] > SEEN_EVERY:
        async with database.installation():
            await Session.update({Session.seen_at: now}).where(Session.id == row["id"])
    return SignedIn(row["account"], row["language"], row["id"])


async def leave(secret: str | None) -> None:
    """End the session with this secret."""
    if secret:
        async with database.installation():
            await _end(secret)


async def places(account: int) -> Sequence[Place]:
    """Every company in which this account acts, by name."""
    async with database.installation(writes=False):
        rows = await Membership.select(Membership.company, Membership.role, Membership.person).where(
            Membership.account == account
        )
        companies = await Company.objects().where(Company.id.is_in([row["company"] for row in rows] or [0]))
    found = []
    for company in sorted(companies, key=lambda one: one.name):
        mine = [row for row in rows if row["company"] == company.id]
        person = next((row["person"] for row in mine if row["person"] is not None), None)
        roles = frozenset(row["role"] for row in mine) | ({"employee"} if person is not None else frozenset())
        found.append(Place(company.id, company.slug, company.name, company.zone, roles, person))
    return found


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


async def _open_session(account: int, replacing: str | None) -> str:
    secret, now = secrets.token_urlsafe(32), clock.now()
    if replacing:
        await _end(replacing)
    await Session.insert(
        Session(token_hash=digest(secret), account=account, created_at=now, seen_at=now, expires_at=now + LONGEST)
    )
    return secret


async def _end(secret: str) -> None:
    await Session.update({Session.ended_at: clock.now()}).where(
        (Session.token_hash == digest(secret)) & Session.ended_at.is_null()
    )


async def _note_failure(index: str) -> None:
    """Count a failure; for an address without an account the same statement finds no row."""
    async with database.installation():
        await Account.update({Account.failures: Account.failures + 1, Account.failed_at: clock.now()}).where(
            Account.email_index == index
        )


def _must_wait(account: Account) -> bool:
    return account.failed_at is not None and clock.now() < account.failed_at + wait_after(account.failures)


def wait_after(failures: int) -> timedelta:
    """How long an account rests after so many failures in a row: nothing for four, then doubling to a quarter hour."""
    if failures < FREE_TRIES:
        return timedelta(0)
    doubled: int = 2 ** min(failures - FREE_TRIES, 10)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def _usable(secret: str) -> Any:
    return (
        (Token.token_hash == digest(secret)) & (Token.kind == "sign_in") & Token.used_at.is_null()
        & (Token.expires_at > clock.now())
    )  # fmt: skip


async def _hash(password: str) -> str:
    return await asyncio.get_running_loop().run_in_executor(_hashing, HASHER.hash, password)


async def _fits(stored: str, password: str) -> bool:
    def verify() -> bool:
        try:
            return HASHER.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False

    return await asyncio.get_running_loop().run_in_executor(_hashing, verify)


@lru_cache(maxsize=1)
def _decoy() -> str:
    return HASHER.hash(secrets.token_urlsafe(16))
