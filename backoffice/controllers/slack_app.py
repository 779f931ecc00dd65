"""Connecting the company's own Slack: what to paste there, what to bring back, and whether each step works by now."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, SkipValidation, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal
from core import clock, database, log, settings
from core.errors import Refused
from core.messaging import workspaces
from core.messaging.workspaces import SCOPES, SOCKET, App, Connector, Look
from core.people.tables import ChannelIdentity
from core.phrases import phrase

STATE_LIFE = 3600  # seconds in which somebody comes back from Slack's page
PATIENCE = 6.0  # seconds that the page waits for Slack
Asked = NamedDependency[SkipValidation[Connector]]
AWAY = Look(False, "away", (("error", "timeout"),))


class Chosen(Struct):
    """How Slack is to reach us."""

    mode: str = ""


class Keys(Struct):
    """What Slack shows for an app; what is left empty stays as it is."""

    client_id: str = ""
    client_secret: str = ""
    signing_secret: str = ""
    app_token: str = ""


class SlackAppController(Controller):
    """The app at Slack of one company."""

    path = "/{company:str}/settings/slack"
    guards = (requires("settings", "change"),)

    @get()
    async def show(self, request: Web, connector: Asked, saved: FromQuery[str] = "") -> Response[str]:
        """Each step with what is still to do in it, asked of Slack at this moment."""
        return await _show(request, connector, saved=saved)

    @post("/begin")
    async def begin(self, request: Web, connector: Asked, data: URLEncodedBody[Chosen]) -> Response[str]:
        """Make the addresses of the app, or let it listen the other way."""
        where = standing(request)
        try:
            async with database.transaction(where.company):
                await workspaces.begin(data.mode, by=acting(request))
        except Refused as no:
            return await _show(request, connector, wrong={"mode": refusal(request, no, where.zone)}, status=422)
        return Redirect(f"/{where.place.slug}/settings/slack?saved=begun", status_code=303)

    @post("/keys")
    async def keys(self, request: Web, connector: Asked, data: URLEncodedBody[Keys]) -> Response[str]:
        """Keep what Slack shows for the app."""
        where = standing(request)
        given = {name: getattr(data, name)[:300] for name in workspaces.SHAPES}
        try:
            async with database.transaction(where.company):
                await workspaces.save(given, by=acting(request))
        except Refused as no:
            field = no.key.partition("wrong_")[2]
            wrong = {field: refusal(request, no, where.zone)}
            return await _show(request, connector, wrong=wrong, typed=given["client_id"], status=422)
        return Redirect(f"/{where.place.slug}/settings/slack?saved=keys", status_code=303)

    @get("/installed")
    async def installed(
        self, request: Web, connector: Asked, code: FromQuery[str] = "", error: FromQuery[str] = ""
    ) -> Response[str]:  # fmt: skip
        """Back from Slack's page: keep what the workspace granted, if it is this session that went there."""
        where, state = standing(request), request.query_params.get("state", "")
        async with database.reading(where.company):
            app = await workspaces.app()
        try:
            if app is None or not app.complete or not is_ours(request, app, state):
                raise Refused("slackapp.wrong_state")
            if error or not code:
                raise Refused("slackapp.not_allowed")
            grant = await connector.exchange(app, code[:500], back(where.place.slug))
            await workspaces.install(app, grant, by=acting(request))
        except Refused as no:
            log.warning("slack.not_installed", channel=workspaces.CHANNEL, reason=no.key)
            return await _show(request, connector, wrong={"": refusal(request, no, where.zone)}, status=422)
        return Redirect(f"/{where.place.slug}/settings/slack?saved=installed", status_code=303)

    @post("/workspace/{name:str}/end")
    async def end(self, request: Web, connector: Asked, name: FromPath[str]) -> Response[str]:
        """Take the app out of a workspace: its token is given back to Slack, its people are reached elsewhere."""
        where = standing(request)
        async with database.transaction(where.company):
            row = next((one for one in await workspaces.workspaces() if one.team == name), None)
            if row is None:
                raise NotFoundException
            await workspaces.end(row.team, by=acting(request))
        await _asked(connector.leave(workspaces.token_of(row)))
        return Redirect(f"/{where.place.slug}/settings/slack?saved=ended", status_code=303)


# -- there and back ----------------------------------------------------------------------------------------------------


def back(slug: str) -> str:
    """Where Slack sends somebody back to."""
    return f"{settings.current().public_url}/{slug}/settings/slack/installed"


def authorize(request: Web, app: App) -> str:
    """Slack's page that asks somebody whether their workspace takes the app in."""
    where = standing(request)
    asked = {"client_id": app.client_id, "scope": ",".join(SCOPES), "redirect_uri": back(where.place.slug),
             "state": _state(request, app, int(clock.now().timestamp()) + STATE_LIFE)}  # fmt: skip
    return f"{settings.current().slack_api.removesuffix('api/')}oauth/v2/authorize?{urlencode(asked)}"


def _state(request: Web, app: App, until: int) -> str:
    """Ties the way back to this session, this company and this app, for an hour."""
    bound = f"slack|{asker.of(request).session}|{standing(request).company}|{app.public}|{until}"
    made = hmac.new(settings.current().secret_key.encode(), bound.encode(), hashlib.sha256).hexdigest()
    return f"{until}.{made}"


def is_ours(request: Web, app: App, state: str) -> bool:
    """Whether this session went to Slack for this app within the hour."""
    until = state.partition(".")[0]
    if not (until.isascii() and until.isdecimal() and len(until) < 12) or asker.of(request).session is None:
        return False
    fresh = int(until) > clock.now().timestamp()
    return fresh and hmac.compare_digest(state.encode("utf-8", "replace"), _state(request, app, int(until)).encode())


# -- the page ----------------------------------------------------------------------------------------------------------


async def _show(
    request: Web, connector: Connector, *, saved: str = "", wrong: Mapping[str, str] | None = None, typed: str = "",
    status: int = 200,
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        app, installed = await workspaces.app(), await workspaces.workspaces()
        people = {one.team: await _people(one.team) for one in installed}
    looks = await asyncio.gather(*(_asked(connector.look(workspaces.token_of(one))) for one in installed))
    socket = (
        await _asked(connector.look_at_socket(app.app_token)) if app and app.mode == SOCKET and app.app_token else None
    )
    rows = [
        {"team": one.team, "name": one.name, "since": one.installed_at, "people": people[one.team],
         "look": _told(look, language), "well": look.well}
        for one, look in zip(installed, looks, strict=True)
    ]  # fmt: skip
    alive = app is not None and app.connected_at is not None and app.connected_at > clock.now() - workspaces.ALIVE
    return await page(
        request, "channels/slack.html", status=status, place=where.place.name, company=where.place, zone=where.zone,
        app=app, rows=rows, manifest=_manifest(app, where.place.slug, language) if app else "",
        authorize=authorize(request, app) if app and app.complete else "", wrong=wrong or {},
        typed=typed or (app.client_id if app else ""), shared=bool(settings.current().slack_bot_token),
        socket=_told(socket, language) if socket else "", socket_well=bool(socket and socket.well), alive=alive,
        listens=app is not None and (alive if app.mode == SOCKET else app.heard_at is not None),
        saved=saved if saved in ("begun", "keys", "installed", "ended") else "", reachable=settings.current().secure,
    )  # fmt: skip


async def _asked(question: Any) -> Any:
    """Slack's answer, or that there was none in time."""
    try:
        return await asyncio.wait_for(question, PATIENCE)
    except TimeoutError:
        return AWAY


async def _people(team: str) -> int:
    """How many of the company talk in this workspace."""
    of_team = (ChannelIdentity.channel == workspaces.CHANNEL) & (ChannelIdentity.account == team)
    return int(await ChannelIdentity.count().where(of_team & ChannelIdentity.ended_at.is_null()))


def _told(look: Look, language: str) -> str:
    return phrase(f"slackapp.look_{look.told}", language, **dict(look.facts))


def _manifest(app: App, slug: str, language: str) -> str:
    words = {name: phrase(f"slackapp.manifest_{name}", language) for name in ("about", "command", "hint")}
    made = workspaces.manifest(settings.current().public_url, app, back(slug), words=words)
    return json.dumps(made, indent=2, ensure_ascii=False)
