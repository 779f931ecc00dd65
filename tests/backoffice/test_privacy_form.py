"""Personal-data requests through the public form: of former employees and of strangers, who learn nothing from it."""

import html
import re

import pytest

from core import database, jobs
from core.accounts.operators import company as desk_company
from core.accounts.roles import OPERATOR_ADMINISTRATOR
from core.people import imports
from core.privacy import kinds, public_form
from core.privacy.tables import DataRequest
from tests.backoffice import operators
from tests.backoffice.conftest import Installation, Visitor
from tests.core.cast import HR

LEFT = """\
employee_number,name,email,manager,department,location,timezone,join_date,resign_date,role
0777,Joko Bekas,joko@maju.example,0001,Gudang,Cakung,Asia/Jakarta,2018-02-05,2025-01-31,
"""


async def sends(visitor: Visitor, right: str, company: str = "PT Maju Bersama", **more: str) -> tuple[str, str, str]:
    """Send one: number, secret, and the page without both."""
    fields = {"company": company, "kind": "data", "right": right, "name": "Joko", "words": "data saya dulu", **more}
    answer = await visitor.post("/report", **fields)
    assert answer.status_code == 200, html.unescape(answer.text)
    number = re.search(r"<b>(D-\d+)</b>", answer.text)
    secret = re.search(r'<b class="mono">([A-Z2-9-]{24})</b>', answer.text)
    assert number
    assert secret
    told = answer.text.replace(number[1], "").replace(secret[1], "")
    return number[1], secret[1], re.sub(r'content="[^"]{20,}"|value="[^"]{20,}"', "", told)


@pytest.mark.parametrize("right", kinds.KINDS)
async def test_every_right_is_taken_from_somebody_who_signs_in_nowhere(house: Installation, right: str) -> None:
    number, secret, told = await sends(house.visitor(), right)
    assert "Kamis 9 Juli 09.00 WIB" in html.unescape(told)
    async with database.reading(house.maju.company):
        row = await DataRequest.objects().first()
    assert row is not None
    assert (row.kind, row.number, row.door) == (right, number, "form")
    assert row.subject is None
    assert row.identity == kinds.UNKNOWN
    assert secret.replace("-", "") not in str(row.to_dict())


async def test_it_is_followed_and_added_to_by_number_and_secret_alone(house: Installation) -> None:
    number, secret, _ = await sends(house.visitor(), kinds.ACCESS, contact="0812 0000 0000")
    elsewhere = house.visitor()
    seen = await elsewhere.post("/report/follow", number=number.lower(), secret=secret.lower())
    assert "data saya dulu" in html.unescape(seen.text)
    more = await elsewhere.post("/report/add", number=number, secret=secret, words="tahun 2019")
    assert "tahun 2019" in html.unescape(more.text)
    for wrong in ({"number": "D-99", "secret": secret}, {"number": number, "secret": "A" * 20}):
        no = await elsewhere.post("/report/follow", **wrong)
        assert no.status_code == 422
        assert "data saya dulu" not in no.text


async def test_a_stranger_learns_nothing_about_who_and_what_is_here(house: Installation) -> None:
    """Whoever is named, known, gone or made up, and whatever company: the same page."""
    await imports.take(house.maju.company, LEFT.encode(), actor=HR)
    asked = [
        ("PT Maju Bersama", "Joko Bekas", "joko@maju.example"), ("PT Maju Bersama", "Budi Santoso", "budi@maju.example"),
        ("PT Maju Bersama", "Siapa Saja", "siapa@x.example"), ("PT Tidak Ada", "Joko Bekas", "joko@maju.example"),
    ]  # fmt: skip
    pages = set()
    for company, name, contact in asked:
        _, _, told = await sends(house.visitor(), kinds.DELETE, company, name=name, contact=contact)
        pages.add(told.replace(name, "").replace(contact, ""))
    assert len(pages) == 1
    kept = await public_form.unmatched()
    assert [("PT Tidak Ada" in one["words"]) for one in kept] == [True]


async def test_the_officer_makes_sure_who_it_is_before_anything_is_granted(house: Installation) -> None:
    await imports.take(house.maju.company, LEFT.encode(), actor=HR)
    number, secret, _ = await sends(house.visitor(), kinds.ACCESS, contact="joko@maju.example")
    hendra, slug = await house.as_person(house.maju, "hendra"), await house.slug(house.maju)
    async with database.reading(house.maju.company):
        row = await DataRequest.objects().first()
    assert row is not None
    desk = f"/{slug}/privacy/{row.public}"
    page = html.unescape((await hendra.get(desk)).text)
    assert "Pemohon belum cukup dikenal." in page
    assert "joko@maju.example" in page
    no = await hendra.post(f"{desk}/answer", outcome="fulfilled", reason="Salinan dikirim.")
    assert no.status_code == 422
    assert "Belum cukup diketahui siapa yang meminta" in html.unescape(no.text)
    short = await hendra.post(f"{desk}/vouch", whose="0777", how="alamat")
    assert short.status_code == 422
    done = await hendra.post(f"{desk}/vouch", whose="0777", how="Ditelepon balik, menjawab tiga hal dari berkas.")
    assert done.status_code == 303
    sent = await hendra.post(f"{desk}/answer", outcome="fulfilled", reason="Salinan diserahkan di kantor.")
    assert sent.status_code == 303
    seen = await house.visitor().post("/report/follow", number=number, secret=secret)
    assert "Salinan diserahkan di kantor." in html.unescape(seen.text)
    over = await hendra.post(f"{desk}/over", words="Diambil sendiri, tanda tangan ada.")
    assert over.status_code == 303


async def test_what_is_missing_is_said(house: Installation) -> None:
    visitor = house.visitor()
    no = await visitor.post("/report", company="PT Maju Bersama", kind="data", right="", words="x")
    assert no.status_code == 422
    assert "Pilih apa yang diminta." in html.unescape(no.text)
    no = await visitor.post("/report", company="PT Maju Bersama", kind="data", right="complain", words="")
    assert no.status_code == 422


async def test_a_strangers_request_is_answered_at_the_operators_desk(house: Installation) -> None:
    """The same clock and the same rules, for whoever runs Serambi: nobody of a company sees it, an agent neither."""
    number, secret, _ = await sends(house.visitor(), kinds.ACCESS, "PT Tidak Ada", contact="joko@x.example")
    account = await operators.account_of(OPERATOR_ADMINISTRATOR, "rudi")
    rudi, dian = await house.as_account(account), await operators.visitor(house)
    await jobs.drain()
    async with database.reading(await desk_company()):
        row = await DataRequest.objects().first()
    assert row is not None and row.number == number
    page = html.unescape((await rudi.get("/operator/privacy")).text)
    assert number in page and "PT Tidak Ada" in html.unescape((await rudi.get(f"/operator/privacy/{row.public}")).text)
    assert (await dian.get("/operator/privacy")).status_code == 403
    desk = f"/operator/privacy/{row.public}"
    assert (await rudi.post(f"{desk}/answer", outcome="fulfilled", reason="Tidak ada data.")).status_code == 422
    assert (await rudi.post(f"{desk}/vouch", whose="", how="menjawab dari nomornya")).status_code == 303
    assert (await rudi.post(f"{desk}/answer", outcome="fulfilled", reason="Hanya permintaan ini.")).status_code == 303
    seen = await house.visitor().post("/report/follow", number=number, secret=secret)
    assert "Hanya permintaan ini." in html.unescape(seen.text)
    hendra = await house.as_person(house.maju, "hendra")
    assert (await hendra.get("/operator/privacy")).status_code == 404
