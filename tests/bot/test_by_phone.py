"""Linking by the own telephone number: what HR opened for it, and nothing for anybody else's."""

from datetime import timedelta

import pytest

from bot import wanted
from core import clock, database, jobs, vault
from core.audit import Actor
from core.messaging.messages import Message
from core.people import identities
from core.people.directory import Employee
from core.people.tables import ChannelIdentity, Person
from tests.bot.conftest import Talk
from tests.core.cast import lay

HR = Actor("command", "command")
CHAT, NUMBER = "999", "6281200000007"


async def registered(who: Employee, number: str = "0812-0000-0007") -> None:
    async with database.transaction(who.company):
        index = vault.blind_index(number, field="phone", company=who.company)
        sealed = vault.seal(number, company=who.company, column="person.phone", subject=who.person)
        await Person.update({Person.phone: sealed, Person.phone_index: index}).where(Person.id == who.person)


async def shows(talk: Talk, number: str | None, chat: str = CHAT) -> list[Message]:
    return await talk.writes(chat, number, kind="contact")


def keys(said: list[Message]) -> list[str]:
    return [one.key for one in said]


def titles(said: list[Message]) -> list[str]:
    return [choice.title for one in said for choice in one.choices]


async def press(talk: Talk, said: list[Message], title: str) -> list[Message]:
    (token,) = [choice.token for one in said for choice in one.choices if choice.title == title]
    return await talk.writes(CHAT, None, token=token, kind="press")


async def linked(talk: Talk, who: Employee) -> list[str]:
    async with database.reading(talk.cast.company):
        rows = await ChannelIdentity.select(ChannelIdentity.external_id).where(
            (ChannelIdentity.person == who.person) & ChannelIdentity.ended_at.is_null()
        )
    return [row["external_id"] for row in rows]


async def test_the_number_that_hr_invited_links_without_a_code(talk: Talk) -> None:
    dewi = talk.cast.dewi
    await registered(dewi)
    code, _ = await identities.invite(dewi, actor=HR)
    (asked,) = await press(talk, await talk.writes(CHAT, "halo"), "Saya punya kode")
    assert asked.contact == "Pakai nomor HP-ku"
    said = await shows(talk, NUMBER)
    assert keys(said) == ["linking.confirm"] and "Dewi" in said[0].text
    assert await linked(talk, dewi) == [], "nothing is linked before the yes"
    (done,) = await press(talk, said, "Ya, sambungkan")
    assert (done.key, done.contact, done.choices) == ("linking.done_in_words", "", ())
    assert await linked(talk, dewi) == [CHAT]
    (balance,) = await talk.writes(CHAT, "sisa cuti")
    assert balance.key == "leave.balance"
    (used,) = await talk.writes("1000", code)
    assert used.key == "linking.wrong_code", "the invitation was used up"


async def test_without_an_invitation_the_number_opens_nothing_and_hr_hears_of_it(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(jobs.HANDLERS, "deliver", _nothing)
    monkeypatch.setitem(jobs.HANDLERS, "strangers.tell", wanted.tell_administrators)
    await registered(talk.cast.dewi)
    said = await shows(talk, NUMBER)
    assert keys(said) == ["linking.told_hr_phone"]
    await jobs.drain()
    told = [one.text for one in await talk.cast.told(talk.cast.ratna) if one.key == "linking.wants_invitation_phone"]
    assert len(told) == 1 and NUMBER in told[0]


async def _nothing(*_: object) -> None:
    """Nobody delivers here."""


async def test_the_same_is_said_whether_or_not_a_number_is_known(talk: Talk) -> None:
    await registered(talk.cast.dewi)
    known, unknown = await shows(talk, NUMBER), await shows(talk, "6281399999999", chat="1001")
    assert [one.text for one in known] == [one.text for one in unknown]


async def test_somebody_elses_card_opens_nothing(talk: Talk) -> None:
    await registered(talk.cast.dewi)
    await identities.invite(talk.cast.dewi, actor=HR)
    said = await shows(talk, None)
    assert keys(said) == ["linking.not_your_number"] and "Dewi" not in said[0].text
    assert said[0].contact == "Pakai nomor HP-ku"


async def test_an_invitation_that_ended_opens_nothing(talk: Talk) -> None:
    await registered(talk.cast.dewi)
    await identities.invite(talk.cast.dewi, actor=HR)
    clock.move(clock.now() + identities.CODE_LIFE + timedelta(minutes=1))
    assert keys(await shows(talk, NUMBER)) == ["linking.told_hr_phone"]


async def test_a_number_that_two_share_tells_nobody_apart(talk: Talk) -> None:
    for who in (talk.cast.dewi, talk.cast.ratna):
        await registered(who)
        await identities.invite(who, actor=HR)
    assert keys(await shows(talk, NUMBER)) == ["linking.told_hr_phone"]


async def test_each_companys_invited_are_found(talk: Talk) -> None:
    other = await lay("PT Lain", at="lain.example")
    await registered(other.dewi)
    await identities.invite(other.dewi, actor=HR)
    said = await shows(talk, NUMBER)
    assert keys(said) == ["linking.confirm"]
    await press(talk, said, "Ya, sambungkan")
    assert await linked(talk, talk.cast.dewi) == []
    (balance,) = await talk.writes(CHAT, "sisa cuti")
    assert balance.key == "leave.balance"


async def test_not_me_leaves_the_invitation_as_it_was(talk: Talk) -> None:
    dewi = talk.cast.dewi
    await registered(dewi)
    code, _ = await identities.invite(dewi, actor=HR)
    for _ in range(7):
        await press(talk, await shows(talk, NUMBER), "Bukan saya")
    assert keys(await talk.writes(CHAT, code)) == ["linking.confirm"]


async def test_who_is_linked_already_need_not_show_it(talk: Talk) -> None:
    (asked,) = await talk.writes("777", "mau cuti")
    (said,) = await shows(talk, NUMBER, chat="777")
    assert (said.key, said.contact) == ("linking.already", "")
    (summary,) = await talk.writes("777", "besok")
    assert (asked.key, summary.key) == ("leave.when", "leave.confirm"), "the open question stays open"


async def test_a_typed_code_takes_the_button_away_too(talk: Talk) -> None:
    code, _ = await identities.invite(talk.cast.dewi, actor=HR)
    await press(talk, await talk.writes(CHAT, "halo"), "Saya punya kode")
    (wrong,) = await talk.writes(CHAT, "K7QF3MWT")
    assert (wrong.key, wrong.contact) == ("linking.wrong_code", "")
    (done,) = await press(talk, await talk.writes(CHAT, code), "Ya, sambungkan")
    assert done.key == "linking.done"


async def test_a_place_is_politely_told_that_it_is_not_used(talk: Talk) -> None:
    (said,) = await talk.writes("777", None, kind="location")
    assert said.key == "dialog.no_location" and said.choices
