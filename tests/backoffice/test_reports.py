"""Leave in figures: what the pages say is what the ledger says, on the page and in the file."""

import csv
import html
import io
from datetime import date

from core import clock, database, jobs
from core.leave import lots
from core.leave.policy import Period
from core.people import applying, batches
from core.phrases import hari
from tests.backoffice.conftest import Installation
from tests.core.cast import HR


async def test_balances_and_what_was_taken_are_those_of_the_ledger(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    asked = await maju.asks(maju.budi, Period(date(2026, 7, 20), date(2026, 7, 21)))
    await maju.decides(maju.sari, asked, "approve")
    ratna = await house.as_person(maju, "ratna")
    page = html.unescape((await ratna.get(f"/{slug}/reports")).text)
    async with database.reading(maju.company):
        everybody = sum([await lots.balance(one.id) for one in maju.people.values()])
        budi = await lots.balance(maju.budi.id)
    assert f"<h1>{hari(everybody, 'id')} hari Cuti tahunan masih menjadi hak karyawan.</h1>" in page
    row = page.partition("Budi Santoso</th>")[2].partition("</tr>")[0]
    assert f"Sisa</span>{hari(budi, 'id')}</td>" in row
    assert "menjadi hak" in html.unescape((await ratna.get(f"/{slug}/reports/departments")).text)
    assert (await ratna.get(f"/{slug}/reports?year=2025&sort=available")).status_code == 200
    raw = (await ratna.post(f"/{slug}/reports/export", state="", format="csv")).content
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert [row[2] for row in rows if row and row[1:2] == ["Budi Santoso"]] == [hari(budi, "id")]


async def test_whom_a_file_brought_that_was_taken_back_is_owed_nothing(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    ratna = await house.as_person(maju, "ratna")
    await maju.night()
    before = html.unescape((await ratna.get(f"/{slug}/reports")).text).partition("<h1>")[2].partition("</h1>")[0]
    text = b"employee_number,name,join_date\n0902,Aji Pratama,2019-01-07\n"
    public = await batches.receive(maju.company, text, batches.Sent("file", "a.csv", "", "", clock.now().date(), HR))
    await jobs.drain()
    for verb, there in ((applying.apply, True), (applying.undo, False)):
        await verb(maju.company, public, by=HR)
        await jobs.drain()
        await maju.night()
        page = html.unescape((await ratna.get(f"/{slug}/reports")).text)
        file = (await ratna.post(f"/{slug}/reports/export", state="", format="csv")).text
        assert ("Aji Pratama" in page, "Aji Pratama" in file) == (there, there)
    assert page.partition("<h1>")[2].partition("</h1>")[0] == before
