"""The page on which data go, are held and handed out, one's own pack, and the secret address of one."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from core import database, jobs, settings
from core.accounts import keys
from core.accounts.tables import Company
from core.people import directory, imports
from core.people.tables import Employment, Person
from core.privacy import carrying_out as _carrying_out  # noqa: F401  registers its jobs
from core.privacy import restriction
from tests.backoffice.conftest import Installation, Visitor
from tests.core.cast import HR, accepted
from tests.core.privacy.asking import OFFICER
from tests.core.privacy.unlocked import unlocked

SECRET = re.compile(r"<code>([^<]+)</code>")


@pytest.fixture
async def agus(house: Installation) -> Visitor:
    """The company's officer, signed in."""
    await imports.take(house.maju.company, OFFICER.encode(), actor=HR)
    async with database.transaction(house.maju.company):
        await accepted()
        found = await directory.by_number("0502")
    assert found is not None
    with_officer = replace(house.maju, people={**house.maju.people, "agus": found})  # other tests share the cast
    return await house.as_person(with_officer, "agus")


@pytest.fixture
async def at(house: Installation) -> str:
    return f"/{await house.slug(house.maju)}/privacy/holdings"


@pytest.fixture
async def own_keys(house: Installation, tmp_path: Path) -> AsyncIterator[None]:
    """Keys are destroyed here: those of the other tests are not."""
    before = settings.current()
    copied = tmp_path / "keys.db"
    copied.write_bytes(Path(before.keys).read_bytes())  # noqa: ASYNC240
    settings.use(replace(before, keys=str(copied), files=str(tmp_path / "files")))
    yield
    settings.use(before)
    async with database.installation():
        await Company.update({Company.key_check: keys.check()}).where(Company.key_check.is_not_null())


async def left(house: Installation, who: str) -> int:
    """Have somebody have left last year; returns their row."""
    employee = house.maju.people[who]
    async with database.transaction(house.maju.company):
        await Employment.update({Employment.leaves: date(2025, 12, 31)}).where(Employment.id == employee.id)
    return employee.person


async def test_one_plans_and_another_erases(house: Installation, agus: Visitor, at: str, own_keys: None) -> None:
    person = await left(house, "tono")
    ratna, budi = await house.as_person(house.maju, "ratna"), await house.as_person(house.maju, "budi")
    assert (await budi.get(at)).status_code == 403
    looked = (await ratna.get(f"{at}?whose=0413")).text
    assert "Semua data Tono Prasetyo akan pergi" in looked
    assert "untuk pembukuan dan pajak" in looked
    assert (await ratna.post(f"{at}/plan", whose="0413")).status_code == 303
    page = (await ratna.get(at)).text
    public = re.search(rf'action="{at}/([\w-]+)/drop"', page)
    assert public is not None
    assert f"{at}/{public[1]}/agree" not in page, "who planned it is not offered to agree"
    twice = await ratna.post(f"{at}/{public[1]}/agree")
    assert twice.status_code == 422
    assert "Penghapusan perlu dua orang" in twice.text
    assert (await agus.post(f"{at}/{public[1]}/agree")).status_code == 303
    await jobs.drain()
    async with database.reading(house.maju.company):
        row = await Person.objects().get(Person.id == person)
    assert row is not None
    assert row.name == "E-1"
    assert row.email is None
    done = (await agus.get(at)).text
    assert "Sertifikat:" in done
    assert "Tono" not in done


async def test_a_hold_keeps_everything_until_it_is_released(
    house: Installation, agus: Visitor, at: str, own_keys: None
) -> None:
    await left(house, "tono")
    short = await agus.post(f"{at}/hold", whose="0413", basis="dispute", reason="ya")
    assert short.status_code == 422
    assert "Tulis dalam 10 sampai 500 huruf" in short.text
    assert (
        await agus.post(f"{at}/hold", whose="0413", basis="order", reason="Perkara 12/Pdt di PN Jakarta")
    ).status_code == 303
    refused = await agus.post(f"{at}/plan", whose="0413")
    assert "Data ini sedang ditahan karena hukum" in refused.text
    public = re.search(rf'action="{at}/([\w-]+)/release"', (await agus.get(at)).text)
    assert public is not None
    await agus.post(f"{at}/{public[1]}/release")
    assert (await agus.post(f"{at}/plan", whose="0413")).status_code == 303


async def test_one_fetches_ones_own_pack(house: Installation, at: str) -> None:
    budi = await house.as_person(house.maju, "budi")
    assert (await budi.post("/me/data/pack")).status_code == 303
    await jobs.drain()
    shown = SECRET.search((await budi.post("/me/data/pack/password")).text)
    assert shown is not None
    again = await budi.post("/me/data/pack/password")
    assert again.status_code == 422
    fetched = await budi.post("/me/data/pack/file")
    assert fetched.headers["content-type"] == "application/zip"
    assert b"Budi Santoso" in unlocked(fetched.content, shown[1])["data.json"]
    assert "2 kali" in (await budi.get("/me/data/pack")).text


async def test_who_cannot_sign_in_fetches_it_by_a_secret_address(house: Installation, agus: Visitor, at: str) -> None:
    await agus.post(f"{at}/pack", whose="0413")
    await jobs.drain()
    public = re.search(rf'action="{at}/([\w-]+)/link"', (await agus.get(at)).text)
    assert public is not None
    told = SECRET.search((await agus.post(f"{at}/{public[1]}/link")).text)
    password = SECRET.search((await agus.post(f"{at}/{public[1]}/password")).text)
    assert told is not None
    assert password is not None
    path = "/d/" + told[1].rpartition("/d/")[2]
    anybody = house.visitor()
    for _ in range(5):
        assert "7-Zip" in (await anybody.get(path)).text, "looking takes nothing"
    assert "tidak bisa diambil lagi" in (await anybody.get("/d/" + "x" * 43)).text
    for _ in range(3):
        fetched = await anybody.post(path)
        assert b"Tono Prasetyo" in unlocked(fetched.content, password[1])["data.json"]
    assert (await anybody.post(path)).status_code == 404


async def test_pages_about_somebody_restricted_show_a_bar(house: Installation, agus: Visitor) -> None:
    ratna = await house.as_person(house.maju, "ratna")
    budi = await house.as_person(house.maju, "budi")
    slug = await house.slug(house.maju)
    sent = await budi.post("/me/tickets", words="gaji istimewa saya salah hitung")
    assert sent.status_code in (200, 303), sent.text
    async with database.transaction(house.maju.company):
        await restriction.put(house.maju.budi.person, by=HR)
    listed = (await ratna.get(f"/{slug}/tickets?show=all")).text
    assert "istimewa" not in listed
    assert "▒▒▒" in listed
    for path in (
        "today",
        "people",
        f"people/{house.maju.budi.public}",
        "leave",
        "approvals",
        "tickets",
        "audit",
        "reports",
    ):
        page = await ratna.get(f"/{slug}/{path}")
        assert page.status_code == 200, path
        assert "istimewa" not in page.text
    assert "istimewa" in (await budi.get("/me/tickets")).text, "to its owner it says what it said"


async def test_the_page_changes_its_language_while_it_shows_nothing_once(agus: Visitor, at: str) -> None:
    assert 'action="/language"' in (await agus.get(at)).text
