"""A chat account speaks for a person by a code that HR handed out, once, and only while both sides want it."""

import asyncio
import itertools
import re
from datetime import date, datetime, timedelta

import pytest

from core import audit, clock, database
from core.accounts import blocks
from core.accounts.tables import Invitation
from core.audit import Actor
from core.errors import Refused
from core.messaging import farewells, outbox
from core.messaging.tables import Outbound
from core.people import identities
from core.people.directory import Employee
from core.people.identities import Known
from core.people.tables import ChannelIdentity, Employment
from core.phrases import refused as refused_in_words
from tests.core.cast import HR, Cast, as_
from tests.core.conftest import MONDAY

CONSENT = "Sambungkan Telegram ini untuk urusan HR?"


async def opens(code: str) -> int | None:
    """The invitation that a code opens."""
    async with database.installation(writes=False):
        found = await identities.offered(code)
    return None if found is None else found.invitation


async def linked(cast: Cast, code: str, external_id: str = "777", channel: str = "telegram") -> Employee:
    number = await opens(code)
    assert number is not None
    async with database.transaction(cast.company):
        return await identities.link(
            number, channel=channel, account="bot", external_id=external_id, place="chat-777", consent=CONSENT
        )


async def whose(external_id: str = "777", channel: str = "telegram") -> Known | None:
    async with database.installation(writes=False):
        return await identities.whose(channel, "bot", external_id)


@pytest.fixture
async def code(maju: Cast) -> str:
    """Budi's code."""
    made, _ = await identities.invite(maju.budi, actor=HR)
    return made


async def test_a_code_can_be_read_and_typed(maju: Cast) -> None:
    made, expires = await identities.invite(maju.budi, actor=HR)
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{8}", made), "no letter that looks like a figure"
    assert expires == MONDAY + timedelta(hours=72)


async def test_nobody_is_invited_more_than_five_times_in_a_day(maju: Cast) -> None:
    for hours in range(5):
        with clock.freeze(MONDAY + timedelta(hours=hours)):
            code, _ = await identities.invite(maju.budi, actor=HR)
    with clock.freeze(MONDAY + timedelta(hours=23, minutes=59)):
        with pytest.raises(Refused, match=r"linking\.invited_too_often") as refused:
            await identities.invite(maju.budi, actor=HR)
        assert await opens(code) is not None, "the last one still works"
        assert await identities.invite(maju.dewi, actor=HR)
    words = refused_in_words(refused.value, "id", maju.budi.zone)
    assert "5 undangan dalam 24 jam" in words
    assert "mulai Selasa 7 Juli 09.00 WIB" in words
    with clock.freeze(MONDAY + timedelta(hours=24)):
        assert await identities.invite(maju.budi, actor=HR)
        with pytest.raises(Refused, match=r"linking\.invited_too_often"):
            await identities.invite(maju.budi, actor=HR)


async def test_a_lifted_block_lets_somebody_be_invited_anew(maju: Cast) -> None:
    for _ in range(5):
        await identities.invite(maju.budi, actor=HR)
    async with database.transaction(maju.company):
        await blocks.block(maju.budi.person, by=as_(maju.budi), channel="web")
    with clock.freeze(MONDAY + timedelta(hours=1)):
        async with database.transaction(maju.company):
            await blocks.lift(maju.budi.person, "KTP diperiksa", by=HR, by_person=None)
            assert await identities.invite(maju.budi, actor=HR)


async def test_invitations_of_one_moment_are_counted_one_after_the_other(maju: Cast) -> None:
    made = await asyncio.gather(*(identities.invite(maju.budi, actor=HR) for _ in range(8)), return_exceptions=True)
    assert sum(isinstance(one, tuple) for one in made) == 5
    assert {one.key for one in made if isinstance(one, Refused)} == {"linking.invited_too_often"}


async def test_a_code_links_one_account_once(maju: Cast, code: str) -> None:
    assert (await linked(maju, code)).id == maju.budi.id
    known = await whose()
    assert known is not None
    assert (known.company, known.person) == (maju.company, maju.budi.person)
    assert await opens(code) is None


@pytest.mark.parametrize("typed", ["{0}-{1}", "{0} {1}", "{0}{1}", " {0} - {1} "])
async def test_a_code_is_taken_as_people_type_it(maju: Cast, code: str, typed: str) -> None:
    assert await opens(typed.format(code[:4], code[4:])) is not None
    assert await opens(typed.format(code[:4], code[4:]).lower()) is not None


async def test_a_wrong_code_opens_nothing(maju: Cast, code: str) -> None:
    for wrong in ("", "AAAA-AAAA", code[:-1], code + "2", code[::-1] if code != code[::-1] else "2" * 8):
        assert await opens(wrong) is None


async def test_a_code_ends_after_three_days(maju: Cast, code: str) -> None:
    with clock.freeze(MONDAY + timedelta(hours=72)):
        assert await opens(code) is not None
    with clock.freeze(MONDAY + timedelta(hours=72, seconds=1)):
        assert await opens(code) is None


async def test_a_newer_code_ends_the_older_of_the_same_person_only(maju: Cast, code: str) -> None:
    other, _ = await identities.invite(maju.sari, actor=HR)
    newer, _ = await identities.invite(maju.budi, actor=HR)
    assert [await opens(one) is not None for one in (code, newer, other)] == [False, True, True]


async def test_a_code_that_ended_between_looking_and_linking_is_refused(maju: Cast, code: str) -> None:
    number = await opens(code)
    assert number is not None

    async def link() -> None:
        async with database.transaction(maju.company):
            await identities.link(
                number, channel="telegram", account="bot", external_id="777", place=None, consent=CONSENT
            )

    with clock.freeze(MONDAY + timedelta(hours=73)), pytest.raises(Refused, match="wrong_code"):
        await link()
    await identities.invite(maju.budi, actor=HR)
    with pytest.raises(Refused, match="wrong_code"):
        await link()
    assert await whose() is None


async def test_of_two_who_type_the_same_code_at_once_one_is_linked(maju: Cast, code: str) -> None:
    number = await opens(code)
    assert number is not None

    async def link(external_id: str) -> None:
        async with database.transaction(maju.company):
            await identities.link(
                number, channel="telegram", account="bot", external_id=external_id, place=None, consent=CONSENT
            )

    tried = await asyncio.gather(*(link(str(one)) for one in range(5)), return_exceptions=True)
    assert sorted(type(one).__name__ for one in tried) == ["NoneType", *["Refused"] * 4]
    async with database.reading(maju.company):
        assert await ChannelIdentity.count() == 1


async def test_the_code_of_somebody_who_has_left_links_nothing(maju: Cast, code: str) -> None:
    async with database.transaction(maju.company):
        await Employment.update({Employment.leaves: date(2026, 7, 5)}).where(Employment.id == maju.budi.id)
    with pytest.raises(Refused, match="wrong_code"):
        await linked(maju, code)
    assert await whose() is None
    assert await opens(code) is not None, "the refusal used the invitation up"


async def test_unlinking_ends_it_at_once_and_a_new_code_begins_afresh(maju: Cast, code: str) -> None:
    await linked(maju, code)
    async with database.transaction(maju.company):
        assert await identities.unlink(maju.budi.person, "slack", actor=as_(maju.budi)) == 0
        assert await identities.unlink(maju.budi.person, "telegram", actor=as_(maju.budi)) == 1
    assert await whose() is None
    again, _ = await identities.invite(maju.budi, actor=HR)
    await linked(maju, again)
    assert await whose() is not None


async def test_the_account_of_one_can_become_that_of_another_after_unlinking(maju: Cast, code: str) -> None:
    await linked(maju, code)
    async with database.transaction(maju.company):
        await identities.unlink(maju.budi.person, "telegram", actor=as_(maju.budi))
    other, _ = await identities.invite(maju.sari, actor=HR)
    await linked(maju, other)
    known = await whose()
    assert known is not None
    assert known.person == maju.sari.person


async def test_messages_go_to_the_quickest_chat_that_is_open(maju: Cast, code: str) -> None:
    async def address() -> tuple[str, str]:
        async with database.reading(maju.company):
            found = await outbox.address_of(maju.budi.person)
        return found.channel, found.to

    assert await address() == ("web", str(maju.budi.person))
    await linked(maju, code)
    assert await address() == ("telegram", "chat-777")
    slack, _ = await identities.invite(maju.budi, actor=HR)
    await linked(maju, slack, "U7", "slack")
    assert await address() == ("slack", "chat-777")
    async with database.transaction(maju.company):
        await identities.unreachable("slack", "bot", "U7")
    assert await address() == ("telegram", "chat-777")
    async with database.transaction(maju.company):
        await identities.unlink(maju.budi.person, "telegram", actor=as_(maju.budi))
    assert (await address())[0] == "web"


async def test_codes_are_not_stored_and_links_are_on_record(maju: Cast, code: str) -> None:
    await linked(maju, code)
    async with database.reading(maju.company):
        assert code not in str(await Invitation.select())
        (link,) = await identities.of_person(maju.budi.person)
        acts = [row["action"] for row in await audit.AuditEntry.select().order_by(audit.AuditEntry.seq)]
    assert CONSENT not in str(link.consent_hash)
    assert len(link.consent_hash) == 64
    assert acts[-3:] == ["invitation.made", "identity.linked", "consent.given"]


async def test_a_chat_that_is_open_again_is_written_to_again(maju: Cast, code: str) -> None:
    await linked(maju, code)
    async with database.transaction(maju.company):
        await identities.unreachable("telegram", "bot", "777")
        assert (await outbox.address_of(maju.budi.person)).channel == "web"
    known = await whose()
    assert known is not None
    assert known.unreachable
    async with database.transaction(maju.company):
        await identities.reachable(known.identity)
        assert (await outbox.address_of(maju.budi.person)).channel == "telegram"


async def test_a_chat_that_is_linked_anew_cools_down_and_the_old_one_is_told(maju: Cast, code: str) -> None:
    async def told() -> list[tuple[str, str]]:
        async with database.reading(maju.company):
            rows = await Outbound.select(Outbound.key, Outbound.address).where(Outbound.person == maju.budi.person)
        return [(row["key"], row["address"]) for row in rows]

    async def cooling() -> datetime | None:
        async with database.reading(maju.company):
            return await identities.cooling_until(maju.budi.person)

    assert farewells.say in identities.ENDED
    await linked(maju, code)
    assert await cooling() is None, "the first link proved itself"
    with clock.freeze(MONDAY + timedelta(hours=1)):
        again, _ = await identities.invite(maju.budi, actor=HR)
        await linked(maju, again, "888")
        assert await cooling() == MONDAY + timedelta(hours=25)
    assert await whose("777") is None, "a second chat of a kind takes the place of the first"
    assert await whose("888") is not None
    assert await told() == [("linking.ended", "chat-777")]
    with clock.freeze(MONDAY + timedelta(hours=25)):
        assert await cooling() is None


async def test_it_cools_down_though_the_clock_goes_on_while_it_is_linked(
    maju: Cast, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock that stands still hides it: the old link ends a moment after the new one began."""
    moments = itertools.count()
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(milliseconds=next(moments)))
    await linked(maju, code)
    again, _ = await identities.invite(maju.budi, actor=HR)
    await linked(maju, again, "888")
    async with database.reading(maju.company):
        until = await identities.cooling_until(maju.budi.person)
    assert until is not None
    assert until.date() == (MONDAY + timedelta(hours=24)).date()


async def test_who_unlinks_in_the_chat_itself_is_told_there_and_not_twice(maju: Cast, code: str) -> None:
    await linked(maju, code)
    async with database.transaction(maju.company):
        await identities.unlink(maju.budi.person, "telegram", actor=Actor("person:1", "telegram"))
        assert await Outbound.count() == 0
