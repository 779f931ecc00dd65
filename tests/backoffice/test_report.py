"""The public report form: kept, followed with number and secret alone, and telling nobody which companies are here."""

import html
import re

from core import database
from core.accounts import addresses
from core.helpdesk import reports
from core.helpdesk.reports import ReportAccess
from core.helpdesk.tables import Ticket
from tests.backoffice.conftest import Installation, Visitor

WORDS = "Akun saya dipakai orang lain."


async def report(visitor: Visitor, company: str = "p.t. MAJU  bersama", **more: str) -> tuple[str, str, str]:
    """Send one: number, secret, and the page without both."""
    answer = await visitor.post("/report", **{"company": company, "kind": "help", "name": "", "words": WORDS, **more})
    assert answer.status_code == 200, html.unescape(answer.text)
    number = re.search(r"<b>(T-\d+)</b>", answer.text)
    secret = re.search(r'<b class="mono">([A-Z2-9-]{24})</b>', answer.text)
    assert number and secret
    told = answer.text.replace(number[1], "").replace(secret[1], "")
    return number[1], secret[1], re.sub(r'content="[^"]{20,}"|value="[^"]{20,}"', "", told)


async def follow(visitor: Visitor, number: str, secret: str, **more: str) -> tuple[int, str]:
    answer = await visitor.post(f"/report/{'add' if more else 'follow'}", number=number, secret=secret, **more)
    return answer.status_code, html.unescape(answer.text)


async def test_a_report_is_kept_followed_and_answered_without_signing_in(house: Installation) -> None:
    visitor = house.visitor()
    assert "Lapor ke meja bantuan" in html.unescape((await visitor.get("/report")).text)
    assert (await visitor.get("/lapor")).headers["location"] == "/report"
    number, secret, _ = await report(visitor)
    async with database.reading(house.maju.company):
        (row,) = await Ticket.objects()
        assert row.number == number
        kept = str(await ReportAccess.select())
    assert secret not in kept and secret.replace("-", "") not in kept
    agent = await house.as_role(house.maju, "agent")
    here = f"/{await house.slug(house.maju)}/tickets/{row.public}"
    seen = html.unescape((await agent.get(here)).text)
    assert WORDS in seen and "Saya butuh bantuan" in seen and "Tanpa nama" in seen
    await agent.post(f"{here}/note", words="periksa dulu sesinya", read=str(row.last))
    sent = await agent.post(f"{here}/answer", words="Sudah kami kunci.", read=str(row.last), then="waiting_requester")
    assert sent.status_code == 303
    elsewhere = house.visitor()
    status, page = await follow(elsewhere, number.lower(), secret.lower().replace("-", " "))
    assert status == 200 and "Sudah kami kunci." in page and WORDS in page
    assert "periksa dulu" not in page, "notes are for the desk"
    status, page = await follow(elsewhere, number, secret, words="Terima kasih, aman.")
    assert status == 200 and "Terima kasih, aman." in page
    assert "Terima kasih, aman." in html.unescape((await agent.get(here)).text)


async def test_nothing_tells_whether_a_company_is_here(house: Installation) -> None:
    _, _, known = await report(house.visitor())
    number, secret, unknown = await report(house.visitor(), "PT Tidak Ada")
    assert known == unknown
    visitor = house.visitor()
    status, page = await follow(visitor, number, secret)
    assert status == 200 and WORDS in page and "Tidak Ada" not in page
    (kept,) = await reports.unmatched()
    assert "PT Tidak Ada" in kept["words"] and WORDS in kept["words"]
    wrong = [
        await follow(visitor, number, "A" * 20), await follow(visitor, "T-99", secret), await follow(visitor, "", ""),
    ]  # fmt: skip
    assert {status for status, _ in wrong} == {422}
    assert all("Tidak ada laporan dengan nomor dan kata rahasia ini." in page for _, page in wrong)


async def test_what_is_wrong_is_told_beside_its_field(house: Installation) -> None:
    visitor = house.visitor()
    for fields, said in (
        ({"company": "", "kind": "help", "words": "x"}, "Tulis nama lengkap perusahaannya"),
        ({"company": "PT X", "kind": "gaji", "words": "x"}, "Pilih tentang apa"),
        ({"company": "PT X", "kind": "help", "words": "  "}, "Tulis"),
        ({"company": "PT <b>X", "kind": "help", "words": "y" * 4500}, "4.000"),
    ):
        answer = await visitor.post("/report", **fields)
        assert answer.status_code == 422
        assert said in html.unescape(answer.text) or "4000" in answer.text, said
        assert "<b>X" not in answer.text


async def test_secrets_are_not_guessed_for_long(house: Installation) -> None:
    visitor = house.visitor()
    for _ in range(addresses.MOST):
        await addresses.claim("127.0.0.1")
    answer = await visitor.post("/report/follow", number="T-1", secret="A" * 20)
    assert answer.status_code == 429
