"""One's own consents on their page, what the officer sees of everybody's, and a granted withdrawal."""

import csv
import io

from core import database
from core.people.consents import LEARNING, NEWS, TRAINING
from core.privacy import consents
from tests.backoffice.conftest import Installation


async def test_a_press_takes_it_back_and_another_allows_it_again(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    page = (await budi.get("/me/data/consents")).text
    assert "Kewajiban hukum (UU 27/2022 pasal 20(2)c)" in page and "Belum disambungkan" in page
    done = await budi.post(f"/me/data/consents/{TRAINING}/withdrawn")
    assert done.status_code == 303
    page = (await budi.get(done.headers["location"])).text
    assert "Berlaku sekarang juga." in page and "catatan video dihapus sekarang" in page
    async with database.reading(house.maju.company):
        assert TRAINING not in await consents.standing(house.maju.budi.person)
    again = await budi.post(f"/me/data/consents/{TRAINING}/withdrawn")
    assert again.status_code == 422 and "sudah tidak berlaku" in again.text
    assert (await budi.post(f"/me/data/consents/{TRAINING}/given")).status_code == 303
    assert (await budi.post("/me/data/consents/gaji/withdrawn")).status_code == 422


async def test_the_switch_of_news_and_the_page_say_the_same(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    assert (await budi.post("/account/nights", starts="", ends="")).status_code == 303
    async with database.reading(house.maju.company):
        assert NEWS not in await consents.standing(house.maju.budi.person)
    assert "kabar usulan dan rilis tidak dikirim lagi" in (await budi.get("/me/data/consents")).text


async def test_the_officer_sees_who_said_what_without_the_words(house: Installation) -> None:
    slug, budi = await house.slug(house.maju), await house.as_person(house.maju, "budi")
    await budi.post(f"/me/data/consents/{LEARNING}/withdrawn")
    officer = await house.as_role(house.maju, "data_protection_officer")
    there = f"/{slug}/privacy/consents"
    page = (await officer.get(there)).text
    assert "Budi Santoso" in page and "1 menolak" in page
    assert "Budi Santoso" not in (await officer.get(f"{there}?purpose=telegram")).text
    raw = (await officer.post(f"{there}/export", state="", format="csv")).content
    head, row, *_ = csv.reader(io.StringIO(raw.decode("utf-8-sig")))
    assert head[-1] == "Sidik kata-kata" and len(row[-1]) == 64
    assert row[1] == "Budi Santoso" and "dihapus" not in ",".join(row)


async def test_a_withdrawal_that_came_on_paper_names_what_is_withdrawn(house: Installation) -> None:
    slug, budi = await house.slug(house.maju), await house.as_person(house.maju, "budi")
    officer = await house.as_role(house.maju, "data_protection_officer")
    sent = await budi.post("/me/data/requests", kind="withdraw", words="jangan kirim kabar")
    public = sent.headers["location"].rpartition("/")[2].partition("?")[0]
    there = f"/{slug}/privacy/{public}"
    assert 'name="purpose" value="news"' in (await officer.get(there)).text
    told = {"outcome": "fulfilled", "reason": "Sudah kami cabut."}
    nothing = await officer.post(f"{there}/answer", **told)
    assert nothing.status_code == 422 and "Pilih apa yang dicabut" in nothing.text
    assert (await officer.post(f"{there}/answer", purpose="news", **told)).status_code == 303
    async with database.reading(house.maju.company):
        assert NEWS not in await consents.standing(house.maju.budi.person)
        assert LEARNING in await consents.standing(house.maju.budi.person)
