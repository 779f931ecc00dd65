"""What Meta tells about our templates, at its own time or when it is asked: kept, so that messages know before they go.

It is asked every hour as well: a report that got lost would otherwise keep a template shut for good.
"""

from collections.abc import Sequence

from bot.channels import Kept, Later, Never, Unknown, whatsapp_calls, whatsapp_setup
from core import database, jobs, log, settings
from core.messaging import bot_accounts, templates
from core.messaging.templates import Seen

LOOK = "whatsapp.look"


async def receive(changed: Sequence[Seen]) -> None:
    """Keep what Meta reports; told twice or out of order it comes to the same."""
    async with database.installation():
        for one in changed:
            await templates.note(one)
            if one.state and one.state not in templates.SENDABLE:
                log.warning("whatsapp.template_changed", channel="whatsapp", key=one.name, state=one.state)
            if one.category and one.category != templates.CATEGORY:
                log.warning("whatsapp.template_recategorised", channel="whatsapp", key=one.name, state=one.category)


@jobs.cron("35 * * *", "whatsapp.hourly")
async def hourly() -> None:
    """Have Meta asked about the templates of each number that is spoken from."""
    made = settings.current()
    shared = [made.whatsapp_phone_id] if made.whatsapp_token and made.whatsapp_account_id else []
    async with database.installation():
        own = [one.account for one in await bot_accounts.all_of(bot_accounts.WHATSAPP)]
        for account in [*shared, *own]:
            await jobs.enqueue(LOOK, account)


@jobs.job(LOOK)
async def look(_: int | None, account: str) -> None:
    """Ask Meta how it sees the templates of one number; where it does not answer, the next hour asks again."""
    try:
        await whatsapp_setup.seen(await whatsapp_calls.line(account))
    except (Kept, Later, Never, Unknown) as no:
        log.warning("whatsapp.templates_not_told", channel="whatsapp", reason=getattr(no, "reason", "lost"))
