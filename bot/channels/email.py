"""Mail out of the house: text only, over SMTP, in threads of its own; nothing comes in this way."""

import asyncio
import hashlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from bot.channels.contract import Kept, Never, Sent, about_to_call
from bot.channels.email_lines import IDLE, Lines
from core import clock, settings
from core.messaging import mail
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
        address = await mail.address(to)
        if address is None:
            raise Never("nobody has this address any more")
        letter = self._letter(message, address, made)
        loop, self._pool = asyncio.get_running_loop(), self._pool or ThreadPoolExecutor(2, thread_name_prefix="smtp")
        try:
            await loop.run_in_executor(self._pool, self._lines.hand_over, letter, sender(made), made)
        finally:
            self._tidy_soon(loop)
        return Sent(None)

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

    def _letter(self, message: Message, address: str, made: Settings) -> EmailMessage:
        body = self.render(message)
        letter = EmailMessage(policy=SMTP)
        try:
            there = Address(addr_spec=address)
            letter["From"] = Address("Serambi", addr_spec=sender(made))
            letter["To"] = there
        except (ValueError, IndexError, MessageError):
            raise Never("not an address") from None
        letter["Subject"] = str(body["subject"])
        letter["Date"] = format_datetime(clock.now())
        # The same mail has the same number, however often it is tried: mailboxes show it once.
        mark = hashlib.sha256(f"{address}|{message.key}|{message.text}".encode()).hexdigest()[:32]
        letter["Message-ID"] = f"<{mark}@{sender(made).partition('@')[2]}>"
        letter["Auto-Submitted"] = "auto-generated"
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


def sender(made: Settings) -> str:
    """The address that mail comes from."""
    if made.smtp_from:
        return made.smtp_from
    user = unquote(urlsplit(made.smtp_url).username or "")
    return user if "@" in user else f"serambi@{urlsplit(made.public_url).hostname or 'localhost'}"
