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
