"""The file with a closure: added while it waits, seen by the second person, opened by those alone who change the
calendar, and never from a public address."""

import hashlib
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from core import database, settings
from core.audit import AuditEntry
from core.calendar.tables import Closure
from core.helpdesk import evidence
from tests.backoffice.conftest import Installation, Visitor

PDF = b"%PDF-1.7 surat edaran banjir"


@pytest.fixture(autouse=True)
def folder(house: Installation, tmp_path: Path) -> None:
    settings.use(replace(settings.current(), files=str(tmp_path / "files")))


async def sends(browser: Visitor, path: str, raw: bytes, name: str) -> httpx.Response:
    data = {"csrf": await browser.token()}
    return await browser.http.post(path, data=data, files={"file": (name, raw, "application/octet-stream")})


async def closure(house: Installation) -> Closure:
    async with database.reading(house.maju.company):
        row = await Closure.objects().order_by(Closure.id, ascending=False).first()
    assert row is not None
    return row


async def test_evidence_is_added_while_it_waits_and_seen_by_the_second_person(
    house: Installation, tmp_path: Path
) -> None:
    ratna, hendra = await house.as_person(house.maju, "ratna"), await house.as_person(house.maju, "hendra")
    company = f"/{await house.slug(house.maju)}"
    await ratna.post(
        f"{company}/settings/calendar/closure", starts="2026-07-07T00:00", ends="2026-07-08T00:00", reason="Banjir",
    )  # fmt: skip
    row = await closure(house)
    there = f"{company}/settings/closures/{row.id}"
    assert "Lampirkan bukti" in (await ratna.get(f"{company}/settings/calendar")).text
    assert (await ratna.post(f"{there}/evidence")).status_code == 404, "there is none yet"
    bare = await sends(ratna, f"{there}/file", b"", "")
    assert bare.status_code == 422
    lied = await sends(ratna, f"{there}/file", b"MZ\x90 not a picture", "banjir.png")
    assert lied.status_code == 422, "what it is says its content, not its name"
    assert (await sends(ratna, f"{there}/file", PDF, "edaran banjir.pdf")).status_code == 303
    page = (await hendra.get(f"{company}/settings/calendar")).text
    assert "Buka bukti penutupan: Banjir" in page
    opened = await hendra.post(f"{there}/evidence")
    assert opened.content == PDF
    assert "attachment; filename" in opened.headers["content-disposition"]
    assert "sandbox" in opened.headers["content-security-policy"]
    assert not [one for one in (tmp_path / "files").rglob("*") if one.is_file() and PDF in one.read_bytes()], "sealed"
    async with database.reading(house.maju.company):
        acts = [one["action"] for one in await AuditEntry.select(AuditEntry.action)]
    assert {"calendar.evidence_added", "attachment.opened"} <= set(acts)
    assert (await sends(ratna, f"{there}/file", PDF + b" 2", "lebih jelas.pdf")).status_code == 303, "it still waits"
    await hendra.post(f"{company}/settings/calendar/closure/{row.id}/approve")
    assert (await hendra.post(f"{there}/evidence")).content == PDF + b" 2"
    late = await sends(ratna, f"{there}/file", PDF + b" 3", "lain.pdf")
    assert late.status_code == 422
    assert "Penutupan ini sudah ada buktinya" in late.text
    async with database.reading(house.maju.company):
        kept = await evidence.of(int(row.id))
    assert kept is not None
    assert kept.sha256 == hashlib.sha256(PDF + b" 2").hexdigest()


async def test_nobody_else_opens_it_and_an_end_keeps_it(house: Installation) -> None:
    ratna, hendra = await house.as_person(house.maju, "ratna"), await house.as_person(house.maju, "hendra")
    company = f"/{await house.slug(house.maju)}"
    await ratna.post(f"{company}/settings/calendar/closure", starts="2026-07-07T00:00", reason="Banjir")
    row = await closure(house)
    there = f"{company}/settings/closures/{row.id}"
    await sends(ratna, f"{there}/file", PDF, "edaran.pdf")
    for role in ("agent", "supporting_administrator"):
        other = await house.as_role(house.maju, role)
        assert (await other.post(f"{there}/evidence")).status_code == 403
        assert (await sends(other, f"{there}/file", PDF, "a.pdf")).status_code == 403
    budi = await house.as_person(house.maju, "budi")
    assert (await budi.post(f"{there}/evidence")).status_code in (403, 404)
    assert (await ratna.post(f"{company}/settings/closures/999/evidence")).status_code == 404
    assert (await sends(ratna, f"{company}/settings/closures/999/file", PDF, "a.pdf")).status_code == 404
    await hendra.post(f"{company}/settings/calendar/closure/{row.id}/approve")
    await hendra.post(f"{company}/settings/calendar/closure/{row.id}/end", ends="2026-07-09T00:00")
    ended = await closure(house)
    assert ended.id != row.id
    assert (await ratna.post(f"{company}/settings/closures/{ended.id}/evidence")).content == PDF
