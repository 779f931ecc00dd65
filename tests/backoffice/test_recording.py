"""HR records leave for somebody who called or handed in a form: looked at first, with its papers, and taken back."""

import html
import re
from datetime import date

import httpx

from core import database, jobs
from core.accounts.roles import AGENT, SUPPORTING
from core.approvals import decisions
from core.leave import documents, lots
from core.leave.policy import DAY, Period
from core.people.tables import Employment
from tests.backoffice.conftest import Installation, Visitor
from tests.core.conftest import MONDAY

TODAY = MONDAY.date().isoformat()
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)


def text(answer: httpx.Response) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", answer.text))


async def page_of(house: Installation, name: str) -> str:
    async with database.reading(house.maju.company):
        row = await Employment.select(Employment.public).where(Employment.id == house.maju.people[name].id).first()
    assert row is not None
    return f"/{await house.slug(house.maju)}/people/{row['public']}/leave"


async def free(house: Installation, name: str) -> int:
    async with database.reading(house.maju.company):
        return await lots.balance(house.maju.people[name].id)


async def sends(
    visitor: Visitor, there: str, look: httpx.Response, paper: bytes = b"", more: dict[str, str] | None = None
) -> httpx.Response:
    """Confirm what was looked at, with a file."""
    shown = html.unescape(look.text).partition('enctype="multipart/form-data"')[2].partition("</form>")[0]
    fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', shown))
    sent = {"file": ("surat.png", paper, "image/png")} if paper else {"file": ("", b"")}
    return await visitor.http.post(
        f"{there}/record/file", data={**fields, **(more or {}), "csrf": await visitor.token()}, files=sent
    )


async def test_a_sick_call_is_found_looked_at_and_recorded_with_its_paper(house: Installation) -> None:
    slug, there = await house.slug(house.maju), await page_of(house, "budi")
    visitor = await house.as_role(house.maju, SUPPORTING)
    assert f"/{slug}/leave/record" in (await visitor.get(f"/{slug}/leave")).text
    found = await visitor.get(f"/{slug}/leave/record?q=budi")
    assert f'href="{there}/record"' in found.text
    form = {"type": "sick", "starts": TODAY, "told_on": TODAY, "words": "telepon 07.10"}
    empty = await visitor.post(f"{there}/record", **form | {"words": ""})
    assert (empty.status_code, "Tulis dari mana Anda tahu" in text(empty)) == (422, True)
    look = await visitor.post(f"{there}/record", **form)
    assert "Langsung tercatat; atasannya tahu tanggalnya saja." in text(look)
    async with database.reading(house.maju.company):
        assert not await decisions.of_employee(house.maju.budi.id, 5), "only looked at"
    done = await sends(visitor, there, look, paper=PNG)
    assert done.status_code == 303
    page = await visitor.get(done.headers["location"])
    assert "C-1 dicatat. Ia diberi tahu." in text(page)
    assert "Dicatat administrator" in text(page)
    assert "telepon 07.10" in text(page)
    made = await house.maju.request("C-1")
    async with database.reading(house.maju.company):
        assert len(await documents.papers_of(made.subject)) == 1
    more = {"file": ("lagi.png", PNG, "image/png")}
    added = await visitor.http.post(f"{there}/C-1/file", data={"csrf": await visitor.token()}, files=more)
    assert added.status_code == 303
    odd = {"file": ("daftar.csv", b"a,b\n1,2\n", "text/csv")}
    refused = await visitor.http.post(f"{there}/C-1/file", data={"csrf": await visitor.token()}, files=odd)
    assert (refused.status_code, "surat harus foto" in text(refused)) == (422, True)
    none = await visitor.http.post(f"{there}/C-1/file", data={"csrf": await visitor.token()}, files={"file": ("", b"")})
    assert none.status_code == 422
    async with database.reading(house.maju.company):
        assert len(await documents.papers_of(made.subject)) == 2


async def test_a_form_of_paper_is_recorded_with_its_cost_and_taken_back(house: Installation) -> None:
    there, before = await page_of(house, "budi"), await free(house, "budi")
    ratna = await house.as_person(house.maju, "ratna")
    form = {
        "type": "annual", "starts": "2026-07-20", "ends": "2026-07-21", "way": "paper", "told_on": TODAY,
        "words": "formulir, tanda tangan Sari",
    }  # fmt: skip
    look = await ratna.post(f"{there}/record", **form)
    page = text(look)
    assert "Langsung berlaku sebagai disetujui di kertas, atas nama Anda" in page
    assert f"{before // DAY} jadi {before // DAY - 2} hari" in page
    assert "2 hari dari yang berlaku sampai" in page
    assert (await sends(ratna, there, look, more={"seen": "x"})).status_code == 409, "not what was looked at"
    assert await free(house, "budi") == before
    assert (await sends(ratna, there, look)).status_code == 303
    assert await free(house, "budi") == before - 2 * DAY
    again = await sends(ratna, there, look)
    assert again.status_code == 422
    assert "sudah ada cutinya" in text(again)
    budi = await house.as_person(house.maju, "budi")
    assert "Disetujui Ratna, dari kertas" in text(await budi.get("/me/leave"))
    supporting = await house.as_role(house.maju, SUPPORTING)
    assert f"{there}/C-1/take-out" not in (await supporting.get(there)).text
    assert (await supporting.post(f"{there}/C-1/take-out", why="salah")).status_code == 404
    assert (await ratna.post(f"{there}/C-1/take-out", why=" ")).status_code == 422
    done = await ratna.post(f"{there}/C-1/take-out", why="salah orang")
    assert "C-1 ditarik. Harinya kembali ke asalnya." in text(await ratna.get(done.headers["location"]))
    assert await free(house, "budi") == before
    await jobs.drain()


async def test_without_a_right_to_answer_for_paper_it_goes_to_the_approvers(house: Installation) -> None:
    there = await page_of(house, "budi")
    supporting = await house.as_role(house.maju, SUPPORTING)
    assert "Sudah disetujui di kertas" not in text(await supporting.get(f"{there}/record"))
    form = {"type": "annual", "starts": "2026-07-20", "way": "paper", "told_on": TODAY, "words": "formulir"}
    look = await supporting.post(f"{there}/record", **form)
    assert "Menunggu Sari. Belum berlaku sebelum disetujui." in text(look)
    assert (await sends(supporting, there, look)).status_code == 303
    assert (await house.maju.request("C-1")).state == "in_review"
    done = await supporting.post(f"{there}/C-1/take-out", why="tidak jadi")
    assert done.headers["location"].endswith("done=taken_out&of=C-1")
    assert (await house.maju.request("C-1")).state == "withdrawn"


async def test_it_is_refused_in_words_for_whoever_records(house: Installation) -> None:
    there = await page_of(house, "budi")
    ratna = await house.as_person(house.maju, "ratna")
    form = {"type": "annual", "way": "paper", "told_on": TODAY, "words": "formulir"}
    for starts, ends, said in (
        ("2026-07-20", "2026-08-14", "sisanya"), ("2026-07-01", "", "sudah lewat pada tanggal ini disampaikan"),
        ("", "", "Isi tanggal mulainya"), ("2026-07-20", "2026-07-19", "lebih dulu"),
    ):  # fmt: skip
        answer = await ratna.post(f"{there}/record", **form, starts=starts, ends=ends)
        assert (answer.status_code, said in text(answer)) == (422, True), (starts, text(answer))
    own = await page_of(house, "ratna")
    assert "minta orang lain mencatatnya" in text(await ratna.get(f"{own}/record"))
    mine = await ratna.post(f"{own}/record", **form | {"type": "sick"}, starts=TODAY)
    assert mine.status_code == 422
    agent = await house.as_role(house.maju, AGENT)
    assert "Catat cuti" not in text(await agent.get(there))
    leave = await house.maju.asks(house.maju.tono, Period(date(2026, 8, 12), date(2026, 8, 12)))
    assert (await ratna.post(f"{there}/{leave.number}/take-out", why="x")).status_code == 404, "somebody else's"
    tono = await page_of(house, "tono")
    assert (await ratna.post(f"{tono}/{leave.number}/take-out", why="x")).status_code == 404, "asked by themselves"


async def test_what_a_form_with_a_file_brings_is_never_a_fault(house: Installation) -> None:
    there = await page_of(house, "budi")
    ratna = await house.as_person(house.maju, "ratna")
    form = {"type": "sick", "starts": TODAY, "told_on": TODAY, "words": "telepon"}
    look = await ratna.post(f"{there}/record", **form)
    for field, typed in (("words", "a\0b"), ("reason", "\0"), ("starts", "x"), ("told_on", "x"), ("seen", "\0")):
        assert (await sends(ratna, there, look, more={field: typed})).status_code in (303, 409, 422), field
    assert (await sends(ratna, there, look, more={"type": "nothing"})).status_code == 404


async def test_how_the_employee_will_hear_of_it_is_said(house: Installation) -> None:
    ratna = await house.as_person(house.maju, "ratna")
    budi = await page_of(house, "budi")
    assert "belum bisa masuk ke sini: sampaikan sendiri" in text(await ratna.get(f"{budi}/record"))
    await house.as_person(house.maju, "budi")
    assert "diberi tahu di halamannya di sini" in text(await ratna.get(f"{budi}/record"))


async def test_leave_that_gives_way_to_sickness_is_named_before_it_is_recorded(house: Installation) -> None:
    there, maju = await page_of(house, "budi"), house.maju
    leave = await maju.asks(maju.budi, Period(date(2026, 7, 6), date(2026, 7, 7)))
    await maju.decides(maju.sari, leave, "approve")
    before = await free(house, "budi")
    ratna = await house.as_person(maju, "ratna")
    look = await ratna.post(f"{there}/record", type="sick", starts=TODAY, told_on=TODAY, words="telepon")
    assert f"{leave.number} di hari itu dibatalkan, 1 hari kembali." in text(look)
    assert await free(house, "budi") == before, "only looked at"
    assert (await sends(ratna, there, look)).status_code == 303
    assert await free(house, "budi") == before + DAY
    agent = await house.as_role(maju, AGENT)
    page = text(await agent.get(there))
    assert leave.number in page
    assert "telepon" not in page, "how it was told is for who records leave"
    async with database.transaction(maju.company):
        await lots.adjust(maju.budi.id, -await lots.balance(maju.budi.id), year=2026, today=MONDAY.date())
    done = await ratna.post(f"{there}/C-2/take-out", why="salah orang")
    said = text(await ratna.get(done.headers["location"]))
    assert f"Senin 6 Juli dari {leave.number} tidak berlaku lagi: tidak ada jatah tersisa" in said
