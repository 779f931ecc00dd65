"""Where Slack knocks: at the installation's own app, or at a company's, whose addresses end in its key.

Whoever signs for an app speaks for the people of that app's workspaces and for nobody else's: what is signed with a
company's secret about another workspace is dropped, however well it is signed.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request, Response, post
from litestar.exceptions import HTTPException, NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from bot import door, slack_notices
from bot.channels import Forged, reading, slack, slack_reading
from bot.dialog import interrupts
from bot.door import Answer, Hook
from bot.webhooks import LARGEST, parsed
from core import database, log, settings
from core.crash import crashpoint
from core.messaging import inbox, workspaces
from core.messaging.messages import Incoming
from core.messaging.workspaces import App
from core.people import identities
from core.people.tables import Person
from core.phrases import phrase

Web = Request[Any, Any, Any]


def routes() -> list[HTTPRouteHandler]:
    """Those of companies' own apps always, since any may add one; those of the installation's if it has one."""
    made = settings.current()
    shared = [events, interactions, commands] if made.slack_bot_token and made.slack_signing_secret else []
    return [*shared, events_of, interactions_of, commands_of]


def hooks() -> list[Hook]:
    """The same addresses, for the door before the routes."""
    made = settings.current()
    shared = bool(made.slack_bot_token and made.slack_signing_secret)
    return [Hook(f"/hooks/slack/{kind}", LARGEST, take_post, shared) for kind in ("events", "interactions", "commands")]


@post("/hooks/slack/events", status_code=200, exclude_from_csrf=True, request_max_body_size=LARGEST)
async def events(request: Web) -> Response[Any]:
    """One event, or Slack's question whether this address is ours."""
    return await door.posted(request, take_post, None)


@post("/hooks/slack/interactions", status_code=200, exclude_from_csrf=True, request_max_body_size=LARGEST)
async def interactions(request: Web) -> Response[Any]:
    """One press on a card, or an answered dialog."""
    return await door.posted(request, take_post, None)


@post("/hooks/slack/commands", status_code=200, exclude_from_csrf=True, request_max_body_size=LARGEST)
async def commands(request: Web) -> Response[Any]:
    """What was typed after our command."""
    return await door.posted(request, take_post, None)


@post("/hooks/slack/events/{key:str}", status_code=200, exclude_from_csrf=True, request_max_body_size=LARGEST)
async def events_of(request: Web, key: FromPath[str]) -> Response[Any]:
    """The same for the app with this key."""
    return await door.posted(request, take_post, key)


@post("/hooks/slack/interactions/{key:str}", status_code=200, exclude_from_csrf=True, request_max_body_size=LARGEST)
async def interactions_of(request: Web, key: FromPath[str]) -> Response[Any]:
    """The same for the app with this key."""
    return await door.posted(request, take_post, key)


@post("/hooks/slack/commands/{key:str}", status_code=200, exclude_from_csrf=True, request_max_body_size=LARGEST)
async def commands_of(request: Web, key: FromPath[str]) -> Response[Any]:
    """The same for the app with this key."""
    return await door.posted(request, take_post, key)


async def _app(key: str | None) -> App | None:
    if key is None:
        return None
    async with database.installation(writes=False):
        app = await workspaces.by_key(key) if len(key) <= 64 else None
    if app is None:
        raise NotFoundException
    return app


async def take_post(key: str | None, headers: Mapping[str, str], raw: bytes) -> Answer:
    """What Slack posts to the installation's app, or to the one with this key."""
    app = await _app(key)
    crashpoint("webhooks.before_verify")
    kind = headers.get("content-type", "")
    _verify(headers, raw, app)
    payload = parsed(raw, lambda body: slack_reading.parse_body(body, kind))
    if (asked := slack_reading.challenge(payload)) is not None:
        return Answer(msgspec.json.encode({"challenge": asked}))
    crashpoint("webhooks.verified")
    shown = await take(payload, app)
    crashpoint("webhooks.before_answer")
    # Slack closes its window on an empty body.
    return Answer(b"" if shown is None else msgspec.json.encode(shown))


def _verify(headers: Mapping[str, str], raw: bytes, app: App | None) -> None:
    secret = settings.current().slack_signing_secret if app is None else app.signing_secret
    if app is not None and not secret and slack_reading.challenge(slack_reading.parse_body(raw, "")) is not None:
        return  # Slack asks whether the address is ours before it shows the secret that it signs with
    try:
        slack.check_signature(secret, headers, raw)
    except Forged:
        log.warning("webhook_forged", channel=slack_reading.NAME)
        raise HTTPException(status_code=401, detail="not signed by the platform") from None


async def taken(kind: str, payload: dict[str, Any], app: App | None) -> dict[str, Any] | None:
    """The same for what comes over a connection: there a command says by its envelope what it is."""
    return await take({**payload, "type": slack_reading.COMMAND} if kind == "slash_commands" else payload, app)


async def take(payload: object, app: App | None) -> dict[str, Any] | None:
    """Keep what Slack tells; when this returns it is on disk, and Slack may be told that it has arrived.

    Returns what Slack shows at once to the one who did it, if anything.
    """
    found, notices = slack_reading.parse(payload), slack_reading.notices(payload)
    crashpoint("webhooks.parsed")
    if app is not None:
        await workspaces.heard(app)
        async with database.installation(writes=False):
            theirs = await workspaces.teams_of(app)
        found = [one for one in found if one.account in theirs]
        notices = [one for one in notices if one.account in theirs]
    if found:
        await inbox.receive(found)
    if notices:
        await slack_notices.receive(notices, app)
    if found and reading.at(payload, "type") == slack_reading.COMMAND:
        return {"response_type": "ephemeral", "text": await _where(found[0])}
    return None


async def _where(command: Incoming) -> str:
    """Where a command is answered: not in a channel, where others read along."""
    async with database.installation(writes=False):
        known = await identities.whose(command.channel, command.account, command.sender)
    language = interrupts.language_of(command.words or "") or "id"
    if known is not None:
        async with database.reading(known.company):
            row = await Person.select(Person.language).where(Person.id == known.person).first()
        language = row["language"] if row else language
    return phrase("channels.command_answered", language)
