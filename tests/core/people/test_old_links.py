"""What stays of a chat that speaks for nobody any more: enough to be careful with the next one, and not whose it was."""

from datetime import timedelta

import pytest

from core import clock, database, purges
from core.accounts import blocks
from core.people import identities
from core.people.tables import ChannelIdentity, Employment
from tests.core.cast import HR, Cast, as_
from tests.core.conftest import MONDAY
from tests.core.people.test_identities import linked

YEAR, DAY = timedelta(days=365), timedelta(days=1)
pytestmark = pytest.mark.usefixtures("maju")


async def links(maju: Cast, external_id: str = "777") -> None:
    code, _ = await identities.invite(maju.budi, actor=HR)
    await linked(maju, code, external_id)


async def unlinked(maju: Cast) -> None:
    async with database.transaction(maju.company):
        await identities.unlink(maju.budi.person, "telegram", actor=as_(maju.budi))


async def night(maju: Cast, after: timedelta) -> list[tuple[str, str, str | None]]:
    """Sweep then; what names an account afterwards."""
    with clock.freeze(MONDAY + after):
        await purges.sweep(maju.company)
    async with database.reading(maju.company):
        rows = await ChannelIdentity.select().order_by(ChannelIdentity.id)
    return [(row["account"], row["external_id"], row["place"]) for row in rows]


async def test_a_year_after_it_ended_nothing_says_whose_account_it_was(maju: Cast) -> None:
    await links(maju)
    await unlinked(maju)
    assert await night(maju, YEAR - DAY) == [("bot", "777", "chat-777")]
    assert await night(maju, YEAR + DAY) == [("", "", None)]
    async with database.reading(maju.company):
        assert "777" not in str(await ChannelIdentity.select())
        row = await ChannelIdentity.objects().first()
    assert row is not None
    assert (row.verified_at, row.ended_at) == (MONDAY, MONDAY), "that and to what they agreed can still be shown"
    assert len(row.consent_hash) == 64


async def test_a_chat_that_is_linked_years_later_cools_down_all_the_same(maju: Cast) -> None:
    await links(maju)
    await unlinked(maju)
    at = MONDAY + 3 * YEAR
    await night(maju, at - MONDAY)
    with clock.freeze(at):
        await links(maju, "888")
        async with database.reading(maju.company):
            assert await identities.cooling_until(maju.budi.person) == at + identities.COOLING
            assert await identities.cooling_until(maju.tono.person) is None


async def test_many_links_of_many_people_become_blind(maju: Cast) -> None:
    for external_id in ("777", "888", "999"):  # each ends the one before
        await links(maju, external_id)
    await unlinked(maju)
    assert await night(maju, YEAR + DAY) == [("", "", None)] * 3


async def test_a_chat_that_is_open_stays_however_old(maju: Cast) -> None:
    await links(maju)
    assert await night(maju, 9 * YEAR) == [("bot", "777", "chat-777")]


async def test_what_a_block_ended_is_kept_while_it_stands(maju: Cast) -> None:
    await links(maju)
    async with database.transaction(maju.company):
        await blocks.block(maju.budi.person, channel="telegram", by=as_(maju.budi))
    assert await night(maju, 2 * YEAR) == [("bot", "777", "chat-777")]
    async with database.installation(writes=False):
        assert await blocks.stands_on("telegram", "bot", "777")
    async with database.transaction(maju.company):
        await blocks.lift(maju.budi.person, "KTP diperiksa", by=as_(maju.ratna), by_person=maju.ratna.person)
    assert await night(maju, 2 * YEAR) == [("", "", None)]


async def test_the_trace_goes_five_years_after_the_employment(maju: Cast) -> None:
    await links(maju)
    await unlinked(maju)
    async with database.transaction(maju.company):
        last = (MONDAY + 30 * DAY).date()
        await Employment.update({Employment.leaves: last}).where(Employment.id == maju.budi.id)
    assert await night(maju, 5 * YEAR + 29 * DAY) == [("", "", None)]
    assert await night(maju, 5 * YEAR + 32 * DAY) == []
