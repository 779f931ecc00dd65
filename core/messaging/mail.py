"""Mail: a row of the outbox like all that is said. Its address is not copied: it is looked up when the mail leaves.

Without an SMTP server mail waits, and whoever may hand out its links reads it: a Super Administrator on the page of
waiting mail, the operator with `serambi mail`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

from core import bulk, clock, database, jobs, settings, vault
from core.accounts.joining import EMAIL_COLUMN
from core.accounts.tables import Account, Company
from core.messaging import mail_threads, outbox
from core.messaging.messages import Message
from core.messaging.outbox import Address
from core.messaging.tables import Outbound
from core.people.moved_contacts import OLD_EMAIL
from core.people.tables import MovedContact, Person
from core.phrases import one_line, phrase
from core.settings import Settings

CHANNEL, ACCOUNT = "email", "mail"
WAITING = "waiting"
UNSENT = ["queued", WAITING, "unknown"]  # what may still go out
TOO_OLD = timedelta(days=3)  # as long as its links live
MOST = 200


async def post(key: str, *, to: str, language: str, dedupe: str, person: int | None = None, **facts: Any) -> int:
    """Put a mail on its way: `key` is its text, `key`_subject its subject, `to` is account:N or person:N, or
    moved:N for the address that a MovedContact keeps."""
    subject = one_line(phrase(f"{key}_subject", language, **facts))
    message = Message(key, phrase(key, language, **facts), title=subject, language=language)
    there = Address(CHANNEL, ACCOUNT, f"{database.company()}:{to}", person)
    return await outbox.post(there, message, dedupe=dedupe)


async def withdraw(names: Sequence[str]) -> None:
    """Keep here what was posted by these names and has not left."""
    for start in range(0, len(names), bulk.AT_A_TIME):
        posted = [f"{database.company()}:{name}" for name in names[start : start + bulk.AT_A_TIME]]
        held = Outbound.dedupe.is_in(posted) & Outbound.state.is_in(UNSENT)
        await Outbound.update({Outbound.state: "dropped", Outbound.error: "revoked"}).where(held)


async def address(to: str) -> str | None:
    """The e-mail address that a row of the outbox goes to; None when there is none any more."""
    company, kind, number = to.split(":")
    if kind == "account":
        async with database.installation(writes=False):
            account = await Account.select(Account.email).where(Account.id == int(number)).first()
        return vault.unseal(account["email"], company=0, column=EMAIL_COLUMN) if account else None
    async with database.reading(int(company)):
        if kind == mail_threads.KIND:
            return await mail_threads.address_to(int(number))
        if kind == "moved":
            return await _before(int(number))
        row = await Person.select(Person.email).where(Person.id == int(number)).first()
        if row is None or not row["email"]:
            return None
        with vault.own(int(company), int(number)):
            return vault.unseal(row["email"], company=int(company), column="person.email", subject=int(number))


def sender(made: Settings) -> str:
    """The address that mail comes from."""
    if made.smtp_from:
        return made.smtp_from
    user = unquote(urlsplit(made.smtp_url).username or "")
    return user if "@" in user else f"serambi@{urlsplit(made.public_url).hostname or 'localhost'}"


async def _before(moved: int) -> str | None:
    """The address that somebody had before it was replaced."""
    row = await MovedContact.select(MovedContact.person, MovedContact.email).where(MovedContact.id == moved).first()
    if row is None or not row["email"]:
        return None
    with vault.own(database.company(), row["person"]):
        return vault.unseal(row["email"], company=database.company(), column=OLD_EMAIL, subject=row["person"])


async def has_address(person: int) -> bool:
    """Whether mail can reach somebody of the company in scope."""
    return bool(await Person.exists().where((Person.id == person) & Person.email.is_not_null()))


@dataclass(frozen=True)
class Waiting:
    """A mail that nothing takes out of the house, or that its server has not taken yet, and how often it was tried."""

    number: int
    to: str
    subject: str
    text: str
    at: datetime
    tries: int = 0


async def waiting(company: int) -> list[Waiting]:
    """The mail of a company that waits for a server, or was refused by it and is tried again, the newest first."""
    refused = Outbound.state.is_in(["queued", "sending", "unknown"]) & (Outbound.attempts > 0)
    async with database.reading(company):
        rows = (
            await Outbound.select()
            .where((Outbound.channel == CHANNEL) & ((Outbound.state == WAITING) | refused))
            .order_by(Outbound.id, ascending=False)
            .limit(MOST)
        )
        told = [(row, outbox.unseal(row)) for row in rows]
    return [
        Waiting(
            row["id"], await address(row["address"]) or "", one.title or "", one.text, row["queued_at"], row["attempts"]
        )
        for row, one in told
    ]


@jobs.cron("3 * * * *", "mail.resume")
async def resume() -> None:
    """Send what waited for a server, once there is one; what is older than its links is dropped."""
    async with database.installation(writes=False):
        companies = await Company.select(Company.id)
    for row in companies:
        async with database.transaction(row["id"]):
            held = (Outbound.channel == CHANNEL) & (Outbound.state == WAITING)
            await Outbound.update({Outbound.state: "dropped", Outbound.error: "too old"}).where(
                held & (Outbound.queued_at < clock.now() - TOO_OLD)
            )
            if not settings.current().smtp_url:
                continue
            freed = await Outbound.update({Outbound.state: "queued"}).where(held).returning(Outbound.id)
            for one in freed:
                await jobs.enqueue("deliver", one["id"])
