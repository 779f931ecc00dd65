"""What was kept long enough goes with a certificate; what a hold keeps stays; what the law wants goes with its year."""

import json
from datetime import date, timedelta

from core import clock, database, purges, vault
from core.audit import Actor
from core.knowledge.tables import SearchLog
from core.privacy import certificates, legal_holds, retained
from core.privacy.holding_tables import Retained, RetentionRun
from tests.core.cast import Cast
from tests.core.conftest import MONDAY
from tests.core.privacy.planted import Planted
from tests.core.privacy.test_erasure import erased

OFFICER = Actor("account:9001", "web")
LATER = MONDAY + timedelta(days=400)


async def asked(house: Cast, person: int) -> None:
    async with database.transaction(house.company):
        words = vault.seal("berapa sisa cuti", company=house.company, column="search_log.words", subject=person)
        await SearchLog.insert(
            SearchLog(
                public=database.new_public(), person=person, words=words, language="id", place="chat", asked_at=MONDAY,
                outcome="nothing",
            )
        )  # fmt: skip


async def test_what_a_hold_keeps_stays_and_the_rest_goes_with_a_certificate(house: Cast) -> None:
    for one in (house.budi, house.sari):
        await asked(house, one.person)
    async with database.transaction(house.company):
        hold = await legal_holds.put(house.budi.person, "dispute", "Perkara di PHI Jakarta", by=OFFICER)
    with clock.freeze(LATER):
        goes, held = await purges.due(house.company)
        assert goes["search_log"] == held["search_log"] == 1
        await purges.sweep(house.company)
        async with database.reading(house.company):
            assert [row["person"] for row in await SearchLog.select(SearchLog.person)] == [house.budi.person]
            (row, rows, kept), *_ = await certificates.newest()
        assert json.loads(row.counts)["search_log"] == 1
        assert rows >= 1
        assert kept >= 1
        assert certificates.is_ours(row)
        row.counts = "{}"
        assert not certificates.is_ours(row)
        async with database.transaction(house.company):
            await legal_holds.release(hold.public, by=OFFICER)
        await purges.sweep(house.company)
        async with database.reading(house.company):
            assert await SearchLog.count() == 0
            assert await RetentionRun.count() == 2


async def test_what_the_law_wants_opens_with_a_reason_until_its_year_is_over(house: Cast, planted: Planted) -> None:
    row = await erased(house.company, planted.person)
    async with database.transaction(house.company):
        facts = {one.place: one for one in await retained.opened(row.id, "pemeriksaan pajak 2024", by=OFFICER)}
        copy = await Retained.select(Retained.value, Retained.place, Retained.until).first()
    assert facts["person.name"].value == planted.name
    assert planted.words["person.nik"] in str(facts["person.nik"].value)
    assert facts["person.nik"].until == date(2035, 12, 31)
    with clock.freeze(MONDAY.replace(year=2036)):
        assert await retained.let_go(house.company) == len(facts)
    async with database.reading(house.company):
        assert await Retained.count() == 0
    assert copy is not None
    try:
        vault.unseal(copy["value"], company=house.company, column=copy["place"], subject=-copy["until"].year)
        raise AssertionError("a copy of the row still opens")
    except vault.SHUT:
        pass
