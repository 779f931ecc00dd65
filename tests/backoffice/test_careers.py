"""What is planned for people, on a page: seen with what was before, corrected, taken back; grades only by whom may."""

import pytest

from backoffice import exports
from core import database, jobs, sheets
from core.accounts.roles import ADMINISTRATOR, AGENT, SUPPORTING
from core.people import coming, directory
from core.people.tables import Employment
from tests.backoffice.conftest import Installation
from tests.backoffice.test_people import send


async def test_a_planned_move_is_seen_corrected_and_taken_back(house: Installation) -> None:
    slug, hr = await house.slug(house.maju), await house.as_role(house.maju, ADMINISTRATOR)
    agent, helper = await house.as_role(house.maju, AGENT), await house.as_role(house.maju, SUPPORTING)
    assert "Tidak ada perubahan dalam 90 hari" in (await hr.get(f"/{slug}/careers")).text
    async with database.reading(house.maju.company):
        row = await Employment.select(Employment.public).where(Employment.number == "0412").first()
    assert row is not None
    person = f"/{slug}/people/{row['public']}"
    await hr.post(f"{person}/work", begins="2026-08-01", position="Kepala Regu", grade="Tingkat 7")
    told = (await hr.get(f"/{slug}/careers")).text
    assert "1 perubahan dalam 90 hari" in told
    assert "<b>Kepala Regu</b>" in told
    assert "<b>Tingkat 7</b>" in told
    for other in (agent, helper):
        page = (await other.get(f"/{slug}/careers")).text
        assert "<b>Kepala Regu</b>" in page
        assert "Tingkat 7" not in page  # with a space: no address of a row holds it by chance
    assert "/unplan" not in (await agent.get(f"/{slug}/careers")).text
    assert "Tidak ada perubahan" in (await hr.get(f"/{slug}/careers?days=30&kind=joins")).text
    # The form of a planned change holds what is planned, from its day on.
    form = (await hr.get(f"{person}?on=2026-08-01")).text
    assert 'value="2026-08-01"' in form
    assert 'value="Kepala Regu"' in form
    batch = told.partition(f"/{slug}/imports/")[2].partition("/unplan")[0]
    assert (await hr.post(f"/{slug}/imports/{batch}/unplan")).status_code == 303
    await jobs.drain()
    assert "Tidak ada perubahan" in (await hr.get(f"/{slug}/careers")).text


async def test_the_file_holds_what_a_page_leaves_out(house: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    slug, hr = await house.slug(house.maju), await house.as_role(house.maju, ADMINISTRATOR)
    file = "employee_number,name,employment_type,position,resign_date\n" + "".join(
        f"{one.number},{one.name},{'pkwt' if one.number == '0412' else 'pkwtt'},Staf,2026-0{8 + (one.number == '0412')}-01\n"
        for one in (house.maju.budi, house.maju.wayan, house.maju.sari, house.maju.rina)
    )
    there = await send(hr, slug, file, begins="2026-07-20")
    await hr.post(f"{there}/apply")
    await jobs.drain()
    monkeypatch.setattr(coming, "MOST", 2)
    monkeypatch.setattr(directory, "MOST_ASKED", 2)
    page = (await hr.get(f"/{slug}/careers")).text
    assert page.count('scope="row"') - page.partition('id="h-count"')[2].count('scope="row"') == 5
    assert "atau unduh daftarnya" in page
    assert "8 perubahan dalam 90 hari" in page
    answer = await hr.post(f"/{slug}/careers/export", format="csv", state="")
    lines = [cells for _, cells in sheets.read(answer.content).lines[1:] if len(cells) > 4]
    assert len(lines) == 8
    only = (await hr.get(f"/{slug}/careers?kind=contract_ends")).text
    assert "Budi Santoso" in only, "three last days come before it"
    monkeypatch.setattr(exports, "AT_ONCE", 7)
    begun = await hr.post(f"/{slug}/careers/export", format="csv", state="")
    assert (begun.status_code, "/work/" in begun.headers["location"]) == (303, True)
    await jobs.drain()
    kept = sheets.read((await hr.get(f"{begun.headers['location']}/file")).content).lines[1:]
    assert [cells for _, cells in kept if len(cells) > 4] == lines
