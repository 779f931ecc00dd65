"""The page of the help desk's promise: readings with their example, what is refused, categories, and both on a ticket."""

from core import clock, database, jobs
from core.helpdesk import terms, tickets
from tests.backoffice.conftest import Installation
from tests.backoffice.test_tickets import asks
from tests.core.cast import as_

USUAL = {
    "promised_normal": "48", "promised_high": "48", "promised_top": "48", "aimed_normal": "20", "aimed_high": "8",
    "aimed_top": "4", "held": "0",
}  # fmt: skip


async def test_each_reading_shows_its_example_before_anything_is_saved(house: Installation) -> None:
    ratna = await house.as_person(house.maju, "ratna")
    here = f"/{await house.slug(house.maju)}/settings/desk"
    page = (await ratna.get(here)).text
    assert "pertanyaan Jumat 10 Juli 16.00 WIB" in page
    for due in ("Selasa 14 Juli 16.00 WIB", "Jumat 17 Juli 14.00 WIB", "Selasa 14 Juli 18.00 WIB"):
        assert f"Dijawab paling lambat {due}" in page
    looked = await ratna.post(here, **{**USUAL, "reading": "A", "promised_normal": "24", "aimed_normal": "8"}, look="1")
    assert looked.status_code == 200
    assert "janji Senin 13 Juli 16.00 WIB; target Senin 13 Juli 14.00 WIB" in looked.text
    async with database.reading(house.maju.company):
        assert (await terms.now()).number == 0, "looking saves nothing"


async def test_terms_are_saved_with_a_reason_and_a_crossing_is_refused_with_an_example(house: Installation) -> None:
    ratna = await house.as_person(house.maju, "ratna")
    here = f"/{await house.slug(house.maju)}/settings/desk"
    crossing = await ratna.post(here, **{**USUAL, "reading": "A", "aimed_normal": "24"}, why="uji")
    assert crossing.status_code == 422
    assert "Target prioritas Biasa bisa jatuh sesudah janjinya" in crossing.text
    assert 'value="24"' in crossing.text, "what was typed stays"
    bare = await ratna.post(here, **{**USUAL, "reading": "D"})
    assert bare.status_code == 422
    saved = await ratna.post(
        here, **{**USUAL, "reading": "D", "promised_normal": "2", "promised_high": "2", "promised_top": "2"},
        why="sesuai kontrak",
    )  # fmt: skip
    assert saved.status_code == 303
    assert "sesuai kontrak" in (await ratna.get(here)).text
    older = await ratna.post(here, **{**USUAL, "reading": "A"}, why="lagi")
    assert older.status_code == 409
    assert "Orang lain menyimpan perubahan" in older.text
    row = await asks(house)
    budi = await house.as_person(house.maju, "budi")
    mine = (await budi.get(f"/me/tickets/{row.public}")).text
    assert "Rabu 8 Juli 18.00 WIB" in mine
    assert "di luar jam kantor: tidak dihitung" in mine


async def test_categories_and_the_priority_of_a_ticket(house: Installation) -> None:
    ratna = await house.as_person(house.maju, "ratna")
    here = f"/{await house.slug(house.maju)}/settings/desk"
    assert (await ratna.post(f"{here}/categories/usual")).status_code == 303
    assert (await ratna.post(f"{here}/categories", name="Seragam", name_en="Uniforms")).status_code == 303
    assert (await ratna.post(f"{here}/categories", name="seragam")).status_code == 422
    page = (await ratna.get(here)).text
    number = (
        page.partition('aria-label="Hapus Seragam dari pilihan"')[0].rpartition("/categories/")[2].partition("/")[0]
    )
    row = await asks(house)
    agent = await house.as_role(house.maju, "agent")
    ticket = f"/{await house.slug(house.maju)}/tickets/{row.public}"
    sorted_ = await agent.post(f"{ticket}/sorting", priority="top", category=number)
    assert sorted_.headers["location"].endswith("done=sorted")
    shown = (await agent.get(sorted_.headers["location"])).text
    assert f'<option value="{number}" selected>Seragam</option>' in shown
    assert "Senin 6 Juli 13.00 WIB" in shown, "four office hours"
    assert (await ratna.post(f"{here}/categories/{number}/end")).status_code == 303
    assert "Seragam" in (await agent.get(ticket)).text
    assert (await agent.post(f"{ticket}/sorting", priority="nothing", category="")).status_code == 303
    assert clock.now() == row.opened_at


async def test_what_another_calendar_does_is_seen_before_it_is_done(house: Installation) -> None:
    row = await asks(house)
    ratna = await house.as_person(house.maju, "ratna")
    here = f"/{await house.slug(house.maju)}/settings/calendar"
    assert "Semua tiket terhitung menurut kalender sekarang." in (await ratna.get(f"{here}/tickets")).text
    assert (await ratna.post(f"{here}/tickets")).status_code == 422
    added = await ratna.post(f"{here}/day", date="2026-07-07", kind="company", name="Libur", why="Libur mendadak")
    assert added.status_code == 303
    page = (await ratna.get(f"{here}/tickets")).text
    assert "1 tiket berubah, 0 pelanggaran menjadi dimaafkan" in page
    assert "Rabu 8 Juli 09.00 WIB" in page and "Kamis 9 Juli 09.00 WIB" in page
    begun = await ratna.post(f"{here}/tickets")
    assert "/work/" in begun.headers["location"]
    await jobs.drain()
    assert "Jam tiket dihitung ulang" in (await ratna.get(begun.headers["location"])).text
    agent = await house.as_role(house.maju, "agent")
    ticket = (await agent.get(f"/{await house.slug(house.maju)}/tickets/{row.public}")).text
    assert "Kamis 9 Juli 09.00 WIB" in ticket
    assert "jamnya dihitung ulang menurut kalender" in ticket


async def test_the_month_as_a_page_a_table_and_a_sheet(house: Installation) -> None:
    row = await asks(house)
    async with database.transaction(house.maju.company):
        await tickets.answer(row, "Ya.", by=as_(house.maju.ratna), read=row.last, then=tickets.RESOLVED)
    ratna = await house.as_person(house.maju, "ratna")
    here = f"/{await house.slug(house.maju)}/reports/desk"
    page = (await ratna.get(here)).text
    assert "100% janji Juli 2026 ditepati" in page
    assert "1 dibuka, 1 dijawab dalam janji, 0 terlewat, 0 dimaafkan." in page
    assert "Ratna Dewanti" in page
    assert "Tanpa kategori" in (await ratna.get(f"{here}?by=category")).text
    for by, name in (("kind", "Pertanyaan"), ("channel", "web"), ("place", "Cakung"), ("priority", "Biasa")):
        page = (await ratna.get(f"{here}?by={by}")).text
        assert f'<th scope="row">{name}</th><td class="number">1</td><td class="number">1</td>' in page, by
    table = (await ratna.post(f"{here}/export", format="csv", state="")).content.decode("utf-8-sig")
    assert "Seluruh perusahaan" in table and "Jawaban dalam janji" in table
    sheet = await ratna.post(f"{here}/print", state="by=priority")
    assert sheet.headers["content-type"] == "application/pdf"
    assert b"Laporan meja bantuan" in sheet.content and b"Biasa" in sheet.content
    agent = await house.as_role(house.maju, "agent")
    assert (await agent.get(here)).status_code == 403


async def test_a_dispute_runs_thirty_working_days_and_ends_with_an_outcome(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    sent = await budi.post("/me/tickets", words="Saldo cuti saya kurang dua hari", dispute="1")
    mine = sent.headers["location"].partition("?")[0]
    public = mine.rpartition("/")[2]
    async with database.reading(house.maju.company):
        row = await tickets.by_public(public)
    assert row is not None and row.solve_promise is not None and row.answer_promise is not None
    assert (row.answer_promise - row.opened_at).days == 2, "it is answered as soon as any question"
    assert row.solve_promise.astimezone(row.opened_at.tzinfo).date().isoformat() == "2026-08-18", "30 working days"
    agent = await house.as_role(house.maju, "agent")
    ticket = f"/{await house.slug(house.maju)}/tickets/{public}"
    bare = await agent.post(f"{ticket}/resolve", read=str(row.last))
    assert bare.status_code == 422 and "Sengketa selesai dengan putusan" in bare.text
    empty = await agent.post(f"{ticket}/settling", outcome="upheld", words=" ", read=str(row.last))
    assert empty.status_code == 422
    done = await agent.post(
        f"{ticket}/settling", outcome="partly", words="Satu hari kami kembalikan.", read=str(row.last)
    )
    assert done.status_code == 303
    page = (await budi.get(mine)).text
    assert "Diterima sebagian" in page and "Satu hari kami kembalikan." in page and "sengketa" in page
