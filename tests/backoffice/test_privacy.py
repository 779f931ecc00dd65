"""The privacy desk and one's own requests as pages: who reads what, what each form refuses, and what becomes of it."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from core import clock, database, jobs
from core.people import directory, imports
from core.people.tables import Person
from core.privacy import corrections, yearly
from core.privacy import telling as _telling  # noqa: F401  registers its jobs
from core.privacy.tables import Correction, DataRequest
from core.vault import unseal
from tests.backoffice.conftest import Installation, Visitor
from tests.core.cast import HR, accepted
from tests.core.conftest import MONDAY
from tests.core.privacy.asking import OFFICER
from tests.transcripts.screens import PHOTO


@pytest.fixture
async def agus(house: Installation) -> Visitor:
    """The company's officer, signed in."""
    await imports.take(house.maju.company, OFFICER.encode(), actor=HR)
    async with database.transaction(house.maju.company):
        await accepted()
        found = await directory.by_number("0502")
    assert found is not None
    with_officer = replace(house.maju, people={**house.maju.people, "agus": found})  # other tests share the cast
    return await house.as_person(with_officer, "agus")


async def asked(visitor: Visitor, **fields: str) -> str:
    """Where the new request stands for whoever asked."""
    sent = await visitor.post("/me/data/requests", **fields)
    assert sent.status_code == 303, sent.text
    await jobs.drain()
    return sent.headers["location"].partition("?")[0]


async def test_a_request_of_the_portal_has_number_and_deadline_and_is_answered(
    house: Installation, agus: Visitor
) -> None:
    budi, slug = await house.as_person(house.maju, "budi"), await house.slug(house.maju)
    here = await asked(budi, kind="restrict", words="Jangan pakai foto saya.")
    page = (await budi.get(f"{here}?done=sent")).text
    assert "D-1 diterima, dijawab paling lambat Kamis 9 Juli 09.00 WIB." in page
    listed = (await agus.get(f"/{slug}/privacy")).text
    assert "1 permintaan menunggu jawaban." in listed
    assert "72 jam 0 menit lagi" in listed
    desk = f"/{slug}/privacy/{here.rpartition('/')[2]}"
    page = (await agus.get(desk)).text
    assert "Jangan pakai foto saya." in page
    refused = await agus.post(f"{desk}/answer", outcome="refused", reason="Foto dipakai untuk absen.")
    assert refused.status_code == 422
    assert "Sebut undang-undang dan pasalnya" in refused.text
    assert "Foto dipakai untuk absen." in refused.text, "what was typed stays"
    done = await agus.post(
        f"{desk}/answer", outcome="refused", reason="Foto dipakai untuk absen.", article="UU 27/2022 pasal 41 ayat (2)"
    )
    assert done.status_code == 303
    page = (await budi.get(here)).text
    assert "Ditolak" in page
    assert "UU 27/2022 pasal 41 ayat (2)" in page
    assert (await budi.post(f"{here}/understood")).status_code == 303
    assert "selesai" in (await budi.get(here)).text
    stale = await agus.post(f"{desk}/answer", outcome="fulfilled", reason="Sudah.")
    assert stale.status_code == 409


async def test_a_correction_carries_old_new_and_proof_into_the_record(house: Installation, agus: Visitor) -> None:
    budi, ratna = await house.as_person(house.maju, "budi"), await house.as_person(house.maju, "ratna")
    slug = await house.slug(house.maju)
    no = await budi.post("/me/data/requests", kind="correct", field="nik", value="123")
    assert no.status_code == 422
    assert "NIK dan KK 16 angka" in no.text
    here = await asked(budi, kind="correct", field="nik", value="3275 0101 0190 0001")
    token = await budi.token()
    sent = await budi.http.post(f"{here}/file", data={"csrf": token}, files={"proof": ("ktp.jpg", PHOTO, "image/jpeg")})
    assert sent.status_code == 303, sent.text
    desk = f"/{slug}/privacy/{here.rpartition('/')[2]}"
    page = (await ratna.get(desk)).text
    assert "3275010101900001" in page
    assert "Unduh bukti" in page
    assert (await ratna.post(f"{desk}/proof")).status_code == 200
    done = await ratna.post(f"{desk}/answer", outcome="fulfilled", reason="NIK sudah diperbaiki.")
    assert done.status_code == 303, done.text
    await jobs.drain()
    async with database.reading(house.maju.company):
        person = house.maju.budi.person
        assert await corrections.stands(person, "nik") == "3275010101900001"
        one = await Correction.objects().first()
        assert one is not None
        assert one.applied_at is not None
        assert one.proof_hash
        assert await corrections.proof_of(one) is None, "the proof is erased"
        row = await Person.select(Person.nik).where(Person.id == person).first()
        assert row is not None
        assert unseal(row["nik"], company=house.maju.company, column="person.nik", subject=person).endswith("0001")
    assert any("Perbarui juga di BPJS" in one.text for one in await house.maju.told(house.maju.ratna))
    assert "Bukti sudah dihapus" in (await budi.get(here)).text


async def test_a_complaint_is_read_by_the_officer_alone(house: Installation, agus: Visitor) -> None:
    budi, slug = await house.as_person(house.maju, "budi"), await house.slug(house.maju)
    here = await asked(budi, kind="complain", words="gaji saya ada di printer lantai 2")
    public = here.rpartition("/")[2]
    for name in ("ratna", "hendra"):
        visitor = await house.as_person(house.maju, name)
        assert "D-1" not in (await visitor.get(f"/{slug}/privacy?show=all")).text
        assert (await visitor.get(f"/{slug}/privacy/{public}")).status_code == 404
        assert (await visitor.post(f"/{slug}/privacy/{public}/take")).status_code == 404
        assert "D-1" not in (await visitor.post(f"/{slug}/privacy/export", format="csv", state="show=all")).text
    assert "printer lantai 2" in (await agus.get(f"/{slug}/privacy/{public}")).text
    assert "D-1" in (await agus.get(f"/{slug}/privacy?show=complaints")).text
    register = (await agus.post(f"/{slug}/privacy/export", format="csv", state="show=complaints")).text
    assert "D-1" in register
    assert "printer" not in register
    assert "Budi" not in register
    await agus.post(f"/{slug}/privacy/{public}/breach")
    assert "mungkin kebocoran" in (await agus.get(f"/{slug}/privacy")).text


async def test_an_erasure_is_agreed_to_by_a_second_person(house: Installation, agus: Visitor) -> None:
    budi, ratna = await house.as_person(house.maju, "budi"), await house.as_person(house.maju, "ratna")
    slug = await house.slug(house.maju)
    here = await asked(budi, kind="delete", words="hapus foto saya")
    desk = f"/{slug}/privacy/{here.rpartition('/')[2]}"
    reason = {"article": "UU 8/1997 pasal 11", "reason": "Gaji disimpan 10 tahun; foto dihapus."}
    await agus.post(f"{desk}/answer", outcome="partly", **reason)
    assert "Gaji disimpan" not in (await budi.get(here)).text, "what is proposed is no answer yet"
    assert (await agus.post(f"{desk}/agree")).status_code == 422
    assert "Setujui sebagai orang kedua" in (await ratna.get(desk)).text
    assert (await ratna.post(f"{desk}/agree")).status_code == 303
    assert "Gaji disimpan" in (await budi.get(here)).text


async def test_paper_is_typed_in_with_the_time_it_came(house: Installation, agus: Visitor) -> None:
    tono, slug = await house.as_person(house.maju, "ratna"), await house.slug(house.maju)
    fields = {"kind": "access", "way": "paper", "day": "2026-07-05", "time": "08:00", "words": "minta salinan"}
    wrong = await tono.post(f"/{slug}/privacy/new", **fields | {"day": "5 Juli kapan"}, employee="0412")
    assert wrong.status_code == 422
    assert "Tulis tanggal dan jam diterimanya." in wrong.text
    assert (await tono.post(f"/{slug}/privacy/new", **fields)).status_code == 422, "nobody's name"
    sent = await tono.post(f"/{slug}/privacy/new", **fields, employee="0412", how="Datang sendiri ke HR.")
    page = (await tono.get(sent.headers["location"])).text
    assert "Tercatat: D-1, dijawab paling lambat Rabu 8 Juli 08.00 WIB." in page
    await jobs.drain()
    assert any("Atas namamu dicatat" in one.text for one in await house.maju.told(house.maju.budi))


async def test_several_are_looked_after_at_once_and_hours_are_sorted(house: Installation, agus: Visitor) -> None:
    slug, heres = await house.slug(house.maju), []
    for hours, name in enumerate(("budi", "tono", "sari")):
        with clock.freeze(MONDAY + timedelta(hours=hours)):
            heres.append(await asked(await house.as_person(house.maju, name), kind="access"))
    listed = (await agus.get(f"/{slug}/privacy")).text
    assert re.findall(r"> (D-\d)<", listed) == ["D-1", "D-2", "D-3"]
    items = [one.rpartition("/")[2] for one in heres]
    token = await agus.token()
    done = await agus.http.post(f"/{slug}/privacy/many", data={"csrf": token, "item": items[:2]})
    assert done.status_code == 303
    async with database.reading(house.maju.company):
        assert [row["state"] for row in await DataRequest.select().order_by(DataRequest.id)] == [
            "in_progress", "in_progress", "received",
        ]  # fmt: skip


async def test_own_requests_are_not_decided_nor_seen_at_the_desk(house: Installation, agus: Visitor) -> None:
    slug = await house.slug(house.maju)
    here = await asked(agus, kind="access")
    public = here.rpartition("/")[2]
    assert "D-1" not in (await agus.get(f"/{slug}/privacy?show=all")).text
    assert (await agus.get(f"/{slug}/privacy/{public}")).status_code == 404
    hendra = await house.as_person(house.maju, "hendra")
    assert (await hendra.get(f"/{slug}/privacy/{public}")).status_code == 200
    other = await house.as_person(house.maju, "budi")
    assert (await other.get(here)).status_code == 404


async def test_once_a_year_somebody_says_that_their_data_are_right(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    assert "Masih benar semua?" in (await budi.get("/me/data")).text
    for _ in range(2):
        assert (await budi.post("/me/data/checked")).status_code == 303
    assert "Masih benar semua?" not in (await budi.get("/me/data?done=checked")).text
    async with database.reading(house.maju.company):
        with clock.freeze(MONDAY + timedelta(days=364)):
            assert not await yearly.is_due(house.maju.budi.person)
        with clock.freeze(MONDAY + timedelta(days=365)):
            assert await yearly.is_due(house.maju.budi.person)
