"""The page of the PIN, and the one-time page from the chat as a browser asks for it."""

from core import database
from core.privacy import kinds, requests, step_up
from core.privacy.requests import Come
from tests.backoffice.conftest import Installation
from tests.core.cast import as_


async def test_from_the_account_to_the_page_and_back(house: Installation) -> None:
    budi, who = await house.as_person(house.maju, "budi"), house.maju.budi
    assert "Buat PIN" in (await budi.get("/me/pin")).text
    easy = await budi.post("/me/pin", pin="123456", again="123456")
    assert easy.status_code == 422 and "terlalu mudah" in easy.text and "123456" not in easy.text
    assert (await budi.post("/me/pin", pin="507313", again="507314")).status_code == 422
    assert (await budi.post("/me/pin", pin="507313", again="507313")).status_code == 303
    async with database.transaction(house.maju.company):
        come = Come(kinds.CHAT, "telegram", kinds.LINKED, subject=who.person)
        row = await requests.submit(kinds.COPY, who.person, "", come, by=as_(who))
        made = await step_up.link(row)
    assert made is not None
    path, anybody = "/p/" + made.rpartition("/")[2], house.visitor()
    shown = await anybody.get(path)
    assert row.number in shown.text and who.name not in shown.text
    assert shown.headers["referrer-policy"] == "no-referrer" and "no-store" in shown.headers["cache-control"]
    assert (await anybody.get(path)).text == shown.text or row.number in (await anybody.get(path)).text
    wrong = await anybody.post(path, pin="000001")
    assert wrong.status_code == 422 and "PIN salah" in wrong.text
    assert "Sudah terbukti" in (await anybody.post(path, pin="507313")).text
    assert "sudah dipakai" in (await anybody.get(path)).text
    assert (await anybody.post(path, pin="507313")).status_code == 422
