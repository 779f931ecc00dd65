"""What a company no longer uses at Slack, Telegram and WhatsApp, and its ended addresses, go a year after their end."""

from datetime import timedelta
from typing import Any

import pytest

from core import clock, database
from core.accounts import frames
from core.accounts.tables import ChatFrame
from core.audit import AuditEntry
from core.calendar.tables import CalendarFeed
from core.leave import feed
from core.messaging import bot_accounts, templates, workspaces
from core.messaging.bot_accounts import TELEGRAM, WHATSAPP, BotAccount, Named
from core.messaging.tables import MessageTemplate
from core.messaging.workspaces import HTTP, Grant, SlackApp, SlackWorkspace
from core.people.tables import ChannelIdentity
from core.retention import YEAR
from tests.core.cast import HR, Cast, as_
from tests.core.test_purges import NOW, counted, maju, night  # noqa: F401  the fixture

TOKEN = "123456789:AAH" + "x" * 30
META = {"token": "EAA" + "x" * 30, "secret": "0" * 32, "phone": "106540352242922", "business": "102290129340398"}
BEFORE, AFTER = YEAR - timedelta(days=1), YEAR + timedelta(days=1)


async def connected(cast: Cast, channel: str) -> None:
    given = {"token": TOKEN, "mode": "webhook"} if channel == TELEGRAM else META
    named = Named("123456789" if channel == TELEGRAM else META["phone"], "maju")
    async with database.transaction(cast.company):
        await bot_accounts.save(channel, given, named, by=HR)


async def ended(cast: Cast, channel: str) -> None:
    async with database.transaction(cast.company):
        assert await bot_accounts.end(channel, by=HR)


async def linked(cast: Cast) -> None:
    async with database.transaction(cast.company):
        await ChannelIdentity.insert(
            ChannelIdentity(
                person=cast.budi.person, channel=TELEGRAM, account="123456789", external_id="77",
                verified_at=clock.now(), consent_hash="",
            )
        )  # fmt: skip


async def links(cast: Cast) -> list[bool]:
    """Of each chat that was linked there, whether it still speaks for somebody."""
    async with database.reading(cast.company):
        rows = await ChannelIdentity.select(ChannelIdentity.ended_at).where(ChannelIdentity.channel == TELEGRAM)
    return [row["ended_at"] is None for row in rows]


@pytest.mark.parametrize("channel", [TELEGRAM, WHATSAPP])
async def test_an_account_goes_with_its_keys_a_year_after_it_was_disconnected(maju: Cast, channel: str) -> None:  # noqa: F811
    await connected(maju, channel)
    await night(2 * YEAR)
    assert await counted(maju.company, BotAccount) == [1], "it is used"
    await ended(maju, channel)
    await night(BEFORE)
    assert await counted(maju.company, BotAccount) == [1]
    await night(AFTER)
    assert await counted(maju.company, BotAccount) == [0]


async def test_nobody_stays_linked_through_an_account_that_is_forgotten(maju: Cast) -> None:  # noqa: F811
    await connected(maju, TELEGRAM)
    await linked(maju)
    await ended(maju, TELEGRAM)
    await night(BEFORE)
    assert await links(maju) == [True], "their links stay for its return"
    await night(AFTER)
    assert await links(maju) == [False], "else they would be written to by the bot of the installation"
    async with database.reading(maju.company):
        acts = [row["action"] for row in await AuditEntry.select().order_by(AuditEntry.seq)]
    assert [one for one in acts if one != "retention.swept"][-1] == "identity.unlinked"


async def test_links_of_an_account_that_came_back_stay(maju: Cast) -> None:  # noqa: F811
    await connected(maju, TELEGRAM)
    await linked(maju)
    await ended(maju, TELEGRAM)
    await connected(maju, TELEGRAM)
    await night(AFTER)
    assert await counted(maju.company, BotAccount) == [1]
    assert await links(maju) == [True]


async def test_templates_go_with_the_last_number_of_their_business(maju: Cast) -> None:  # noqa: F811
    await connected(maju, WHATSAPP)
    async with database.installation():
        await templates.note(templates.Seen(META["business"], "notice", "id", "approved"))
    await night(2 * YEAR)
    assert await counted(None, MessageTemplate) == [1], "the number is used"
    await ended(maju, WHATSAPP)
    await night(BEFORE)
    assert await counted(None, MessageTemplate) == [1]
    await night(AFTER)  # the account goes, and what only it needed in the night after
    await night(AFTER)
    assert await counted(None, MessageTemplate) == [0]


async def begun(cast: Cast) -> workspaces.App:
    async with database.transaction(cast.company):
        await workspaces.begin(HTTP, by=HR)
        made = await workspaces.app()
    assert made is not None
    return made


async def test_a_slack_app_goes_a_year_after_its_last_workspace(maju: Cast) -> None:  # noqa: F811
    app = await begun(maju)
    await workspaces.install(app, Grant("T1", "Maju", "U1", "chat:write", "xoxb-1"), by=HR)
    await night(2 * YEAR)
    assert await counted(maju.company, SlackApp, SlackWorkspace) == [1, 1], "it is in a workspace"
    async with database.transaction(maju.company):
        assert await workspaces.end("T1", by=HR)
    await night(BEFORE)
    assert await counted(maju.company, SlackApp, SlackWorkspace) == [1, 1]
    await night(AFTER)
    assert await counted(maju.company, SlackApp, SlackWorkspace) == [0, 0]


async def test_a_slack_app_that_was_thought_of_lately_stays_though_no_workspace_has_it(maju: Cast) -> None:  # noqa: F811
    await begun(maju)
    with clock.freeze(NOW + timedelta(days=200)):
        async with database.transaction(maju.company):
            given = {"client_id": "1234.5678", "client_secret": "0" * 32, "signing_secret": "1" * 32}
            await workspaces.save(given, by=HR)
    await night(timedelta(days=200) + BEFORE)
    assert await counted(maju.company, SlackApp) == [1]
    await night(timedelta(days=200) + AFTER)
    assert await counted(maju.company, SlackApp) == [0]


async def test_addresses_of_calendars_and_pages_that_showed_the_chat_go_after_their_end(maju: Cast) -> None:  # noqa: F811
    async with database.transaction(maju.company):
        await feed.make(maju.budi, "own", actor=as_(maju.budi))
        await feed.make(maju.budi, "own", actor=as_(maju.budi))  # the one before ends
        shown = [await frames.allow(f"https://{name}.maju.example", by=HR) for name in ("lama", "baru")]
        assert await frames.end(shown[0].public, by=HR)
    tables: list[Any] = [CalendarFeed, ChatFrame]
    await night(BEFORE)
    assert await counted(maju.company, *tables) == [2, 2]
    await night(AFTER)
    assert await counted(maju.company, *tables) == [1, 1]
