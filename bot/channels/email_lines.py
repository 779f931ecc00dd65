"""Connections to the mail server, kept for the letters that follow: a batch of them does not shake hands for each.

A connection serves one letter at a time and LETTERS in all, and is closed once none has come for IDLE seconds. A letter
counts as handed over when the server has said so to its last line; what failed before the first may be begun anew on
another connection, what failed between them nobody can know.
"""

import smtplib
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from typing import Self
from urllib.parse import unquote, urlsplit

from bot.channels.contract import Later, Never, Slower, Unknown
from core.settings import Settings, is_private

SECONDS, PARTING = 20, 2  # how long a server may take to answer, and to say goodbye
LETTERS, IDLE = 100, 5.0
CLOSING = 421  # the server is about to hang up, whatever was asked


class Gone(Exception):
    """The connection is of no use any more, and nothing of the letter was taken; `no` is what to tell of it."""

    def __init__(self, no: Exception) -> None:
        super().__init__(str(no))
        self.no = no


@dataclass
class Line:
    """One connection, signed in."""

    server: smtplib.SMTP
    place: tuple[str, str]
    letters: int = 0
    used: float = 0.0  # time.monotonic()
    spoilt: bool = False  # nobody knows what the server waits for next

    @classmethod
    def opened(cls, made: Settings) -> Self:
        """A new one; Gone where the server is not there or does not let us in."""
        try:
            return cls(_connected(made), place(made))
        except smtplib.SMTPResponseException as no:
            raise Gone(judged(no)) from None
        except (OSError, smtplib.SMTPException) as fault:
            raise Gone(Later(reason=type(fault).__name__)) from None

    def say(self, letter: EmailMessage, sender: str) -> None:
        """Hand one letter over. What was refused for good is Never; what nobody can know is Unknown."""
        self.letters, begun = self.letters + 1, False
        recipient = letter["To"].addresses[0].addr_spec
        more = [] if recipient.isascii() else ["SMTPUTF8"]
        try:
            if self.letters > 1:
                _well(*self.server.rset())  # whatever became of the one before
            if more and not self.server.has_extn("smtputf8"):
                raise Never("the server does not write to such an address")
            _well(*self.server.mail(sender, more))
            _well(*self.server.rcpt(recipient))
            begun = True
            _well(*self.server.data(letter.as_bytes(policy=SMTP.clone(utf8=bool(more)))))
        except smtplib.SMTPResponseException as no:
            self.spoilt = begun or no.smtp_code == CLOSING
            if no.smtp_code == CLOSING and not begun:
                raise Gone(judged(no)) from None
            raise judged(no) from None
        except (OSError, smtplib.SMTPException) as fault:
            self.spoilt = True
            if begun:
                raise Unknown(type(fault).__name__) from None
            raise Gone(Later(reason=type(fault).__name__)) from None

    def close(self) -> None:
        """Say goodbye where somebody still listens."""
        with suppress(OSError, smtplib.SMTPException):
            if not self.spoilt and self.server.sock is not None:
                self.server.sock.settimeout(PARTING)
                self.server.quit()
        self.server.close()


class Lines:
    """The connections of this process that wait for a letter; used from several threads."""

    def __init__(self) -> None:
        self._waiting: list[Line] = []
        self._lock = threading.Lock()

    def hand_over(self, letter: EmailMessage, sender: str, made: Settings) -> None:
        """Say a letter to the server, on a connection that is there or on a new one."""
        kept = self._kept(made)
        if kept is not None:
            try:
                self._say(kept, letter, sender)
            except Gone:  # it was hung up meanwhile; nothing of this letter was taken
                pass
            else:
                return
        try:
            self._say(Line.opened(made), letter, sender)
        except Gone as gone:
            raise gone.no from None

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def tidy(self, idle: float = IDLE) -> None:
        """Close what has waited for so many seconds."""
        with self._lock:
            over = [one for one in self._waiting if time.monotonic() - one.used >= idle]
            self._waiting = [one for one in self._waiting if one not in over]
        for one in over:
            one.close()

    def _say(self, line: Line, letter: EmailMessage, sender: str) -> None:
        try:
            line.say(letter, sender)
        finally:
            if line.spoilt or line.letters >= LETTERS:
                line.close()
            else:
                line.used = time.monotonic()
                with self._lock:
                    self._waiting.append(line)

    def _kept(self, made: Settings) -> Line | None:
        """The connection that was used last; those to a server that is not ours any more are closed."""
        with self._lock:
            others = [one for one in self._waiting if one.place != place(made)]
            self._waiting = [one for one in self._waiting if one not in others]
            line = self._waiting.pop() if self._waiting else None
        for one in others:
            one.close()
        return line


def place(made: Settings) -> tuple[str, str]:
    """Where a connection leads, as whom, and by whose word it is trusted."""
    return made.smtp_url, str(made.smtp_ca or "")


def _connected(made: Settings) -> smtplib.SMTP:
    where = urlsplit(made.smtp_url)
    host, context = where.hostname or "localhost", ssl.create_default_context(cafile=made.smtp_ca or None)
    if where.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, where.port or 465, timeout=SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, where.port or 587, timeout=SECONDS)
    try:
        server.ehlo_or_helo_if_needed()
        # In the clear only to a server of our own, and never a password.
        if where.scheme != "smtps" and (server.has_extn("starttls") or where.username or not is_private(host)):
            server.starttls(context=context)
        if where.username:
            server.login(unquote(where.username), unquote(where.password or ""))
        server.ehlo_or_helo_if_needed()
    except BaseException:
        server.close()
        raise
    return server


def _well(code: int, told: bytes) -> None:
    if code >= 300:
        raise smtplib.SMTPResponseException(code, told)


def judged(no: smtplib.SMTPResponseException) -> Exception:
    """A server's no: about this letter for good, or about now. A refused password is the operator's to mend."""
    if no.smtp_code >= 500 and not isinstance(no, smtplib.SMTPAuthenticationError):
        return Never(f"SMTP {no.smtp_code}")
    return Slower(None, f"SMTP {no.smtp_code}")
