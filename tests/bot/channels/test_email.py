"""Mail as a mail server meets it: under TLS, signed in, one letter, nothing that a name could smuggle into its head."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot import delivery
from bot.channels import Kept, Later, Never, Unknown, email, email_lines
from core import clock, database, jobs, settings, vault
from core.accounts import joining
from core.accounts.tables import Account
from core.messaging import account_mail, mail
from core.messaging.messages import Message
from core.messaging.tables import Outbound
from core.people.tables import Person
from tests.core.cast import Cast
from tests.core.conftest import MONDAY
from tests.outside.smtp import MailServer, serving

WORDS = Message("accounts.mail_reset", "Klik di sini: https://x.example/a\n.\nFrom: dari bawah é", title="Sandi baru é")


@pytest.fixture
def server() -> Iterator[MailServer]:
    with serving() as made:
        yield made


@pytest.fixture
async def to(maju: Cast, server: MailServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    """Whom letters go to; what is put on its way leaves in earnest."""
    monkeypatch.setitem(jobs.HANDLERS, "deliver", delivery.deliver)
    use(server)
    yield f"{maju.company}:person:{maju.budi.person}"
    await email.CHANNEL.close()


def use(server: MailServer | None, **more: Any) -> None:
    given = {"smtp_url": server.url(), "smtp_ca": server.authority} if server else {"smtp_url": ""}
    settings.use(replace(settings.current(), **{**given, **more}))


async def test_a_letter_goes_under_tls_from_our_address_to_theirs_in_plain_words(to: str, server: MailServer) -> None:
    await email.CHANNEL.send(WORDS, to=to, edits=None)
    (one,) = server.taken
    assert (one.to, one.private, one.sender) == ("budi@maju.example", True, "serambi@mail.example")
    assert one.letter["Subject"] == "Sandi baru é"
    assert one.letter.get_content_type() == "text/plain"
    assert one.letter.get_content().splitlines() == ["Klik di sini: https://x.example/a", ".", "From: dari bawah é"]
    assert one.letter["Auto-Submitted"] == "auto-generated"
    assert one.raw.isascii()
    assert server.refusals == []


async def test_a_server_that_speaks_tls_from_the_first_byte_is_served_as_well(to: str, server: MailServer) -> None:
    server.wrapped = True
    use(server)
    assert settings.current().smtp_url.startswith("smtps://")
    await email.CHANNEL.send(WORDS, to=to, edits=None)
    assert [(one.to, one.private) for one in server.taken] == [("budi@maju.example", True)]
    use(server, smtp_ca="")
    with pytest.raises(Later):
        await email.CHANNEL.send(WORDS, to=to, edits=None)
    assert len(server.taken) == 1, "nothing is handed to a server that can't prove its name"


async def send(to: str, *subjects: str) -> None:
    for subject in subjects:
        await email.CHANNEL.send(Message("x.y", "isi", title=subject), to=to, edits=None)


def came(server: MailServer) -> list[str]:
    return [one.letter["Subject"] for one in server.taken]


async def test_letters_that_follow_each_other_share_a_connection_that_is_closed_afterwards(
    to: str, server: MailServer
) -> None:
    await send(to, "satu", "dua", "tiga")
    assert (came(server), server.connections, server.goodbyes) == (["satu", "dua", "tiga"], 1, 0)
    server.unknown.add("budi@maju.example")
    with pytest.raises(Never):
        await send(to, "empat")
    server.unknown.clear()
    await send(to, "lima")
    assert (came(server)[3:], server.connections) == (["lima"], 1), "a refused letter spoils nothing for the next"
    await email.CHANNEL.close()
    assert server.goodbyes == 1
    await send(to, "enam")
    assert (came(server)[4:], server.connections) == (["enam"], 2)


async def test_letters_arrive_once_where_the_server_hangs_up_between_them(to: str, server: MailServer) -> None:
    server.hangs_up_between = True
    await send(to, "satu", "dua", "tiga")
    assert (came(server), server.connections) == (["satu", "dua", "tiga"], 3)
    server.hangs_up_between, server.letters_each = False, 2
    await send(to, *"abcde")
    assert (came(server)[3:], server.connections) == ([*"abcde"], 6), "it takes two on each connection"


async def test_a_letter_in_doubt_on_a_shared_connection_is_not_said_again_unasked(to: str, server: MailServer) -> None:
    await send(to, "satu")
    server.hangs_up_after_data = True
    with pytest.raises(Unknown):
        await send(to, "dua")
    server.hangs_up_after_data = False
    await send(to, "tiga")
    assert (came(server), server.connections) == (["satu", "dua", "tiga"], 2)


async def test_a_connection_serves_so_many_letters_and_no_other_server(
    to: str, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(email_lines, "LETTERS", 2)
    await send(to, *"abc")
    assert (server.connections, server.goodbyes) == (2, 1)
    with serving() as other:
        use(other)
        await send(to, "d")
        assert came(other) == ["d"]
        assert server.goodbyes == 2, "nothing is kept open to a server that is not ours any more"


async def test_the_same_letter_has_the_same_number(to: str, server: MailServer) -> None:
    for _ in range(2):
        await email.CHANNEL.send(WORDS, to=to, edits=None)
    assert len({one.letter["Message-ID"] for one in server.taken}) == 1


async def test_nothing_gets_into_the_head_of_a_letter(to: str, server: MailServer) -> None:
    nasty = Message("x.y", "isi", title="Halo\r\nBcc: semua@maju.example\r\n\r\nisi lain")
    await email.CHANNEL.send(nasty, to=to, edits=None)
    (one,) = server.taken
    assert one.letter["Bcc"] is None
    assert one.letter["Subject"] == "Halo Bcc: semua@maju.example isi lain"


@pytest.mark.parametrize(
    "address", ["a@x.example>\r\nRCPT TO:<b@y.example", "a b@x.example", "budi@", "é@maju.example"]
)
async def test_what_is_no_address_is_never_written_to(to: str, server: MailServer, maju: Cast, address: str) -> None:
    async with database.transaction(maju.company):
        sealed = vault.seal(address, company=maju.company, column="person.email", subject=maju.budi.person)
        await Person.update({Person.email: sealed}).where(Person.id == maju.budi.person)
    with pytest.raises(Never):
        await email.CHANNEL.send(WORDS, to=to, edits=None)
    assert server.taken == []


async def test_what_the_server_refuses_for_good_stops_and_what_it_refuses_now_is_tried_again(
    to: str, server: MailServer
) -> None:
    server.unknown = {"budi@maju.example"}
    with pytest.raises(Never, match="550"):
        await email.CHANNEL.send(WORDS, to=to, edits=None)
    server.unknown, server.full = set(), {"budi@maju.example"}
    with pytest.raises(Later) as later:
        await email.CHANNEL.send(WORDS, to=to, edits=None)
    assert later.value.reason == "SMTP 452"


async def test_a_wrong_password_waits_for_the_operator(to: str, server: MailServer) -> None:
    use(server, smtp_url=f"smtp://serambi%40mail.example:wrong@127.0.0.1:{server.port}")
    with pytest.raises(Later) as later:
        await email.CHANNEL.send(WORDS, to=to, edits=None)
    assert later.value.reason == "SMTP 535"


async def test_a_server_whose_certificate_nobody_signed_gets_no_password(to: str, server: MailServer) -> None:
    use(server, smtp_ca="")
    with pytest.raises(Later) as later:
        await email.CHANNEL.send(WORDS, to=to, edits=None)
    assert "Cert" in later.value.reason
    assert server.taken == []


async def test_a_server_that_hangs_up_after_the_letter_leaves_its_fate_unknown(to: str, server: MailServer) -> None:
    server.hangs_up_after_data = True
    with pytest.raises(Unknown):
        await email.CHANNEL.send(WORDS, to=to, edits=None)


async def test_a_server_that_is_not_there_is_tried_again(to: str, server: MailServer) -> None:
    use(server, smtp_url="smtp://127.0.0.1:9")
    with pytest.raises(Later):
        await email.CHANNEL.send(WORDS, to=to, edits=None)


async def test_without_a_server_mail_waits_to_be_read_and_leaves_once_there_is_one(
    to: str, server: MailServer, maju: Cast
) -> None:
    use(None)
    with pytest.raises(Kept):
        await email.CHANNEL.send(WORDS, to=to, edits=None)
    async with database.transaction(maju.company):
        account = await joining.join("baru@maju.example", "agent", person=None, language="id")
        await account_mail.welcome(account, await joining.sign_in_link(account))
    await jobs.drain()
    (held,) = await mail.waiting(maju.company)
    assert (held.to, held.subject) == ("baru@maju.example", "Akses Anda ke PT Maju Bersama")
    assert "/sign-in/" in held.text
    use(server)
    await mail.resume()
    await jobs.drain()
    assert [one.to for one in server.taken] == ["baru@maju.example"]
    assert await mail.waiting(maju.company) == []


async def test_a_letter_that_its_server_does_not_take_is_shown_with_how_often_it_was_tried(
    to: str, server: MailServer, maju: Cast
) -> None:
    use(server, smtp_url="smtp://127.0.0.1:9")
    async with database.transaction(maju.company):
        account = await joining.join("baru@maju.example", "agent", person=None, language="id")
        await account_mail.welcome(account, await joining.sign_in_link(account))
    await jobs.drain()
    (held,) = await mail.waiting(maju.company)
    assert (held.to, held.tries) == ("baru@maju.example", 1)


async def test_a_letter_that_waited_longer_than_its_links_is_dropped(to: str, server: MailServer, maju: Cast) -> None:
    use(None)
    async with database.transaction(maju.company):
        account = await joining.join("baru@maju.example", "agent", person=None, language="id")
        await account_mail.welcome(account, await joining.sign_in_link(account))
    await jobs.drain()
    use(server)
    with clock.freeze(MONDAY + timedelta(days=4)):
        await mail.resume()
        await jobs.drain()
    assert server.taken == []


async def test_neither_address_nor_words_lie_open_in_the_outbox(maju: Cast, to: str) -> None:
    async with database.transaction(maju.company):
        account = await joining.join("rahasia@maju.example", "agent", person=None, language="id")
        await account_mail.welcome(account, await joining.sign_in_link(account))
        rows = str(await Outbound.select()) + str(await Account.select())
    assert "rahasia" not in rows
    assert "sign-in" not in rows
