"""The templates that open a talk on WhatsApp: what each says, how Meta sees it, and why one can't be sent now.

They are ours and the same for every number; each business account at Meta has its own copies, approved by Meta one by
one. Reports come more than once and in any order, so what was told later by Meta's clock counts.
https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/message_template_status_update
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from piccolo.query.mixins import OnConflictAction

from core import clock, settings
from core.messaging import bot_accounts
from core.messaging.bot_accounts import BotAccount
from core.messaging.tables import MessageTemplate
from core.phrases import LANGUAGES, phrase

NAMES = ("request_waiting", "request_decided", "ticket_answered", "security", "notice")
CATEGORY = "utility"
MISSING = "missing"  # our own word: the account has no such template
# What lets a template be sent; of any other state, what HR is told.
SENDABLE = frozenset({"approved", "reinstated", "flagged", "unarchived"})
WAITS, REFUSED, PAUSED, ABSENT = "template_pending", "template_refused", "template_paused", "template_missing"
WHY = {"pending": WAITS, "in_appeal": WAITS, "rejected": REFUSED, "paused": PAUSED}
REASONS = (WAITS, REFUSED, PAUSED, ABSENT)
# What Meta answers to a template that it does not take at this moment.
OF_CODE = {"code 132015": ("paused", PAUSED), "code 132016": ("disabled", ABSENT)}
UNTOUCHED = frozenset({"locked", "unlocked", "limit_exceeded"})  # say nothing about whether it may be sent


@dataclass(frozen=True)
class Definition:
    """One template in one language, as it is made at Meta."""

    name: str
    language: str
    text: str
    button: str


@dataclass(frozen=True)
class Seen:
    """How Meta sees one template; what is empty was not told."""

    business: str
    name: str
    language: str
    state: str = ""
    reason: str = ""
    category: str = ""
    at: datetime | None = None  # by Meta's clock; none = just now


def definitions() -> list[Definition]:
    """Every template that the product needs, in each language."""
    return [
        Definition(name, language, phrase(f"channels.template_{name}", language),
                   phrase("channels.template_button", language))
        for name in NAMES
        for language in LANGUAGES
    ]  # fmt: skip


async def note(seen: Seen) -> None:
    """Keep how Meta sees one of our templates, unless something newer is known; a changed category is remembered."""
    if seen.name not in NAMES or seen.language not in LANGUAGES or seen.state in UNTOUCHED:
        return
    at = seen.at or clock.now()
    mine = (
        (MessageTemplate.business == seen.business) & (MessageTemplate.name == seen.name)
        & (MessageTemplate.language == seen.language)
    )  # fmt: skip
    fresh = MessageTemplate(
        business=seen.business, name=seen.name, language=seen.language, state=seen.state or "pending",
        reason=_reason(seen), category=seen.category or None, seen_at=at,
    )  # fmt: skip
    made = await MessageTemplate.insert(fresh).on_conflict(action=OnConflictAction.do_nothing).returning(
        MessageTemplate.id
    )  # fmt: skip
    if made:
        return
    known = await MessageTemplate.objects().where(mine).first()
    assert known is not None
    if known.seen_at > at:
        return
    values: dict[str, object] = {"seen_at": at}
    if seen.state:
        values |= {"state": seen.state, "reason": _reason(seen)}
    if seen.category and seen.category != known.category:
        values |= {"category": seen.category, "category_before": known.category}
    await MessageTemplate.update(values).where(mine)  # type: ignore[arg-type]


async def known(business: str) -> Mapping[tuple[str, str], MessageTemplate]:
    """What is known of an account's templates, by name and language."""
    rows = await MessageTemplate.objects().where(MessageTemplate.business == business)
    return {(row.name, row.language): row for row in rows}


async def why_not(account: str, name: str, language: str) -> str | None:
    """Why a template can't be sent from that number now, in a word of REASONS; None where it can, or nobody knows."""
    business = await business_of(account)
    row = (await known(business)).get((name, language)) if business else None
    return None if row is None or row.state in SENDABLE else WHY.get(row.state, ABSENT)


async def refused(account: str, name: str, language: str, reason: str) -> str | None:
    """Meta did not take a template: keep what that says about it, and return the word for HR if there is one."""
    if reason not in OF_CODE:
        return await why_not(account, name, language)
    state, why = OF_CODE[reason]
    if business := await business_of(account):
        await note(Seen(business, name, language, state))
    return why


async def business_of(account: str) -> str:
    """The business account that a number is of; needs the scope of its company, or installation()."""
    made = settings.current()
    if account == made.whatsapp_phone_id:
        return made.whatsapp_account_id
    own = await bot_accounts.of_account(bot_accounts.WHATSAPP, account)
    return "" if own is None else own.business


def unused(before: datetime) -> Any:
    """Which templates nobody has told of since, of a business account that no number here is of; in installation()."""
    ours = BotAccount.select(BotAccount.business).where(BotAccount.business.is_not_null())
    shared = settings.current().whatsapp_account_id
    return (
        (MessageTemplate.seen_at < before) & (MessageTemplate.business != shared)
        & MessageTemplate.business.not_in(ours)
    )  # fmt: skip


def _reason(seen: Seen) -> str | None:
    return seen.reason if seen.reason and seen.reason.upper() != "NONE" else None
