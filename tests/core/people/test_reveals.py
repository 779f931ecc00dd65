"""A sealed fact is looked at with a reason, for a minute, by whoever gave it; and the person can read that."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core import clock, database, vault
from core.accounts import taking
from core.audit import Actor, AuditEntry
from core.errors import Refused
from core.people import reveals
from core.people.tables import Person, RevealRecord
from tests.core.cast import Cast
from tests.core.conftest import MONDAY

NIK = "3175010101900001"
HR = Actor("person:1", "web")
WHY = "Mencocokkan berkas BPJS"


@pytest.fixture
async def budi(maju: Cast) -> str:
    async with database.transaction(maju.company):
        sealed = vault.seal(NIK, company=maju.company, column="person.nik", subject=maju.budi.person)
        (row,) = await Person.update({Person.nik: sealed}).where(Person.id == maju.budi.person).returning(Person.public)
    return str(row["public"])


async def test_what_was_asked_for_lies_open_for_a_minute_to_whoever_asked(maju: Cast, budi: str) -> None:
    seen = await reveals.reveal(maju.company, budi, "nik", WHY, resource="identity", by=HR)
    found = await reveals.shown(maju.company, seen, resource="identity", by=HR)
    assert found is not None
    assert (found.value, found.name, found.until) == (NIK, "Budi Santoso", MONDAY + timedelta(seconds=60))
    assert await reveals.shown(maju.company, seen, resource="identity", by=Actor("person:2", "web")) is None
    assert await reveals.shown(maju.company, seen, resource="pay", by=HR) is None
    with clock.freeze(MONDAY + timedelta(seconds=60)):
        assert await reveals.shown(maju.company, seen, resource="identity", by=HR) is None


async def test_the_look_is_in_the_audit_and_the_person_reads_why(maju: Cast, budi: str) -> None:
    hr = Actor(f"person:{maju.ratna.person}", "web")
    await reveals.reveal(maju.company, budi, "nik", WHY, resource="identity", by=hr)
    async with database.reading(maju.company):
        entry = await AuditEntry.select().where(AuditEntry.action == "vault.revealed").first()
        looks, further = await reveals.of_person(maju.budi.person)
        others, _ = await reveals.of_person(maju.sari.person)
        stored = str(await RevealRecord.select())
    assert entry is not None
    assert (entry["actor"], entry["object"]) == (hr.name, f"person:{maju.budi.person}")
    assert "BPJS" not in str(entry)
    assert "BPJS" not in stored
    assert [(one.field, one.who, one.why) for one in looks] == [("nik", "Ratna Dewanti", WHY)]
    assert (others, further) == ([], None)


@pytest.mark.parametrize("why", ["", "   ", "perlu", "..........", "x" * 301])
async def test_without_a_reason_that_says_something_nothing_opens(maju: Cast, budi: str, why: str) -> None:
    with pytest.raises(Refused, match=r"vault\.reason_needed"):
        await reveals.reveal(maju.company, budi, "nik", why, resource="identity", by=HR)
    async with database.reading(maju.company):
        assert not await RevealRecord.exists()


async def test_what_is_not_there_is_said_and_leaves_no_mark(maju: Cast, budi: str) -> None:
    with pytest.raises(Refused, match=r"vault\.nothing_there"):
        await reveals.reveal(maju.company, budi, "npwp", WHY, resource="identity", by=HR)
    async with database.reading(maju.company):
        assert not await RevealRecord.exists()


@pytest.mark.parametrize(
    ("field", "resource"),
    [("bank_account", "identity"), ("basic_salary", "identity"), ("nik", "pay"), ("name", "identity")],
)
async def test_pay_is_never_reached_by_the_way_to_identity(maju: Cast, budi: str, field: str, resource: str) -> None:
    with pytest.raises(LookupError):
        await reveals.reveal(maju.company, budi, field, WHY, resource=resource, by=HR)


async def test_another_company_has_no_such_person(two: tuple[Cast, Cast]) -> None:
    mine, other = two
    async with database.reading(other.company):
        row = await Person.select(Person.public).where(Person.id == other.budi.person).first()
    assert row is not None
    with pytest.raises(LookupError):
        await reveals.reveal(mine.company, row["public"], "nik", WHY, resource="identity", by=HR)


async def test_nobody_looks_at_more_than_sixty_facts_an_hour(
    maju: Cast, budi: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "LOOKS", replace(taking.LOOKS, limits=(("hour", 3, timedelta(hours=1)),)))
    for _ in range(3):
        await reveals.reveal(maju.company, budi, "nik", WHY, resource="identity", by=HR)
    with pytest.raises(Refused, match=r"vault\.looks_enough") as refused:
        await reveals.reveal(maju.company, budi, "nik", WHY, resource="identity", by=HR)
    assert refused.value.facts["again"] == MONDAY + timedelta(hours=1)
    assert await reveals.reveal(maju.company, budi, "nik", WHY, resource="identity", by=Actor("person:2", "web"))
    async with database.reading(maju.company):
        assert await RevealRecord.count().where(RevealRecord.actor == HR.name) == 3
    with clock.freeze(MONDAY + timedelta(hours=1)):
        assert await reveals.reveal(maju.company, budi, "nik", WHY, resource="identity", by=HR)
