"""The page of what if: its form keeps what was typed, its result compares both sides, and takes them away as a file."""

from core import clock, database, jobs
from core.helpdesk import tickets
from tests.backoffice.conftest import Installation
from tests.backoffice.test_tickets import asks
from tests.core.cast import as_
from tests.core.helpdesk.test_what_if import at

PLAIN = {"quarter": "2026-07-01", "opens": "08.00", "closes": "18.00"}


async def test_a_quarter_is_replayed_and_both_sides_are_compared(house: Installation) -> None:
    row = await asks(house)
    with clock.freeze(at(8, 15)):
        async with database.transaction(house.maju.company):
            await tickets.answer(row, "Ya.", by=as_(house.maju.ratna), read=row.last, then=tickets.RESOLVED)
    ratna = await house.as_person(house.maju, "ratna")
    here = f"/{await house.slug(house.maju)}/reports/desk/what-if"
    assert "Belum ada. Hasilnya disimpan tiga bulan." in (await ratna.get(here)).text
    begun = await ratna.post(here, **PLAIN, free="7/7/2026")
    assert begun.status_code == 303
    there = begun.headers["location"]
    waits = (await ratna.get(there)).text
    assert "Triwulan 3 2026 sedang diputar ulang" in waits
    assert "data-poll" in waits
    await jobs.drain()
    page = (await ratna.get(there)).text
    assert "0% janji ditepati akan menjadi 100%" in page
    assert "Diliburkan juga: Selasa 7 Juli." in page
    assert "1 jawaban terlewat seperti adanya, 0 andaikan begitu." in page
    assert "terlewat menjadi dalam janji" in page
    assert "1 menjadi ditepati, 0 menjadi terlewat" in page
    assert "data-poll" not in page
    assert "Andaikan Triwulan 3 2026" in (await ratna.get(here)).text
    assert (await ratna.post(f"{there}/export", format="xlsx")).content[:2] == b"PK"
    table = (await ratna.post(f"{there}/export", format="csv")).content.decode("utf-8-sig")
    assert "Terlewat, seperti adanya" in table
    assert [line[:10] for line in table.splitlines() if line.endswith("0;1;1;0") or line.endswith("0,1,1,0")] == [
        "2026-07-06"
    ]
    assert (await ratna.get(f"{here}/nothing")).status_code == 404


async def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(house: Installation) -> None:
    await asks(house)
    ratna = await house.as_person(house.maju, "ratna")
    here = f"/{await house.slug(house.maju)}/reports/desk/what-if"
    for typed, said in (
        ({"opens": "pagi"}, "Tulis jam buka dan tutup seperti 08.00 dan 18.00"), ({"free": "nanti"}, "nanti"),
        ({"staff": "banyak"}, "Jumlah petugas dari 1 sampai 200."), ({}, "Itu persis yang berlaku."),
        ({"quarter": "2031-01-01", "saturdays": "1"}, "Tidak ada tiket di triwulan itu."),
        ({"reading": "C", "promised": ""}, "Janji dan target diisi dengan angka bulat"),
    ):  # fmt: skip
        refused = await ratna.post(here, **{**PLAIN, **typed})
        assert refused.status_code == 422, typed
        assert said in refused.text
    kept = await ratna.post(here, **{**PLAIN, "closes": "7", "minutes": "45"})
    assert kept.status_code == 422
    assert 'value="45"' in kept.text
