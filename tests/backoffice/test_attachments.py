"""Files through the pages: sent by an employee without script, opened by HR alone, never shown as part of the site."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from core import database, settings
from core.accounts.roles import ADMINISTRATOR, ROLES, SUPER, SUPPORTING
from core.audit import AuditEntry
from core.leave import documents, requests
from core.leave.policy import Period
from core.messaging import attachments, file_room, inbox
from core.messaging.tables import Attachment, Inbound
from tests.backoffice.conftest import Installation, Visitor
from tests.core.cast import as_

PDF = b"%PDF-1.7 surat dokter"


@pytest.fixture(autouse=True)
def folder(house: Installation, tmp_path: Path) -> None:
    settings.use(replace(settings.current(), files=str(tmp_path / "files")))


async def upload(visitor: Visitor, raw: bytes, name: str, **fields: str) -> int:
    data = {"csrf": await visitor.token(), **fields}
    answer = await visitor.http.post("/chat/file", data=data, files={"file": (name, raw, "application/octet-stream")})
    return answer.status_code


async def rows(house: Installation) -> list[Attachment]:
    async with database.reading(house.maju.company):
        return await Attachment.objects()


async def test_a_form_without_script_sends_a_file_once(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    page = await budi.get("/chat")
    assert 'action="/chat/file" enctype="multipart/form-data"' in page.text
    assert await upload(budi, PDF, "surat.pdf", id="one") == 303
    (row,) = await rows(house)
    assert (row.person, attachments.name_of(row)) == (house.maju.budi.person, "surat.pdf")
    async with database.installation(writes=False):
        (heard,) = await Inbound.objects()
    said = inbox.unseal(heard)
    assert (said.kind, said.file.ref if said.file else "") == ("file", str(row.id))
    assert "surat.pdf" in (await budi.get("/chat")).text


async def test_a_photo_larger_than_a_form_is_taken_and_one_that_is_too_large_is_not(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    assert await upload(budi, PDF + b"\0" * 3_000_000, "surat.pdf") == 303
    assert await upload(budi, PDF + b"\0" * 11_000_000, "surat.pdf") == 413
    assert await upload(budi, b"MZ", "surat.exe") == 303, "it is told in the talk"
    assert len(await rows(house)) == 1


async def test_a_disk_is_not_filled_by_files_that_are_for_nothing(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_room, "MOST_WAITING", 2)
    budi = await house.as_person(house.maju, "budi")
    for _ in range(4):
        assert await upload(budi, PDF, "surat.pdf") == 303, "it is told in the talk"
    first, _ = await rows(house)
    async with database.transaction(house.maju.company):
        await attachments.sort(first.id, attachments.HEALTH, person=house.maju.budi.person)
    assert await upload(budi, PDF, "surat.pdf") == 303
    assert len(await rows(house)) == 3


async def test_without_its_token_or_signed_out_nothing_is_taken(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    for token in ("", "x" * 43):
        answer = await budi.http.post("/chat/file", data={"csrf": token}, files={"file": ("a.pdf", PDF)})
        assert answer.status_code == 403
    stranger = house.visitor()
    answer = await stranger.http.post(
        "/chat/file", data={"csrf": await stranger.token()}, files={"file": ("a.pdf", PDF + b"x" * 2_000_000)}
    )
    assert answer.status_code == 413, "who is not signed in sends no more than a form holds"
    assert await rows(house) == []


@pytest.mark.parametrize("role", ROLES)
async def test_hr_opens_a_certificate_and_nobody_else(house: Installation, role: str) -> None:
    budi = await house.as_person(house.maju, "budi")
    await upload(budi, PDF, "surat dokter é.pdf")
    (row,) = await rows(house)
    slug = await house.slug(house.maju)
    visitor = await house.as_role(house.maju, role) if role not in ("employee", "approver") else budi
    there = f"/{slug}/attachments/{row.public}"
    may = role in (SUPER, ADMINISTRATOR, SUPPORTING)
    assert (await visitor.post(there)).status_code == (404 if may else 403), "what is for nothing is opened by nobody"
    async with database.transaction(house.maju.company):
        await attachments.sort(row.id, attachments.HEALTH, person=house.maju.budi.person)
    answer = await visitor.post(there)
    assert answer.status_code == (200 if may else 403)
    async with database.reading(house.maju.company):
        marks = await AuditEntry.count().where(AuditEntry.action == "attachment.opened")
        row_of_it = await AuditEntry.objects().where(AuditEntry.action == "attachment.opened").first()
    assert marks == (1 if may else 0)
    if may:
        assert row_of_it is not None and row_of_it.actor.startswith("account:"), "who is nobody's employee has a name"
        assert answer.content == PDF
        assert answer.headers["content-disposition"].startswith('attachment; filename="surat dokter')
        assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"


async def test_another_company_does_not_find_it(house: Installation) -> None:
    await upload(await house.as_person(house.maju, "budi"), PDF, "surat.pdf")
    (row,) = await rows(house)
    async with database.transaction(house.maju.company):
        await attachments.sort(row.id, attachments.HEALTH, person=house.maju.budi.person)
    visitor = await house.as_role(house.sinar, SUPER)
    assert (await visitor.post(f"/{await house.slug(house.sinar)}/attachments/{row.public}")).status_code == 404


async def test_all_papers_of_a_leave_stand_on_its_page_for_hr_alone(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    budi, sari = await house.as_person(maju, "budi"), await house.as_person(maju, "sari")
    made = await requests.acknowledge(
        maju.budi, "sick", Period(date(2026, 7, 6), date(2026, 7, 7)), None, actor=as_(maju.budi)
    )
    for name in ("surat.pdf", "resep.pdf"):
        await upload(budi, PDF + name.encode(), name)
    first, second = await rows(house)
    async with database.transaction(maju.company):
        request = await maju.request(made.number)
        leave = await requests.of_request(request)
        for row in (first, second):
            await attachments.sort(row.id, attachments.HEALTH, person=maju.budi.person)
        await documents.received(leave, first.id, actor=as_(maju.budi))
        await documents.added(leave, second.id, actor=as_(maju.budi))
    page = (await (await house.as_person(maju, "ratna")).get(f"/{slug}/approvals/{request.public}")).text
    for row, name in ((first, "surat.pdf"), (second, "resep.pdf")):
        assert f'action="/{slug}/attachments/{row.public}"' in page
        assert f"Buka {name}" in page
    assert "surat.pdf" not in (await sari.get(f"/{slug}/approvals/{request.public}")).text
