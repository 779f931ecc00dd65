"""Papers that an employee sends on the portal: with the form of leave, or to leave that waits for one; as in the talk."""

import html
from dataclasses import replace
from pathlib import Path

import httpx

from core import database, settings
from core.approvals import decisions
from core.leave import documents
from core.messaging import attachments
from tests.backoffice.conftest import Installation, Visitor
from tests.core.conftest import MONDAY
from tests.transcripts.screens import PHOTO

SICK = {"type": "sick", "starts": "2026-07-06", "ends": "2026-07-07"}
LETTER = ("surat dokter.jpg", PHOTO, "image/jpeg")


async def sends(visitor: Visitor, path: str, *papers: tuple[str, bytes, str], **fields: str) -> httpx.Response:
    """Post a form with papers, as a browser does where none was chosen too."""
    chosen = [("papers", one) for one in papers or [("", b"", "application/octet-stream")]]
    return await visitor.http.post(path, data={**fields, "csrf": await visitor.token()}, files=chosen)


def text(answer: httpx.Response) -> str:
    return html.unescape(answer.text)


async def papers_of(house: Installation, number: str) -> list[str]:
    request = await house.maju.request(number)
    async with database.reading(house.maju.company):
        return [attachments.name_of(one) for one in await documents.papers_of(request.subject)]


async def test_several_papers_come_with_the_form_and_more_afterwards(house: Installation) -> None:
    assert MONDAY.date().isoformat() == SICK["starts"]
    budi = await house.as_person(house.maju, "budi")
    assert 'formaction="/me/leave/new/file"' in (await budi.get("/me/leave/new?type=sick")).text
    answer = await sends(budi, "/me/leave/new/file", LETTER, ("resep.jpg", PHOTO, "image/jpeg"), **SICK)
    assert answer.headers["location"] == "/me/leave?sent=C-1"
    assert await papers_of(house, "C-1") == ["surat dokter.jpg", "resep.jpg"]
    page = text(await budi.get("/me/leave"))
    assert "Suratnya ditunggu" not in page, "it came with the form"
    assert 'action="/me/leave/C-1/file"' in page, "more may follow"
    answer = await sends(budi, "/me/leave/C-1/file", ("lembar 3.jpg", PHOTO, "image/jpeg"))
    assert "Surat untuk C-1 tersimpan, sekarang 3 berkas." in text(await budi.get(answer.headers["location"]))
    async with database.reading(house.maju.company):
        request = await decisions.by_number("C-1")
        assert request is not None
        kept = await documents.papers_of(request.subject)
    assert {one.purpose for one in kept} == {attachments.HEALTH}, "HR alone opens them"


async def test_a_form_without_papers_is_sent_as_ever_and_takes_them_later(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    answer = await sends(budi, "/me/leave/new/file", **SICK)
    assert answer.headers["location"] == "/me/leave?sent=C-1"
    page = text(await budi.get("/me/leave"))
    assert "Suratnya ditunggu paling lambat" in page
    assert (await sends(budi, "/me/leave/C-1/file")).status_code == 422, "nothing was chosen"
    await sends(budi, "/me/leave/C-1/file", LETTER)
    assert "Suratnya ditunggu paling lambat" not in text(await budi.get("/me/leave"))


async def test_what_is_no_paper_refuses_the_whole_and_says_so_at_the_field(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    odd = ("daftar.csv", b"a,b\n1,2\n", "text/csv")
    refused = await sends(budi, "/me/leave/new/file", LETTER, odd, **SICK)
    assert refused.status_code == 422
    assert 'id="f-papers-wrong"' in refused.text and "Pilih lagi suratnya" in text(refused)
    many = await sends(budi, "/me/leave/new/file", *[LETTER] * (documents.MOST_PAPERS + 1), **SICK)
    assert many.status_code == 422 and 'id="f-papers-wrong"' in many.text
    async with database.reading(house.maju.company):
        assert not await decisions.of_employee(house.maju.budi.id, 5), "nothing is asked for without its papers"


async def test_days_that_were_only_written_are_shown_first_and_the_papers_asked_for_again(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    looked = await sends(budi, "/me/leave/new/file", LETTER, type="annual", words="20-21 juli")
    assert looked.status_code == 200 and "Pilih lagi suratnya" in text(looked)
    wish = {"type": "annual", "starts": "2026-07-20", "ends": "2026-07-21"}
    answer = await sends(budi, "/me/leave/new/file", ("undangan.jpg", PHOTO, "image/jpeg"), **wish)
    assert answer.headers["location"] == "/me/leave?sent=C-1"
    assert await papers_of(house, "C-1") == ["undangan.jpg"]


async def test_nobody_puts_papers_to_the_leave_of_another_nor_where_none_is_awaited(house: Installation) -> None:
    budi, dewi = await house.as_person(house.maju, "budi"), await house.as_person(house.maju, "dewi")
    await sends(budi, "/me/leave/new/file", **SICK)
    assert (await sends(dewi, "/me/leave/C-1/file", LETTER)).status_code == 404
    await budi.post("/me/leave/new", type="annual", starts="2026-08-10", ends="2026-08-10")
    assert 'action="/me/leave/C-2/file"' not in (await budi.get("/me/leave")).text
    assert (await sends(budi, "/me/leave/C-2/file", LETTER)).status_code == 422


async def test_forms_that_are_refused_leave_nothing_on_the_disk(house: Installation, tmp_path: Path) -> None:
    settings.use(replace(settings.current(), files=str(tmp_path / "papers")))
    budi = await house.as_person(house.maju, "budi")
    far = {"type": "annual", "starts": "2026-08-03", "ends": "2026-09-30"}  # more days than are left
    odd = ("daftar.csv", b"a,b\n1,2\n", "text/csv")
    for papers, fields in (([LETTER, LETTER], far), ([LETTER, odd], SICK)):
        assert (await sends(budi, "/me/leave/new/file", *papers, **fields)).status_code == 422
    assert (await sends(budi, "/me/leave/new/file", LETTER, **SICK)).status_code == 303
    assert (await sends(budi, "/me/leave/C-1/file", odd)).status_code == 422
    settings.use(replace(settings.current(), files_a_day=1))
    full = await sends(budi, "/me/leave/C-1/file", LETTER)
    assert full.status_code == 422 and "paling banyak" in text(full)
    assert len([one for one in (tmp_path / "papers").rglob("*") if one.is_file()]) == 1
