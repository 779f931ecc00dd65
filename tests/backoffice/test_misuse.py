"""Misuse, reported and looked into: shut to whoever is named, without the reporter's name, ended by two."""

import html
import re

import httpx
import pytest

from core import clock, database, jobs, vault
from core.accounts import blocks, operators
from core.accounts.roles import OPERATOR_ADMINISTRATOR, PROTECTION, SUPER
from core.accounts.tables import Membership
from core.audit import AuditEntry
from core.messaging.tables import Outbound
from core.people.tables import Employment, Person, RevealRecord
from core.privacy.misuse_tables import MisuseReport
from tests.backoffice.conftest import Installation, Visitor
from tests.backoffice.operators import visitor as at_operator
from tests.backoffice.test_report import follow

WORDS = "Tono membuka gaji semua orang dan menyebarkannya di grup."


def receipt(answer: httpx.Response) -> tuple[str, str]:
    page = html.unescape(answer.text)
    number = re.search(r"<b>(M-[A-Z2-9]{6})</b>", page)
    secret = re.search(r'<b class="mono">([A-Z2-9-]{24})</b>', page)
    assert answer.status_code == 200 and number and secret, page
    return number[1], secret[1]


async def report(
    who: Visitor, accused: str = "Tono", name: str = "hidden", about: str = "data"
) -> tuple[str, str, str]:
    """Report it as its page leads: number, secret, and who was said to read it."""
    fields = {"about": about, "accused": accused, "words": WORDS, "name": name}
    first = await who.post("/me/misuse", **fields)
    desk = re.search(r'name="seen" value="(\w+)"', first.text)
    assert first.status_code == 200 and desk, first.text
    return *receipt(await who.post("/me/misuse", seen=desk[1], **fields)), desk[1]


async def here(house: Installation, desk: Visitor) -> str:
    """The address of the only report this reader may look into."""
    there = f"/{await house.slug(house.maju)}/privacy/misuse"
    public = re.search(rf'href="{there}/([\w-]{{22}})"', (await desk.get(there)).text)
    assert public is not None
    return f"{there}/{public[1]}"


async def text(who: Visitor, path: str) -> str:
    answer = await who.get(path)
    assert answer.status_code == 200
    return html.unescape(answer.text)


async def test_from_a_report_to_a_measure_with_two_people(house: Installation) -> None:
    sari, tono = await house.as_person(house.maju, "sari"), house.maju.people["tono"]
    number, secret, desk = await report(sari)
    assert desk == "company"
    officer, chief = await house.as_role(house.maju, PROTECTION), await house.as_role(house.maju, SUPER)
    one = await here(house, officer)
    page = await text(officer, one)
    assert WORDS in page and "Tersegel" in page and house.maju.people["sari"].name not in page and tono.name in page
    assert (
        await officer.post(f"{one}/propose", outcome="measure", measures="block", answer="Ditindak.")
    ).status_code == 422
    assert (await officer.post(f"{one}/take")).status_code == 303
    assert (await officer.post(f"{one}/ask", words="Grup yang mana?")).status_code == 303
    assert (await officer.post(f"{one}/note", words="Cek log dulu.")).status_code == 303
    status, seen = await follow(house.visitor(), number, secret)
    assert status == 200 and "Grup yang mana?" in seen and "Cek log" not in seen and "Diperiksa" in seen
    status, seen = await follow(house.visitor(), number, secret, words="Grup gudang.")
    assert status == 200 and "Grup gudang." in await text(officer, one)

    async with database.transaction(house.maju.company):
        await RevealRecord.insert(_looked(house))
    assert (await officer.post(f"{one}/evidence")).status_code == 303
    assert "1 kali membuka data" in await text(officer, one)
    end = {"outcome": "measure", "answer": "Terbukti; akunnya ditutup."}
    assert (await officer.post(f"{one}/propose", **end)).status_code == 422, "a measure is needed"
    assert (await officer.post(f"{one}/propose", measures="breach", breach="B-9", **end)).status_code == 422
    assert (await officer.post(f"{one}/propose", measures="block", **end)).status_code == 303
    assert (await officer.post(f"{one}/agree")).status_code == 422, "never by one alone"
    async with database.reading(house.maju.company):
        assert await blocks.of_person(tono.person) is None, "nothing before the second yes"
    assert (await chief.post(f"{one}/agree")).status_code == 303
    async with database.reading(house.maju.company):
        assert await blocks.of_person(tono.person) is not None
        told = [row.key for row in await Outbound.objects().where(Outbound.person == house.maju.people["sari"].person)]
    assert told.count("misuse.news") == 3
    status, seen = await follow(house.visitor(), number, secret)
    assert "Terbukti; akunnya ditutup." in seen and "Ditindak" in seen
    assert (await follow(house.visitor(), number, secret, words="lagi"))[0] == 422


def _looked(house: Installation) -> RevealRecord:
    budi, tono = house.maju.people["budi"], house.maju.people["tono"]
    return RevealRecord(
        public=database.new_public(), person=budi.person, field="nik", actor=f"person:{tono.person}", channel="web",
        why=vault.seal("ingin tahu saja", company=house.maju.company, column="reveal_record.why", subject=budi.person),
        at=clock.now(),
    )  # fmt: skip


async def test_it_is_shut_to_who_is_named_and_to_other_roles(house: Installation) -> None:
    await report(await house.as_person(house.maju, "budi"))
    officer = await house.as_role(house.maju, PROTECTION)
    one = await here(house, officer)
    for role in ("agent", "administrator", "supporting_administrator"):
        assert (await (await house.as_role(house.maju, role)).get(one)).status_code in (403, 404)
    there = one.rpartition("/")[0]
    tono = await promoted(house, "tono")  # an officer by now, but named before
    assert (await tono.get(one)).status_code == 404
    assert (await tono.get(f"{one}/take")).status_code in (404, 405)
    assert WORDS not in await text(tono, there) and "Belum ada laporan" in await text(tono, there)
    for act in ("take", "note", "agree"):
        assert (await tono.post(f"{one}/{act}", words="x")).status_code == 404
    budi = await promoted(house, "budi")
    assert (await budi.get(one)).status_code == 404, "nobody looks into their own"


async def promoted(house: Installation, who: str) -> Visitor:
    """Somebody who is made an officer now."""
    await house.as_person(house.maju, who)
    person = house.maju.people[who].person
    async with database.transaction(house.maju.company):
        row = await Membership.objects().where(Membership.person == person).first()
        assert row is not None
        await Membership.insert(Membership(account=row.account, role=PROTECTION, person=person))
    return await house.as_person(house.maju, who)


async def test_nothing_kept_tells_who_reported(house: Installation) -> None:
    budi = house.maju.people["budi"]
    for name in ("hidden", "nobody"):
        await report(await house.as_person(house.maju, "budi"), name=name)
    async with database.reading(house.maju.company):
        rows = await MisuseReport.objects().order_by(MisuseReport.id)
        trail = [one for one in await AuditEntry.objects() if one.action.startswith("misuse.")]
        names = [row["name"] for row in await Person.select().where(Person.id.is_in([one.person for one in rows]))]
    assert len(rows) == 2 and all(one.person != budi.person for one in rows)
    assert rows[0].reporter is not None and rows[1].reporter is None, "without a name nothing leads back"
    assert {one.actor for one in trail} == {"serambi"} and set(names) == {"Tanpa nama"}
    shown = await house.as_role(house.maju, PROTECTION)
    number, _, _ = await report(await house.as_person(house.maju, "budi"), name="shown")
    there = f"/{await house.slug(house.maju)}/privacy/misuse"
    page = (await shown.get(there)).text
    public = re.search(rf'{there}/([\w-]{{22}})"><b>{number}', page)
    assert public is not None and budi.name in await text(shown, f"{there}/{public[1]}")


async def test_who_runs_the_company_is_looked_into_by_the_operator(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    number, secret, desk = await report(budi, accused="Pak Hendra")
    assert desk == "operator"
    status, seen = await follow(house.visitor(), number, secret)
    assert status == 200 and WORDS in seen, "followed before it arrived"
    chief = await house.as_role(house.maju, SUPER)
    assert number not in (await chief.get(f"/{await house.slug(house.maju)}/privacy/misuse")).text
    await jobs.drain()
    await jobs.drain()
    async with database.reading(house.maju.company):
        (left,) = await MisuseReport.objects()
    assert left.words is None and left.secret_index is None and left.state == "carried"
    async with database.reading(await operators.company()):
        (there,) = await MisuseReport.objects()
    dian = await at_operator(house, OPERATOR_ADMINISTRATOR)
    page = await text(dian, f"/operator/privacy/misuse/{there.public}")
    assert WORDS in page and "PT Maju Bersama" in page and house.maju.people["budi"].name not in page
    assert (await dian.post(f"/operator/privacy/misuse/{there.public}/take")).status_code == 303
    status, seen = await follow(house.visitor(), number, secret, words="Tambahan.")
    assert status == 200 and "Tambahan." in seen and "Diperiksa" in seen


async def test_a_stranger_reports_by_the_public_form(house: Installation) -> None:
    fields = {"kind": "misuse", "words": WORDS, "accused": "Tono", "about": "data", "name": ""}
    number, secret = receipt(await house.visitor().post("/report", company="PT Maju Bersama", **fields))
    unknown, other = receipt(await house.visitor().post("/report", company="PT Tidak Ada", **fields))
    officer = await house.as_role(house.maju, PROTECTION)
    assert WORDS in await text(officer, await here(house, officer))
    for one, key in ((number, secret), (unknown, other)):
        status, seen = await follow(house.visitor(), one, key)
        assert status == 200 and WORDS in seen
    assert (await follow(house.visitor(), number, other))[0] == 422
    empty = await house.visitor().post("/report", company="PT Maju Bersama", **{**fields, "words": " "})
    assert empty.status_code == 422 and "Tulis dulu apa yang terjadi" in html.unescape(empty.text)


async def test_a_second_yes_blocks_nobody_who_may_only_have_been_meant(house: Installation) -> None:
    budi, tono = (house.maju.people[name].person for name in ("budi", "tono"))
    async with database.transaction(house.maju.company):
        await Person.update({Person.search: Person.search + " tono"}).where(Person.id == budi)
    await report(await house.as_person(house.maju, "sari"), accused="Pak Tono")
    officer, chief = await house.as_role(house.maju, PROTECTION), await house.as_role(house.maju, SUPER)
    one = await here(house, officer)
    await officer.post(f"{one}/take")
    wanted = {"outcome": "measure", "answer": "Terbukti dari jejak audit.", "measures": "block"}
    assert (await officer.post(f"{one}/propose", **wanted)).status_code == 422, "two may be meant: which?"
    async with database.reading(house.maju.company):
        row = await Employment.objects().get(Employment.person == tono)
    assert row is not None
    assert (await officer.post(f"{one}/name", who=row.number)).status_code == 303
    assert (await officer.post(f"{one}/propose", **wanted)).status_code == 303
    assert (await chief.post(f"{one}/agree")).status_code == 303
    async with database.reading(house.maju.company):
        assert await blocks.of_person(budi) is None
        assert await blocks.of_person(tono) is not None


@pytest.mark.parametrize("accused", ["super_administrator@pages.example", "admin HR", "petugas pelindungan data"])
async def test_who_runs_the_company_without_being_its_employee_reads_no_report_of_themself(
    house: Installation, accused: str
) -> None:
    chief = await house.as_role(house.maju, SUPER)
    number, _, desk = await report(await house.as_person(house.maju, "sari"), accused=accused)
    assert desk == "operator"
    assert number not in await text(chief, f"/{await house.slug(house.maju)}/privacy/misuse")


async def test_a_report_that_is_over_is_over(house: Installation) -> None:
    await report(await house.as_person(house.maju, "sari"))
    officer, chief = await house.as_role(house.maju, PROTECTION), await house.as_role(house.maju, SUPER)
    one = await here(house, officer)
    await officer.post(f"{one}/take")
    many = await officer.post(f"{one}/propose", outcome="measure", answer="Sudah ditegur.", measures=["other"] * 20)
    assert many.status_code == 303, "ticked twenty times it is one measure"
    assert (await chief.post(f"{one}/agree")).status_code == 303
    assert (await officer.post(f"{one}/note", words="masih ada")).status_code == 422
