"""A ticket by mail or by the public form becomes an employee's by signing in with its secret, and nobody else's."""

import html
import re
from datetime import timedelta

import pytest

from core import clock, database, jobs
from core.helpdesk import reports
from core.helpdesk.desk_tables import TicketClaim
from core.helpdesk.tables import Ticket
from core.messaging.tables import Outbound
from tests.backoffice.conftest import Installation, Visitor
from tests.backoffice.test_mailbox import Post, connect, post  # noqa: F401  a fixture
from tests.backoffice.test_report import WORDS, follow, report

SECRET = re.compile(r"[A-Z2-9]{4}(?:-[A-Z2-9]{4}){4}")


async def claim(visitor: Visitor, number: str, secret: str) -> tuple[int, str]:
    answer = await visitor.post("/me/tickets/claim", number=number, secret=secret)
    return answer.status_code, answer.headers.get("location", "") or html.unescape(answer.text)


async def the_ticket(house: Installation) -> Ticket:
    async with database.reading(house.maju.company):
        (row,) = await Ticket.objects()
    return row


async def answer(agent: Visitor, here: str, row: Ticket, words: str) -> None:
    sent = await agent.post(f"{here}/answer", words=words, read=str(row.last), then="open")
    assert sent.status_code == 303, html.unescape(sent.text)


async def test_a_report_becomes_theirs_and_its_secret_shows_nothing_new(house: Installation) -> None:
    stranger = house.visitor()
    number, secret, _ = await report(stranger, kind="help")
    status, page = await follow(stranger, number, secret)
    assert status == 200 and "Saya karyawan di sini, masuk" in page
    assert (await stranger.get("/me/tickets/claim")).status_code in (302, 303), "first they sign in"

    budi, tono = await house.as_person(house.maju, "budi"), await house.as_person(house.maju, "tono")
    assert WORDS not in html.unescape((await budi.get("/me/tickets")).text)
    for wrong in ((number, "A" * 20), ("T-99", secret), ("", "")):
        status, page = await claim(budi, *wrong)
        assert status == 422 and "Tidak ada laporan dengan nomor" in page
    outside = await house.as_person(house.sinar, "bambang")
    assert (await claim(outside, number, secret))[0] == 422, "no employee of another company"

    status, there = await claim(budi, number.lower(), secret.lower())
    row = await the_ticket(house)
    assert (status, there) == (303, f"/me/tickets/{row.public}?done=claimed")
    assert (await claim(budi, number, secret))[0] == 303, "said twice it is still theirs"
    status, page = await claim(tono, number, secret)
    assert status == 422 and "sudah milik karyawan lain" in page
    assert (await tono.get(f"/me/tickets/{row.public}")).status_code == 404
    assert WORDS in html.unescape((await budi.get(f"/me/tickets/{row.public}")).text)

    agent, here = await house.as_role(house.maju, "agent"), f"/{await house.slug(house.maju)}/tickets/{row.public}"
    seen = html.unescape((await agent.get(here)).text)
    assert "Milik Budi" in seen and "membuktikan bahwa tiket ini miliknya" in seen
    await answer(agent, here, row, "Gaji pokokmu sudah benar.")
    async with database.reading(house.maju.company):
        (told,) = await Outbound.objects().where(Outbound.person == house.maju.people["budi"].person)
    assert told.channel != "email"
    assert "Gaji pokokmu" in html.unescape((await budi.get(f"/me/tickets/{row.public}")).text)
    status, page = await follow(stranger, number, secret)
    assert status == 200 and WORDS in page and "Gaji pokokmu" not in page and "milik karyawan" in page
    status, page = await follow(stranger, number, secret, words="halo")
    assert status == 422 and "sudah milik karyawan" in page
    added = await budi.post(f"/me/tickets/{row.public}/add", words="Terima kasih banyak ya kak")
    assert added.status_code == 303 and "Terima kasih banyak" in html.unescape((await agent.get(here)).text)


async def test_the_desk_unties_it_with_a_reason(house: Installation) -> None:
    stranger = house.visitor()
    number, secret, _ = await report(stranger, kind="help")
    budi, agent = await house.as_person(house.maju, "budi"), await house.as_role(house.maju, "agent")
    await claim(budi, number, secret)
    row = await the_ticket(house)
    here = f"/{await house.slug(house.maju)}/tickets/{row.public}"
    await answer(agent, here, row, "Ini rahasia Budi.")
    assert (await agent.post(f"{here}/claim/off", why="")).status_code == 422
    assert (await agent.post(f"{here}/claim/off", why="Bukan dia yang menulis.")).status_code == 303
    assert (await agent.post(f"{here}/claim/off", why="Bukan dia yang menulis.")).status_code == 422
    assert (await budi.get(f"/me/tickets/{row.public}")).status_code == 404
    await answer(agent, here, row, "Kami lanjutkan di sini.")
    _, page = await follow(stranger, number, secret)
    assert "Kami lanjutkan di sini." in page and "Ini rahasia Budi." not in page
    async with database.reading(house.maju.company):
        (kept,) = await TicketClaim.objects()
    assert kept.why == "Bukan dia yang menulis." and kept.ended_by is not None
    trail = html.unescape(
        (await (await house.as_role(house.maju, "administrator")).get("/" + here.split("/")[1] + "/audit")).text
    )
    assert "melepas tiket dari karyawan" in trail


async def test_proof_is_asked_for_by_mail_and_answers_leave_the_mail(
    post: Post,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await connect(post)
    post.arrives("Minta slip gaji bulan lalu.")
    await post.fetched()
    (row,) = await post.tickets()
    agent = await post.house.as_role(post.house.maju, "agent")
    here = f"/{post.slug}/tickets/{row.public}"
    for _ in range(2):  # each is a secret of its own
        assert (await agent.post(f"{here}/claim/ask")).status_code == 303
    await jobs.drain()
    letters = [one.letter.get_content() for one in post.out.taken[-2:]]
    old, secret = (SECRET.search(one) for one in letters)
    assert secret is not None and old is not None and secret[0] != old[0] and "/me/tickets/claim" in letters[1]
    assert secret[0] not in html.unescape((await agent.get(here)).text), "the desk never sees it"

    later = clock.now() + reports.LIFE + timedelta(hours=1)
    with monkeypatch.context() as then:
        then.setattr(clock, "now", lambda: later)
        status, page = await follow(post.house.visitor(), row.number, secret[0])
        assert status == 422 and "slip gaji" not in page, "what went out by mail ends with its fortnight"

    budi = await post.house.as_person(post.house.maju, "budi")
    assert (await claim(budi, row.number, secret[0]))[0] == 303
    await answer(agent, here, row, "Slipmu Rp5.000.000.")
    await jobs.drain()
    told = " ".join(post.out.taken[-1].letter.get_content().split())
    assert "Ada jawaban untuk" in told and "5.000.000" not in told
    assert any("sekarang milik karyawan" in " ".join(one.letter.get_content().split()) for one in post.out.taken)
    assert "5.000.000" in html.unescape((await budi.get(f"/me/tickets/{row.public}")).text)
    assert (await agent.post(f"{here}/claim/ask")).status_code == 422
