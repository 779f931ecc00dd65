"""The mailbox of a company's desk: where mail to it is fetched from, and what opens it.

A company connects one in the backoffice; on a server with a single company the one of SERAMBI_IMAP_URL serves it until
it does. Its password is sealed. The functions that look across companies are for installation().
"""

import re
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from piccolo.columns import BigInt, Boolean, Integer, Serial, Timestamptz, Varchar

from core import audit, clock, database, settings, vault
from core.accounts.tables import Company
from core.audit import Actor
from core.database import CompanyTable
from core.errors import Refused
from core.messaging.workspaces import Look
from core.settings import ADDRESS
from core.vault import Sealed

CHANNEL = "email"
TLS, STARTTLS, PLAIN = "tls", "starttls", "plain"
SECURITY = (TLS, STARTTLS, PLAIN)
PORTS = {TLS: 993, STARTTLS: 143, PLAIN: 143}
HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.:-]{0,198}[A-Za-z0-9])?")
SIGNS = re.compile(r"[^\x00-\x1f\x7f]{1,200}")
QUIET = timedelta(minutes=15)  # after a refused password: a mailbox that is asked again and again locks itself
SILENT = timedelta(minutes=30)  # a mailbox that was not looked into for so long is told by the doctor
# What went wrong at the last look; each has its words in mailboxes.ftl.
REFUSED = "refused"
TROUBLES = ("away", "certificate", "no_tls", REFUSED, "no_folder", "private", "odd")


class Mailbox(CompanyTable):
    """A mailbox of a desk: how it is opened, and up to which mail it was read."""

    id: Serial
    public = Varchar(length=22, unique=True)
    address = Varchar(length=254)  # the desk's own, as people write to it
    host = Varchar(length=200)
    port = Integer()
    security = Varchar(length=8)  # tls | starttls | plain
    username = Sealed(of=None)
    password = Sealed(of=None)
    folder = Varchar(length=120)
    given = Boolean(default=False)  # by SERAMBI_IMAP_URL, not by the company
    validity = BigInt(null=True, default=None)  # the server's UIDVALIDITY: with another one its numbers begin anew
    after = BigInt(default=0)  # the number of the last mail that was taken
    made_at = Timestamptz(default=None)
    heard_at = Timestamptz(null=True, default=None)  # when it was last looked into
    trouble = Varchar(length=12, null=True, default=None)
    trouble_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)


@dataclass(frozen=True)
class Box:
    """A mailbox with its password open."""

    id: int
    company: int
    public: str
    address: str
    host: str
    port: int
    security: str
    username: str
    password: str
    folder: str
    given: bool = False
    validity: int | None = None
    after: int = 0
    heard_at: datetime | None = None
    trouble: str | None = None
    trouble_at: datetime | None = None

    @property
    def rests(self) -> bool:
        """Whether it is left alone for a while, since its password was refused."""
        return self.trouble == REFUSED and self.trouble_at is not None and self.trouble_at > clock.now() - QUIET


class Reader(Protocol):
    """What the pages ask a mail server about one mailbox; never inside a transaction."""

    def looks(self, box: Box) -> Awaitable[dict[str, Look]]:
        """How each step stands there at this moment: server, sign_in, folder."""
        ...


# -- of one company ----------------------------------------------------------------------------------------------------


async def of_company() -> Box | None:
    """The mailbox of the company in scope."""
    row = await Mailbox.select().where(Mailbox.ended_at.is_null()).first()
    return None if row is None else _opened(row)


def checked(given: dict[str, str], known: Box | None) -> Box:
    """What somebody typed, with the password that is kept where they left it empty; refuses what can't be right."""
    told = {name: value.strip() for name, value in given.items()}
    address = told["address"].lower()
    if not ADDRESS.fullmatch(address) or len(address) > 254:
        raise Refused("mailboxes.wrong_address")
    if not HOST.fullmatch(told["host"]):
        raise Refused("mailboxes.wrong_host")
    if told["security"] not in SECURITY:
        raise Refused("mailboxes.wrong_security")
    port = told["port"] or str(PORTS[told["security"]])
    if not port.isascii() or not port.isdecimal() or not 0 < int(port[:6]) < 65536:
        raise Refused("mailboxes.wrong_port")
    username, folder = told["username"] or address, told["folder"] or "INBOX"
    # A password is for the server it was typed for: another one never gets to see it.
    same = known is not None and not known.given and (known.host, known.username) == (told["host"], username)
    password = told["password"] or (known.password if known is not None and same else "")
    for name, value in (("username", username), ("password", password), ("folder", folder)):
        if not SIGNS.fullmatch(value):
            raise Refused(f"mailboxes.wrong_{name}")
    return Box(
        0, database.company(), "", address, told["host"], int(port), told["security"], username, password, folder[:120]
    )


async def save(box: Box, *, by: Actor) -> Box:
    """Keep the company's mailbox, or what changed about it. Another one is read from now on, not from its beginning."""
    company = database.company()
    await database.lock_name(f"mailbox:{company}")
    known = await of_company()
    sealed = {name: _sealed(getattr(box, name), company, name) for name in ("username", "password")}
    values: dict[Any, Any] = {
        "address": box.address, "host": box.host, "port": box.port, "security": box.security, "folder": box.folder,
        "given": box.given, "trouble": None, "trouble_at": None, **sealed,
    }  # fmt: skip
    place = (box.host.lower(), box.username, box.folder)
    if known is not None and (known.host.lower(), known.username, known.folder) == place:
        await Mailbox.update(values).where(Mailbox.id == known.id)
    else:
        if known is not None:
            await _forget(known)
        await Mailbox.insert(Mailbox(public=database.new_public(), made_at=clock.now(), **values))
    audit.record("mailbox.saved", f"company:{company}", by=by, host=box.host)
    made = await of_company()
    assert made is not None
    return made


async def end(*, by: Actor) -> bool:
    """Read the company's mailbox no more; what was written there stays at its server. False where it has none."""
    known = await of_company()
    if known is None:
        return False
    await _forget(known)
    audit.record("mailbox.ended", f"company:{known.company}", by=by, host=known.host)
    return True


async def _forget(known: Box) -> None:
    """It is not read any more, and what opened it is gone."""
    gone = {name: _sealed("", known.company, name) for name in ("username", "password")}
    values: dict[Any, Any] = {"ended_at": clock.now(), **gone}
    await Mailbox.update(values).where(Mailbox.id == known.id)


async def address_of(number: int) -> str:
    """Where answers to mail of this mailbox go: to the one that the company reads now, else to itself."""
    now = await Mailbox.select(Mailbox.address).where(Mailbox.ended_at.is_null()).first()
    row = now or await Mailbox.select(Mailbox.address).where(Mailbox.id == number).first()
    return str(row["address"]) if row is not None else ""


async def looked_into(box: Box, trouble: str | None) -> None:
    """Note how a look into it went."""
    values: dict[Any, Any] = {Mailbox.trouble: trouble}
    if trouble is None:
        values[Mailbox.heard_at] = clock.now()
    if trouble != box.trouble or trouble == REFUSED:
        values[Mailbox.trouble_at] = clock.now() if trouble else None
    async with database.transaction(box.company):
        await Mailbox.update(values).where(Mailbox.id == box.id)


# -- across companies --------------------------------------------------------------------------------------------------


async def read() -> Sequence[Box]:
    """The mailboxes that are to be looked into; needs installation()."""
    return [_opened(row) for row in await Mailbox.select().where(Mailbox.ended_at.is_null())]


async def ill() -> Sequence[tuple[str, str]]:
    """The addresses of mailboxes that could not be read for a while, and why; nothing is unsealed. Needs
    installation()."""
    late = clock.now() - SILENT
    rows = await Mailbox.select(
        Mailbox.address, Mailbox.trouble, Mailbox.trouble_at, Mailbox.heard_at, Mailbox.made_at
    ).where(Mailbox.ended_at.is_null())  # fmt: skip
    return [
        (row["address"], row["trouble"] or "not looked into")
        for row in rows
        if max(row["heard_at"] or row["made_at"], row["made_at"]) < late
    ]


async def give() -> bool:
    """Have SERAMBI_IMAP_URL serve the only company of this server, unless it brought a mailbox of its own. False where
    several companies are here: whose mail would it be?"""
    where = settings.current().imap_url
    async with database.installation(writes=False):
        companies = await Company.select(Company.id).where(Company.kind == "company").limit(2)
    if len(companies) != 1:
        return not companies or not where
    async with database.transaction(int(companies[0]["id"])):
        known = await of_company()
        if where and (known is None or known.given):
            wanted = of_url(where)
            if known is None or not _same(known, wanted):
                await save(wanted, by=audit.NOBODY)
        elif known is not None and known.given:
            await end(by=audit.NOBODY)
    return True


def of_url(url: str) -> Box:
    """`imaps://user:password@host:993/INBOX` as a mailbox; its address is the user, or SERAMBI_SMTP_FROM."""
    there = urlsplit(url)
    security = TLS if there.scheme == "imaps" else STARTTLS
    user = unquote(there.username or "")
    address = user if "@" in user else settings.current().smtp_from or f"{user}@{there.hostname}"
    return Box(
        0, 0, "", address.lower(), there.hostname or "", there.port or PORTS[security], security, user,
        unquote(there.password or ""), unquote(there.path.strip("/")) or "INBOX", given=True,
    )  # fmt: skip


def _same(one: Box, other: Box) -> bool:
    return all(
        getattr(one, name) == getattr(other, name)
        for name in ("address", "host", "port", "security", "username", "password", "folder")
    )


def _opened(row: dict[str, Any]) -> Box:
    company = row["company"]
    plain: dict[str, Any] = {name: row[name] for name in (
        "id", "company", "public", "address", "host", "port", "security", "folder", "given", "validity", "after",
        "heard_at", "trouble", "trouble_at",
    )}  # fmt: skip
    return Box(
        username=_unsealed(row["username"], company, "username"),
        password=_unsealed(row["password"], company, "password"), **plain,
    )  # fmt: skip


def _sealed(value: str, company: int, column: str) -> str:
    return vault.seal(value, company=company, column=f"mailbox.{column}")


def _unsealed(envelope: str, company: int, column: str) -> str:
    return vault.unseal(envelope, company=company, column=f"mailbox.{column}")
