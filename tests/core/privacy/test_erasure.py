"""Somebody's data go, everywhere, once two persons have said so; what the law wants kept lies sealed apart."""

import json

from core import audit, database, jobs, vault
from core.privacy import erasure, requests
from core.privacy.holding_tables import Erasure, Retained
from core.privacy.tables import DataRequest
from tests.core.cast import Cast
from tests.core.privacy.conftest import ONE, OTHER
from tests.core.privacy.planted import Planted, everything


async def erased(company: int, person: int) -> Erasure:
    """Have two persons agree, and let it be done."""
    async with database.transaction(company):
        row = await erasure.propose(person, by=ONE)
        await erasure.agree(row.public, by=OTHER)
    await jobs.drain()
    async with database.reading(company):
        found = await erasure.of_public(row.public)
    assert found is not None
    return found


async def test_every_word_of_somebody_is_gone(house: Cast, planted: Planted) -> None:
    before = await everything(house.company)
    there = {key for key, word in planted.words.items() if word in before}
    assert len(there) >= 50, sorted(planted.words)
    assert set(planted.words) - there == set(), "planted, and not found even before"
    row = await erased(house.company, planted.person)
    assert row.state == "done"
    after = await everything(house.company)
    assert [key for key, word in planted.words.items() if word in after] == []
    assert planted.name not in after
    async with database.reading(house.company):
        assert await audit.first_broken() is None
        kept = await Retained.select(Retained.place)
    assert {one["place"] for one in kept} >= {"person.name", "person.nik", "employment.number"}
    assert json.loads(row.counts)["outbound"] == 1


async def test_the_request_that_led_to_it_is_still_looked_at(house: Cast, planted: Planted) -> None:
    await erased(house.company, planted.person)
    async with database.reading(house.company):
        row = await DataRequest.objects().where(DataRequest.person == planted.person).first()
        assert row is not None
        assert requests.opened(row, "words") == vault.BAR
        assert {requests.said(one) for one in await requests.events_of(row)} <= {vault.BAR, ""}
