"""A mailbox server as they are met (IMAP4rev1): it insists on TLS before a password, on order, on known folders."""

import re
import socketserver
import ssl
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from tests.outside.smtp import certificate

USER, PASSWORD = "hr@maju.example", 'a "p@ss" \\ word'


@dataclass
class Mailboxes:
    """What the server holds, does, and saw."""

    port: int = 0
    authority: str = ""
    wrapped: bool = True  # TLS from the first byte; else STARTTLS, which it insists on
    validity: int = 1700000001
    mails: dict[int, bytes] = field(default_factory=dict)
    flags: dict[int, set[str]] = field(default_factory=dict)
    hangs_up_at: str = ""  # a command at which it closes the line
    lies_about: int = 0  # a size that it announces instead of sending so much
    refusals: list[str] = field(default_factory=list)
    signed_in: int = 0
    fetched: list[str] = field(default_factory=list)

    def put(self, raw: bytes) -> int:
        """A mail arrives; its number."""
        uid = max(self.mails, default=0) + 1
        self.mails[uid], self.flags[uid] = raw, set()
        return uid


class _Talk(socketserver.BaseRequestHandler):
    """One connection."""

    def handle(self) -> None:
        with suppress(OSError):  # the other side hung up
            self.talk()

    def talk(self) -> None:
        self.house: Mailboxes = cast(Any, self.server).house
        self.stream, self.buffer = self.request, b""
        self.private = self.known = self.chosen = False
        if self.house.wrapped:
            self.go_private()
        self.say("* OK [CAPABILITY IMAP4rev1] ready")
        while (line := self.line()) is not None:
            if not self.obey(line):
                return

    def go_private(self) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.house.authority, self.house.authority + ".key")
        self.stream, self.buffer, self.private = context.wrap_socket(self.stream, server_side=True), b"", True

    def say(self, words: str | bytes) -> None:
        self.stream.sendall((words.encode() if isinstance(words, str) else words) + b"\r\n")

    def no(self, tag: str, words: str, kind: str = "NO") -> bool:
        self.house.refusals.append(words)
        self.say(f"{tag} {kind} {words}")
        return True

    def line(self) -> bytes | None:
        while b"\r\n" not in self.buffer:
            more = self.stream.recv(65536)
            if not more:
                return None
            self.buffer += more
        line, self.buffer = self.buffer.split(b"\r\n", 1)
        return bytes(line)

    def obey(self, line: bytes) -> bool:
        tag, _, rest = line.decode().partition(" ")
        verb, _, more = rest.partition(" ")
        verb = verb.upper()
        if verb == "UID":
            verb, _, more = more.partition(" ")
            verb = f"UID {verb.upper()}"
        if verb == self.house.hangs_up_at:
            return False
        if verb == "CAPABILITY":
            offers = "AUTH=PLAIN" if self.private else "STARTTLS LOGINDISABLED"
            self.say(f"* CAPABILITY IMAP4rev1 {offers}")
        elif verb == "STARTTLS" and not self.private:
            self.say(f"{tag} OK go ahead")
            self.go_private()
            return True
        elif verb == "NOOP":
            pass
        elif verb == "LOGOUT":
            self.say("* BYE")
            self.say(f"{tag} OK bye")
            return False
        elif verb == "LOGIN":
            return self.login(tag, more)
        elif not self.known:
            return self.no(tag, f"{verb} before sign-in", "BAD")
        elif verb in ("SELECT", "EXAMINE"):
            return self.select(tag, verb, more)
        elif not self.chosen:
            return self.no(tag, f"{verb} without a folder", "BAD")
        elif verb == "UID SEARCH":
            first = int(re.fullmatch(r"UID (\d+):\*", more.strip("()"))[1])  # type: ignore[index]
            # "7:*" turned round is "*:7": past the end the last one is meant, as the standard says.
            last = max(self.house.mails, default=0)
            found = [uid for uid in sorted(self.house.mails) if uid >= first or uid == last]
            self.say("* SEARCH " + " ".join(map(str, found)))
        elif verb == "UID FETCH":
            return self.fetch(tag, more)
        elif verb == "UID STORE":
            uid = int(more.split()[0])
            self.house.flags.setdefault(uid, set()).add(more.split("(")[1].rstrip(")"))
        else:
            return self.no(tag, f"{verb}?", "BAD")
        self.say(f"{tag} OK done")
        return True

    def login(self, tag: str, given: str) -> bool:
        if not self.private:
            return self.no(tag, "LOGIN in the clear")
        said = [re.sub(r"\\(.)", r"\1", one) for one in re.findall(r'"((?:[^"\\]|\\.)*)"', given)] or given.split()
        if said != [USER, PASSWORD]:
            return self.no(tag, "[AUTHENTICATIONFAILED] Invalid credentials")
        self.known, self.house.signed_in = True, self.house.signed_in + 1
        self.say(f"{tag} OK welcome")
        return True

    def select(self, tag: str, verb: str, given: str) -> bool:
        if given.strip('"') != "INBOX":
            return self.no(tag, "[NONEXISTENT] Unknown Mailbox")
        self.chosen = True
        self.say(f"* {len(self.house.mails)} EXISTS")
        self.say(f"* OK [UIDVALIDITY {self.house.validity}] valid")
        self.say(f"{tag} OK [READ-WRITE] {verb} done")
        return True

    def fetch(self, tag: str, given: str) -> bool:
        numbers, _, what = given.partition(" ")
        self.house.fetched.append(given)
        for place, uid in enumerate(sorted(self.house.mails), 1):
            if str(uid) not in numbers.split(","):
                continue
            raw = self.house.mails[uid]
            if "RFC822.SIZE" in what:
                self.say(f"* {place} FETCH (UID {uid} RFC822.SIZE {len(raw)})")
                continue
            if "HEADER" in what:
                raw = raw.partition(b"\r\n\r\n")[0][: 64 * 1024] + b"\r\n\r\n"
            size = self.house.lies_about or len(raw)
            self.say(f"* {place} FETCH (UID {uid} BODY[] {{{size}}}".encode() + b"\r\n" + raw + b")")
        self.say(f"{tag} OK done")
        return True


@contextmanager
def serving() -> Iterator[Mailboxes]:
    """A server on a free port, with a certificate of its own."""
    with tempfile.TemporaryDirectory() as folder:
        house = Mailboxes(authority=certificate(Path(folder)))
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk)
        server.daemon_threads = True
        cast(Any, server).house = house
        house.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield house
        finally:
            server.shutdown()
            server.server_close()
