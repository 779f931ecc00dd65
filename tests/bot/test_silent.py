"""A chat in which nobody wrote for ninety days is a stranger's, until its person shows that it is still theirs."""

from datetime import timedelta

import pytest

from core import clock, database, jobs
from core.accounts import blocks
from core.audit import AuditEntry
from core.messaging import outbox, silent_chats
from core.messaging.messages import Message
from core.messaging.tables import Outbound
from core.people import identities
from core.people.tables import ChannelIdentity
from tests.bot.conftest import BOT, Talk
from tests.core.cast import HR
from tests.core.conftest import MONDAY

CHAT = "777"
LATER = MONDAY + timedelta(days=91)


@pytest.fixture
async def budi(talk: Talk) -> Talk:
    """Budi's Telegram, linked on Monday and used that day."""
    assert shows(await talk.writes(CHAT, "sisa cuti"))
    return talk


def shows(said: list[Message]) -> bool:
    """Whether it is answered about somebody's own leave."""
    return bool(said) and all(one.key.startswith("leave.") for one in said)


def keys(said: list[Message]) -> list[str]:
    return [one.key for one in said]


async def test_after_ninety_days_nothing_is_shown_however_often_it_is_asked(budi: Talk) -> None:
    with clock.freeze(LATER):
        for words in ("sisa cuti", "halo", "cuti besok"):
            said = await budi.writes(CHAT, words)
            assert keys(said) == ["linking.silent"], "what a stranger wrote meanwhile makes it nobody's own"
            assert "/account" in said[0].text
            assert "Budi" not in said[0].text
    with clock.freeze(MONDAY + timedelta(days=200)):
        assert keys(await budi.writes(CHAT, "sisa cuti")) == ["linking.silent"]


async def test_whoever_writes_now_and_then_is_never_asked(budi: Talk) -> None:
    for days in (80, 160, 240):
        with clock.freeze(MONDAY + timedelta(days=days)):
            assert shows(await budi.writes(CHAT, "sisa cuti"))


async def test_what_its_person_confirms_opens_it_again(budi: Talk) -> None:
    cast = budi.cast
    with clock.freeze(LATER):
        await budi.writes(CHAT, "halo")
        for name in ("budi", "dewi"):
            await budi.confirms(name)
        assert shows(await budi.writes(CHAT, "sisa cuti"))
        async with database.reading(cast.company):
            acts = await AuditEntry.select().where(AuditEntry.action == "identity.confirmed")
        assert [one["object"] for one in acts] == [f"person:{cast.budi.person}"], "who has no chat has confirmed none"


async def test_a_new_code_opens_it_again_and_the_chat_hears_no_farewell(budi: Talk) -> None:
    with clock.freeze(LATER):
        code, _ = await identities.invite(budi.cast.budi, actor=HR)
        assert keys(await budi.writes(CHAT, code)) == ["linking.confirm"]
        assert keys(await budi.writes(CHAT, "ya")) == ["linking.done"]
        assert shows(await budi.writes(CHAT, "sisa cuti"))
        async with database.reading(budi.cast.company):
            mine = ChannelIdentity.person == budi.cast.budi.person
            assert await ChannelIdentity.count().where(mine & ChannelIdentity.ended_at.is_null()) == 1
            assert not await Outbound.exists().where(Outbound.key == "linking.ended")
            assert await identities.cooling_until(budi.cast.budi.person) is not None, "pay stays shut for a day"


async def test_nothing_is_sent_to_a_silent_chat(budi: Talk) -> None:
    cast = budi.cast
    async with database.reading(cast.company):
        assert (await outbox.address_of(cast.budi.person)).channel == "telegram"
        with clock.freeze(LATER):
            assert (await outbox.address_of(cast.budi.person)).channel == outbox.WEB


async def test_it_can_be_blocked_all_the_same(budi: Talk) -> None:
    with clock.freeze(LATER):
        assert keys(await budi.writes(CHAT, "blokir akun saya")) == ["accounts.blocked_now"]
        async with database.reading(budi.cast.company):
            assert await blocks.of_person(budi.cast.budi.person) is not None


async def test_the_chat_is_told_once_that_it_fell_silent(budi: Talk) -> None:
    async def told() -> list[str]:
        await silent_chats.daily()
        await jobs.drain()
        async with database.reading(budi.cast.company):
            rows = await Outbound.select().where(Outbound.dedupe.like("%:silent:%")).order_by(Outbound.id)
        return [row["address"] for row in rows]

    assert await told() == []
    with clock.freeze(MONDAY + timedelta(days=60)):
        await budi.writes("888", "sisa cuti")
    with clock.freeze(LATER):
        assert await told() == [CHAT], "Sari has written since"
        assert await told() == [CHAT]
        await budi.confirms("budi")
    with clock.freeze(LATER + timedelta(days=91)):
        assert sorted(await told()) == sorted([CHAT, "888", CHAT])


async def test_many_are_told_in_parts(budi: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(silent_chats, "AT_ONCE", 1)
    await budi.link("dewi", "999")
    with clock.freeze(LATER):
        await silent_chats.tell(budi.cast.company)
        await jobs.drain()
        async with database.reading(budi.cast.company):
            assert await Outbound.count().where(Outbound.dedupe.like("%:silent:%")) == 3
            assert BOT in str(await Outbound.select().where(Outbound.dedupe.like("%:silent:%")))
