"""A company with an app of its own at Slack, in a workspace of its own, and the hooks that Slack posts to."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

import httpx
import pytest
from litestar import Litestar

from bot import conversation, delivery, door, slack_hooks, slack_notices
from bot.channels import slack
from core import clock, database, jobs, settings
from core.accounts.roles import SUPER
from core.audit import Actor
from core.messaging import workspaces
from core.messaging.workspaces import App, Grant
from core.people.tables import ChannelIdentity
from tests.core.cast import Cast
from tests.outside.serving import Hook
from tests.outside.slack import Slack

NOTICES = slack_notices.receive  # registered by being imported
SIGNING = "5" * 32
SARI, BUDI = "U0SARI", "U0BUDI"
TEAM = "T0OWN"


@dataclass
class House:
    """The company, its app, and Slack."""

    maju: Cast
    slack: Slack
    app: App
    http: httpx.AsyncClient

    async def link(self, name: str, user: str, *, team: str = TEAM) -> None:
        """Let this Slack account speak for that employee."""
        async with database.transaction(self.maju.company):
            await ChannelIdentity.insert(
                ChannelIdentity(
                    person=self.maju.people[name].person, channel="slack", account=team, external_id=user, place=user,
                    verified_at=clock.now(), consent_hash="",
                )
            )  # fmt: skip

    async def knocks(self, hook: Hook, *, key: str | None = None, times: int = 1) -> list[int]:
        """Slack posts this to the app's own address; returns the answers' statuses."""
        path = f"{hook.path}/{self.app.public if key is None else key}"
        answers = [await self.http.post(path, headers=hook.headers, content=hook.body) for _ in range(times)]
        return [one.status_code for one in answers]

    async def writes(self, words: str, user: str = SARI, **more: Any) -> None:
        """Somebody writes, and everything that follows from it happens."""
        assert await self.knocks(self.slack.event(words, user, **more)) == [200]
        await self.settle()

    async def settle(self) -> None:
        """Let everything happen that is due, and what waits a moment."""
        for _ in range(3):
            await jobs.drain()
            clock.move(clock.now() + timedelta(seconds=3))


@asynccontextmanager
async def opened(maju: Cast) -> AsyncIterator[House]:
    """The house, with the app installed in its workspace."""
    with Slack(secret=SIGNING, team=TEAM) as stand_in, pytest.MonkeyPatch.context() as patched:
        patched.setitem(jobs.HANDLERS, "answer", conversation.answer)
        patched.setitem(jobs.HANDLERS, "deliver", delivery.deliver)
        made = settings.current()
        kept = {one: getattr(made, one) for one in made.__dataclass_fields__}
        settings.use(settings.Settings(**{**kept, "slack_api": f"{stand_in.url}/api/"}))
        async with database.transaction(maju.company):
            await workspaces.begin("http", by=Actor(SUPER, "web"))
            given = {"client_id": "1111.2222", "client_secret": "c" * 32, "signing_secret": SIGNING}
            await workspaces.save(given, by=Actor(SUPER, "web"))
            app = await workspaces.app()
        assert app is not None
        await workspaces.install(app, grant(stand_in.token), by=Actor(SUPER, "web"))
        served = door.before(cast(Any, Litestar(route_handlers=slack_hooks.routes())), slack_hooks.hooks())
        transport = httpx.ASGITransport(cast(Any, served))
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as http:
            yield House(maju, stand_in, app, http)
        await slack.CHANNEL.close()
        settings.use(made)


def grant(token: str, team: str = TEAM) -> Grant:
    """What Slack grants when a workspace takes the app in."""
    return Grant(team=team, name="Maju", bot_user="UBOT", scopes="chat:write", token=token)
