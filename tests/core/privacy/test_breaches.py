"""A breach is declared once, everybody concerned is listed, each letter goes once, and the clock of the law is watched."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from core import clock, database, jobs
from core.accounts.roles import PROTECTION
from core.accounts.tables import Membership
from core.errors import Refused
from core.messaging import outbox
from core.messaging.tables import Outbound
from core.people.tables import Employment
from core.privacy import breach_rules, breaches
from core.privacy.breach_rules import Facts
from core.privacy.breach_tables import Breach, BreachLetter
from tests.core.cast import Cast, as_

FACTS = Facts(
    "Laptop HR hilang di kereta Senin pagi.", "Akunnya sudah diblokir dan kuncinya diganti.",
    "Waspadai telepon yang meminta kode.", how_en="A laptop was lost on a train.",
)  # fmt: skip


async def declared(cast: Cast, **more: Any) -> Breach:
    told: dict[str, Any] = {
        "whose": "everybody", "of": None, "numbers": "", "kinds": ["identity", "contact"], "facts": FACTS,
        "authority": "Komdigi", "found_at": clock.now(), "by": as_(cast.ratna),
    }  # fmt: skip
    async with database.transaction(cast.company):
        return await breaches.declare(**told | more)


async def now(cast: Cast, row: Breach) -> Breach:
    async with database.reading(cast.company):
        fresh = await breaches.of_public(row.public)
    assert fresh is not None
    return fresh


async def send(cast: Cast, row: Breach) -> None:
    async with database.transaction(cast.company):
        await breaches.send(await now(cast, row), by=as_(cast.ratna))


async def test_everybody_is_listed_and_told_once_each_in_their_language(maju: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(breaches, "PART", 7)
    monkeypatch.setattr(breaches, "AT_ONCE", 7)
    row = await declared(maju)
    await jobs.drain()
    async with database.reading(maju.company):
        people = {one["person"] for one in await Employment.select(Employment.person)}
        listed = [one["person"] for one in await BreachLetter.select(BreachLetter.person)]
    assert sorted(listed) == sorted(people)
    assert (await now(maju, row)).state == "open"
    await send(maju, row)
    await jobs.drain()
    await breaches.send_part(maju.company, row.id, 0)  # a job that comes again
    fresh = await now(maju, row)
    assert (fresh.state, fresh.sent_at is not None) == ("told", True)
    async with database.reading(maju.company):
        rows = await Outbound.select(Outbound.dedupe).where(Outbound.dedupe.like(f"%breach:{row.id}:%"))
        ways = await breaches.ways_of(fresh)
    assert max(Counter(one["dedupe"] for one in rows).values()) == 1
    assert len(rows) == fresh.sent == len(people) - ways["paper"]
    async with database.reading(maju.company):
        (sent,) = await Outbound.objects().where(Outbound.dedupe.like(f"%breach:{row.id}:{maju.budi.person}"))
        told = outbox.unseal(sent)
    for part in ("identitas, kontak", "Laptop HR hilang", "kuncinya diganti", "Waspadai telepon", "pasal 46"):
        assert part in told.text


async def test_a_drill_lists_and_sends_nothing(maju: Cast) -> None:
    row = await declared(maju, drill=True)
    await jobs.drain()
    with pytest.raises(Refused) as no:
        await send(maju, row)
    assert no.value.key == "breach.drill_sends_nothing"
    assert [one for one in await maju.told(maju.budi) if one.key == "breach.letter"] == []
    async with database.transaction(maju.company):
        await breaches.close(await now(maju, row), "Semua siap dalam satu menit.", by=as_(maju.ratna))
    assert (await now(maju, row)).state == "closed"


async def test_only_those_named_are_listed(maju: Cast) -> None:
    row = await declared(maju, whose="numbers", numbers="0412, 0101\n0412")
    await jobs.drain()
    async with database.reading(maju.company):
        listed = {one["person"] for one in await BreachLetter.select(BreachLetter.person)}
    assert listed == {maju.budi.person, maju.sari.person}
    assert (await now(maju, row)).people == 2
    assert (await declared(maju, whose="department", of=maju.budi.department)).number == "B-2"
    await jobs.drain()
    async with database.reading(maju.company):
        second = [
            one["person"]
            for one in await BreachLetter.select(BreachLetter.person).where(BreachLetter.breach == row.id + 1)
        ]
    assert maju.budi.person in second and maju.wayan.person not in second


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ({"kinds": []}, "kinds_needed"), ({"kinds": ["all"]}, "kinds_needed"),
        ({"facts": Facts("singkat", FACTS.handling, FACTS.advice)}, "how_needed"),
        ({"authority": " "}, "authority_needed"), ({"whose": "department", "of": 9999}, "whose_needed"),
        ({"whose": "numbers", "numbers": "0412 9999"}, "numbers_unknown"), ({"whose": "somebody"}, "whose_needed"),
        ({"found_at": None}, "found_later"),
    ],
)  # fmt: skip
async def test_a_breach_that_says_too_little_is_none(maju: Cast, told: dict[str, Any], key: str) -> None:
    if "found_at" in told:
        told = {"found_at": clock.now() + timedelta(hours=1)}
    with pytest.raises(Refused) as no:
        await declared(maju, **told)
    assert no.value.key == f"breach.{key}"
    async with database.reading(maju.company):
        assert await Breach.count() == 0


async def test_it_closes_only_when_everybody_was_told(maju: Cast) -> None:
    row = await declared(maju)
    await jobs.drain()

    async def closing() -> str:
        try:
            async with database.transaction(maju.company):
                await breaches.close(await now(maju, row), "Enkripsi laptop diwajibkan.", by=as_(maju.ratna))
        except Refused as no:
            return no.key
        return "closed"

    assert await closing() == "breach.not_told_yet"
    await send(maju, row)
    await jobs.drain()
    assert await closing() == "breach.not_told_yet"
    async with database.transaction(maju.company):
        await breaches.told_authority(await now(maju, row), by=as_(maju.ratna))
    assert await closing() == "closed"
    assert await closing() == "breach.closed_already"


async def test_the_officer_hears_of_the_hours_that_are_left_until_all_are_told(maju: Cast) -> None:
    async with database.transaction(maju.company):
        await Membership.update({Membership.role: PROTECTION}).where(Membership.person == maju.ratna.person)
    row = await declared(maju)
    begun = row.found_at

    async def heard(after: timedelta) -> list[str]:
        with clock.freeze(begun + after):
            await jobs.drain()
        return [one.text for one in await maju.told(maju.ratna) if one.key.startswith("breach.told")]

    assert await heard(timedelta(hours=23)) == []
    assert "sisa 48 jam" in (await heard(timedelta(hours=24)))[-1]
    assert len(await heard(timedelta(hours=66))) == 2  # of two that were missed the latest alone
    assert "lewat batas" in (await heard(timedelta(hours=72, seconds=1)))[-1]
    assert len(await heard(timedelta(hours=99))) == 3


def test_a_letter_says_in_english_what_was_written_in_english() -> None:
    filled = breach_rules.letter(FACTS, ["finance"], "en", number="B-1")
    assert (filled["how"], filled["kinds"]) == ("A laptop was lost on a train.", "wages and bank accounts")
    assert filled["handling"] == FACTS.handling, "better as it was written than not at all"
