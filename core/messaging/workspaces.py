"""A company's own app at Slack, and the workspaces that took it in.

What an app may do is decided by its keys, which rest in envelopes. A workspace belongs to one company: whoever signs
for an app speaks for the people of that app's workspaces and for nobody else's.
"""

import re
from collections.abc import Awaitable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from piccolo.columns import ForeignKey, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.query.mixins import OnConflictAction

from core import audit, clock, database, vault
from core.audit import Actor
from core.database import CompanyTable
from core.errors import Refused
from core.people.tables import ChannelIdentity
from core.vault import Sealed

CHANNEL = "slack"
HTTP, SOCKET = "http", "socket"
# What the app asks a workspace for, in the order in which Slack lists it.
SCOPES = ("app_mentions:read", "chat:write", "commands", "files:read", "im:history", "users:read")
EVENTS = ("app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked", "user_change")
COMMAND = "/serambi"
SPOKE_LATELY = timedelta(minutes=1)
ALIVE = timedelta(minutes=2)  # a connection says every half minute that it is there
SECRETS = ("client_secret", "signing_secret", "app_token")
SHAPES = {
    "client_id": re.compile(r"\d{4,20}\.\d{4,20}"),
    "client_secret": re.compile(r"[0-9a-f]{32}"),
    "signing_secret": re.compile(r"[0-9a-f]{32}"),
    "app_token": re.compile(r"xapp-[A-Za-z0-9-]{10,200}"),
}


class SlackApp(CompanyTable):
    """The app that a company makes at Slack: the key in its addresses, and what Slack gave for it."""

    id: Serial
    public = Varchar(length=22, unique=True)
    mode = Varchar(length=6)  # http | socket
    client_id = Varchar(length=64, null=True, default=None)
    client_secret = Sealed(of=None, null=True)
    signing_secret = Sealed(of=None, null=True)
    app_token = Sealed(of=None, null=True)  # opens the connections of Socket Mode
    made_at = Timestamptz(default=None)
    saved_at = Timestamptz(null=True, default=None)  # when somebody of the company last changed something about it
    heard_at = Timestamptz(null=True, default=None)  # when Slack last spoke to it, to the minute
    connected_at = Timestamptz(null=True, default=None)  # when a connection of Socket Mode last said that it lives


class SlackWorkspace(CompanyTable):
    """A workspace that took the app in."""

    id: Serial
    app = ForeignKey(SlackApp, null=False, on_delete=OnDelete.restrict)
    team = Varchar(length=64)
    name = Varchar(length=120)
    bot_user = Varchar(length=32)
    scopes = Text()
    token = Sealed(of=None)
    installed_at = Timestamptz(default=None)
    ended_at = Timestamptz(null=True, default=None)


@dataclass(frozen=True)
class App:
    """An app with its secrets open."""

    id: int
    company: int
    public: str
    mode: str
    client_id: str
    client_secret: str
    signing_secret: str
    app_token: str
    heard_at: datetime | None
    connected_at: datetime | None

    @property
    def complete(self) -> bool:
        """Whether all that its way of listening needs is known."""
        return all((self.client_id, self.client_secret, self.app_token if self.mode == SOCKET else self.signing_secret))


@dataclass(frozen=True)
class Grant:
    """What Slack says when a workspace has taken the app in."""

    team: str
    name: str
    bot_user: str
    scopes: str
    token: str


@dataclass(frozen=True)
class Look:
    """What Slack answers when it is asked whether something works: a phrase of `slackapp.look_`, with its facts."""

    well: bool
    told: str
    facts: tuple[tuple[str, str], ...] = ()


class Connector(Protocol):
    """What the pages ask Slack; never inside a transaction."""

    def exchange(self, app: App, code: str, back: str) -> Awaitable[Grant]:
        """What the code is worth that a workspace was sent back with; refuses with a reason that can be told."""
        ...

    def look(self, token: str) -> Awaitable[Look]:
        """Whether a workspace still takes this token, and with all that is needed."""
        ...

    def look_at_socket(self, app_token: str) -> Awaitable[Look]:
        """Whether a connection of Socket Mode can be opened."""
        ...

    def leave(self, token: str) -> Awaitable[None]:
        """Give a token back; what Slack says to it does not matter."""
        ...


# -- the app -----------------------------------------------------------------------------------------------------------


async def app() -> App | None:
    """The app of the company in scope."""
    row = await SlackApp.select().first()
    return None if row is None else _opened(row)


async def by_key(key: str) -> App | None:
    """The app whose addresses hold this key, in whatever company; needs installation()."""
    row = await SlackApp.select().where(SlackApp.public == key).first()
    return None if row is None else _opened(row)


async def connecting() -> Sequence[App]:
    """The apps that wait for a connection of Socket Mode; needs installation()."""
    rows = await SlackApp.select().where((SlackApp.mode == SOCKET) & SlackApp.app_token.is_not_null())
    return [_opened(row) for row in rows]


def _opened(row: dict[str, Any]) -> App:
    open_: dict[str, Any] = {name: _unsealed(row[name], row["company"], f"slack_app.{name}") for name in SECRETS}
    plain = {name: row[name] for name in ("id", "company", "public", "mode", "heard_at", "connected_at")}
    return App(client_id=row["client_id"] or "", **plain, **open_)


def _unsealed(envelope: str | None, company: int, column: str) -> str:
    return "" if envelope is None else vault.unseal(envelope, company=company, column=column)


async def begin(mode: str, *, by: Actor) -> None:
    """Give the company's app its addresses, or have it listen the other way."""
    if mode not in (HTTP, SOCKET):
        raise Refused("slackapp.no_such_mode")
    await database.lock_name(f"slack_app:{database.company()}")  # a company has one
    if not await SlackApp.exists():
        await SlackApp.insert(SlackApp(public=database.new_public(), mode=mode, made_at=clock.now()))
    await SlackApp.update({SlackApp.mode: mode, SlackApp.saved_at: clock.now()}).where(SlackApp.mode != mode)
    audit.record("slack.app_begun", f"company:{database.company()}", by=by, mode=mode)


async def save(given: dict[str, str], *, by: Actor) -> None:
    """Keep what Slack gave for the app; an empty secret leaves the one that is kept."""
    row = await SlackApp.select().first()
    if row is None:
        raise Refused("slackapp.not_begun")
    known = _opened(row)
    given = {name: given.get(name, "").strip() or getattr(known, name) for name in SHAPES}
    needed = ("client_id", "client_secret", "app_token" if known.mode == SOCKET else "signing_secret")
    for name, shape in SHAPES.items():
        if (given[name] or name in needed) and not shape.fullmatch(given[name]):
            raise Refused(f"slackapp.wrong_{name}")
    values: dict[Any, Any] = {SlackApp.client_id: given["client_id"], SlackApp.saved_at: clock.now()}
    for name in SECRETS:
        if given[name]:
            values[name] = vault.seal(given[name], company=database.company(), column=f"slack_app.{name}")
    await SlackApp.update(values).where(SlackApp.id == row["id"])
    audit.record("slack.app_saved", f"company:{database.company()}", by=by)


async def heard(app: App) -> None:
    """Note that Slack speaks to this app; once a minute is enough."""
    if app.heard_at is None or app.heard_at < clock.now() - SPOKE_LATELY:
        async with database.transaction(app.company):
            await SlackApp.update({SlackApp.heard_at: clock.now()}).where(SlackApp.id == app.id)


async def connected(app: App) -> None:
    """Note that a connection of Socket Mode stands."""
    async with database.transaction(app.company):
        await SlackApp.update({SlackApp.connected_at: clock.now()}).where(SlackApp.id == app.id)


def unused(before: datetime) -> Any:
    """Which apps no workspace has, and of which nobody has heard or thought since."""
    quiet: Any = SlackApp.made_at < before
    for last in (SlackApp.saved_at, SlackApp.heard_at, SlackApp.connected_at):
        quiet = quiet & (last.is_null() | (last < before))
    return quiet & SlackApp.id.not_in(SlackWorkspace.select(SlackWorkspace.app))


# -- its workspaces ----------------------------------------------------------------------------------------------------


async def workspaces() -> Sequence[SlackWorkspace]:
    """The workspaces that the company's app is in, in the order in which they took it in."""
    return await SlackWorkspace.objects().where(SlackWorkspace.ended_at.is_null()).order_by(SlackWorkspace.id)


async def teams_of(app: App) -> Collection[str]:
    """For whose people this app may speak; needs installation()."""
    rows = await SlackWorkspace.select(SlackWorkspace.team).where(
        (SlackWorkspace.app == app.id) & SlackWorkspace.ended_at.is_null()
    )
    return {row["team"] for row in rows}


async def install(app: App, grant: Grant, *, by: Actor) -> None:
    """Keep what a workspace granted, in place of what it granted before; refuse one that is another company's."""
    async with database.installation(writes=False):
        others = (ChannelIdentity.channel == CHANNEL) & (ChannelIdentity.account == grant.team)
        theirs = await ChannelIdentity.exists().where(
            others & ChannelIdentity.ended_at.is_null() & (ChannelIdentity.company != app.company)
        )
    if theirs:
        raise Refused("slackapp.workspace_taken", name=grant.name)
    async with database.transaction(app.company):
        now, token = clock.now(), vault.seal(grant.token, company=app.company, column="slack_workspace.token")
        await SlackWorkspace.update({SlackWorkspace.ended_at: now}).where(
            (SlackWorkspace.team == grant.team) & SlackWorkspace.ended_at.is_null()
        )
        row = SlackWorkspace(
            app=app.id, team=grant.team, name=grant.name, bot_user=grant.bot_user, scopes=grant.scopes, token=token,
            installed_at=now,
        )  # fmt: skip
        written = await SlackWorkspace.insert(row).on_conflict(action=OnConflictAction.do_nothing).returning(
            SlackWorkspace.id
        )  # fmt: skip
        if not written:
            raise Refused("slackapp.workspace_taken", name=grant.name)
        # Whoever could not be reached while the app was out can be again.
        await ChannelIdentity.update({ChannelIdentity.unreachable_at: None}).where(
            (ChannelIdentity.channel == CHANNEL) & (ChannelIdentity.account == grant.team)
        )
        audit.record("slack.workspace_installed", f"slack:{grant.team}", by=by, name=grant.name)


async def end(team: str, *, by: Actor) -> bool:
    """The app is out of a workspace of the company in scope: its people are reached elsewhere from now on."""
    ended = (
        await SlackWorkspace.update({SlackWorkspace.ended_at: clock.now()})
        .where((SlackWorkspace.team == team) & SlackWorkspace.ended_at.is_null())
        .returning(SlackWorkspace.name)
    )
    if not ended:
        return False
    await ChannelIdentity.update({ChannelIdentity.unreachable_at: clock.now()}).where(
        (ChannelIdentity.channel == CHANNEL) & (ChannelIdentity.account == team) & ChannelIdentity.ended_at.is_null()
        & ChannelIdentity.unreachable_at.is_null()
    )  # fmt: skip
    audit.record("slack.workspace_ended", f"slack:{team}", by=by, name=ended[0]["name"])
    return True


async def of_team(team: str) -> SlackWorkspace | None:
    """The newest row of a workspace, in whatever company; needs installation()."""
    return (
        await SlackWorkspace.objects()
        .where(SlackWorkspace.team == team)
        .order_by(SlackWorkspace.id, ascending=False)
        .first()
    )


def token_of(row: SlackWorkspace) -> str:
    """What lets the app speak in a workspace."""
    return vault.unseal(row.token, company=row.company, column="slack_workspace.token")


def manifest(base: str, app: App, back: str, *, words: dict[str, str]) -> dict[str, Any]:
    """What is pasted at Slack to make the app with everything it needs; `words` are the few that people read there."""
    listens = app.mode == HTTP

    def url(what: str) -> dict[str, str]:
        return {"url": f"{base}/hooks/slack/{what}/{app.public}"} if listens else {}

    def request_url(what: str) -> dict[str, str]:
        return {"request_url": url(what)["url"]} if listens else {}

    command = {"command": COMMAND, **url("commands"), "description": words["command"], "usage_hint": words["hint"],
               "should_escape": False}  # fmt: skip
    return {
        "display_information": {"name": "Serambi", "description": words["about"]},
        "features": {
            "app_home": {
                "home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Serambi", "always_online": True},
            "slash_commands": [command],
        },
        "oauth_config": {"redirect_urls": [back], "scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**request_url("events"), "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **request_url("interactions")},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not listens,
            "token_rotation_enabled": False,
        },
    }  # fmt: skip
