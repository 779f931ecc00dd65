"""Agreeing and taking back, on both databases: what it sets going holds with the next use, and the proof stays."""

import hashlib

import pytest

from core import database
from core.audit import Actor
from core.errors import Refused
from core.knowledge import asked
from core.knowledge.tables import SearchLog
from core.messaging import misses, quiet
from core.messaging.tables import Lesson, Miss
from core.people import consents as words_of
from core.people import identities
from core.people.consent_tables import ConsentEvent
from core.people.consents import GIVEN, LEARNING, NEWS, PURPOSES, TELEGRAM, TRAINING, WITHDRAWN, YEARLY, Said
from core.people.directory import Employee
from core.phrases import LANGUAGES, phrase
from core.privacy import consents, deciding, kinds, yearly
from core.training import catalogue, progress
from tests.core.cast import HR, Cast, as_
from tests.core.privacy.asking import Asks

WORDS = Said("Saya tidak mau lagi", "id")
FILM = catalogue.films()["ajukan-cuti"]
# A text that changes is a new version: whoever changes one counts its purpose up and writes the new print here.
PRINTS = {
    ("telegram", 1): "161cc5483f57", ("whatsapp", 1): "68de9a24f30a", ("training", 1): "b9b18d6130ce",
    ("news", 2): "c848adc9f1e5",
    ("learning", 1): "5fa3e41d8cab", ("yearly", 1): "25d5f6abd242",
}  # fmt: skip


async def linked(maju: Cast, who: Employee, channel: str = TELEGRAM) -> None:
    code, _ = await identities.invite(who, actor=HR)
    async with database.installation():
        found = await identities.offered(code)
    assert found is not None
    async with database.transaction(maju.company):
        await identities.link(
            found.invitation, channel=channel, account="bot", external_id=f"{who.id}", place=None,
            consent="Cocok: Budi S. Sambungkan Telegram ini?", message=77,
        )  # fmt: skip


async def withdraws(maju: Cast, who: Employee, purpose: str) -> None:
    async with database.transaction(maju.company):
        await consents.withdraw(who.person, purpose, WORDS, by=as_(who))


async def uses(maju: Cast, who: Employee, purpose: str) -> int:
    """Use their data for it once, and say how many rows of them lie there then."""
    async with database.transaction(maju.company):
        if purpose == TRAINING:
            await progress.saw(who.person, FILM, 12, language="id")
            return len(await progress.of_person(who.person))
        if purpose == NEWS:
            return int((await quiet.of(who.person)).news)
        if purpose == LEARNING:
            await misses.keep("wkwk gimana", person=who.person, language="id", why=misses.UNHEARD)
            await asked.keep("apa itu jht", person=who.person, language="id", place=asked.CHAT, outcome="nothing")
            missed = await Miss.count().where(Miss.person == who.person)
            return int(missed + await SearchLog.count().where(SearchLog.person == who.person))
        if purpose == YEARLY:
            return int(YEARLY in await consents.standing(who.person) and await yearly.is_due(who.person))
        return len([one for one in await identities.of_person(who.person) if one.channel == purpose])


@pytest.mark.parametrize("purpose", list(PURPOSES))
async def test_a_no_holds_for_the_next_use_and_takes_away_what_lay_there(maju: Cast, purpose: str) -> None:
    if PURPOSES[purpose].is_chat:
        await linked(maju, maju.budi, purpose)
    assert await uses(maju, maju.budi, purpose) > 0
    assert await uses(maju, maju.tono, purpose) >= 0
    others = await uses(maju, maju.tono, purpose)
    await withdraws(maju, maju.budi, purpose)
    assert await uses(maju, maju.budi, purpose) == 0
    assert await uses(maju, maju.tono, purpose) >= others
    async with database.transaction(maju.company):
        assert purpose not in await consents.standing(maju.budi.person)
        with pytest.raises(Refused, match="not_given"):
            await consents.withdraw(maju.budi.person, purpose, WORDS, by=as_(maju.budi))
        (row,) = [
            one for one in await words_of.of_person(maju.budi.person) if one.purpose == purpose and one.act == WITHDRAWN
        ]
        assert (words_of.told(row), row.hash) == (WORDS.words, hashlib.sha256(WORDS.words.encode()).hexdigest())


@pytest.mark.parametrize("purpose", [TRAINING, NEWS, LEARNING])
async def test_allowed_again_it_is_used_again(maju: Cast, purpose: str) -> None:
    await withdraws(maju, maju.budi, purpose)
    async with database.transaction(maju.company):
        await consents.give(maju.budi.person, purpose, WORDS, by=as_(maju.budi))
        with pytest.raises(Refused, match="given_already"):
            await consents.give(maju.budi.person, purpose, WORDS, by=as_(maju.budi))
    assert await uses(maju, maju.budi, purpose) > 0


async def test_linking_keeps_the_sentence_its_message_and_its_door(maju: Cast) -> None:
    await linked(maju, maju.budi)
    async with database.reading(maju.company):
        (row,) = await words_of.of_person(maju.budi.person)
        assert (row.purpose, row.act, row.message, row.channel) == (TELEGRAM, GIVEN, 77, "telegram")
        assert words_of.told(row) == "Cocok: Budi S. Sambungkan Telegram ini?"


async def test_unlinking_by_oneself_is_a_withdrawal_and_by_hr_is_none(maju: Cast) -> None:
    await linked(maju, maju.budi)
    await linked(maju, maju.tono)
    async with database.transaction(maju.company):
        await identities.unlink(maju.budi.person, TELEGRAM, actor=as_(maju.budi))
        await identities.unlink(maju.tono.person, TELEGRAM, actor=HR)
        acts = {row["person"]: row["act"] for row in await ConsentEvent.select().order_by(ConsentEvent.id)}
    assert acts == {maju.budi.person: WITHDRAWN, maju.tono.person: GIVEN}


async def test_a_lesson_stays_without_whose_it_was(maju: Cast) -> None:
    async with database.transaction(maju.company):
        public = await misses.keep("jatah sy brp y", person=maju.budi.person, language="id", why=misses.UNHEARD)
        await misses.label(public, "leave_balance", by=HR)
    await withdraws(maju, maju.budi, LEARNING)
    async with database.reading(maju.company):
        assert await Miss.count() == 0
        assert await Lesson.count() == 1


async def test_what_is_granted_on_paper_is_done_by_itself(maju: Cast, agus: Employee, asks: Asks) -> None:
    await linked(maju, maju.budi)
    officer = Actor(f"person:{agus.person}", "web")
    row = await asks(maju.budi, kinds.WITHDRAW, "jangan lagi lewat Telegram")
    async with database.transaction(maju.company):
        await deciding.answer(
            row, "fulfilled", article="", reason="Sudah dicabut.", by=officer, purposes=[TELEGRAM]
        )  # fmt: skip
    async with database.reading(maju.company):
        assert TELEGRAM not in await consents.standing(maju.budi.person)
        assert NEWS in await consents.standing(maju.budi.person)
        row2 = (await words_of.of_person(maju.budi.person))[0]
        assert row2.by == officer.name
        assert "jangan lagi lewat Telegram" in words_of.told(row2)


async def test_a_word_is_never_changed(maju: Cast) -> None:
    await withdraws(maju, maju.budi, NEWS)
    with pytest.raises(Exception, match=r"append-only|permission denied"):
        async with database.transaction(maju.company):
            await ConsentEvent.update({ConsentEvent.act: GIVEN}).where(ConsentEvent.id > 0)


def test_a_text_that_changes_is_a_new_version() -> None:
    now = {
        (one.id, one.version): hashlib.sha256(
            "\n".join(
                phrase(f"consents.{which}_{one.id}", each) for which in ("text", "withdraw") for each in LANGUAGES
            ).encode()
        ).hexdigest()[:12]
        for one in PURPOSES.values()
    }
    assert now == PRINTS
