"""Tokens of programs: made once and shown once, scoped to the company that made them, counted, ended.

`Authorization: Bearer srb_...` is looked up by its hash; everything a program then does runs in that company's scope
alone, whatever it names.
"""

import re
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core import audit, clock, database
from core.accounts.joining import digest
from core.accounts.tables import Company
from core.audit import Actor
from core.errors import Refused
from core.phrases import one_line
from core.programs.scopes import CHANNEL, KIND, SCOPES
from core.programs.tables import ApiToken, ApiWrite

BEGINS = "srb_"  # by which programs that look for leaked secrets know one
SHAPE = re.compile(rf"{BEGINS}[A-Za-z0-9_-]{{43}}")
LIVES = (30, 90, 180, 365)  # days
MOST, LONGEST_NAME = 20, 80
A_MINUTE = 600  # requests of one token
MINUTE = timedelta(minutes=1)
GOOD, UNKNOWN, EXPIRED, TOO_MANY = "good", "unknown", "expired", "too_many"


@dataclass(frozen=True)
class Program:
    """Who asks, what it may, and how much of its minute is left."""

    token: int
    name: str
    company: int
    slug: str
    company_name: str
    zone: str
    scopes: frozenset[str]
    expires_at: datetime
    left: int
    seconds: int  # until its minute begins anew
    verdict: str = GOOD

    @property
    def actor(self) -> Actor:
        """How the audit names it."""
        return Actor(f"{KIND}:{self.token}", CHANNEL)


async def every() -> Sequence[ApiToken]:
    """The tokens of the company in scope that were not ended, the newest first."""
    return await ApiToken.objects().where(ApiToken.ended_at.is_null()).order_by(ApiToken.id, ascending=False)


async def make(name: str, scopes: Collection[str], days: int, *, by: Actor) -> tuple[ApiToken, str]:
    """A new token and its secret, which is nowhere kept. Refused: no name, no scope there is, a life there is not, or
    too many of them."""
    called = one_line(name)
    if not 0 < len(called) <= LONGEST_NAME:
        raise Refused("programs.name_needed", most=LONGEST_NAME)
    wanted = [one for one in SCOPES if one in scopes]
    if not wanted:
        raise Refused("programs.scope_needed")
    if days not in LIVES:
        raise Refused("programs.days_needed")
    await database.lock_name(f"tokens:{database.company()}")
    if await ApiToken.count().where(ApiToken.ended_at.is_null()) >= MOST:
        raise Refused("programs.too_many_tokens", most=str(MOST))
    secret, now = BEGINS + secrets.token_urlsafe(32), clock.now()
    row = ApiToken(
        public=database.new_public(), name=called, scopes=" ".join(wanted), token_hash=digest(secret), hint=secret[-4:],
        made_by=by.name, made_at=now, expires_at=now + timedelta(days=days),
    )  # fmt: skip
    await ApiToken.insert(row)
    audit.record("token.made", f"token:{row.id}", by=by, scopes=wanted, until=row.expires_at.date())
    return row, secret


async def end(public: str, *, by: Actor) -> bool:
    """From this moment on the token opens nothing; whether there was one."""
    ended = (
        await ApiToken.update({ApiToken.ended_at: clock.now()})
        .where((ApiToken.public == public) & ApiToken.ended_at.is_null())
        .returning(ApiToken.id)
    )
    if ended:
        audit.record("token.ended", f"token:{ended[0]['id']}", by=by)
    return bool(ended)


def over(before: datetime) -> Any:
    """Tokens that nothing can be opened with since then, and under which nothing is remembered any more."""
    held = ApiWrite.select(ApiWrite.token)
    return ((ApiToken.expires_at < before) | (ApiToken.ended_at < before)) & ApiToken.id.not_in(held)


async def recognise(secret: str) -> Program | None:
    """Whose token this is, with this request counted; None where it is nobody's, or was ended."""
    if not SHAPE.fullmatch(secret):
        return None
    async with database.installation(writes=False):
        row = await ApiToken.select(ApiToken.id, ApiToken.company).where(ApiToken.token_hash == digest(secret)).first()
        company = None if row is None else await Company.objects().where(Company.id == row["company"]).first()
    if row is None or company is None:
        return None
    async with database.transaction(company.id):
        await database.lock(ApiToken, row["id"])
        token = await ApiToken.objects().where((ApiToken.id == row["id"]) & ApiToken.ended_at.is_null()).first()
        return None if token is None else await _counted(token, company)


async def _counted(token: ApiToken, company: Company) -> Program:
    now, used = clock.now(), token.window_used
    begun = token.window_at
    if begun is None or not begun <= now < begun + MINUTE:  # a clock that was set back begins a minute, too
        begun, used = now, 0
    verdict = EXPIRED if now >= token.expires_at else TOO_MANY if used >= A_MINUTE else GOOD
    if verdict == GOOD:
        used += 1
        counted = {ApiToken.used_at: now, ApiToken.window_at: begun, ApiToken.window_used: used}
        await ApiToken.update(counted).where(ApiToken.id == token.id)
    return Program(
        token.id, token.name, company.id, company.slug, company.name, company.zone, frozenset(token.scopes.split()),
        token.expires_at, A_MINUTE - used, max(1, -int((now - begun - MINUTE) // timedelta(seconds=1))), verdict,
    )  # fmt: skip
