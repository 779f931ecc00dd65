"""The pages of wishes: an employee's, with the similar one first, and HR's, step by step, with what each step needs."""

import re

from core import database, jobs
from core.notices import feature_requests
from core.notices import feature_told as _told  # noqa: F401  registers its job
from core.notices.feature_rules import Step
from core.notices.tables import FeatureRequest
from tests.backoffice.conftest import Installation
from tests.core.cast import as_


async def opened(house: Installation, title: str = "Pengingat ulang tahun tim") -> FeatureRequest:
    maju = house.maju
    async with database.transaction(maju.company):
        row = await feature_requests.submit(maju.tono.person, "pengingat ultah bu Sri", by=as_(maju.tono))
        await feature_requests.move(row, Step("reviewing", title=title), by=as_(maju.ratna))
    return row


async def test_a_similar_wish_is_shown_first_and_may_be_supported_or_passed_over(house: Installation) -> None:
    row = await opened(house)
    budi = await house.as_person(house.maju, "budi")
    shown = await budi.post("/me/ideas", words="pengingat ultah satu tim")
    assert shown.status_code == 409
    assert "Ada usulan yang mirip: U-1" in shown.text
    assert "bu Sri" not in shown.text
    assert "pengingat ultah satu tim" in shown.text, "what was typed stays"
    sent = await budi.post("/me/ideas", words="pengingat ultah satu tim", anyway="true")
    assert sent.headers["location"] == "/me/ideas?done=sent"
    voted = await budi.post(f"/me/ideas/{row.public}/support")
    page = (await budi.get(voted.headers["location"])).text
    assert "Dukunganmu tercatat." in page
    assert "2 suara" in page
    assert "menunggu dibaca HR" in page
    left = await budi.post(f"/me/ideas/{row.public}/leave")
    assert "1 suara" in (await budi.get(left.headers["location"])).text


async def test_hr_reads_titles_checks_and_plans(house: Installation) -> None:
    budi, ratna = await house.as_person(house.maju, "budi"), await house.as_person(house.maju, "ratna")
    await budi.post("/me/ideas", words="slip gaji dibacakan suara")
    slug = await house.slug(house.maju)
    listed = (await ratna.get(f"/{slug}/ideas")).text
    assert "1 usulan belum dibaca." in listed
    found = re.search(rf'href="(/{slug}/ideas/[^"]+)">slip gaji dibacakan suara', listed)
    assert found is not None
    here = found[1]
    refused = await ratna.post(f"{here}/move", to="reviewing")
    assert refused.status_code == 422
    assert "Tulis judul yang akan dibaca semua karyawan." in refused.text
    assert (await ratna.post(f"{here}/move", to="reviewing", title="Slip gaji bersuara")).status_code == 303
    refused = await ratna.post(f"{here}/move", to="planned", answer="Kuartal depan.")
    assert "hukum ketenagakerjaan dan pajaknya" in refused.text
    assert "Kuartal depan." in refused.text
    law = "PP 36/2021 pasal 53: slip wajib diberikan; suara boleh"
    moved = await ratna.post(f"{here}/move", to="planned", law=law, answer="Kuartal depan.")
    assert "Pengusul dan pendukungnya diberi tahu." in (await ratna.get(moved.headers["location"])).text
    await jobs.drain()
    told = [message.text for message in await house.maju.told(house.maju.budi)]
    assert any('U-1 "Slip gaji bersuara" direncanakan. Kuartal depan.' in text for text in told)
    stale = await ratna.post(f"{here}/move", to="reviewing", title="x")
    assert stale.status_code == 303, "a plan may go back to review"
    assert "merencanakan usulan" in (await ratna.get(f"/{slug}/audit")).text


async def test_merging_by_number_and_a_number_that_is_none(house: Installation) -> None:
    first = await opened(house)
    second = await opened(house, "Ingatkan ulang tahun")
    ratna, slug = await house.as_person(house.maju, "ratna"), await house.slug(house.maju)
    here = f"/{slug}/ideas/{second.public}"
    no = await ratna.post(f"{here}/merge", number="U-99")
    assert no.status_code == 422
    assert "Tidak ada usulan terbuka dengan nomor itu." in no.text
    done = await ratna.post(f"{here}/merge", number=first.number)
    page = (await ratna.get(done.headers["location"])).text
    assert f"Digabung dengan {first.number}" in page
    assert "Usulan ini sudah selesai." in page
