"""Looking at a sealed fact in the browser: why first, then a minute, then it closes by itself."""

from datetime import timedelta

from core import clock, database, vault
from core.accounts.roles import ADMINISTRATOR
from core.audit import AuditEntry
from core.people.tables import Person
from tests.backoffice.conftest import Installation

NIK = "3175010101900001"
WHY = "Mencocokkan berkas BPJS"


async def test_the_reason_opens_it_for_a_minute_and_the_person_reads_it(house: Installation) -> None:
    budi, slug = house.maju.budi, await house.slug(house.maju)
    async with database.transaction(house.maju.company):
        sealed = vault.seal(NIK, company=house.maju.company, column="person.nik", subject=budi.person)
        (row,) = await Person.update({Person.nik: sealed}).where(Person.id == budi.person).returning(Person.public)
    there = f"/{slug}/people/{row['public']}/identity/nik"
    visitor = await house.as_role(house.maju, ADMINISTRATOR)
    form = await visitor.get(there)
    assert NIK not in form.text
    assert form.headers["cache-control"] == "no-store"
    short = await visitor.post(there, why="perlu")
    assert short.status_code == 422
    assert "perlu</textarea>" in short.text, "what was typed stays"
    answer = await visitor.post(there, why=WHY)
    assert answer.status_code == 303
    seen = answer.headers["location"]
    assert seen.startswith(f"{there}?seen=")
    shown = await visitor.get(seen)
    assert NIK in shown.text
    assert shown.headers["cache-control"] == "no-store"
    assert shown.headers["refresh"].startswith("60; url=")
    with clock.freeze(clock.now() + timedelta(seconds=61)):
        assert NIK not in (await visitor.get(seen)).text
    own = await (await house.as_person(house.maju, "budi")).get("/me/looks")
    assert WHY in own.text
    assert NIK not in own.text
    assert WHY not in (await (await house.as_person(house.maju, "sari")).get("/me/looks")).text


async def test_the_trail_of_such_looks_is_taken_away_as_a_file(house: Installation) -> None:
    visitor, slug = await house.as_role(house.maju, ADMINISTRATOR), await house.slug(house.maju)
    page = await visitor.get(f"/{slug}/audit?action=membership.given")
    assert 'name="state" value="action=membership.given' in page.text
    answer = await visitor.post(f"/{slug}/audit/export", state="action=membership.given", format="csv")
    assert answer.status_code == 200
    async with database.reading(house.maju.company):
        last = await AuditEntry.select().order_by(AuditEntry.seq, ascending=False).first()
        rows = await AuditEntry.select().where(AuditEntry.action == "membership.given")
    assert last is not None
    assert last["action"] == "list.exported"
    assert all(row["hash"] in answer.text for row in rows)
    everything = await seals(house.maju.company)
    assert sum(one in answer.text for one in everything) == len(rows)


async def seals(company: int) -> list[str]:
    async with database.reading(company):
        return [row["hash"] for row in await AuditEntry.select(AuditEntry.hash)]


async def test_the_line_of_heads_leads_to_nobody_s_pay_or_identity(house: Installation) -> None:
    """Who decides about somebody's leave sees that leave; elsewhere a head could read the payslips below."""
    slug, sari = await house.slug(house.maju), await house.as_person(house.maju, "sari")
    budi = house.maju.budi
    async with database.reading(house.maju.company):
        row = await Person.select(Person.public).where(Person.id == budi.person).first()
    assert row is not None
    assert (await sari.get(f"/{slug}/approvals")).status_code == 200
    for there in ("", "/pay/basic_salary", "/pay/bank_account", "/identity/nik"):
        page = await sari.get(f"/{slug}/people/{row['public']}{there}")
        assert page.status_code in (403, 404), there
        assert "Budi Santoso" not in page.text, there
    assert (await sari.post(f"/{slug}/people/{row['public']}/pay/basic_salary", why=WHY)).status_code in (403, 404)
