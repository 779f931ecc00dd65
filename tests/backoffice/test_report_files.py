"""Files on the public report form: both ways, behind number and secret alone, for fourteen days."""

import html
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from core import clock, database, jobs, settings
from core.helpdesk import reports
from core.helpdesk.tables import Ticket
from tests.backoffice.conftest import Installation, Visitor
from tests.backoffice.test_mailbox import Post, connect, post  # noqa: F401  a fixture
from tests.backoffice.test_report import follow, report

PDF = b"%PDF-1.7 surat keterangan"


@pytest.fixture(autouse=True)
def folder(house: Installation, tmp_path: Path) -> None:
    settings.use(replace(settings.current(), files=str(tmp_path / "files")))


async def uploads(visitor: Visitor, path: str, name: str, raw: bytes, **fields: str) -> httpx.Response:
    """Send a form with a file in it."""
    data = {"csrf": await visitor.token(), **fields}
    return await visitor.http.post(path, data=data, files={"file": (name, raw, "application/octet-stream")})


async def newest(house: Installation) -> Ticket:
    async with database.reading(house.maju.company):
        (row,) = await Ticket.objects()
    return row


async def test_files_go_both_ways_and_end_after_a_fortnight(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = house.visitor()
    number, secret, _ = await report(visitor)
    sent = await uploads(visitor, "/report/add-file", "bukti.pdf", PDF, number=number, secret=secret)
    assert sent.status_code == 200 and "bukti.pdf" in sent.text
    row = await newest(house)
    agent = await house.as_role(house.maju, "agent")
    here = f"/{await house.slug(house.maju)}/tickets/{row.public}"
    assert "bukti.pdf" in (await agent.get(here)).text
    answered = await uploads(agent, f"{here}/file", "surat.pdf", PDF, read=str(row.last), then="open")
    assert answered.status_code == 303

    elsewhere = house.visitor()
    _, page = await follow(elsewhere, number, secret)
    assert "surat.pdf" in page and "bukti.pdf" in page
    papers = re.findall(r'name="paper" value="([\w-]{22})"', page)
    assert len(papers) == 2
    asked = {"number": number, "secret": secret, "paper": papers[1]}
    got = await elsewhere.post("/report/file", **asked)
    assert got.status_code == 200 and got.content == PDF and "attachment" in got.headers["content-disposition"]
    for wrong in ({"secret": "AAAA-BBBB-CCCC-DDDD-EEEE"}, {"number": "T-99"}, {"paper": "x" * 22}):
        assert (await elsewhere.post("/report/file", **{**asked, **wrong})).status_code == 422
    assert (await elsewhere.get("/report/file")).status_code == 405, "no address of its own opens it"

    later = clock.now() + reports.LIFE + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert (await elsewhere.post("/report/file", **asked)).status_code == 422
    assert "surat.pdf" not in (await follow(elsewhere, number, secret))[1]


async def test_what_is_no_file_is_said_beside_it(house: Installation) -> None:
    visitor = house.visitor()
    number, secret, _ = await report(visitor)
    for name, raw in (("virus.exe", b"MZ\x90"), ("", b"")):
        answer = await uploads(visitor, "/report/add-file", name, raw, number=number, secret=secret)
        assert answer.status_code == 422 and "f-file-wrong" in answer.text
    guessed = await uploads(visitor, "/report/add-file", "a.pdf", PDF, number=number, secret="A" * 24)
    assert guessed.status_code == 422 and "f-secret-wrong" in guessed.text


async def test_whoever_wrote_by_mail_is_told_where_a_file_lies(post: Post) -> None:  # noqa: F811
    await connect(post)
    post.arrives("Minta surat keterangan kerja.")
    await post.fetched()
    (row,) = await post.tickets()
    agent = await post.house.as_role(post.house.maju, "agent")
    here = f"/{post.slug}/tickets/{row.public}"
    sent = await uploads(agent, f"{here}/file", "surat.pdf", PDF, read=str(row.last), words="Ini suratnya.")
    assert sent.status_code == 303
    await jobs.drain()
    mail = post.out.taken[-1].letter.get_content()
    secret = re.search(r"[A-Z2-9]{4}(?:-[A-Z2-9]{4}){4}", mail)
    assert "Ini suratnya." in mail and "/report sampai" in " ".join(mail.split()) and secret is not None
    assert secret[0] not in html.unescape((await agent.get(here)).text), "the desk never sees it"
    reader = post.house.visitor()
    _, page = await follow(reader, row.number, secret[0])
    paper = re.search(r'name="paper" value="([\w-]{22})"', page)
    assert paper is not None
    got = await reader.post("/report/file", number=row.number, secret=secret[0], paper=paper[1])
    assert got.status_code == 200 and got.content == PDF
