"""Mail out of the house: text only, over SMTP, in a thread of its own; nothing comes in this way."""

import asyncio
import hashlib
import smtplib
import ssl
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from bot.channels.contract import Kept, Later, Never, Sent, Slower, Unknown, about_to_call
from core import clock, settings
from core.messaging import mail
from core.messaging.messages import Enclosed, Incoming, Message
from core.phrases import one_line
from core.settings import Settings, is_private

SECONDS = 20


class Mail:
    """Delivery to whatever SERAMBI_SMTP_URL names."""

    name = mail.CHANNEL

    def __init__(self) -> None:
        self._pool: ThreadPoolExecutor | None = None

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
        self._pool = self._pool or ThreadPoolExecutor(2, thread_name_prefix="smtp")
        await asyncio.get_running_loop().run_in_executor(self._pool, _hand_over, letter, made)
        return Sent(None)

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
        """Let the letters that are on their way go out."""
        if self._pool is not None:
            self._pool.shutdown(wait=True)
            self._pool = None


CHANNEL = Mail()


def sender(made: Settings) -> str:
    """The address that mail comes from."""
    if made.smtp_from:
        return made.smtp_from
    user = unquote(urlsplit(made.smtp_url).username or "")
    return user if "@" in user else f"serambi@{urlsplit(made.public_url).hostname or 'localhost'}"


def _hand_over(letter: EmailMessage, made: Settings) -> None:
    """Say it to the server. What was refused for good is Never; what nobody can know is Unknown."""
    begun = False
    try:
        with _connected(made) as server:
            recipient = letter["To"].addresses[0].addr_spec
            server.ehlo_or_helo_if_needed()
            more = [] if recipient.isascii() else ["SMTPUTF8"]
            if more and not server.has_extn("smtputf8"):
                raise Never("the server does not write to such an address")
            _well(*server.mail(sender(made), more))
            _well(*server.rcpt(recipient))
            begun = True
            _well(*server.data(letter.as_bytes(policy=SMTP.clone(utf8=bool(more)))))
            begun = False
    except smtplib.SMTPResponseException as no:
        raise _judged(no) from None
    except (OSError, smtplib.SMTPException) as fault:
        if begun:
            raise Unknown(type(fault).__name__) from None
        raise Later(reason=type(fault).__name__) from None


def _connected(made: Settings) -> smtplib.SMTP:
    where = urlsplit(made.smtp_url)
    host, context = where.hostname or "localhost", ssl.create_default_context(cafile=made.smtp_ca or None)
    if where.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, where.port or 465, timeout=SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, where.port or 587, timeout=SECONDS)
        server.ehlo_or_helo_if_needed()
        # In the clear only to a server of our own, and never a password.
        if server.has_extn("starttls") or where.username or not is_private(host):
            server.starttls(context=context)
    if where.username:
        server.login(unquote(where.username), unquote(where.password or ""))
    return server


def _well(code: int, told: bytes) -> None:
    if code >= 300:
        raise smtplib.SMTPResponseException(code, told)


def _judged(no: smtplib.SMTPResponseException) -> Exception:
    """A server's no: about this letter for good, or about now. A refused password is the operator's to mend."""
    if no.smtp_code >= 500 and not isinstance(no, smtplib.SMTPAuthenticationError):
        return Never(f"SMTP {no.smtp_code}")
    return Slower(None, f"SMTP {no.smtp_code}")
