"""The breach desk as the officer uses it, from the form to the notice, and who may not see it."""

import csv
import io
import re

from core import jobs
from tests.backoffice.conftest import Installation

TOLD = {
    "whose": "everybody", "kinds": "contact", "how": "Laptop HR hilang di kereta.", "authority": "Komdigi",
    "handling": "Akunnya sudah diblokir.", "advice": "Waspadai telepon palsu.", "found_at": "2026-07-06T07:00",
}  # fmt: skip


async def test_an_officer_declares_sends_hands_over_and_closes(house: Installation) -> None:
    slug, officer = await house.slug(house.maju), await house.as_role(house.maju, "data_protection_officer")
    there = f"/{slug}/privacy/breaches"
    assert "Belum pernah ada." in (await officer.get(there)).text
    wrong = await officer.post(there, **TOLD | {"kinds": ""})
    assert wrong.status_code == 422
    assert "Centang data apa yang terungkap." in wrong.text and "Laptop HR hilang di kereta." in wrong.text
    here = (await officer.post(there, **TOLD)).headers["location"].partition("?")[0]
    assert "Daftarnya sedang disusun." in (await officer.get(here)).text
    await jobs.drain()
    page = (await officer.get(here)).text
    number = re.search(r"Kirim (\d+) surat", page)
    assert number is not None and int(number[1]) > 5
    assert "Laptop HR hilang di kereta." in page and "jam untuk memberi tahu" in page
    raw = (await officer.post(f"{here}/export", format="csv", state="")).content
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert rows[0] == ["Nomor", "Siapa", "Cara", "Terkirim"] or len(rows[0]) == 4
    assert ["0412", "Budi Santoso"] in [row[:2] for row in rows]
    notice = await officer.post(f"{here}/notice")
    assert notice.content.startswith(b"%PDF") and b"Laptop HR hilang" in notice.content
    assert (await officer.post(f"{here}/close", learnt="Enkripsi diwajibkan.")).status_code == 422
    await officer.post(f"{here}/send")
    await jobs.drain()
    assert "surat terkirim" in (await officer.get(here)).text
    assert (await officer.post(f"{here}/send")).status_code == 422
    await officer.post(f"{here}/authority")
    assert "Orang dan lembaga sudah diberi tahu." in (await officer.get(here)).text
    assert (await officer.post(f"{here}/close", learnt="Enkripsi diwajibkan.")).status_code == 303
    assert "Enkripsi diwajibkan." in (await officer.get(here)).text
    assert (await officer.post(f"{there}/nothing-here/send")).status_code == 404


async def test_nobody_else_sees_a_breach(house: Installation) -> None:
    slug, officer = await house.slug(house.maju), await house.as_role(house.maju, "data_protection_officer")
    here = (await officer.post(f"/{slug}/privacy/breaches", **TOLD)).headers["location"].partition("?")[0]
    for role in ("administrator", "supporting_administrator", "agent"):
        other = await house.as_role(house.maju, role)
        assert (await other.get(here)).status_code == 403, role
        assert (await other.post(f"{here}/send")).status_code == 403, role
