"""What is asked of Meta while a number is connected: whether it is ours, whether we hear of it, and its templates.

Everything may be asked twice: an app that is subscribed stays so, and only templates that are not there are made.
https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview
"""

from typing import Any

from bot.channels import reading, whatsapp_calls
from bot.channels.contract import Kept, Later, Never, Shut, Unknown
from bot.channels.whatsapp_calls import Line
from core import database, log, settings
from core.errors import Refused
from core.messaging import bot_accounts, templates
from core.messaging.bot_accounts import Account, Named
from core.messaging.templates import CATEGORY, MISSING, Definition, Seen
from core.messaging.workspaces import Look
from core.phrases import LANGUAGES

NAME = whatsapp_calls.NAME
OF_A_NUMBER = "id,display_phone_number,verified_name,status,quality_rating"
OF_A_TEMPLATE = "name,language,status,category,rejected_reason"
SPEAKS = frozenset({"CONNECTED", ""})  # older numbers tell no status
A_PAGE, MOST_PAGES = 200, 20


class Setup:
    """The Connector that the pages are given."""

    async def named(self, given: dict[str, str]) -> Named:
        """Which number these keys speak for; refuses a token, a number or an account that do not belong together."""
        line = Line(given["phone"], given["token"], given["business"])
        number = await _answer(line.get(line.phone, params={"fields": OF_A_NUMBER}), "no_such_number")
        found = await _answer(
            line.get(f"{line.business}/phone_numbers", params={"fields": "id", "limit": A_PAGE}), "no_such_business"
        )
        ours = [reading.identity(reading.at(one, "id")) for one in _listed(found)]
        if line.phone not in ours:
            raise Refused("botaccounts.other_business")
        shown = reading.words(reading.at(number, "display_phone_number")) or line.phone
        return Named(line.phone, shown[:120])

    async def connect(self, account: Account) -> None:
        """Have Meta bring the app what people write to this account, and make the templates that are missing."""
        line = Line(account.account, account.token, account.business)
        await _answer(subscribe(line), "not_subscribed")
        await _answer(make(line), "not_made")

    async def disconnect(self, account: Account) -> None:
        """Have Meta bring nothing any more, unless another number here is of the same business account.

        The templates stay, since the number may come back.
        """
        async with database.installation(writes=False):
            others = {one.business for one in await bot_accounts.all_of(NAME) if one.id != account.id}
        if account.business in others | {settings.current().whatsapp_account_id}:
            return
        line = Line(account.account, account.token, account.business)
        try:
            await unsubscribe(line)
        except (Later, Never, Unknown) as no:
            log.warning("whatsapp.not_disconnected", channel=NAME, reason=getattr(no, "reason", "lost"))

    async def looks(self, account: Account) -> dict[str, Look]:
        """How number, subscription and templates stand at Meta."""
        return await looks(Line(account.account, account.token, account.business))


async def subscribe(line: Line) -> None:
    """Have Meta bring what happens in this business account to the app that the token is of."""
    await line.post(f"{line.business}/subscribed_apps")


async def unsubscribe(line: Line) -> None:
    """Have Meta bring it no more."""
    await line.delete(f"{line.business}/subscribed_apps")


async def make(line: Line) -> list[Definition]:
    """Make at Meta whatever templates are not there yet; returns them. How all of them stand is kept."""
    there = {(one.name, one.language) for one in await seen(line)}
    missing = [one for one in templates.definitions() if (one.name, one.language) not in there]
    for one in missing:
        told = await line.post(f"{line.business}/message_templates", json=_body(one))
        state = reading.words(reading.at(told, "status")) or "pending"
        category = reading.words(reading.at(told, "category")) or CATEGORY
        await _keep([Seen(line.business, one.name, one.language, state.lower()[:24], "", category.lower()[:24])])
    return missing


async def seen(line: Line) -> list[Seen]:
    """How Meta sees each of our templates that is there, kept as well; what is not there is kept as missing."""
    found: list[Seen] = []
    asked: dict[str, Any] = {"fields": OF_A_TEMPLATE, "limit": A_PAGE}
    for _ in range(MOST_PAGES):
        told = await line.get(f"{line.business}/message_templates", params=asked)
        found += [one for row in _listed(told) if (one := _seen(line.business, row)) is not None]
        after = reading.words(reading.at(told, "paging", "cursors", "after"))
        if not after or reading.at(told, "paging", "next") is None:
            break
        asked["after"] = after
    there = {(one.name, one.language) for one in found}
    gone = [
        Seen(line.business, one.name, one.language, MISSING)
        for one in templates.definitions()
        if (one.name, one.language) not in there
    ]
    await _keep([*found, *gone])
    return found


async def looks(line: Line) -> dict[str, Look]:
    """How number, subscription and templates stand, by step."""
    made: dict[str, Look] = {}
    try:
        made["number"] = _number(await line.get(line.phone, params={"fields": OF_A_NUMBER}))
        apps = _listed(await line.get(f"{line.business}/subscribed_apps"))
        made["subscribed"] = Look(True, "subscribed") if apps else Look(False, "not_subscribed")
        made["templates"] = _templates(await seen(line))
    except (Kept, Later, Never, Unknown) as no:
        shut = isinstance(no, Shut | Never)
        told = Look(False, "refused" if shut else "away", (("error", getattr(no, "reason", "") or "no answer"),))
        return {**dict.fromkeys(("number", "subscribed", "templates"), told), **made}
    return made


def _number(told: object) -> Look:
    name = reading.words(reading.at(told, "verified_name")) or "-"
    number = reading.words(reading.at(told, "display_phone_number")) or "-"
    status = reading.words(reading.at(told, "status")) or ""
    facts = (("number", number), ("name", name))
    if status not in SPEAKS:
        return Look(False, "number_off", (*facts, ("status", status.lower()[:30])))
    return Look(True, "number", facts)


def _templates(found: list[Seen]) -> Look:
    """Whether each may be sent and costs what we count on; which one is not, the page lists by itself."""
    all_ = len(templates.definitions())
    well = [one for one in found if one.state in templates.SENDABLE]
    facts = (("approved", str(len(well))), ("all", str(all_)))
    if len(well) < all_:
        return Look(False, "templates_open", facts)
    if any(one.category != CATEGORY for one in found):
        return Look(False, "templates_moved", facts)
    return Look(True, "templates", facts)


def _seen(business: str, row: object) -> Seen | None:
    name, language = reading.words(reading.at(row, "name")), reading.words(reading.at(row, "language"))
    if name not in templates.NAMES or language not in LANGUAGES:
        return None
    told = {one: (reading.words(reading.at(row, one)) or "") for one in ("status", "rejected_reason", "category")}
    return Seen(
        business, name, language, told["status"].lower()[:24], told["rejected_reason"][:60],
        told["category"].lower()[:24],
    )  # fmt: skip


def _body(one: Definition) -> dict[str, Any]:
    button = {"type": "QUICK_REPLY", "text": one.button}
    return {
        "name": one.name, "language": one.language, "category": CATEGORY.upper(),
        "components": [{"type": "BODY", "text": one.text}, {"type": "BUTTONS", "buttons": [button]}],
    }  # fmt: skip


async def _keep(found: list[Seen]) -> None:
    async with database.installation():
        for one in found:
            await templates.note(one)


def _listed(told: object) -> list[Any]:
    found = reading.at(told, "data")
    return found if isinstance(found, list) else []


async def _answer(question: Any, otherwise: str) -> Any:
    """Meta's answer, or why there is none, as a refusal that a page can tell."""
    try:
        return await question
    except Shut as no:
        raise Refused("botaccounts.meta_refused", error=no.reason) from no
    except Never as no:
        raise Refused(f"botaccounts.{otherwise}", error=no.reason) from no
    except (Kept, Later, Unknown) as no:
        raise Refused("botaccounts.meta_away", error=getattr(no, "reason", "") or "no answer") from no


SETUP = Setup()
