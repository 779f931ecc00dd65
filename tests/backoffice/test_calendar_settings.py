"""The calendar's settings: every change with its reason, a list seen before it holds, a closure by two persons."""

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest

from backoffice.controllers.calendar_settings import hours_typed
from core import database
from core.calendar import days
from core.calendar.tables import Closure, CompanyDay
from core.errors import Refused
from core.leave.policy import Period
from tests.backoffice.conftest import Installation, Visitor
from tests.core.conftest import MONDAY

TUESDAY = MONDAY.date() + timedelta(days=1)
LIST = """date,name_id,name_en,kind,status,decree
2028-01-01,Tahun Baru Masehi,New Year's Day,national,decreed,SKB 1/2027
2028-01-03,Cuti Bersama Tahun Baru,Collective leave,cuti_bersama,decreed,SKB 1/2027
"""


class Desk:
    """Somebody at the settings of the calendar."""

    def __init__(self, visitor: Visitor, slug: str) -> None:
        self.visitor, self.here = visitor, f"/{slug}/settings/calendar"

    async def page(self, query: str = "") -> str:
        answer = await self.visitor.get(self.here + query)
        assert answer.status_code == 200
        return html.unescape(answer.text)

    async def post(self, path: str, status: int = 303, **fields: Any) -> str:
        answer = await self.visitor.post(f"{self.here}/{path}", **fields)
        assert answer.status_code == status, html.unescape(answer.text)
        return html.unescape(answer.text)


async def desk(house: Installation, name: str = "ratna") -> Desk:
    return Desk(await house.as_person(house.maju, name), await house.slug(house.maju))


async def works(house: Installation, day: date, location: int | None = None) -> bool:
    async with database.reading(house.maju.company):
        return (await days.works_of(location))(day)


async def test_a_day_off_is_added_and_taken_back_with_a_reason(house: Installation) -> None:
    ratna = await desk(house)
    await ratna.post("day", date=f"{TUESDAY}", kind="company", name="Ulang tahun PT", name_en="Birthday", why="SK 7")
    page = await ratna.page()
    assert "Ulang tahun PT" in page
    assert "SK 7" in page
    assert not await works(house, TUESDAY)
    async with database.reading(house.maju.company):
        row = await CompanyDay.select().first()
    assert row is not None
    told = await ratna.post(f"day/{row['id']}/end", status=422, why=" ")
    assert "Tulis alasannya dulu" in told
    await ratna.post(f"day/{row['id']}/end", why="Batal")
    assert await works(house, TUESDAY)
    await ratna.post(f"day/{row['id']}/end", status=404, why="Lagi")
    assert "belum bisa dibaca" in await ratna.post("day", status=422, date="besok", name="x", why="x")


async def test_a_list_is_seen_before_it_holds(house: Installation) -> None:
    ratna = await desk(house)
    page = await ratna.post("decree", status=200, list=LIST)
    assert "Tambah: Senin 3 Januari 2028, Cuti Bersama Tahun Baru" in page
    assert await works(house, date(2028, 1, 3))
    kept = await ratna.post("decree", status=422, list=LIST, apply="1", why="")
    assert "Tambah: Senin 3 Januari 2028" in kept, "what was previewed stays when only the reason is missing"
    await ratna.post("decree", list=LIST, apply="1", why="SKB 2028")
    assert not await works(house, date(2028, 1, 3))
    assert "semuanya sudah berlaku" in await ratna.post("decree", status=200, list=LIST)
    fewer = LIST.partition("2028-01-03")[0]
    assert "Hapus: Senin 3 Januari 2028" in await ratna.post("decree", status=200, list=fewer)
    await ratna.post("decree", list=fewer, apply="1", why="SKB diubah")
    assert await works(house, date(2028, 1, 3))
    assert "Tambah: Senin 3 Januari 2028" in await ratna.post("decree", status=200, list=LIST.replace(",", "\t"))
    page = await ratna.post("decree", status=200, list=fewer.replace("national,decreed", "cuti_bersama,estimated"))
    assert "Tahun Baru Masehi: libur nasional, ditetapkan menjadi cuti bersama, perkiraan" in page
    for wrong, says in (
        ("x", "kolom date, name_id, kind tidak ada"),
        (LIST + "x,y,z,national", "Baris 4 belum bisa dibaca, kolom date: tulis tanggalnya seperti"),
    ):
        assert says in await ratna.post("decree", status=422, list=wrong)


async def test_a_list_leaves_days_on_which_the_company_chose_to_work(house: Installation) -> None:
    ratna = await desk(house)
    await ratna.post("day", date="2026-12-24", kind="working", name="Tetap masuk", why="Gudang ramai")
    told = "date,name_id,kind,status\n2026-12-24,Cuti Bersama Natal,cuti_bersama,amended\n"
    page = await ratna.post("decree", status=200, list=told)
    assert "Tetap masuk menurut pilihan perusahaan: Kamis 24 Desember" in page
    assert "Hapus: Senin 17 Agustus" in page  # a year that is in the list is the list's
    await ratna.post("decree", list=told, apply="1", why="SKB")
    assert await works(house, date(2026, 12, 24))
    assert await works(house, date(2026, 8, 17))


async def test_a_list_with_a_cell_longer_than_any_is_refused_with_its_line(house: Installation) -> None:
    ratna = Desk(await house.as_person(house.maju, "ratna"), await house.slug(house.maju))
    endless = f"date,name_id,kind\n2028-01-01,{'y' * 140_000},national\n"
    for more in ({}, {"apply": "1", "why": "SKB"}):
        assert "Baris 2 belum bisa dibaca" in await ratna.post("decree", 422, list=endless, **more)


async def test_a_closure_needs_somebody_else(house: Installation) -> None:
    ratna, hendra = await desk(house), await desk(house, "hendra")
    await ratna.post("closure", starts="2026-07-07T00:00", ends="2026-07-08T00:00", reason="Banjir")
    async with database.reading(house.maju.company):
        row = await Closure.select().first()
    assert row is not None
    assert f"closure/{row['id']}/approve" not in await ratna.page()
    assert "dua orang" in await ratna.post(f"closure/{row['id']}/approve", status=422)
    assert await works(house, TUESDAY)
    assert f"closure/{row['id']}/approve" in await hendra.page()
    await hendra.post(f"closure/{row['id']}/approve")
    assert not await works(house, TUESDAY)
    assert "disetujui Hendra Wijaya" in await ratna.page()
    assert "sudah diputuskan" in await ratna.post(f"closure/{row['id']}/drop", status=422)
    await ratna.post(f"closure/{row['id']}/burn", status=404)


async def test_a_closure_stands_on_the_second_persons_board_alone(house: Installation) -> None:
    ratna = await desk(house)
    await ratna.post("closure", starts="2026-07-07T00:00", ends="2026-07-08T00:00", reason="Banjir")
    waits = "1 penutupan menunggu persetujuan Anda"
    hendra = await desk(house, "hendra")
    assert waits in await _board(hendra)
    assert waits not in await _board(ratna)  # who asked for it can't be the second
    async with database.reading(house.maju.company):
        row = await Closure.select().first()
    assert row is not None
    await hendra.post(f"closure/{row['id']}/approve")
    assert waits not in await _board(hendra)


async def _board(desk: Desk) -> str:
    answer = await desk.visitor.get(desk.here.replace("settings/calendar", "today"))
    assert answer.status_code == 200
    return html.unescape(answer.text)


async def test_the_history_tells_the_beginning_of_a_closure_from_its_end(house: Installation) -> None:
    ratna, hendra = await desk(house), await desk(house, "hendra")
    for starts, ends in (("2026-07-07T07:30", ""), ("2026-07-20T00:00", "2026-07-21T12:00")):
        await ratna.post("closure", starts=starts, ends=ends, reason="Banjir")
    async with database.reading(house.maju.company):
        rows = await Closure.select().order_by(Closure.id)
    for row in rows:
        await hendra.post(f"closure/{row['id']}/approve")
    await ratna.post(f"closure/{rows[0]['id']}/end", ends="2026-07-09T17:00")
    page = await ratna.page()
    assert "Penutupan sejak Selasa 7 Juli 07.30 WIB, belum tahu sampai kapan" in page
    assert "Penutupan Senin 20 Juli 00.00 WIB sampai Selasa 21 Juli 12.00 WIB" in page
    assert "Penutupan sejak Selasa 7 Juli 07.30 WIB berakhir Kamis 9 Juli 17.00 WIB" in page


async def test_a_decree_with_a_name_longer_than_any_is_refused(house: Installation) -> None:
    """PostgreSQL refused it with a fault of ours; the form cut it without a word."""
    ratna, long = await desk(house), "SKB " + "9" * 200
    told = await ratna.post("decree", status=422, list=LIST.replace("SKB 1/2027", long, 1))
    assert "Baris 2: kolom decree 204 huruf, paling banyak 120" in told
    told = await ratna.post(
        "day",
        status=422,
        date=f"{TUESDAY}",
        kind="company",
        name="Ulang tahun",
        name_en="Birthday",
        why="SK",
        source=long,
    )
    assert "Nama keputusannya 204 huruf, paling banyak 120" in told
    told = await ratna.post("decree", status=422, list=LIST.replace("Tahun Baru Masehi", long, 1))
    assert "Baris 2: kolom name_id 204 huruf, paling banyak 120" in told
    day = {"date": f"{TUESDAY}", "kind": "company", "name": "Ulang tahun", "why": "SK"}
    for field, says in (("name", "Nama harinya"), ("name_en", "Nama harinya"), ("why", "Alasannya")):
        assert f"{says} 204 huruf" in await ratna.post("day", status=422, **day | {field: long})
    told = await ratna.post("closure", status=422, starts="2026-07-07T00:00", reason=long)
    assert "Alasan penutupannya 204 huruf, paling banyak 200" in told
    async with database.reading(house.maju.company):
        assert not await CompanyDay.exists()


async def test_a_week_of_one_place(house: Installation) -> None:
    ratna, bali = await desk(house), house.maju.wayan.location
    week = {f"d{number}": "08.00-13.00" for number in range(6)} | {"d6": ""}
    await ratna.post("week", 303, location=f"{bali}", from_="2026-07-06", why="Toko", **week)
    assert await works(house, date(2026, 7, 11), bali)
    assert not await works(house, date(2026, 7, 11))
    page = await ratna.page()
    assert "Denpasar" in page.partition('id="h-weeks"')[2].partition("</table>")[0]
    assert "08:00 13:00" in page
    assert "Lokasi itu tidak ada" in await ratna.post("week", status=422, location="99999", from_="2026-07-06", why="x")


async def test_leave_that_would_count_otherwise_is_named_and_left_alone(house: Installation) -> None:
    maju, ratna = house.maju, await desk(house)
    await maju.asks(maju.budi, Period(TUESDAY, TUESDAY + timedelta(days=1)))
    assert "sekarang dihitung lain" not in await ratna.page()
    await ratna.post("day", date=f"{TUESDAY}", kind="company", name="Ulang tahun PT", why="SK 7")
    page = await ratna.page()
    assert "1 cuti sekarang dihitung lain" in page
    assert "Tidak ada yang berubah sendiri" in page


async def test_one_switch_for_collective_leave(house: Installation) -> None:
    ratna = await desk(house)
    await ratna.post("collective", closed="0", why="Kami bekerja")
    assert await works(house, date(2026, 12, 24))
    assert "cuti bersama, tetap masuk" in await ratna.page()
    await ratna.post("decree", list=LIST, apply="1", why="SKB")
    assert await works(house, date(2028, 1, 3))
    await ratna.post("collective", closed="1", why="Libur lagi")
    assert not await works(house, date(2026, 12, 24))


@pytest.mark.parametrize(
    ("told", "hours"),
    [("08.00-12.00, 13:00 – 17:00", ((480, 720), (780, 1020))), ("", ()), ("9.00-15.00", ((540, 900),))],
)
def test_hours_as_people_type_them(told: str, hours: days.Hours) -> None:
    assert hours_typed(told) == hours


def test_hours_that_are_no_hours() -> None:
    for told in ("pagi", "08.00", "08.00-12.00 kira-kira"):
        with pytest.raises(Refused):
            hours_typed(told)


async def test_the_history_says_who_changed_what(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    there = f"/{slug}/settings/calendar"
    await ratna.post(f"{there}/day", date="2026-10-05", kind="company", name="Ulang tahun perusahaan", name_en="Birthday",
                     why="Disepakati direksi")  # fmt: skip
    await ratna.post(f"{there}/collective", closed="", why="Pabrik jalan terus")
    await ratna.post(f"{there}/week", from_="2026-11-02", why="Jam baru")
    told = html.unescape((await ratna.get(there)).text).partition('id="h-history"')[2]
    told = " ".join(re.sub(r"<[^>]+>", " ", told).split())
    assert "Jam baru Minggu kerja mulai 2 November Ratna Dewanti" in told
    assert "Pabrik jalan terus Cuti bersama tetap hari kerja Ratna Dewanti" in told
    assert "Disepakati direksi 5 Oktober libur: Ulang tahun perusahaan Ratna Dewanti" in told
    async with database.reading(house.maju.company):
        day = await CompanyDay.select(CompanyDay.id).where(CompanyDay.date == date(2026, 10, 5)).first()
    assert day is not None
    await ratna.post(f"{there}/day/{day['id']}/end", why="Tidak jadi")
    told = html.unescape((await ratna.get(there)).text).partition('id="h-history"')[2]
    assert "5 Oktober ditarik: Ulang tahun perusahaan" in told
