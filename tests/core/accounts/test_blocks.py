"""A block ends everything that speaks for somebody in one transaction, and only others lift it."""

from datetime import timedelta

import pytest

from core import clock, database
from core.accounts import acts_in, appointing, blocks, joining, sign_in
from core.accounts.tables import Block, Membership
from core.audit import Actor
from core.errors import Refused
from core.messaging import account_mail
from core.people import identities
from core.people.tables import ChannelIdentity
from tests.core.cast import HR, Cast, as_
from tests.core.conftest import MONDAY

PASSWORD = "four unrelated words here"


async def linked(maju: Cast, who: str, external: str) -> None:
    code, _ = await identities.invite(maju.people[who], actor=HR)
    async with database.installation(writes=False):
        found = await identities.offered(code)
    assert found is not None
    async with database.transaction(maju.company):
        await identities.link(
            found.invitation, channel="telegram", account="bot", external_id=external, place=None, consent="ya"
        )


async def test_a_block_ends_sessions_chats_links_and_invitations_at_once(maju: Cast) -> None:
    link, _ = await joining.portal_link(maju.budi)
    session = await sign_in.redeem(str(link), PASSWORD)
    unused, _ = await joining.portal_link(maju.budi)
    await linked(maju, "budi", "77")
    code, _ = await identities.invite(maju.budi, actor=HR)
    async with database.transaction(maju.company):
        ended = await blocks.block(maju.budi.person, channel="telegram", by=as_(maju.budi))
    assert (ended.sessions, [one[0] for one in ended.chats]) == (1, ["telegram"])
    assert await sign_in.recognise(session) is None
    assert await sign_in.link_holder(str(unused)) is None
    async with database.installation(writes=False):
        assert await identities.offered(code) is None
        assert await identities.whose("telegram", "bot", "77") is None
        assert await blocks.stands_on("telegram", "bot", "77")
        assert not await blocks.stands_on("telegram", "bot", "78")
    with pytest.raises(Refused, match="blocked_sign_in"):
        await sign_in.enter("budi@maju.example", PASSWORD)
    with pytest.raises(Refused, match="blocked_first"):
        await identities.invite(maju.budi, actor=HR)


async def test_a_block_from_the_web_ends_links_that_were_asked_for_before(maju: Cast) -> None:
    """Whoever read the mail could have asked for one; it opened the account once the block was lifted."""
    link, _ = await joining.portal_link(maju.budi)
    await sign_in.redeem(str(link), PASSWORD)
    async with database.transaction(maju.company):
        account = await joining.account_of("budi@maju.example")
    async with database.installation():
        reset = await joining.one_time_link(account, "reset", timedelta(minutes=30))
    async with database.transaction(maju.company):
        await blocks.block(maju.budi.person, channel="web", by=as_(maju.budi), account=account)
        await blocks.lift(maju.budi.person, "KTP diperiksa", by=HR, by_person=maju.ratna.person)
    assert await sign_in.link_holder(reset) is None


async def test_a_block_ends_the_links_of_who_has_not_accepted_yet(maju: Cast) -> None:
    link, _ = await joining.portal_link(maju.budi)
    async with database.transaction(maju.company):
        await blocks.block(maju.budi.person, channel="telegram", by=as_(maju.budi))
    assert await sign_in.link_holder(str(link)) is None


async def test_nothing_is_ended_when_the_transaction_is_lost(maju: Cast) -> None:
    link, _ = await joining.portal_link(maju.budi)
    session = await sign_in.redeem(str(link), PASSWORD)
    await linked(maju, "budi", "77")
    with pytest.raises(RuntimeError):
        async with database.transaction(maju.company):
            await blocks.block(maju.budi.person, channel="telegram", by=as_(maju.budi))
            raise RuntimeError("the power is gone")
    assert await sign_in.recognise(session) is not None
    async with database.installation(writes=False):
        assert await identities.whose("telegram", "bot", "77") is not None


async def test_it_is_lifted_with_a_reason_by_another_and_the_chat_is_linked_anew(maju: Cast) -> None:
    await linked(maju, "budi", "77")
    async with database.transaction(maju.company):
        await blocks.block(maju.budi.person, channel="telegram", by=as_(maju.budi))
    for who, reason, no in (
        (maju.ratna, "  ", "needs_reason"), (maju.budi, "saya sendiri kok", "not_from_itself"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=no):
            async with database.transaction(maju.company):
                await blocks.lift(maju.budi.person, reason, by=as_(who), by_person=who.person)
    async with database.transaction(maju.company):
        await blocks.lift(maju.budi.person, "KTP diperiksa", by=as_(maju.ratna), by_person=maju.ratna.person)
        row = await Block.objects().where(Block.person == maju.budi.person).first()
    assert row is not None and row.lifted_by == f"person:{maju.ratna.person}"
    assert "KTP" not in str(row.reason)
    async with database.installation(writes=False):
        assert await identities.whose("telegram", "bot", "77") is None, "the old link stays ended"
        assert not await blocks.stands_on("telegram", "bot", "77")
    await linked(maju, "budi", "77")
    async with database.reading(maju.company):
        until = await identities.cooling_until(maju.budi.person)
        assert until == clock.now() + timedelta(hours=24)
    with clock.freeze(MONDAY + timedelta(hours=25)):
        async with database.reading(maju.company):
            assert await identities.cooling_until(maju.budi.person) is None


async def test_the_first_link_needs_no_cooling(maju: Cast) -> None:
    await linked(maju, "tono", "78")
    async with database.reading(maju.company):
        assert await identities.cooling_until(maju.tono.person) is None


async def test_an_administrator_is_unblocked_by_the_operator_only(maju: Cast) -> None:
    async with database.transaction(maju.company):
        await blocks.block(maju.ratna.person, channel="web", by=as_(maju.ratna))
    with pytest.raises(Refused, match="operator_lifts"):
        async with database.transaction(maju.company):
            await blocks.lift(maju.ratna.person, "KTP diperiksa", by=as_(maju.hendra), by_person=maju.hendra.person)
    async with database.transaction(maju.company):
        account = await joining.account_of("ratna@maju.example")
        await blocks.lift_account(account, "telepon dan KTP diperiksa", by=Actor("command", "command"))
        assert await blocks.of_person(maju.ratna.person) is None


async def test_a_code_that_is_given_five_times_without_a_link_ends(maju: Cast) -> None:
    code, _ = await identities.invite(maju.budi, actor=HR)
    async with database.installation(writes=False):
        found = await identities.offered(code)
    assert found is not None
    async with database.transaction(maju.company):
        assert [await identities.tried(found.invitation) for _ in range(6)] == [True] * 5 + [False]
    async with database.installation(writes=False):
        assert await identities.offered(code) is None


async def test_the_last_super_administrator_stays(maju: Cast) -> None:
    async with database.transaction(maju.company):
        held = {one.email: one for one in await appointing.holders()}
        await appointing.dismiss(held["owner@maju.example"], "super_administrator", by=HR)
        with pytest.raises(Refused, match="last_super"):
            await appointing.dismiss(held["hendra@maju.example"], "super_administrator", by=HR)
        roles = {row["role"] for row in await Membership.select(Membership.role)}
    assert "super_administrator" in roles


async def test_who_gets_or_loses_a_role_signs_in_anew(maju: Cast) -> None:
    link, _ = await joining.portal_link(maju.budi)
    session = await sign_in.redeem(str(link), PASSWORD)
    async with database.transaction(maju.company):
        account, new = await appointing.appoint("budi@maju.example", "agent", by=HR)
    assert not new
    assert await sign_in.recognise(session) is None
    again = await sign_in.enter("budi@maju.example", PASSWORD)
    async with database.transaction(maju.company):
        held = next(one for one in await appointing.holders() if one.account == account)
        assert (held.roles, held.person) == (("agent",), maju.budi.person)
        await appointing.dismiss(held, "agent", by=HR)
    assert await sign_in.recognise(again) is None
    places = await acts_in.places(account, shut=())
    assert places[0].roles == {"employee"}


async def test_mail_about_an_account_of_two_companies_waits_with_the_operator(two: tuple[Cast, Cast]) -> None:
    mine, other = two
    async with database.transaction(mine.company):
        account = await joining.join("both@x.example", "agent", person=None, language="id")
    assert await account_mail.home_of(account) == mine.company
    async with database.transaction(other.company):
        await joining.join("both@x.example", "agent", person=None, language="id")
    assert await account_mail.home_of(account) not in (mine.company, other.company)


async def test_ended_links_stay_those_of_their_company(two: tuple[Cast, Cast]) -> None:
    mine, other = two
    await linked(mine, "budi", "77")
    async with database.transaction(other.company):
        await blocks.block(other.budi.person, channel="web", by=HR)
    async with database.reading(mine.company):
        assert await ChannelIdentity.exists().where(ChannelIdentity.ended_at.is_null())
