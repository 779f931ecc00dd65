"""What Slack tells that nobody wrote: a person or the app is gone, somebody looks at the app's home."""

from collections.abc import Sequence

from bot.channels.slack_reading import GONE, LEFT, Notice
from core import database, jobs, log
from core.audit import Actor
from core.messaging import workspaces
from core.messaging.workspaces import App
from core.people import identities

NAME = "slack"
BY_SLACK = Actor("serambi", NAME)


async def receive(notices: Sequence[Notice], app: App | None) -> None:
    """Have each notice acted on, once however often Slack tells it."""
    async with database.installation():
        for one in notices:
            if one.kind == GONE and app is None:
                log.error("slack.app_uninstalled", channel=NAME, advice="install the app again, or take its token away")
            else:
                await jobs.enqueue(
                    f"slack.{one.kind}", one.account, one.user, one.at, dedupe=f"slack:{one.account}:{one.event[:100]}"
                )


@jobs.job(f"slack.{GONE}")
async def uninstalled(_: int | None, team: str, _user: str, at: float) -> None:
    """The app is out of a workspace: its people are reached elsewhere until it is installed again."""
    async with database.installation(writes=False):
        row = await workspaces.of_team(team)
    if row is None or row.ended_at is not None or row.installed_at.timestamp() > at + 1:
        return  # it may have been installed again meanwhile
    async with database.transaction(row.company):
        await workspaces.end(team, by=BY_SLACK)


@jobs.job(f"slack.{LEFT}")
async def left(_: int | None, team: str, user: str, at: float) -> None:
    """Somebody was deactivated at Slack: that account speaks for nobody any more."""
    async with database.installation(writes=False):
        known = await identities.whose(NAME, team, user)
    if known is not None and (known.verified_at is None or known.verified_at.timestamp() <= at + 1):
        async with database.transaction(known.company):
            await identities.left(NAME, team, user, actor=BY_SLACK)
