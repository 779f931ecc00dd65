"""A company's own articles: written in both languages, previewed, found at once, by version, taken back; what was not answered."""

import html

import pytest

from core import database
from core.helpdesk import tickets
from core.knowledge import editing
from core.knowledge.tables import SearchLog
from core.messaging.outbox import Address
from tests.backoffice.conftest import Installation, Visitor
from tests.core.cast import as_

FORM = {
    "code": "aturan-seragam", "title_id": "Aturan seragam", "title_en": "Uniform rules", "short_id": "", "short_en": "",
    "aliases_id": "seragam dibagi kapan, ukuran seragam", "aliases_en": "uniforms handed out, uniform size",
    "body_id": "Dibagi **setiap Juli** di pos 2. <script>alert(1)</script>\n\n- Sisa cutimu {mine:balance}.",
    "body_en": "Handed out **every July** at post 2.\n\n- You have {mine:balance}.", "audience": "employees",
    "role_employee": "1", "valid_from": "2026-01-01", "review_by": "2027-01-01", "source": "Peraturan perusahaan 12",
    "seen": "0",
}  # fmt: skip


async def editor(house: Installation) -> tuple[Visitor, str]:
    return await house.as_role(house.maju, "administrator"), f"/{await house.slug(house.maju)}/articles"


async def test_what_hr_writes_is_previewed_then_found_at_once_and_only_in_its_company(house: Installation) -> None:
    ratna, here = await editor(house)
    look = await ratna.post(here, **FORM, look="1")
    assert look.status_code == 200
    assert "<strong>setiap Juli</strong>" in look.text and "<script>alert" not in look.text
    async with database.reading(house.maju.company):
        assert await editing.held() == []
    saved = await ratna.post(here, **FORM)
    assert saved.headers["location"] == f"{here}?done=saved"
    budi = await house.as_person(house.maju, "budi")
    assert "/help/aturan-seragam" in (await budi.get("/help", params={"q": "sragam baru kpn dibagi"})).text
    page = (await budi.get("/help/aturan-seragam")).text
    assert "Sisa cutimu 4 hari." in page
    other = await house.as_person(house.sinar, next(iter(house.sinar.people)))
    assert (await other.get("/help/aturan-seragam")).status_code == 404


async def test_a_version_that_somebody_else_wrote_is_not_written_over_and_one_can_be_taken_back(
    house: Installation,
) -> None:
    ratna, here = await editor(house)
    await ratna.post(here, **FORM)
    late = await ratna.post(here, **{**FORM, "body_id": "Lain."})
    assert late.status_code == 422 and "versi 1" in late.text
    assert (await ratna.post(here, **{**FORM, "body_id": "Lain.", "seen": "1"})).status_code == 303
    form = (await ratna.get(f"{here}/aturan-seragam")).text
    assert "Lain." in form and "Versi 2" in form and "Versi 1" in form
    assert (await ratna.post(f"{here}/aturan-seragam/retire")).status_code == 303
    budi = await house.as_person(house.maju, "budi")
    assert (await budi.get("/help/aturan-seragam")).status_code == 404
    assert (await ratna.post(f"{here}/aturan-seragam/retire")).status_code == 404


async def test_an_article_of_the_release_is_replaced_and_comes_back(house: Installation) -> None:
    ratna, here = await editor(house)
    own = {**FORM, "code": "thr", "title_id": "THR di sini", "body_id": "Dua bulan upah."}
    assert (await ratna.post(here, **own)).status_code == 303
    budi = await house.as_person(house.maju, "budi")
    assert "Dua bulan upah." in (await budi.get("/help/thr")).text
    await ratna.post(f"{here}/thr/retire")
    assert "Satu bulan upah" in (await budi.get("/help/thr")).text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"source": ""}, "Sebutkan sumbernya"),
        ({"code": "Aturan Seragam"}, "bukan nama alamat"),
        ({"title_en": ""}, "Tulis judulnya"),
        ({"title_id": "Aturan seragam untuk semua gudang"}, "isi judul pendek"),
        ({"body_en": "{mine:salary}"}, "tidak dikenal"),
        ({"review_by": "2025-01-01"}, "sesudah tanggal berlaku"),
        ({"valid_from": "besok"}, "bukan tanggal"),
        ({"role_employee": ""}, "setidaknya satu peran"),
    ],
)
async def test_what_is_no_article_is_refused_with_what_to_do(
    house: Installation, wrong: dict[str, str], said: str
) -> None:
    ratna, here = await editor(house)
    answer = await ratna.post(here, **{**FORM, **wrong})
    assert answer.status_code == 422
    assert said in html.unescape(answer.text)


async def test_only_a_confirmed_answer_counts_and_what_was_not_found_leads_to_writing_it(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    found = await budi.post("/help", q="thr cair kpn")
    log = found.headers["location"].partition("log=")[2]
    await budi.post("/help/thr/answered", q="thr cair kpn", log=log, yes="1")
    await budi.post("/help", q="Sari parkir motor dimana 081234567890")
    async with database.reading(house.maju.company):
        rows = await SearchLog.select().order_by(SearchLog.id)
    assert [(row["outcome"], row["article"], row["confirmed"]) for row in rows] == [
        ("answer", "thr", True), ("nothing", None, None),
    ]  # fmt: skip
    ratna, here = await editor(house)
    page = html.unescape((await ratna.get(here)).text)
    assert "ditanyakan 2 kali; 1 di antaranya dikatakan terjawab" in page
    assert "parkir motor dimana" in page
    assert "081234567890" not in page and "Sari parkir" not in page
    assert f"{here}/new?words=" in page


async def test_nobody_confirms_what_somebody_else_asked(house: Installation) -> None:
    budi, sari = await house.as_person(house.maju, "budi"), await house.as_person(house.maju, "sari")
    log = (await budi.post("/help", q="thr cair kpn")).headers["location"].partition("log=")[2]
    await sari.post("/help/thr/answered", q="thr cair kpn", log=log, yes="1")
    async with database.reading(house.maju.company):
        row = await SearchLog.select().first()
    assert row is not None and row["confirmed"] is None


async def test_the_desk_is_offered_articles_by_what_was_written_without_the_requesters_figures(
    house: Installation,
) -> None:
    one = house.maju.people["budi"]
    async with database.transaction(house.maju.company):
        here = Address("web", "web", str(one.person), one.person)
        row = (await tickets.submit(one, "nikah dapat cuti berapa hari", address=here, by=as_(one))).ticket
    agent = await house.as_role(house.maju, "agent")
    page = f"/{await house.slug(house.maju)}/tickets/{row.public}"
    assert f'hx-get="{page}/articles"' in (await agent.get(page)).text
    near = html.unescape((await agent.get(f"{page}/articles")).text)
    assert "/help/cuti-menikah" in near and "data-insert=" in near and "3 hari, dibayar penuh" in near
    other = html.unescape((await agent.get(f"{page}/articles", params={"q": "baru kerja kapan dapat cuti"})).text)
    assert "/help/cuti-karyawan-baru" in other
    assert "Kamu bekerja sejak" not in other and "4 hari" not in other
    assert "Belum ada artikel yang dekat." in (await agent.get(f"{page}/articles", params={"q": "resep rendang"})).text
