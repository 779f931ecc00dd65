"""Fields of a company's own on its tickets: described, filled in, needed, found by, taken away; also by hostile words."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from core import database
from core.errors import Refused
from core.helpdesk import fields, links, tickets
from core.helpdesk.tables import Ticket, TicketCategory, TicketValue
from core.messaging.outbox import Address
from tests.backoffice.conftest import Installation
from tests.backoffice.test_tickets import asks
from tests.core.cast import as_

HOSTILE = '"><script>alert(1)</script>'


async def described(house: Installation, **given: str) -> int:
    """A field that HR describes on the page; its number."""
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    made = await ratna.post(f"/{slug}/settings/desk/fields", **given)
    assert made.status_code == 303, made.text
    async with database.reading(house.maju.company):
        return int((await fields.every())[-1].id)


async def state(house: Installation, row: Ticket) -> str:
    async with database.reading(house.maju.company):
        found = await Ticket.objects().where(Ticket.id == row.id).first()
    assert found is not None
    return found.state


async def test_a_choice_is_filled_in_found_by_and_taken_away(house: Installation) -> None:
    size = await described(house, kind="choice", name="Ukuran", name_en="Size", choices="Kecil / Small\nBesar / Large")
    rows = [await asks(house, f"Seragam baru {nth}?") for nth in range(2)]
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    there = f"/{slug}/tickets/{rows[0].public}"
    assert "Ukuran" in (await ratna.get(there)).text
    assert (await ratna.post(f"{there}/fields", **{f"v{size}": "Besar"})).status_code == 303
    assert '<option value="Besar" selected>Besar</option>' in (await ratna.get(there)).text
    queue = (await ratna.get(f"/{slug}/tickets?v{size}=Besar")).text
    assert "Tiket terbuka, Ukuran Besar</h2>" in queue
    assert rows[0].public in queue and rows[1].public not in queue
    file = await ratna.post(f"/{slug}/tickets/export", format="csv", state=f"v{size}=Besar")
    assert "Ukuran: Besar" in file.text and "Seragam baru 1" not in file.text
    async with database.reading(house.maju.company):
        assert "Besar" not in str(await TicketValue.select()), "it rests sealed"
    await ratna.post(f"{there}/fields", **{f"v{size}": ""})
    assert rows[0].public not in (await ratna.get(f"/{slug}/tickets?v{size}=Besar")).text


async def test_what_is_needed_is_asked_for_before_a_ticket_is_done(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    no = await ratna.post(f"/{slug}/settings/desk/fields", kind="number", name="Biaya", needed="1")
    assert no.status_code == 422 and "tulis alasan ditanyakan" in no.text
    cost = await described(house, kind="number", name="Biaya", needed="1", why="untuk anggaran")
    row = await asks(house, "Kursi rusak")
    there = f"/{slug}/tickets/{row.public}"
    assert "untuk anggaran" in (await ratna.get(there)).text
    stopped = await ratna.post(f"{there}/resolve", read=str(row.last))
    assert stopped.status_code == 422 and "Isi dulu: Biaya." in stopped.text
    assert await state(house, row) == "new"
    wrong = await ratna.post(f"{there}/fields", **{f"v{cost}": "seratus"})
    assert wrong.status_code == 422 and "tulis angka saja" in wrong.text and 'value="seratus"' in wrong.text
    assert (await ratna.post(f"{there}/fields", **{f"v{cost}": "1.250.000,5"})).status_code == 303
    assert 'value="1.250.000,5"' in (await ratna.get(there)).text
    assert row.public in (await ratna.get(f"/{slug}/tickets?v{cost}=1250000%2C50")).text
    assert (await ratna.post(f"{there}/resolve", read=str(row.last))).status_code == 303
    assert await state(house, row) == "resolved"


async def test_a_field_of_a_category_is_asked_of_its_tickets_alone_and_many_are_sorted_and_tagged(
    house: Installation,
) -> None:
    async with database.transaction(house.maju.company):
        await TicketCategory.insert(TicketCategory(name="Seragam", name_en="Uniforms"))
        about = (await TicketCategory.select(TicketCategory.id))[0]["id"]
    await described(house, kind="date", name="Dibagi", category=str(about))
    rows = [await asks(house, f"Seragam {nth}?") for nth in range(2)]
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    there = f"/{slug}/tickets/{rows[0].public}"
    assert "Dibagi" not in (await ratna.get(there)).text
    look = await ratna.post(f"/{slug}/tickets/bulk", item=rows[0].number, act="sort", about=str(about))
    assert "Masukkan 1 tiket ke Seragam</h1>" in look.text
    await ratna.post(f"/{slug}/tickets/bulk/do", item=rows[0].number, act="sort", about=str(about))
    assert "Dibagi" in (await ratna.get(there)).text
    narrowed = (await ratna.get(f"/{slug}/tickets?category={about}")).text
    assert "Tiket terbuka, tentang Seragam</h2>" in narrowed and rows[1].public not in narrowed
    await ratna.post(f"/{slug}/tickets/bulk/do", all="1", state=f"category={about}", act="tag", word="Gudang Utara")
    async with database.reading(house.maju.company):
        assert [await links.tags_of(row) for row in rows] == [["gudang utara"], []]
    assert rows[0].public in (await ratna.get(f"/{slug}/tickets?tag=Gudang+Utara")).text
    kept = await ratna.post(f"/{slug}/views/tickets", name="Seragam utara", state=f"category={about}&tag=gudang+utara")
    assert kept.status_code == 303
    assert "berlabel gudang utara" in (await ratna.get(kept.headers["location"])).text


async def test_hostile_words_are_words(house: Installation) -> None:
    field = await described(house, kind="text", name=HOSTILE, why=HOSTILE)
    row = await asks(house, "Seragam?")
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    there = f"/{slug}/tickets/{row.public}"
    for typed in (HOSTILE, "=cmd|'/c calc'!A0", "\u202etxt.exe", "\x00", "x" * 201, "' or 1=1 --"):
        assert (await ratna.post(f"{there}/fields", **{f"v{field}": typed})).status_code in (303, 400, 422)
        page = (await ratna.get(there)).text
        assert "<script>alert" not in page and "\u202e" not in page
        assert (await ratna.get(f"/{slug}/tickets", params={f"v{field}": typed})).status_code in (200, 400)
    assert "<script>alert" not in (await ratna.get(f"/{slug}/settings/desk/fields")).text
    assert (await ratna.post(f"{there}/fields", v999999="x")).status_code == 303, "nothing of it is asked"
    for given in (
        {"kind": "colour", "name": "x"}, {"kind": "text", "name": ""}, {"kind": "choice", "name": "x", "choices": "satu"},
        {"kind": "choice", "name": "x", "choices": "satu\nSatu"}, {"kind": "text", "name": "y", "category": "99999999999"},
        {"kind": "text", "name": HOSTILE.upper()}, {"kind": "text", "name": "Сосо"},
    ):  # fmt: skip
        assert (await ratna.post(f"/{slug}/settings/desk/fields", **given)).status_code == 422, given


async def test_a_field_that_ended_is_asked_no_more_and_its_values_stay(house: Installation) -> None:
    field = await described(house, kind="text", name="Barang", needed="1", why="untuk gudang")
    row = await asks(house, "Kursi")
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    await ratna.post(f"/{slug}/tickets/{row.public}/fields", **{f"v{field}": "kursi lipat"})
    assert (await ratna.post(f"/{slug}/settings/desk/fields/{field}/end")).status_code == 303
    assert (await ratna.post(f"/{slug}/settings/desk/fields/{field}/end")).status_code == 404
    assert "Barang" not in (await ratna.get(f"/{slug}/tickets/{row.public}")).text
    assert "Barang: kursi lipat" in (await ratna.post(f"/{slug}/tickets/export", format="csv")).text


@pytest.mark.parametrize(
    ("typed", "language", "kept"),
    [
        ("1.250", "id", "1250"), ("1,250", "en", "1250"), ("7,50", "id", "7.5"), ("-3", "id", "-3"), ("0", "id", "0"),
        ("1.25", "id", None), ("1e9", "en", None), ("nan", "en", None), ("inf", "en", None), ("٣", "id", None),
        ("9" * 16, "id", None), ("--1", "id", None), (",", "id", None),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(typed: str, language: str, kept: str | None) -> None:
    field = cast(Any, SimpleNamespace(kind="number", name="Biaya", name_en="Cost"))
    if kept is None:
        with pytest.raises(Refused):
            fields.read(field, typed, language)
    else:
        assert fields.read(field, typed, language) == kept


async def test_a_closed_ticket_is_filled_in_no_more(house: Installation) -> None:
    await described(house, kind="text", name="Rahasia dapur")
    async with database.reading(house.maju.company):
        mine = await fields.every()
    assert len(mine) == 1
    async with database.transaction(house.maju.company):
        row = await asks_of(house)
        await fields.fill(row, {int(mine[0].id): "x"}, "id", by=as_(house.maju.ratna))
        await tickets.close(row, by=as_(house.maju.ratna))
        with pytest.raises(Refused):
            await fields.fill(row, {int(mine[0].id): "y"}, "id", by=as_(house.maju.ratna))


async def asks_of(house: Installation) -> Ticket:
    """A ticket in the open transaction."""
    budi = house.maju.budi
    told = await tickets.submit(
        budi, "Kursi", address=Address("web", "web", str(budi.person), budi.person), by=as_(budi)
    )
    return told.ticket


async def test_a_field_is_called_otherwise_and_offers_more_and_keeps_what_is_written(house: Installation) -> None:
    size = await described(house, kind="choice", name="Ukurn", name_en="Size", choices="Kecil / Small\nBesar")
    await described(house, kind="text", name="Warna")
    row = await asks(house, "Seragam baru?")
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    there, page = f"/{slug}/tickets/{row.public}", f"/{slug}/settings/desk/fields"
    await ratna.post(f"{there}/fields", **{f"v{size}": "Besar"})
    assert "Kecil / Small\nBesar</textarea>" in (await ratna.get(page)).text
    more = {"name": "Ukuran", "choices": "Kecil / Small\nBesar / Large\nSedang", "needed": "1", "why": "untuk gudang"}
    assert (await ratna.post(f"{page}/{size}/change", **more)).headers["location"].endswith("?done=changed")
    shown = (await ratna.get(there)).text
    assert "Ukuran" in shown and "untuk gudang" in shown and '<option value="Sedang">' in shown
    assert '<option value="Besar" selected>Besar</option>' in shown, "what was written keeps its meaning"
    for typed, says in (
        (more | {"choices": "Kecil\nSedang"}, "pilihan ini harus tetap ada, karena tiket bisa memakainya: Besar"),
        (more | {"name": "warna"}, "isian warna sudah ada"),
        (more | {"why": ""}, "Isian yang wajib harus punya alasan"),
    ):
        no = await ratna.post(f"{page}/{size}/change", **typed)
        assert no.status_code == 422 and says in no.text
        assert f'href="#c{size}-' in no.text, "the summary leads to the box of this field"
        assert f'action="{page}/{size}/change"' in no.text.partition("<details open>")[2]
    async with database.reading(house.maju.company):
        kept = next(one for one in await fields.every() if one.id == size)
    assert (kept.name, kept.kind, kept.needed) == ("Ukuran", "choice", True)
    assert (await ratna.post(f"{page}/999999/change", **more)).status_code == 404
