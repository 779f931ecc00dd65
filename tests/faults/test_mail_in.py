"""The process that fetches mail is killed after it has fetched, and after it has written down: one ticket a mail."""

import pytest

from tests.faults import nursery
from tests.faults.books import until
from tests.faults.conftest import Shape, Tried
from tests.faults.installation import Installation, Process
from tests.outside import imap
from tests.services import free_port


@pytest.fixture(params=["on_file", pytest.param("on_postgres", marks=pytest.mark.whole)])
def shape(request: pytest.FixtureRequest) -> Shape:
    found: Shape = request.getfixturevalue(request.param)
    return found


def begun(installation: Installation, name: str, inbox: imap.Mailboxes, **more: str) -> Process:
    log = installation.folder / f"{name}.log"
    url = f"imaps://hr%40maju.example:a%20%22p%40ss%22%20%5C%20word@127.0.0.1:{inbox.port}/INBOX"
    given = {"SERAMBI_IMAP_URL": url, "SERAMBI_IMAP_CA": inbox.authority, **more}
    environ = installation.environment("run", SERAMBI_PORT=str(free_port()), **given)
    installation.processes[name] = Process("run", nursery.fork(["run"], environ, log), log)
    return installation.processes[name]


async def test_a_mail_becomes_one_ticket_wherever_its_process_dies(shape: Shape, tried: Tried) -> None:
    with imap.serving() as inbox:
        async with shape.opened() as installation:
            for wanted, place in enumerate(("mail.fetched", "mail.kept"), 1):
                inbox.put(
                    f"From: budi@x.example\r\nSubject: {place}\r\nMessage-ID: <{place}@x>\r\n\r\nhalo\r\n".encode()
                )
                dies = begun(installation, f"dies-{place}", inbox, CRASH_AT=place)
                await until(lambda: bool(dies.died), f"it dies at {place}", 90)  # noqa: B023  it is awaited here
                lives = begun(installation, f"lives-{place}", inbox)

                async def there(wanted: int = wanted) -> bool:
                    rows = await installation.books.rows("select state from mail_in")
                    return len(rows) == wanted and all(row["state"] == "opened" for row in rows)

                await until(there, "the mail is taken", 90)
                await until(
                    lambda: "\\Seen" in inbox.flags[wanted] or place == "mail.kept",  # noqa: B023
                    "it is marked as seen", 30,
                )  # fmt: skip
                lives.kill()
            tickets = await installation.books.rows("select id from ticket")
            sent = await installation.books.rows(
                "select id from outbound where channel = 'email' and key = 'mails.receipt'"
            )
            lost = [] if (len(tickets), len(sent)) == (2, 2) else [f"{len(tickets)} tickets, {len(sent)} receipts"]
            tried("the process that fetches mail is killed", shape.name, 2, lost=lost)
            assert not lost
