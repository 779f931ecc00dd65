"""Mailboxes by IMAP: what is new, how large it is, and the mail itself; nothing but the mark "seen" is changed there.

Whoever names a server names it for us to call: one in our own network only where the operator allows it, and the
address that was looked at is the one that is called. What a server sends is never more than was asked for.
"""

import asyncio
import imaplib
import re
import socket
import ssl
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import imap_tools
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from bot.channels.contract import about_to_call
from core import settings
from core.messaging import mailboxes
from core.messaging.mailboxes import PLAIN, TLS, Box
from core.messaging.workspaces import Look

SECONDS = 20.0
MOST_LINE, MOST_ANSWER = 1_000_000, 26 * 1024 * 1024  # bytes of one line, and of one piece that a server may send
MOST_HEAD = 64 * 1024
MOST_NEW = 50  # mails of one look
STEPS = ("server", "sign_in", "folder")
SIZE = re.compile(rb"RFC822\.SIZE (\d{1,12})")
imaplib._MAXLINE = MOST_LINE  # type: ignore[attr-defined]  # imap_tools has raised it


class Trouble(Exception):
    """The mailbox could not be read; `why` is one of mailboxes.TROUBLES, `told` what the server said."""

    def __init__(self, why: str, told: str = "") -> None:
        super().__init__(f"{why}: {told}")
        self.why, self.told = why, told[:120]


@dataclass(frozen=True)
class New:
    """A mail that lies there: its number, and how many bytes it has."""

    uid: int
    size: int


class _Bounded(imaplib.IMAP4):
    """A connection to an address that was looked at, which takes no more than was asked for."""

    def __init__(self, box: Box, address: str) -> None:
        self._address, self._box = address, box
        super().__init__(box.host, box.port, SECONDS)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        plain = socket.create_connection((self._address, self._box.port), timeout)
        if self._box.security != TLS:
            return plain
        return context().wrap_socket(plain, server_hostname=self._box.host)

    def read(self, size: int) -> bytes:
        """So many bytes, unless that is more than anybody asked for."""
        if size > MOST_ANSWER:
            raise self.abort(f"the server sends {size} bytes at once")
        return super().read(size)


class _Opened(imap_tools.BaseMailBox):
    """imap_tools' mailbox over such a connection."""

    def __init__(self, client: imaplib.IMAP4) -> None:
        self._given = client
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return self._given


class Session:
    """A mailbox that is open. Its calls wait for the network: each runs in a thread, one after the other."""

    def __init__(self, box: _Opened, validity: int) -> None:
        self._box, self.validity = box, validity

    def new(self, after: int) -> Sequence[New]:
        """What lies there with a higher number, the lowest first; no more than are taken at one look."""
        answered = self._asked("SEARCH", None, f"UID {after + 1}:*")
        # "7:*" is never empty: where 7 is past the end, the last one is meant.
        found = sorted(int(one) for one in b" ".join(filter(None, answered)).split() if int(one) > after)[:MOST_NEW]
        if not found:
            return []
        sizes = self._asked("FETCH", ",".join(map(str, found)), "(UID RFC822.SIZE)")
        told: dict[int, int] = {}
        for line in sizes:
            said = line if isinstance(line, bytes) else b" ".join(part for part in line if isinstance(part, bytes))
            uid, size = re.search(rb"UID (\d+)", said), SIZE.search(said)
            if uid and size:
                told[int(uid[1])] = int(size[1])
        return [New(uid, told[uid]) for uid in found if uid in told]  # what was deleted meanwhile has no size

    def fetch(self, uid: int, *, whole: bool) -> bytes | None:
        """The mail, or its head alone; None where it is gone by now."""
        part = "BODY.PEEK[]" if whole else f"BODY.PEEK[HEADER]<0.{MOST_HEAD}>"
        for one in self._asked("FETCH", str(uid), f"(UID {part})"):
            if isinstance(one, tuple) and len(one) > 1:
                return bytes(one[1])
        return None

    def seen(self, uid: int) -> None:
        """Mark it as read, for whoever looks into the mailbox themselves."""
        with suppress(Trouble):  # it was taken; the mark is a courtesy
            self._asked("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")

    def close(self) -> None:
        """Say goodbye where somebody still listens."""
        with suppress(OSError, imaplib.IMAP4.error, ImapToolsError):
            self._box.logout()

    def _asked(self, command: str, *arguments: str | None) -> list[Any]:
        try:
            well, told = self._box.client.uid(command, *arguments)  # type: ignore[arg-type]
        except (OSError, imaplib.IMAP4.error, ValueError) as fault:
            raise Trouble("away", str(fault)) from None
        if well != "OK":
            raise Trouble("odd", str(told))
        return list(told)


async def opened(box: Box) -> Session:
    """Sign in to a mailbox; Trouble says what was in the way."""
    about_to_call()
    return await asyncio.to_thread(_open, box)


def _open(box: Box) -> Session:
    made = _connected(box)
    try:
        _sign_in(made, box)
        return Session(made, _folder(made, box))
    except BaseException:
        Session(made, 0).close()
        raise


def _connected(box: Box) -> _Opened:
    address = _address(box)
    try:
        client = _Bounded(box, address)
    except ssl.SSLCertVerificationError as no:
        raise Trouble("certificate", no.verify_message) from None
    except ssl.SSLError as no:
        raise Trouble("no_tls", str(no.reason)) from None
    except (OSError, imaplib.IMAP4.error) as no:
        raise Trouble("away", str(no)) from None
    if box.security == mailboxes.STARTTLS:
        try:
            client.starttls(context())
        except ssl.SSLCertVerificationError as no:
            client.shutdown()
            raise Trouble("certificate", no.verify_message) from None
        except (OSError, imaplib.IMAP4.error) as no:
            client.shutdown()
            raise Trouble("no_tls", str(no)) from None
    return _Opened(client)


def _address(box: Box) -> str:
    """Where the host is found, if it may be called: the one we look at is the one we connect to."""
    made = settings.current()
    try:
        found = socket.getaddrinfo(box.host, box.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as no:
        raise Trouble("away", str(no)) from None
    for *_, where in found:
        address = str(where[0])
        # What the operator named may use any port and is trusted as they say; others are called as mail servers are.
        if box.given or settings.named(box.host, address, made.imap_hosts):
            return address
        if settings.may_be_read(box.host, address, made) and box.port in (143, 993) and box.security != PLAIN:
            return address
    raise Trouble("private")


def _sign_in(made: _Opened, box: Box) -> None:
    try:
        if box.username.isascii() and box.password.isascii():
            made.login(box.username, box.password, initial_folder=None)
        else:
            made.login_utf8(box.username, box.password, initial_folder=None)
    except (MailboxLoginError, imaplib.IMAP4.error) as no:
        if isinstance(no, imaplib.IMAP4.abort):
            raise Trouble("away", str(no)) from None
        raise Trouble("refused", _said(no)) from None
    except OSError as no:
        raise Trouble("away", str(no)) from None


def _folder(made: _Opened, box: Box) -> int:
    """Open its folder; the number that says whether its mails are still counted as before."""
    try:
        made.folder.set(box.folder)
        told = made.client.response("UIDVALIDITY")[1]
        return int((told or [b"0"])[-1] or 0)
    except (MailboxFolderSelectError, imaplib.IMAP4.readonly, UnicodeError) as no:
        raise Trouble("no_folder", _said(no)) from None
    except (OSError, imaplib.IMAP4.error, ValueError) as no:
        raise Trouble("away", str(no)) from None


def _said(no: Exception) -> str:
    """What a server answered, without what we asked."""
    result = getattr(no, "command_result", None)
    try:
        return result[1][0].decode("utf-8", "replace") if result else str(no)
    except (TypeError, IndexError, AttributeError):
        return ""


def context() -> ssl.SSLContext:
    """By whose word a server's certificate is trusted."""
    return ssl.create_default_context(cafile=settings.current().imap_ca or None)


class Setup:
    """The Reader that the pages are given."""

    async def looks(self, box: Box) -> dict[str, Look]:
        """How server, sign-in and folder stand at this moment."""
        about_to_call()
        return await asyncio.to_thread(_looks, box)


def _looks(box: Box) -> dict[str, Look]:
    found: dict[str, Look] = {}
    made: _Opened | None = None
    try:
        made = _connected(box)
        found["server"] = Look(True, "server", (("host", f"{box.host}:{box.port}"),))
        _sign_in(made, box)
        found["sign_in"] = Look(True, "sign_in", (("name", box.username),))
        validity = _folder(made, box)
        waiting = len(Session(made, validity).new(box.after if validity == box.validity else 0))
        found["folder"] = Look(
            True, "folder" if waiting else "folder_empty", (("name", box.folder), ("number", str(waiting)))
        )
    except Trouble as no:
        told = Look(False, no.why, (("error", no.told),))
        return {**dict.fromkeys(STEPS, told), **found}
    finally:
        if made is not None:
            Session(made, 0).close()
    return found


SETUP = Setup()
