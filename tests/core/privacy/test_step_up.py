"""The PIN and its one-time page: once, for a quarter of an hour, and guesses are counted however many come at once."""

import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import clock, database
from core.accounts import pins
from core.errors import Refused
from core.people.directory import Employee
from core.privacy import kinds, requests, step_up
from core.privacy.pin_tables import Pin, ProofLink
from core.privacy.requests import Come
from core.privacy.tables import DataRequest
from tests.core.cast import Cast, as_

PIN = "507313"


async def asked(maju: Cast, who: Employee, kind: str = kinds.COPY) -> DataRequest:
    async with database.transaction(maju.company):
        come = Come(kinds.CHAT, "telegram", kinds.LINKED, subject=who.person)
        return await requests.submit(kind, who.person, "", come, by=as_(who))


async def page_of(maju: Cast, row: DataRequest) -> str:
    async with database.transaction(maju.company):
        made = await step_up.link(row)
    assert made is not None and "/p/" in made
    return made.rpartition("/")[2]


async def ready(maju: Cast) -> tuple[DataRequest, str]:
    await step_up.choose(maju.company, maju.budi.person, PIN, PIN, by=as_(maju.budi))
    row = await asked(maju, maju.budi)
    return row, await page_of(maju, row)


async def identity(maju: Cast, row: DataRequest) -> str:
    async with database.reading(maju.company):
        found = await requests.by_public(row.public)
    assert found is not None
    return str(found.identity)


async def test_the_pin_proves_it_once(maju: Cast) -> None:
    row, secret = await ready(maju)
    found = await step_up.prove(secret, PIN)
    assert found.request.number == row.number
    assert await identity(maju, row) == kinds.STEPPED
    with pytest.raises(Refused, match="page_over"):
        await step_up.prove(secret, PIN)
    async with database.reading(maju.company):
        kept = await Pin.select().first()
        links = await ProofLink.select()
    assert kept is not None and PIN not in str(kept) and kept["pin_hash"].startswith("$argon2id$")
    assert secret not in str(links)


async def test_after_a_quarter_of_an_hour_it_opens_nothing(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row, secret = await ready(maju)
    later = clock.now() + step_up.LIFE
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(Refused, match="page_over"):
        await step_up.prove(secret, PIN)
    assert await identity(maju, row) == kinds.LINKED


async def test_only_the_newest_page_opens_and_a_new_pin_ends_it(maju: Cast) -> None:
    row, first = await ready(maju)
    second = await page_of(maju, row)
    assert await step_up.opened(first) is None and await step_up.opened(second) is not None
    await step_up.choose(maju.company, maju.budi.person, "918274", "918274", by=as_(maju.budi))
    assert await step_up.opened(second) is None


async def test_guesses_wait_longer_and_longer_and_then_it_is_shut(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    _, secret = await ready(maju)
    now, waits = clock.now(), list[timedelta]()
    for guess in range(pins.MOST):
        waits.append(pins.wait_after(guess))
        if waits[-1]:
            with pytest.raises(Refused, match="rests"):
                await step_up.prove(secret, PIN)
        now += waits[-1]
        monkeypatch.setattr(clock, "now", lambda at=now: at)
        async with database.transaction(maju.company):  # the page itself would be over by then
            await ProofLink.update({ProofLink.expires_at: now + step_up.LIFE}).where(ProofLink.id > 0)
        with pytest.raises(Refused, match="wrong"):
            await step_up.prove(secret, "111222")
    assert waits[: pins.FREE] == [timedelta(0)] * pins.FREE
    assert all(b >= a for a, b in pairwise(waits)) and waits[-1] > timedelta(minutes=10)
    assert await step_up.opened(secret) is None
    async with database.transaction(maju.company):
        assert not await step_up.has_pin(maju.budi.person)
    told = [one.key for one in await maju.told(maju.budi)]
    assert told.count("pins.told_shut") == 1
    await step_up.choose(maju.company, maju.budi.person, "918274", "918274", by=as_(maju.budi))
    async with database.transaction(maju.company):
        assert await step_up.has_pin(maju.budi.person)


async def test_many_guesses_at_once_are_many(maju: Cast) -> None:
    row, secret = await ready(maju)
    tries = [step_up.prove(secret, f"{400000 + guess * 7}") for guess in range(8)]
    found = await asyncio.gather(*tries, return_exceptions=True)
    keys = [one.key for one in found if isinstance(one, Refused)]
    assert len(keys) == 8 and keys.count("pins.wrong") <= pins.FREE and keys.count("pins.rests") >= 8 - pins.FREE
    assert await identity(maju, row) == kinds.LINKED


async def test_no_more_than_five_pages_an_hour(maju: Cast) -> None:
    row, _ = await ready(maju)
    for _ in range(step_up.MOST_AN_HOUR - 1):
        await page_of(maju, row)
    async with database.transaction(maju.company):
        assert await step_up.link(row) is None


@pytest.mark.parametrize("pin", ["12345", "1234567", "12345a", "١٢٣٤٥٦"])
def test_six_digits(pin: str) -> None:
    with pytest.raises(Refused, match="six_digits"):
        pins.check(pin)


@pytest.mark.parametrize("pin", ["111111", "123456", "654321", "890123", "112112", "121212", "010990"])
def test_too_easy(pin: str) -> None:
    with pytest.raises(Refused, match="too_easy"):
        pins.check(pin, known=("010990",))


@given(st.integers(0, 99))
def test_nobody_ever_waits_less_for_more_guesses(failures: int) -> None:
    assert pins.wait_after(failures) <= pins.wait_after(failures + 1)
