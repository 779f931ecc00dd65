"""The register as the officer reads it: made of what is there, taken away, agreed to, and filled with what was given."""

import csv
import io

from tests.backoffice.conftest import Installation


async def test_the_register_says_what_is_kept_and_leaves_as_a_file(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    page = (await ratna.get(f"/{slug}/privacy/register")).text
    for says in ("Data karyawan dan jabatan", "Kewajiban hukum (UU 27/2022 pasal 20(2)c)", "masa kerja + 10 tahun"):
        assert says in page
    raw = (await ratna.post(f"/{slug}/privacy/register/export", state="", format="csv")).content
    head, *rows = csv.reader(io.StringIO(raw.decode("utf-8-sig")))
    assert head[:3] == ["Kegiatan", "Untuk apa", "Dasar hukum"]
    assert rows[0][0] == "Data karyawan dan jabatan"
    sheet = await ratna.post(f"/{slug}/privacy/register/assessment")
    assert sheet.headers["content-type"] == "application/pdf"
    assert b"Penilaian dampak pelindungan data" in sheet.content


async def test_an_administrator_reads_and_the_officer_signs(house: Installation) -> None:
    slug, officer = await house.slug(house.maju), await house.as_role(house.maju, "data_protection_officer")
    there = f"/{slug}/privacy/register"
    refused = await officer.post(
        f"{there}/processors/host", verdict="approved", name="Awan", country="SG", safeguard="home", document="PKS 1"
    )
    assert refused.status_code == 422
    assert "Pilih dasar transfer" in refused.text and 'value="Awan"' in refused.text
    done = await officer.post(
        f"{there}/processors/host",
        verdict="approved",
        name="Awan",
        country="SG",
        safeguard="contract",
        document="PKS 1",
    )
    page = (await officer.get(done.headers["location"])).text
    assert "Disetujui secara tertulis." in page
    assert "Singapura: transfer ke luar negeri (pasal 56)" in page
    assert "Setiap pemroses data sudah disetujui." in page
    assert (await officer.post(f"{there}/processors/nobody", verdict="approved")).status_code == 404
    administrator = await house.as_role(house.maju, "administrator")
    assert "Setujui atau tolak" not in (await administrator.get(there)).text
    assert (await administrator.post(f"{there}/processors/host", verdict="refused")).status_code == 403


async def test_what_was_given_to_others_is_listed_found_and_taken_away(house: Installation) -> None:
    slug, officer = await house.slug(house.maju), await house.as_role(house.maju, "data_protection_officer")
    there = f"/{slug}/privacy/disclosures"
    told = {"receiver": "KPP Pratama Bekasi", "data": "nama, upah", "basis": "law", "why": "surat 12/KPP/2026", "given_at": "2026-07-01T09:00"}  # fmt: skip
    wrong = await officer.post(there, **told)
    assert wrong.status_code == 422
    assert "Pilih satu orang, atau tulis kelompoknya" in wrong.text and "surat 12/KPP/2026" in wrong.text
    assert (await officer.post(there, whose="0412", **told)).status_code == 303
    assert (await officer.post(there, group="Karyawan gudang", people="40", **told)).status_code == 303
    page = (await officer.get(there)).text
    assert page.count(">KPP Pratama Bekasi<p") == 2
    assert "Karyawan gudang (40)" in page
    assert "Karyawan gudang" not in (await officer.get(f"{there}?employee=0412")).text
    raw = (await officer.post(f"{there}/export", state="employee=0412", format="csv")).content
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:] if row and row[0].startswith("G-")] == ["G-1"]
