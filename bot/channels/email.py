"""Mail out of the house: text only, over SMTP. A ticket's mails answer those of its thread, each under an id that bears
the secret of that thread (`core/messaging/mail_threads.py`); what comes in is fetched by `bot/mail_in.py`."""

import asyncio
import hashlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from bot.channels.contract import Kept, Never, Sent, about_to_call
from bot.channels.email_lines import IDLE, Lines
from core import clock, database, settings
from core.messaging import mail, mail_threads
from core.messaging.mail_threads import Envelope
from core.messaging.messages import Enclosed, Incoming, Message
from core.phrases import one_line
from core.settings import Settings


class Mail:
    """Delivery to whatever SERAMBI_SMTP_URL names."""

    name = mail.CHANNEL

    def __init__(self) -> None:
        self._pool: ThreadPoolExecutor | None = None
        self._lines, self._tidying = Lines(), False

    def verify(self, headers: Mapping[str, str], raw: bytes) -> None:
        """Nothing is received by mail, so nothing has to be proven."""

    def parse(self, payload: object) -> list[Incoming]:
        """Nothing is received by mail."""
        return []

    def render(self, message: Message) -> dict[str, object]:
        """Subject and text, as they are read."""
        return {"subject": one_line(message.title or message.key), "text": message.text}

    async def send(self, message: Message, *, to: str, edits: str | None) -> Sent:
        """Hand it to the mail server; raises as the contract says, and Kept where there is no server."""
        about_to_call()
        made = settings.current()
        if not made.smtp_url:
            raise Kept("no mail server: set SERAMBI_SMTP_URL")
        envelope = await _thread(message, to)
        address = envelope.to if envelope is not None else await mail.address(to)
        if address is None:
            raise Never("nobody has this address any more")
        letter = self._letter(message, address, made, envelope)
        loop, self._pool = asyncio.get_running_loop(), self._pool or ThreadPoolExecutor(2, thread_name_prefix="smtp")
        try:
            await loop.run_in_executor(self._pool, self._lines.hand_over, letter, mail.sender(made), made)
        finally:
            self._tidy_soon(loop)
        return Sent(envelope.message_id if envelope is not None else None)

    def _tidy_soon(self, loop: asyncio.AbstractEventLoop) -> None:
        if not self._tidying:
            self._tidying = True
            loop.call_later(IDLE, self._tidy, loop)

    def _tidy(self, loop: asyncio.AbstractEventLoop) -> None:
        """Close the connections for which no letter has come; those that are still in use are looked at again."""
        self._tidying = False
        if self._pool is not None and self._lines.waiting:
            self._pool.submit(self._lines.tidy)
            self._tidy_soon(loop)

    def _letter(
        self, message: Message, address: str, made: Settings, envelope: Envelope | None = None
    ) -> EmailMessage:  # fmt: skip
        body, ours = self.render(message), mail.sender(made)
        letter = EmailMessage(policy=SMTP)
        try:
            there = Address(addr_spec=address)
            letter["From"] = Address(envelope.name if envelope is not None else "Serambi", addr_spec=ours)
            letter["To"] = there
            if envelope is not None and envelope.reply_to:
                letter["Reply-To"] = Address(addr_spec=envelope.reply_to)
        except (ValueError, IndexError, MessageError):
            raise Never("not an address") from None
        letter["Subject"] = str(body["subject"])
        letter["Date"] = format_datetime(clock.now())
        # The same mail has the same number, however often it is tried: mailboxes show it once.
        mark = hashlib.sha256(f"{address}|{message.key}|{message.text}".encode()).hexdigest()[:32]
        letter["Message-ID"] = f"<{envelope.message_id if envelope is not None else mark}@{ours.partition('@')[2]}>"
        if envelope is not None and envelope.answers:
            letter["In-Reply-To"] = envelope.answers[-1]
            letter["References"] = " ".join(envelope.answers)
        if envelope is None or envelope.automatic:
            letter["Auto-Submitted"] = "auto-generated" if envelope is None else "auto-replied"
        letter.set_content(str(body["text"]), cte="quoted-printable")
        return letter

    async def acknowledge(self, incoming: Incoming) -> None:
        """Nothing is pressed in a mail."""

    async def open_dialog(self, message: Message, trigger: str) -> Sent:
        """A mail has no windows."""
        raise Never("mail opens no dialogs")

    async def fetch(self, file: Enclosed) -> bytes:
        """Nothing is received by mail."""
        raise Never("mail brings no files")

    async def close(self) -> None:
        """Let the letters that are on their way go out, and say goodbye to the server."""
        pool, self._pool, self._tidying = self._pool, None, False
        if pool is not None:
            await asyncio.get_running_loop().run_in_executor(pool, self._lines.tidy, 0)
            pool.shutdown(wait=True)
            self._lines.tidy(0)


CHANNEL = Mail()


async def _thread(message: Message, to: str) -> Envelope | None:
    """What goes on a mail of a ticket; None for any other."""
    company, kind, number = to.split(":")
    if kind != mail_threads.KIND:
        return None
    async with database.reading(int(company)):
        envelope = await mail_threads.envelope(int(number), message)
    if envelope is None:
        raise Never("nobody has this address any more")
    return envelope
