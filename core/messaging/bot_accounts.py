"""A company's own accounts on Telegram and WhatsApp, beside those of the installation.

The address of an account's hook ends in 128 random bits, its token and what proves its platform are sealed. An account
belongs to one company: nobody of another is linked through it or spoken to by it. The functions that look across
companies are for installation().
"""

import re
import secrets
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from piccolo.columns import Serial, Timestamptz, Varchar
from piccolo.query.mixins import OnConflictAction

from core import audit, clock, database, settings, vault
from core.audit import Actor
from core.database import CompanyTable
from core.errors import Refused
from core.messaging import workspaces
from core.messaging.workspaces import Look
from core.people.tables import ChannelIdentity
from core.vault import Sealed

TELEGRAM, WHATSAPP = "telegram", "whatsapp"
CHANNELS = (TELEGRAM, WHATSAPP)
WEBHOOK, POLLING = "webhook", "polling"
MODES = (WEBHOOK, POLLING)
HEARD_LATELY = timedelta(minutes=1)
LONGEST_KEY = 64
TOKENS = {
    TELEGRAM: re.compile(r"\d{5,20}:[A-Za-z0-9_-]{20,100}"),
    WHATSAPP: re.compile(r"[A-Za-z0-9_|-]{20,1000}"),
}
NUMBERS = re.compile(r"\d{5,30}")  # what Meta calls a phone number and a business account
APP_SECRET = re.compile(r"[0-9a-f]{32}")


class BotAccount(CompanyTable):
    """A bot or a business number that a company brought: which, how it is heard, and what speaks for it."""

    id: Serial
    public = Varchar(length=22, unique=True)
    channel = Varchar(length=16)
    account = Varchar(length=64)  # Telegram's bot id, Meta's id of the phone number
    name = Varchar(length=120)  # the bot's name, the number as people read it
    mode = Varchar(length=8)  # webhook | polling
    business = Varchar(length=64, null=True, default=None)  # WhatsApp: the business account that the number is of
    token = Sealed(of=None)
    secret = Sealed(of=None)  # Telegram: what its deliveries carry; WhatsApp: the app's secret, that signs them
    verify = Sealed(of=None, null=True)  # WhatsApp: what Meta repeats when it asks whether the address is ours
    made_at = Timestamptz(default=None)
    verified_at = Timestamptz(null=True, default=None)  # WhatsApp: when Meta last asked that
    heard_at = Timestamptz(null=True, default=None)  # when its platform last spoke to it, to the minute
    ended_at = Timestamptz(null=True, default=None)


@dataclass(frozen=True)
class Account:
    """An account with its secrets open."""

    id: int
    company: int
    public: str
    channel: str
    account: str
    name: str
    mode: str
    business: str
    token: str
    secret: str
    verify: str
    made_at: datetime
    verified_at: datetime | None
    heard_at: datetime | None
    ended_at: datetime | None

    @property
    def path(self) -> str:
        """Where its platform knocks, on this server."""
        return f"/hooks/{self.channel}/{self.public}"


@dataclass(frozen=True)
class Named:
    """What a platform says of the account that a token speaks for."""

    account: str
    name: str


class Connector(Protocol):
    """What the pages ask a platform about one account; never inside a transaction."""

    def named(self, given: dict[str, str]) -> Awaitable[Named]:
        """Which account these keys speak for; refuses with a reason that can be told."""
        ...

    def connect(self, account: Account) -> Awaitable[None]:
        """Have the platform bring us what people do, and set up all that it keeps for us."""
        ...

    def disconnect(self, account: Account) -> Awaitable[None]:
        """Have it bring nothing any more; what it says to that does not matter."""
        ...

    def looks(self, account: Account) -> Awaitable[dict[str, Look]]:
        """How each step stands there at this moment, by the step's name."""
        ...


# -- of one company ----------------------------------------------------------------------------------------------------


async def of_company(channel: str) -> Account | None:
    """The account that the company in scope has there now."""
    mine = (BotAccount.channel == channel) & BotAccount.ended_at.is_null()
    row = await BotAccount.select().where(mine).first()
    return None if row is None else _opened(row)


def checked(channel: str, given: dict[str, str], known: Account | None) -> dict[str, str]:
    """What somebody typed, with what is kept already for what they left empty; refuses what can't be right."""
    kept = {} if known is None else {"token": known.token, "secret": known.secret, "phone": known.account,
                                     "business": known.business}  # fmt: skip
    full = {name: value.strip() or kept.get(name, "") for name, value in given.items()}
    if not TOKENS[channel].fullmatch(full["token"]):
        raise Refused(f"botaccounts.wrong_{channel}_token")
    if channel == TELEGRAM and full["mode"] not in MODES:
        raise Refused("botaccounts.wrong_mode")
    for name, shape in (("phone", NUMBERS), ("business", NUMBERS), ("secret", APP_SECRET)):
        if name in full and not shape.fullmatch(full[name]):
            raise Refused(f"botaccounts.wrong_{name}")
    return full


async def save(channel: str, given: dict[str, str], named: Named, *, by: Actor) -> Account:
    """Keep the company's account there, or what changed about it; refuse one that is somebody else's."""
    if named.account == shared(channel):
        raise Refused("botaccounts.is_shared", name=named.name)
    company = database.company()
    await database.lock_name(f"bot_account:{company}:{channel}")
    known = await of_company(channel)
    if known is not None and known.account != named.account:
        raise Refused("botaccounts.another", name=known.name)
    sealed = {name: _sealed(given[name], company, name) for name in ("token", "secret") if name in given}
    values: dict[Any, Any] = {"name": named.name[:120], "mode": given.get("mode", WEBHOOK), **sealed}
    if "business" in given:
        values["business"] = given["business"]
    if known is not None:
        await BotAccount.update(values).where(BotAccount.id == known.id)
        audit.record("bot.account_saved", f"company:{company}", by=by, channel=channel, name=named.name)
    else:
        fresh: dict[str, Any] = {"secret": _sealed(secrets.token_urlsafe(32), company, "secret"), **values}
        if channel == WHATSAPP:
            fresh["verify"] = _sealed(secrets.token_urlsafe(24), company, "verify")
        row = BotAccount(
            public=database.new_public(), channel=channel, account=named.account, made_at=clock.now(), **fresh
        )
        new = await BotAccount.insert(row).on_conflict(action=OnConflictAction.do_nothing).returning(BotAccount.id)
        if not new:
            raise Refused("botaccounts.taken", name=named.name)
        # Whoever could not be reached while it was disconnected can be again.
        await ChannelIdentity.update({ChannelIdentity.unreachable_at: None}).where(
            _linked(channel, named.account) & ChannelIdentity.shut_at.is_null()
        )
        audit.record("bot.account_connected", f"company:{company}", by=by, channel=channel, name=named.name)
    made = await of_company(channel)
    assert made is not None
    return made


async def free(channel: str, account: str, company: int) -> bool:
    """Whether no other company has this account, or people who are linked through it."""
    async with database.installation(writes=False):
        theirs = await ChannelIdentity.exists().where(_linked(channel, account) & (ChannelIdentity.company != company))
        row = await of_account(channel, account)
    return not theirs and (row is None or row.ended_at is not None or row.company == company)


async def end(channel: str, *, by: Actor) -> Account | None:
    """The company's account there speaks no more: its people are reached elsewhere, their links stay for its return."""
    known = await of_company(channel)
    if known is None:
        return None
    await BotAccount.update({BotAccount.ended_at: clock.now()}).where(BotAccount.id == known.id)
    await ChannelIdentity.update({ChannelIdentity.unreachable_at: clock.now()}).where(
        _linked(channel, known.account) & ChannelIdentity.unreachable_at.is_null()
    )
    audit.record("bot.account_ended", f"company:{known.company}", by=by, channel=channel, name=known.name)
    return known


async def let_go(numbers: Sequence[int]) -> None:
    """Forget accounts that ended long ago. Where the company has not connected it again, nobody is linked through it
    any more: else what is written to them would go by the installation's own."""
    rows = await BotAccount.delete().where(BotAccount.id.is_in(list(numbers))).returning(
        BotAccount.channel, BotAccount.account
    )  # fmt: skip
    for channel, account in sorted({(row["channel"], row["account"]) for row in rows}):
        if await BotAccount.exists().where((BotAccount.channel == channel) & (BotAccount.account == account)):
            continue
        links = await ChannelIdentity.update({ChannelIdentity.ended_at: clock.now()}).where(
            _linked(channel, account)
        ).returning(ChannelIdentity.person)  # fmt: skip
        for row in links:
            audit.record("identity.unlinked", f"person:{row['person']}", channel=channel)


async def people(account: Account) -> int:
    """How many of the company are linked through it."""
    return int(await ChannelIdentity.count().where(_linked(account.channel, account.account)))


async def heard(account: Account) -> None:
    """Note that its platform speaks to it; once a minute is enough."""
    if account.heard_at is None or account.heard_at < clock.now() - HEARD_LATELY:
        async with database.transaction(account.company):
            await BotAccount.update({BotAccount.heard_at: clock.now()}).where(BotAccount.id == account.id)


async def verified(account: Account) -> None:
    """Note that Meta asked whether the address is ours, and was told so."""
    async with database.transaction(account.company):
        await BotAccount.update({BotAccount.verified_at: clock.now()}).where(BotAccount.id == account.id)


def _linked(channel: str, account: str) -> Any:
    return (
        (ChannelIdentity.channel == channel) & (ChannelIdentity.account == account)
        & ChannelIdentity.ended_at.is_null()
    )  # fmt: skip


# -- across companies --------------------------------------------------------------------------------------------------


def shared(channel: str) -> str:
    """How the platform calls the installation's own account, if it has one."""
    made = settings.current()
    return made.telegram_token.partition(":")[0] if channel == TELEGRAM else made.whatsapp_phone_id


async def by_key(channel: str, key: str) -> Account | None:
    """The account whose hook has this key; needs installation()."""
    if len(key) > LONGEST_KEY:
        return None
    mine = (BotAccount.public == key) & (BotAccount.channel == channel) & BotAccount.ended_at.is_null()
    row = await BotAccount.select().where(mine).first()
    return None if row is None else _opened(row)


async def of_account(channel: str, account: str) -> Account | None:
    """The newest row of an account, whosever it is; needs installation()."""
    if account == shared(channel):
        return None
    mine = (BotAccount.channel == channel) & (BotAccount.account == account)
    row = await BotAccount.select().where(mine).order_by(BotAccount.id, ascending=False).first()
    return None if row is None else _opened(row)


async def polled() -> Sequence[Account]:
    """The bots that are to be asked for their updates; needs installation()."""
    rows = await BotAccount.select().where(
        (BotAccount.channel == TELEGRAM) & (BotAccount.mode == POLLING) & BotAccount.ended_at.is_null()
    )
    return [_opened(row) for row in rows]


async def all_of(channel: str) -> Sequence[Account]:
    """Every account of companies there; needs installation()."""
    rows = await BotAccount.select().where((BotAccount.channel == channel) & BotAccount.ended_at.is_null())
    return [_opened(row) for row in rows]


async def owner(channel: str, account: str) -> int | None:
    """The company whose people alone talk there; None where it is the installation's and so anybody's."""
    if channel not in (*CHANNELS, workspaces.CHANNEL):
        return None
    async with database.installation(writes=False):
        row = await (workspaces.of_team(account) if channel == workspaces.CHANNEL else of_account(channel, account))
    if row is None or (row.ended_at is not None and channel == workspaces.CHANNEL):
        return None
    # A bot that was let go stays its company's for what was said to it before: nobody of another is linked there.
    return int(row.company)


async def speaks_for(channel: str, account: str, company: int) -> bool:
    """Whether people of this company may be linked there: where another company brought the app or the bot, its
    administrators could speak in their name."""
    return await owner(channel, account) in (None, company)


def _opened(row: dict[str, Any]) -> Account:
    open_: dict[str, Any] = {name: _unsealed(row[name], row["company"], name) for name in ("token", "secret", "verify")}
    plain: dict[str, Any] = {name: row[name] for name in (
        "id", "company", "public", "channel", "account", "name", "mode", "made_at", "verified_at", "heard_at",
        "ended_at",
    )}  # fmt: skip
    return Account(business=row["business"] or "", **plain, **open_)


def _sealed(value: str, company: int, column: str) -> str:
    return vault.seal(value, company=company, column=f"bot_account.{column}")


def _unsealed(envelope: str | None, company: int, column: str) -> str:
    return "" if envelope is None else vault.unseal(envelope, company=company, column=f"bot_account.{column}")
