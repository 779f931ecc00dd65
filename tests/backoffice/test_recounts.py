"""The page that counts leave anew after the calendar changed: what it shows, does, refuses and takes back."""

from datetime import date

from core import database, jobs
from core.calendar import versions
from core.calendar.versions import Said
from core.leave.policy import Period
from tests.backoffice.conftest import Installation, Visitor
from tests.core.cast import HR

AUGUST = Period(date(2026, 8, 12), date(2026, 8, 14))


async def hr_after_the_change(house: Installation) -> tuple[Visitor, str, str]:
    """HR, the page, and the number of Budi's leave, of which a day became free."""
    maju = house.maju
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.sari, request, "approve")
    async with database.transaction(maju.company):
        await versions.say([Said(date(2026, 8, 13), "company", "Ulang tahun kota", "City day")], "tests", actor=HR)
    visitor = await house.as_person(maju, "ratna")
    return visitor, f"/{await house.slug(maju)}/settings/calendar", request.number


async def test_leave_is_counted_anew_and_put_back(house: Installation) -> None:
    hr, calendar, number = await hr_after_the_change(house)
    assert f'href="{calendar}/leave"' in (await hr.get(calendar)).text
    page = (await hr.get(f"{calendar}/leave")).text
    assert "1 cuti sekarang dihitung lain" in page and "Budi Santoso" in page and number in page
    assert "Kamis 13 Agustus menjadi libur" in page and "+1" in page
    sent = await hr.post(f"{calendar}/leave", item=number)
    assert (sent.status_code, sent.headers["location"]) == (303, f"{calendar}/leave?done=done")
    assert "Sedang berjalan" in (await hr.get(sent.headers["location"])).text
    await jobs.drain()
    after = (await hr.get(f"{calendar}/leave")).text
    assert "Semua cuti terhitung menurut kalender" in after and "1 dari 1 cuti dihitung ulang" in after
    assert "Sedang berjalan" not in after
    undo = after.partition(f'action="{calendar}/leave/')[2].partition('"')[0]
    assert (await hr.post(f"{calendar}/leave/{undo}")).status_code == 303
    await jobs.drain()
    again = (await hr.get(f"{calendar}/leave")).text
    assert "1 cuti sekarang dihitung lain" in again and "Dibatalkan" in again
    twice = await hr.post(f"{calendar}/leave/{undo}")
    assert twice.status_code == 422 and "sudah dibatalkan" in twice.text


async def test_nothing_ticked_and_nothing_to_count_are_told(house: Installation) -> None:
    hr, calendar, _ = await hr_after_the_change(house)
    bare = await hr.post(f"{calendar}/leave")
    assert bare.status_code == 422 and "Pilih dulu cuti" in bare.text
    other = await hr.post(f"{calendar}/leave", item="C-999")
    assert other.status_code == 422 and "Tidak ada cuti yang perlu dihitung ulang" in other.text
    assert (await hr.post(f"{calendar}/leave", all="1")).status_code == 303


async def test_another_company_s_batch_is_not_there(house: Installation) -> None:
    hr, calendar, number = await hr_after_the_change(house)
    await hr.post(f"{calendar}/leave", item=number)
    await jobs.drain()
    undo = (await hr.get(f"{calendar}/leave")).text.partition(f'action="{calendar}/leave/')[2].partition('"')[0]
    lina = await house.as_person(house.sinar, "lina")
    theirs = f"/{await house.slug(house.sinar)}/settings/calendar/leave"
    assert (await lina.post(f"{theirs}/{undo}")).status_code == 404
    assert "Semua cuti terhitung" in (await lina.get(theirs)).text
