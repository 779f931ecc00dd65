"""What stands on one ticket's page: its files, and what the talk handed over, each for whom it concerns."""

from dataclasses import replace
from pathlib import Path

import pytest

from core import database, settings
from core.audit import AuditEntry
from core.helpdesk import tickets
from core.helpdesk.tables import Ticket
from core.messaging import attachments
from core.messaging.outbox import Address
from core.messaging.tables import Attachment
from tests.backoffice.conftest import Installation, Visitor
from tests.backoffice.test_tickets import asks, desk
from tests.core.cast import as_

PDF = b"%PDF-1.7 foto seragam"


@pytest.fixture(autouse=True)
def folder(house: Installation, tmp_path: Path) -> None:
    settings.use(replace(settings.current(), files=str(tmp_path / "files")))


async def brings(house: Installation, row: Ticket | None, name: str) -> Attachment:
    """A file of Budi's, with a message to his ticket; without one it is a doctor's letter."""
    maju = house.maju
    taken = await attachments.take(maju.company, PDF, name)
    async with database.transaction(maju.company):
        kept = await attachments.keep(maju.budi.person, taken, name)
        if row is None:
            await attachments.sort(kept.id, attachments.HEALTH, person=maju.budi.person)
        else:
            await tickets.write(row, "ini fotonya", by=as_(maju.budi), attachment=kept.id)
    return kept


async def audited(house: Installation) -> list[tuple[str, str]]:
    async with database.reading(house.maju.company):
        rows = await AuditEntry.select().where(AuditEntry.action == "attachment.opened").order_by(AuditEntry.seq)
    return [(row["actor"], row["object"]) for row in rows]


async def refused(visitor: Visitor, *paths: str) -> None:
    for path in paths:
        assert (await visitor.post(path)).status_code in (403, 404), path


async def test_the_desk_opens_the_files_of_tickets_and_no_others(house: Installation) -> None:
    row = await asks(house)
    paper, letter = await brings(house, row, "seragam.pdf"), await brings(house, None, "surat dokter.pdf")
    agent, here = await desk(house, row)
    page = (await agent.get(here)).text
    assert f"{here}/files/{paper.public}" in page
    assert "seragam.pdf" in page
    opened = await agent.post(f"{here}/files/{paper.public}")
    assert (opened.status_code, opened.content) == (200, PDF)
    assert (await audited(house))[-1][1] == f"attachment:{paper.id}"
    slug = await house.slug(house.maju)
    await refused(agent, f"{here}/files/{letter.public}", f"/{slug}/attachments/{letter.public}")
    other = await asks(house, "soal lain", who="tono")
    await refused(agent, f"/{slug}/tickets/{other.public}/files/{paper.public}")
    abroad = await house.as_role(house.sinar, "agent")
    await refused(abroad, f"/{await house.slug(house.sinar)}/tickets/{row.public}/files/{paper.public}")
    assert len(await audited(house)) == 1


async def test_whoever_sent_a_file_opens_it_and_nobody_else_does(house: Installation) -> None:
    row = await asks(house)
    paper = await brings(house, row, "seragam.pdf")
    mine = f"/me/tickets/{row.public}/files/{paper.public}"
    budi, tono = await house.as_person(house.maju, "budi"), await house.as_person(house.maju, "tono")
    assert mine in (await budi.get(f"/me/tickets/{row.public}")).text
    assert (await budi.post(mine)).content == PDF
    await refused(tono, mine)


async def test_what_the_talk_handed_over_is_shown_within_the_readers_rights(house: Installation) -> None:
    budi = house.maju.budi
    facts = {
        "flow": "leave", "asked": "leave.confirm", "misses": 2,
        "answers": {
            "leave.when": {"starts": "2026-07-13", "ends": "2026-07-15"}, "leave.why": "operasi usus buntu",
            "wish": {"not": "an answer"},
        },
    }  # fmt: skip
    async with database.transaction(house.maju.company):
        here = Address("web", "web", str(budi.person), budi.person)
        row = (await tickets.submit(budi, "bingung", address=here, by=as_(budi), facts=facts)).ticket
    agent, page = await desk(house, row)
    shown = (await agent.get(page)).text
    assert "pengajuan cuti" in shown
    assert "Senin 13 - Rabu 15 Juli" in shown
    assert "Persetujuan akhir" in shown
    assert "tersegel" in shown
    assert "usus buntu" not in shown
    hr = await house.as_person(house.maju, "ratna")
    assert "operasi usus buntu" in (await hr.get(page)).text
    mine = await house.as_person(house.maju, "budi")
    assert "Dari percakapan" not in (await mine.get(f"/me/tickets/{row.public}")).text


async def sends(visitor: Visitor, path: str, raw: bytes, name: str, **fields: str) -> int:
    data = {"csrf": await visitor.token(), **fields}
    answer = await visitor.http.post(path, data=data, files={"file": (name, raw, "application/octet-stream")})
    return answer.status_code


async def test_a_file_goes_to_the_requester_and_no_open_link_does(house: Installation) -> None:
    row = await asks(house)
    agent, here = await desk(house, row)
    assert await sends(agent, f"{here}/file", b"MZ", "jadwal.exe", read=str(row.last)) == 422
    assert await sends(agent, f"{here}/file", PDF, "jadwal.pdf", read="0") == 409, "nobody answers past a message"
    read = {"read": str(row.last), "words": "Ini jadwalnya."}
    assert await sends(agent, f"{here}/file", PDF, "jadwal.pdf", **read) == 303
    (told,) = await house.maju.told(house.maju.budi)
    assert "Ini jadwalnya." in told.text
    assert f"/me/tickets/{row.public}" in told.text, "the web shows no file in the talk"
    assert told.file is None
    budi = await house.as_person(house.maju, "budi")
    page = (await budi.get(f"/me/tickets/{row.public}")).text
    paper = page.partition(f"/me/tickets/{row.public}/files/")[2].partition('"')[0]
    assert (await budi.post(f"/me/tickets/{row.public}/files/{paper}")).content == PDF
    assert (
        await (await house.as_person(house.maju, "tono")).post(f"/me/tickets/{row.public}/files/{paper}")
    ).status_code == 404


async def test_an_answer_can_be_taken_back_and_its_words_are_there_again(house: Installation) -> None:
    row = await asks(house)
    agent, here = await desk(house, row)
    sent = await agent.post(f"{here}/answer", words="Senin 20 Juli.", read=str(row.last), then="open", undo="1")
    page = (await agent.get(sent.headers["location"])).text
    assert "Terkirim sebentar lagi" in page
    back = page.partition(f"{here}/back/")[2].partition('"')[0]
    again = await agent.post(f"{here}/back/{back}")
    assert "Senin 20 Juli.</textarea>" in again.text
    assert "Kirimnya dibatalkan" in again.text
    assert await house.maju.told(house.maju.budi) == []
    assert (await agent.post(f"{here}/back/{back}")).status_code == 422


async def test_a_saved_reply_is_written_put_in_and_sent_as_it_is(house: Installation) -> None:
    row = await asks(house)
    ratna = await house.as_person(house.maju, "ratna")
    slug = await house.slug(house.maju)
    wanted = {
        "shortcut": "jadwal", "title": "Jadwal", "words_id": "Halo {{nama_depan}}, Senin 20 Juli.",
        "words_en": "Hi {{first_name}}, Monday 20 July.", "then": "waiting_requester", "tag": "Seragam",
    }  # fmt: skip
    refused_ = await ratna.post(f"/{slug}/replies", **{**wanted, "words_en": "{{wage}}"})
    assert refused_.status_code == 422
    assert "{{wage}}" in refused_.text
    assert "Senin 20 Juli.</textarea>" in refused_.text
    assert (await ratna.post(f"/{slug}/replies", **wanted)).status_code == 303
    agent, here = await desk(house, row)
    page = (await agent.get(here)).text
    public = page.partition('value="" >')[2] or page.partition("data-replies>")[2]
    public = public.partition("</option>")[2].partition('value="')[2].partition('"')[0]
    put_in = await agent.post(f"{here}/insert", words="Pagi.", reply=public, read=str(row.last))
    assert "Pagi.\nHalo {{nama_depan}}, Senin 20 Juli.</textarea>" in put_in.text
    assert (await agent.post(f"{here}/macro", reply=public, read=str(row.last))).status_code == 303
    (told,) = await house.maju.told(house.maju.budi)
    assert told.text.endswith("Halo Budi, Senin 20 Juli.")
    page = (await agent.get(here)).text
    assert "menunggu pemohon" in page
    assert '<span class="chip">seragam</span>' in page
    unknown = await agent.post(f"{here}/macro", reply="x", read=str(row.last))
    assert unknown.status_code == 422


async def test_whoever_asked_sends_a_file_with_their_ticket(house: Installation) -> None:
    row = await asks(house)
    budi, tono = await house.as_person(house.maju, "budi"), await house.as_person(house.maju, "tono")
    mine = f"/me/tickets/{row.public}/file"
    assert await sends(tono, mine, PDF, "foto.pdf") == 404
    assert await sends(budi, mine, b"MZ", "foto.exe") == 422
    assert await sends(budi, mine, PDF, "foto.pdf") == 303
    agent, here = await desk(house, row)
    assert "foto.pdf" in (await agent.get(here)).text


async def test_tickets_are_merged_and_split_and_tied_on_their_page(house: Installation) -> None:
    first, second = await asks(house), await asks(house, "Kapan seragam baru dibagi?")
    agent, here = await desk(house, first)
    page = (await agent.get(here)).text
    assert "Orang yang sama menanyakan hal serupa" in page
    assert (await agent.post(f"{here}/merge", number="T-9")).status_code == 422
    assert (await agent.post(f"{here}/merge", number="t2")).status_code == 303
    page = (await agent.get(here)).text
    assert "Tiket ini dilanjutkan di" in page
    budi = await house.as_person(house.maju, "budi")
    assert f"/me/tickets/{second.public}" in (await budi.get(f"/me/tickets/{first.public}")).text
    assert "Seragam baru kapan dibagi?" in (await budi.get(f"/me/tickets/{second.public}")).text
    assert (await agent.post(f"{here}/unmerge")).status_code == 303
    await budi.post(f"/me/tickets/{first.public}/add", words="slip gaji mana?")
    page = (await agent.get(here)).text
    event = page.partition('name="event" value="')[2].partition('"')[0]
    assert (await agent.post(f"{here}/split", event=event)).status_code == 303
    page = (await agent.get(here)).text
    assert "Pesan ini menjadi tiket sendiri." in page
    assert "dipisah menjadi" in page
    for path, fields, word in (
        ("tag", {"name": "Seragam"}, "seragam"), ("tie", {"number": "T-2"}, "terkait"),
        ("snooze", {"until": "2026-07-10"}, "ditunda sampai Jumat 10 Juli 08.00 WIB"),
        ("wake", {}, "kembali ke antrean"), ("hand-back", {}, "obrolan dikembalikan ke Serambi"),
    ):  # fmt: skip
        assert (await agent.post(f"{here}/{path}", **fields)).status_code == 303, path
        assert word in (await agent.get(here)).text, path
    assert (await agent.post(f"{here}/snooze", until="kemarin")).status_code == 422
    followed = await agent.post(f"{here}/follow-up", words="cek ukuran")
    assert "lanjutan dari" in (await agent.get(followed.headers["location"])).text


async def test_a_colleague_named_in_a_note_finds_it_on_the_queue(house: Installation) -> None:
    row = await asks(house)
    agent, here = await desk(house, row)
    assert (await agent.post(f"{here}/note", words="@Ratna tolong lihat", read="0")).status_code == 303
    ratna = await house.as_person(house.maju, "ratna")
    queue = f"/{await house.slug(house.maju)}/tickets"
    assert "Anda disebut dalam catatan" in (await ratna.get(queue)).text
    assert (await ratna.post(f"{here}/seen")).status_code == 303
    assert "Anda disebut dalam catatan" not in (await ratna.get(queue)).text
