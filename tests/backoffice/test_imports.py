"""Files of people: sent, read and shown row by row, applied, taken back."""

import html
import re

import pytest

from core import database, jobs, sheets
from core.people.tables import ImportBatch, ImportRow, Location
from tests.backoffice.conftest import Installation
from tests.backoffice.test_people import ADMINISTRATOR, SUPER, SUPPORTING, names, send, text


@pytest.fixture
async def slug(house: Installation) -> str:
    return await house.slug(house.maju)


async def test_a_file_is_shown_applied_and_taken_back(house: Installation, slug: str) -> None:
    visitor = await house.as_role(house.maju, SUPPORTING)
    book = sheets.xlsx_of(
        ("employee_number", "name", "position"), [("0904", "Aji Pratama", "Staf"), ("0412", "Budi Santoso", "Kasir")]
    )
    there = await send(visitor, slug, book, "orang.xlsx")
    shown = text(await visitor.get(there))
    assert "1 orang baru, 1 berubah" in shown
    assert names(await visitor.get(f"/{slug}/people?q=aji")) == []
    assert (await visitor.post(f"{there}/apply")).status_code == 303
    await jobs.drain()
    assert names(await visitor.get(f"/{slug}/people?q=aji")) == ["Aji Pratama"]
    assert (await visitor.post(f"{there}/undo")).status_code == 303
    await jobs.drain()
    assert names(await visitor.get(f"/{slug}/people?q=aji")) == []
    assert (await visitor.post(f"{there}/apply")).status_code == 422
    assert (await visitor.post(f"{there}/burn")).status_code == 404


async def test_every_refused_row_comes_back_in_their_file(house: Installation, slug: str) -> None:
    visitor = await house.as_role(house.maju, ADMINISTRATOR)
    there = await send(
        visitor, slug, "employee_number;name;role;ptkp\n0904;Aji;administrator;\n0905;Ayu;;K/9\n0906;Ade;;K/1\n"
    )
    page = text(await visitor.get(there))
    assert "2 baris belum bisa diterima" in page
    assert "C2 Peran" in page
    assert "Peran diberikan oleh Super Administrator" in page
    copy = await visitor.get(f"{there}/copy")
    assert copy.headers["content-disposition"] == 'attachment; filename="orang-alasan.csv"'
    lines = [cells for _, cells in sheets.read(copy.content).lines]
    assert [bool(cells[-1]) for cells in lines] == [True, True, True, False]
    assert (await visitor.post(f"{there}/drop")).status_code == 303
    async with database.reading(house.maju.company):
        left = await ImportRow.select(ImportRow.number).where(ImportRow.number.is_in(["0904", "0905"]))
    assert left == []


async def test_pay_is_sent_without_names_and_every_row_says_whose_it_is(house: Installation, slug: str) -> None:
    visitor = await house.as_role(house.maju, ADMINISTRATOR)
    there = await send(visitor, slug, "Nomor Induk;Gaji Pokok\n0412;6000000\n0413;5500000\n")
    shown = text(await visitor.get(there))
    assert "0 orang baru, 2 berubah" in shown
    assert ("Budi Santoso" in shown, "Tono Prasetyo" in shown) == (True, True)
    assert (await visitor.post(f"{there}/apply")).status_code == 303
    await jobs.drain()
    assert names(await visitor.get(f"/{slug}/people?q=santoso")) == ["Budi Santoso"]

    wrong = await send(visitor, slug, "employee_number,name,ptkp\n0412,,K/9\n0904,Aji Pratama,K/9\n0905,,K/1\n")
    told = text(await visitor.get(wrong))
    assert "3 baris belum bisa diterima" in told
    assert re.search(r"0412\s+Budi Santoso\s+C2 PTKP", told), "the name of who is registered"
    assert re.search(r"0904\s+Aji Pratama\s+C3 PTKP", told), "the name in the file"
    assert re.search(r"0905\s+B4 Nama\s*: Nomor induk 0905 belum terdaftar, dan orang baru perlu nama", told)


async def test_a_long_file_is_paged_through_and_narrowed_to_what_is_wrong(house: Installation, slug: str) -> None:
    visitor = await house.as_role(house.maju, SUPPORTING)
    new = [f"{number},Orang {number},Staf" for number in range(5000, 5150)]
    there = await send(visitor, slug, "\n".join(["employee_number,name,position", "0412,Budi Santoso,Kasir", *new]))
    first = await visitor.get(there)
    assert "1 sampai 100 dari 151" in text(first)
    assert [word in text(first) for word in ("Semua (151)", "Baru (150)", "Berubah (1)", "Ditolak (")] == [
        True,
        True,
        True,
        False,
    ]
    further = re.search(r'rel="next" href="([^"]+)"', first.text)
    assert further is not None
    second = text(await visitor.get(f"{there}{html.unescape(further[1])}"))
    assert "101 sampai 151 dari 151" in second
    assert ("Orang 5149" in second, "Orang 5000" in second) == (True, False)
    changed = text(await visitor.get(f"{there}?show=changed"))
    assert ("1 sampai 1 dari 1" in changed, "Orang 5000" in changed) == (True, False)
    wrong = await send(
        visitor, slug, "\n".join(["employee_number,name,email", *new[:3], "6000,,bukan"]).replace("Staf", "")
    )
    told = text(await visitor.get(wrong))
    assert ("Ditolak (1)" in told, "Orang 5000" in told) == (True, False), "what is wrong stands first"
    assert ("B5 Nama" in told, "C5 E-mail" in told) == (True, True)
    assert "Orang 5000" in text(await visitor.get(f"{wrong}?show="))


async def test_the_clock_of_a_new_place_is_shown_and_may_be_chosen_before(house: Installation, slug: str) -> None:
    visitor = await house.as_role(house.maju, SUPPORTING)
    raw = "employee_number,name,location\n0904,Aji,Cabang Makassar\n0905,Ayu,Gudang Lombok Raya\n0906,Ade,Denpasar\n"
    there = await send(visitor, slug, raw)
    shown = (await visitor.get(there)).text
    assert "Denpasar" not in re.findall(r'name="name" value="([^"]+)"', shown), "it is there already"
    assert re.findall(r'<option value="([^"]+)" selected', shown) == ["Asia/Makassar", "Asia/Makassar"]
    wrong = await visitor.post(f"{there}/zones", name="Cabang Makassar", zone="Mars/Olympus")
    assert wrong.status_code == 422
    assert (await visitor.post(f"{there}/zones", name="Gudang Lombok Raya", zone="Asia/Jakarta")).status_code == 303
    await visitor.post(f"{there}/apply")
    await jobs.drain()
    async with database.reading(house.maju.company):
        zones = {row["name"]: row["zone"] for row in await Location.select(Location.name, Location.zone)}
    assert (zones["Cabang Makassar"], zones["Gudang Lombok Raya"]) == ("Asia/Makassar", "Asia/Jakarta")
    assert (await visitor.post(f"{there}/zones", name="Cabang Makassar", zone="Asia/Jakarta")).status_code == 422


async def test_a_file_of_another_company_is_not_there(house: Installation, slug: str) -> None:
    lina = await house.as_person(house.sinar, "lina")
    other = await house.slug(house.sinar)
    there = await send(lina, other, "employee_number,name\n0904,Aji\n")
    public = there.rpartition("/")[2]
    visitor = await house.as_role(house.maju, SUPER)
    for path in (f"/{slug}/imports/{public}", f"/{slug}/imports/{public}/copy", f"/{other}/imports/{public}"):
        assert (await visitor.get(path)).status_code == 404
    assert (await visitor.post(f"/{slug}/imports/{public}/apply")).status_code == 404


async def test_a_file_without_its_token_or_too_large_is_not_read(house: Installation, slug: str) -> None:
    visitor = await house.as_role(house.maju, SUPER)
    files = {"file": ("orang.csv", b"employee_number,name\n")}
    assert (await visitor.http.post(f"/{slug}/imports/file", data={"begins": ""}, files=files)).status_code == 403
    token = await visitor.token()
    large = {"file": ("orang.csv", b"x" * (13 * 1024 * 1024))}
    assert (await visitor.http.post(f"/{slug}/imports/file", data={"csrf": token}, files=large)).status_code == 413
    stranger = house.visitor()
    token = await stranger.token()
    answer = await stranger.http.post(f"/{slug}/imports/file", data={"csrf": token}, files=files)
    assert answer.status_code in (303, 403)


async def test_a_file_from_a_day_that_is_none_is_not_taken(house: Installation, slug: str) -> None:
    visitor = await house.as_role(house.maju, SUPPORTING)
    sent = await visitor.http.post(
        f"/{slug}/imports/file",
        data={"csrf": await visitor.token(), "begins": "2026-02-30"},
        files={"file": ("orang.csv", b"employee_number,name\n0904,Aji\n")},
    )
    assert (sent.status_code, "2026-02-30" in text(sent)) == (422, True)
    async with database.reading(house.maju.company):
        assert await ImportBatch.count().where(ImportBatch.kind == "file", ImportBatch.name == "orang.csv") == 0
