"""Opening balances by page: a file is read first, its bad cells come back in a copy, all of it is taken and undone."""

import html
from datetime import date

import httpx

from core import database, jobs, sheets
from core.accounts.roles import SUPPORTING
from core.leave import lots
from core.leave.policy import DAY, HALF
from core.leave.tables import Lot
from core.people.directory import Employee
from tests.backoffice.conftest import Installation, Visitor

FILE = "employee_number,days,valid_to\n0412,2.5,\n0101,30,2027-06-30\n"


async def send(visitor: Visitor, slug: str, raw: bytes, name: str) -> str:
    """The address of the batch of a file, read."""
    answer = await visitor.http.post(
        f"/{slug}/leave/opening/file", data={"csrf": await visitor.token()}, files={"file": (name, raw)}
    )
    assert answer.status_code == 303, answer.text
    await jobs.drain()
    return str(answer.headers["location"])


def text(answer: httpx.Response) -> str:
    return html.unescape(answer.text)


async def left(house: Installation, who: Employee) -> int:
    async with database.reading(house.maju.company):
        stored = await lots.stored(who.id)
        assert (stored or (0, 0, 0)) == await lots.recount(who.id)
        return await lots.balance(who.id)


async def test_balances_are_shown_taken_and_taken_back(house: Installation) -> None:
    visitor, slug = await house.as_role(house.maju, SUPPORTING), await house.slug(house.maju)
    before = await left(house, house.maju.budi)
    assert f'href="/{slug}/leave/opening"' in (await visitor.get(f"/{slug}/leave")).text
    there = await send(visitor, slug, FILE.encode(), "saldo.csv")
    page = text(await visitor.get(there))
    assert "2 saldo berubah" in page
    assert f"Cuti tahunan: {before // DAY} → 2,5" in page
    assert "<b>0412</b> Budi Santoso" in page and "<b>0101</b> Sari Wulandari" in page, "whose each balance is"
    assert await left(house, house.maju.budi) == before, "only looked at"
    assert (await visitor.post(f"{there}/apply")).status_code == 303
    await jobs.drain()
    assert "Sudah berlaku" in text(await visitor.get(there))
    assert await left(house, house.maju.budi) == 2 * DAY + HALF
    assert await left(house, house.maju.sari) == 30 * DAY
    again = await send(visitor, slug, FILE.encode(), "lagi.csv")
    assert "0 saldo berubah" in text(await visitor.get(again))
    assert (await visitor.post(f"{there}/undo")).status_code == 303
    await jobs.drain()
    assert "Sudah dibatalkan" in text(await visitor.get(there))
    assert await left(house, house.maju.budi) == before
    assert (await visitor.post(f"{there}/burn")).status_code == 404
    assert (await visitor.get(there.replace("/leave/opening/", "/imports/"))).status_code == 404
    assert "saldo.csv" not in (await visitor.get(f"/{slug}/imports")).text


async def test_bad_cells_come_back_in_a_copy_and_nothing_is_taken(house: Installation) -> None:
    visitor, slug = await house.as_role(house.maju, SUPPORTING), await house.slug(house.maju)
    before = await left(house, house.maju.budi)
    book = sheets.xlsx_of(("employee_number", "days"), [("0412", "3"), ("9999", "1"), ("0101", "1.3")])
    there = await send(visitor, slug, book, "saldo.xlsx")
    page = text(await visitor.get(there))
    assert "2 baris belum bisa diterima" in page
    assert "A3 Nomor induk" in page
    assert "B4 Sisa cuti" in page
    assert "<dt>Berubah</dt><dd>1</dd>" in page
    good = text(await visitor.get(f"{there}?show=changed"))
    assert f"Cuti tahunan: {before // DAY} → 3" in good, "what is good in it is shown beside what is not"
    assert (await visitor.post(f"{there}/apply")).status_code == 422
    copy = await visitor.get(f"{there}/copy")
    lines = [cells for _, cells in sheets.read(copy.content).lines]
    assert [bool(cells[-1]) for cells in lines] == [True, False, True, True]
    assert (await visitor.post(f"{there}/drop")).status_code == 303
    assert await left(house, house.maju.budi) == before


async def test_a_file_in_indonesian_is_read_like_one_in_english(house: Installation) -> None:
    visitor, slug = await house.as_role(house.maju, SUPPORTING), await house.slug(house.maju)
    table = [
        ["SISA CUTI PER 1 JULI 2026"],
        ["No", "Nomor Induk", "Nama", "Jenis Cuti", "Sisa Cuti", "Berlaku Sampai"],
        ["1", "0412", "Budi Santoso", "Cuti Tahunan", "2,5", "30/06/2027"],
        ["2", "0101", "Sari Wulandari", "", "30", "30 Juni 2027"],
    ]
    there = await send(visitor, slug, sheets.xlsx_of(table[0], table[1:]), "saldo.xlsx")
    assert "2 saldo berubah" in text(await visitor.get(there))
    await visitor.post(f"{there}/apply")
    await jobs.drain()
    assert await left(house, house.maju.budi) == 2 * DAY + HALF
    assert await left(house, house.maju.sari) == 30 * DAY
    async with database.reading(house.maju.company):
        ends = {row["valid_to"] for row in await Lot.select(Lot.valid_to).where(Lot.origin == "opening")}
    assert date(2027, 6, 30) in ends


async def test_a_kind_or_header_of_a_balance_that_means_nothing_is_named(house: Installation) -> None:
    visitor, slug = await house.as_role(house.maju, SUPPORTING), await house.slug(house.maju)
    there = await send(visitor, slug, b"NIK Karyawan,Zodiak,Sisa\n0412,Leo,3\n", "saldo.csv")
    assert "Kolom Zodiak tidak dikenal" in text(await visitor.get(there))
    there = await send(visitor, slug, b"NIK Karyawan;Sisa;Jenis Cuti\n0412;3;Cuti ke bulan\n", "saldo.csv")
    assert "C2 Jenis cuti" in text(await visitor.get(there))
