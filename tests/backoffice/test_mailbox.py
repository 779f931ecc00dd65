"""Mail to the desk, over servers that speak IMAP and SMTP: fetched once, a ticket, answered, and threaded by secrets."""

import base64
import html
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot import delivery, mail_in
from bot.channels import email
from core import database, jobs, settings
from core.accounts.roles import ADMINISTRATOR
from core.helpdesk import mail_in as taking
from core.helpdesk import tickets
from core.helpdesk.mail_in import MailIn
from core.helpdesk.tables import Ticket
from core.messaging import mailboxes
from core.messaging.mailboxes import Mailbox
from core.messaging.tables import Attachment, Outbound
from tests.backoffice.conftest import Installation, Visitor
from tests.core.cast import HR
from tests.outside import imap, smtp

DESK = imap.USER


@dataclass
class Post:
    """The servers, the company's administrator, and the desk."""

    inbox: imap.Mailboxes
    out: smtp.MailServer
    house: Installation
    admin: Visitor
    slug: str

    def arrives(
        self, words: str, *, head: str = "", sender: str = "budi@maju.example", subject: str = "Seragam"
    ) -> None:
        number = len(self.inbox.mails) + 1
        self.inbox.put(
            f"From: Budi <{sender}>\r\nTo: {DESK}\r\nSubject: {subject}\r\nMessage-ID: <{number}@their.example>\r\n"
            f"{head}\r\n{words}\r\n".encode()
        )

    async def fetched(self) -> list[str]:
        """Look once; what became of each mail that was taken until now."""
        await mail_in.look()
        await jobs.drain()
        async with database.reading(self.house.maju.company):
            return [row["state"] for row in await MailIn.select(MailIn.state).order_by(MailIn.id)]

    async def tickets(self) -> list[Ticket]:
        async with database.reading(self.house.maju.company):
            rows: list[Ticket] = await Ticket.objects().order_by(Ticket.id)
        return rows

    async def events(self, row: Ticket) -> list[tuple[str, str]]:
        async with database.reading(self.house.maju.company):
            return [(one.kind, tickets.words_of(one)) for one in await tickets.events_of(row)]


@pytest.fixture
async def post(house: Installation, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Post]:
    monkeypatch.setitem(jobs.HANDLERS, "deliver", delivery.deliver)
    with imap.serving() as inbox, smtp.serving() as out:
        made = replace(
            settings.current(), smtp_url=out.url(), smtp_ca=out.authority, imap_ca=inbox.authority,
            imap_hosts="127.0.0.0/8",
        )  # fmt: skip
        monkeypatch.setattr(settings, "_current", made)
        admin = await house.as_role(house.maju, ADMINISTRATOR)
        yield Post(inbox, out, house, admin, await house.slug(house.maju))
        await email.CHANNEL.close()


def keys(post: Post, **other: str) -> dict[str, str]:
    given = {"address": DESK, "host": "127.0.0.1", "port": str(post.inbox.port), "security": "tls", "username": ""}
    return {**given, "password": imap.PASSWORD, "folder": "", **other}


async def connect(post: Post) -> None:
    answer = await post.admin.post(f"/{post.slug}/settings/mail/keys", **keys(post))
    assert answer.status_code == 303, html.unescape(answer.text)


async def test_from_a_mail_to_the_answer_and_back_into_the_same_ticket(post: Post) -> None:
    await connect(post)
    page = html.unescape((await post.admin.get(f"/{post.slug}/settings/mail")).text)
    assert "INBOX terbuka; tidak ada yang baru." in page and imap.PASSWORD not in page
    async with database.reading(post.house.maju.company):
        assert imap.PASSWORD not in str(await Mailbox.select())
    post.arrives("Halo Bu, seragam saya kapan bisa diambil?\r\n\r\n-- \r\nBudi")
    assert await post.fetched() == ["opened"]
    assert await post.fetched() == ["opened"], "what was taken is not taken again"
    assert post.inbox.flags[1] == {"\\Seen"}
    (row,) = await post.tickets()
    (receipt,) = post.out.taken
    assert receipt.to == "budi@maju.example"
    assert receipt.letter["Subject"] == "[T-1] Seragam"
    assert str(receipt.letter["Reply-To"]) == DESK
    assert receipt.letter["In-Reply-To"] == "<1@their.example>"
    assert receipt.letter["Auto-Submitted"] == "auto-replied"
    assert "Dijawab paling lambat Rabu 8 Juli" in " ".join(receipt.letter.get_content().split())

    agent = await post.house.as_role(post.house.maju, "agent")
    here = f"/{post.slug}/tickets/{row.public}"
    seen = html.unescape((await agent.get(here)).text)
    assert "Belum terbukti. Jangan kirim angka gaji" in seen
    assert "alamat ini milik Budi Santoso" in seen
    await agent.post(f"{here}/note", words="cek gudang dulu", read=str(row.last))
    sent = await agent.post(f"{here}/answer", words="Senin 20 Juli.", read=str(row.last), then="waiting_requester")
    assert sent.status_code == 303
    await jobs.drain()
    answer = post.out.taken[-1].letter
    assert "Senin 20 Juli." in answer.get_content() and answer["Auto-Submitted"] is None
    assert answer["References"] == "<1@their.example>"
    assert not any("gudang" in one.letter.get_content() for one in post.out.taken), "a note never leaves"

    post.arrives(
        "Baik, ukuran L ya.\r\n\r\nOn Mon, HR wrote:\r\n> Senin 20 Juli.",
        head=f"In-Reply-To: {answer['Message-ID']}\r\n",
        subject="Re: [T-1] Seragam",
    )
    assert await post.fetched() == ["opened", "added"]
    (row,) = await post.tickets()
    assert row.state == "open"
    assert ("asked", "Baik, ukuran L ya.") in await post.events(row)
    seen = html.unescape((await agent.get(here)).text)
    assert "Kutipan dan tanda tangan" in seen and "membalas e-mail kita" in seen
    solved = await agent.post(f"{here}/resolve", read=str(row.last))
    assert solved.status_code == 303
    await jobs.drain()
    last = post.out.taken[-1].letter
    post.arrives("Terima kasih!", head=f"References: {last['Message-ID']}\r\n")
    assert (await post.fetched())[-1] == "added"
    assert (await post.tickets())[0].state == "resolved", "thanks open nothing"
    post.arrives("Belum datang juga.", head=f"References: {last['Message-ID']}\r\n")
    await post.fetched()
    assert (await post.tickets())[0].state == "open"
    assert post.out.refusals == [] and post.inbox.refusals == []


async def test_neither_a_sender_nor_a_guessed_reference_reaches_anybodys_ticket(post: Post) -> None:
    await connect(post)
    post.arrives("Nomor rekening saya salah")
    await post.fetched()
    secret = post.out.taken[0].letter["Message-ID"]
    guessed = "<" + "A" * 22 + secret[23:]
    post.arrives("kirim slip gaji ke sini", sender="budi@maju.example", head=f"In-Reply-To: {guessed}\r\n")
    post.arrives("ikut tanya", sender="lain@jauh.example", head=f"In-Reply-To: {secret}\r\n")
    assert await post.fetched() == ["opened", "opened", "added"]
    first, second = await post.tickets()
    told = await post.events(first)
    assert ("asked", "ikut tanya") in told
    assert any(kind == "noted" and "lain@jauh.example" in words for kind, words in told)
    assert not any("slip" in words for _, words in told) and second.number == "T-2"
    agent = await post.house.as_role(post.house.maju, "agent")
    await agent.post(f"/{post.slug}/tickets/{first.public}/answer", words="Sudah.", read=str(first.last), then="open")
    await jobs.drain()
    assert post.out.taken[-1].to == "budi@maju.example", "answers go to whoever asked"
    budi = await post.house.as_person(post.house.maju, "budi")
    assert "T-1" not in (await budi.get("/me/tickets")).text, "an address is no sign-in"
    people = (await post.admin.get(f"/{post.slug}/people?name=Budi")).text
    assert people.count("/people/") > 0 and "2 orang" not in people


async def test_programs_that_answer_each_other_come_to_an_end(post: Post) -> None:
    await connect(post)
    post.arrives("saya cuti sampai Senin", head="Auto-Submitted: auto-replied\r\n", sender="bot@jauh.example")
    post.arrives("promo", head="List-Id: <a.b>\r\n", sender="promo@jauh.example")
    post.arrives("kita sendiri", sender=DESK)
    assert await post.fetched() == ["automatic", "list", "own"]
    assert await post.tickets() == [] and post.out.taken == []
    for _ in range(25):  # a program that says nothing of itself, and answers each receipt anew
        post.arrives("Pesan Anda kami terima", sender="robot@jauh.example")
        await post.fetched()
    assert len(post.out.taken) == taking.MOST_RECEIPTS
    assert len(await post.tickets()) == taking.MOST_MAILS
    page = html.unescape((await post.admin.get(f"/{post.slug}/settings/mail")).text)
    assert "promo@jauh.example: Seragam" in page and "lebih banyak e-mail dalam satu jam" in page
    secret = post.out.taken[0].letter["Message-ID"]
    post.arrives("di luar kantor", head=f"Auto-Submitted: auto-replied\r\nReferences: {secret}\r\n")
    assert (await post.fetched())[-1] == "noted"
    assert len(post.out.taken) == taking.MOST_RECEIPTS


async def test_what_is_returned_is_shown_to_the_desk_and_among_what_reached_nobody(post: Post) -> None:
    await connect(post)
    post.arrives("Kapan?", sender="salah@maju.example")
    await post.fetched()
    secret = post.out.taken[0].letter["Message-ID"]
    post.inbox.put(
        b"From: MAILER-DAEMON@mx.example\r\nReturn-Path: <>\r\nMessage-ID: <dsn@mx.example>\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        b"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: " + secret.encode() + b"\r\n\r\n--b--\r\n"
    )
    assert await post.fetched() == ["opened", "returned"]
    (row,) = await post.tickets()
    assert any("tidak bisa diantar (kode 5.1.1)" in words for _, words in await post.events(row))
    page = html.unescape((await post.admin.get(f"/{post.slug}/undelivered")).text)
    assert "Budi" in page
    async with database.reading(post.house.maju.company):
        assert [one["state"] for one in await Outbound.select(Outbound.state)] == ["failed"]


async def test_what_is_too_large_hostile_or_taken_twice_does_no_harm(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    await connect(post)
    post.inbox.put(b"From: besar@x.example\r\nSubject: Film\r\nMessage-ID: <g@x>\r\n\r\n" + b"A" * 50 * 1024 * 1024)
    picture = (Path(__file__).parents[1] / "payloads" / "photo.jpg").read_bytes()

    post.inbox.put(
        b"From: foto@x.example\r\nSubject: Foto\r\nMessage-ID: <f@x>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script><b>Ini</b> fotonya\r\n"
        b"--b\r\nContent-Type: application/pdf; name=foto.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(picture)
        + b"\r\n--b\r\nContent-Type: application/zip; name=bom.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(b"PK\x03\x04" + b"\0" * 100)
        + b"\r\n--b--\r\n"
    )
    assert await post.fetched() == ["opened", "opened"]
    assert any("HEADER" in one for one in post.inbox.fetched), "only the head of what is too large is fetched"
    large, photo = await post.tickets()
    assert any("lebih besar dari 25 MB" in words for _, words in await post.events(large))
    told = await post.events(photo)
    assert told[0] == ("opened", "Foto\n\nIni fotonya")
    assert any("bom.zip" in words for kind, words in told if kind == "noted")
    async with database.reading(post.house.maju.company):
        assert [row["type"] for row in await Attachment.select(Attachment.type)] == ["jpg"], (
            "by what it is, not its name"
        )
    assert "bom.zip" in post.out.taken[-1].letter.get_content()

    # The mailbox was rebuilt: all its mails have new numbers, and none of them is taken again.
    post.inbox.validity += 1
    # And one over which we stumble holds up none of those after it.
    real = taking._made

    async def stumbles(box: Any, letter: Any, *rest: Any) -> Any:
        if letter.subject == "jatuh":
            raise ZeroDivisionError
        return await real(box, letter, *rest)

    monkeypatch.setattr(taking, "_made", stumbles)
    post.arrives("x", subject="jatuh")
    post.arrives("Kapan?", sender="tono@maju.example")
    assert sorted(await post.fetched()) == ["broken", "opened", "opened", "opened"]
    assert len(await post.tickets()) == 3


async def test_a_mailbox_that_does_not_open_is_told_with_the_way_out(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    async def refused(**other: str) -> str:
        answer = await post.admin.post(f"/{post.slug}/settings/mail/keys", **keys(post, **other))
        assert answer.status_code == 422
        assert imap.PASSWORD not in html.unescape(answer.text)
        return html.unescape(answer.text)

    assert "menolak nama pengguna atau kata sandi" in await refused(password="salah")
    assert "Folder itu tidak ada" in await refused(folder="Arsip")
    post.inbox.wrapped = False
    assert "tidak bisa dilindungi" in await refused()
    well = await post.admin.post(f"/{post.slug}/settings/mail/keys", **keys(post, security="starttls"))
    assert well.status_code == 303
    assert "menolak nama pengguna" in await refused(security="plain"), "the server lets nobody in who is overheard"
    post.inbox.wrapped = True
    assert "Tulis satu alamat" in await refused(address="hr")
    assert "Tulis nama server suratnya" in await refused(host="https://imap")
    assert "Port adalah angka" in await refused(port="99999")
    monkeypatch.setattr(settings, "_current", replace(settings.current(), imap_hosts=""))
    assert "bukan server di internet" in await refused()
    monkeypatch.setattr(settings, "_current", replace(settings.current(), imap_hosts="127.0.0.1", imap_ca=""))
    assert "tidak bisa dipercaya" in await refused()


async def test_a_refused_password_is_not_tried_again_and_again_and_a_liar_is_left(post: Post) -> None:
    await connect(post)
    post.arrives("Kapan?")
    post.inbox.lies_about = 10**9
    assert await post.fetched() == []
    async with database.installation(writes=False):
        (box,) = await mailboxes.read()
    assert box.trouble == "away"
    post.inbox.lies_about = 0
    async with database.transaction(post.house.maju.company):
        await mailboxes.save(replace(box, password="berubah"), by=HR)
    await post.fetched()
    refusals = len(post.inbox.refusals)
    assert refusals == 1
    await post.fetched()
    assert len(post.inbox.refusals) == refusals
    page = html.unescape((await post.admin.get(f"/{post.slug}/settings/mail")).text)
    assert "menolak nama pengguna atau kata sandi" in page
