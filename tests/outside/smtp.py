"""A mail server as they are met: it insists on order, on TLS, on known recipients and on lines that are not too long."""

import base64
import datetime
import ipaddress
import socket
import socketserver
import ssl
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, cast

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "serambi@mail.example", "a p@ss/word"
LONGEST_LINE = 998


@dataclass
class Taken:
    """A letter that the server took."""

    sender: str
    to: str
    letter: EmailMessage
    raw: bytes
    private: bool  # under TLS


@dataclass
class MailServer:
    """What the server knows, does, and saw."""

    port: int = 0
    authority: str = ""  # the file of its certificate
    wrapped: bool = False  # TLS from the first byte, as smtps:// says
    strict: bool = True  # nothing before STARTTLS and AUTH
    unknown: set[str] = field(default_factory=set)
    full: set[str] = field(default_factory=set)
    hangs_up_after_data: bool = False
    letters_each: int = 0  # so many on one connection, then it is closed; 0: any number
    hangs_up_between: bool = False  # after each letter, without a word
    connections: int = 0
    goodbyes: int = 0
    taken: list[Taken] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    def url(self) -> str:
        """What SERAMBI_SMTP_URL would be."""
        scheme = "smtps" if self.wrapped else "smtp"
        return f"{scheme}://serambi%40mail.example:a%20p%40ss%2Fword@127.0.0.1:{self.port}"


class _Talk(socketserver.BaseRequestHandler):
    """One connection."""

    def handle(self) -> None:
        self.house = cast(Any, self.server).house
        self.stream, self.buffer = self.request, b""
        self.private = self.known = False
        self.greeted, self.letters = False, 0
        self.house.connections += 1
        self.sender: str | None = None
        self.to: str | None = None
        if self.house.wrapped:
            self.go_private()
        self.say("220 mail.example ESMTP")
        while (line := self.line()) is not None:
            if not self.obey(line):
                return

    def go_private(self) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.house.authority, self.house.authority + ".key")
        self.stream, self.buffer = context.wrap_socket(self.stream, server_side=True), b""
        self.private, self.greeted = True, False

    def say(self, words: str) -> None:
        if words[0] in "45":
            self.house.refusals.append(words)
        self.stream.sendall(words.encode() + b"\r\n")

    def line(self) -> bytes | None:
        while b"\r\n" not in self.buffer:
            more = self.stream.recv(65536)
            if not more:
                return None
            self.buffer += more
        line, self.buffer = self.buffer.split(b"\r\n", 1)
        return line

    def obey(self, line: bytes) -> bool:
        verb, _, rest = line.decode("utf-8", "replace").partition(" ")
        verb = verb.upper()
        if verb == "QUIT":
            self.house.goodbyes += 1
            self.say("221 bye")
            return False
        if verb == "EHLO":
            self.greeted = True
            offers = ["AUTH PLAIN LOGIN"] if self.private else ["STARTTLS"]
            self.say("\r\n".join(["250-mail.example", "250-8BITMIME", *(f"250-{one}" for one in offers), "250 HELP"]))
        elif verb == "STARTTLS":
            self.say("220 go ahead")
            self.go_private()
        elif not self.greeted:
            self.say("503 say EHLO first")
        elif verb == "AUTH":
            how, _, given = rest.partition(" ")
            self.known = self.private and how == "PLAIN" and base64.b64decode(given) == f"\0{USER}\0{PASSWORD}".encode()
            self.say("235 welcome" if self.known else "535 not you")
        elif verb == "MAIL" and self.letters and self.letters == self.house.letters_each:
            self.say("421 enough on this connection")
            return False
        elif verb == "MAIL":
            if self.house.strict and not self.known:
                self.say("530 authenticate first")
            else:
                self.sender, self.to = rest.partition("<")[2].partition(">")[0], None
                self.say("250 ok")
        elif verb == "RCPT":
            to = rest.partition("<")[2].partition(">")[0]
            if self.sender is None:
                self.say("503 MAIL first")
            elif to in self.house.unknown or not to.isascii():
                self.say("550 no such mailbox")
            elif to in self.house.full:
                self.say("452 mailbox full")
            else:
                self.to = to
                self.say("250 ok")
        elif verb == "DATA":
            if self.to is None:
                self.say("503 RCPT first")
            else:
                return self.data()
        elif verb in ("RSET", "NOOP"):
            self.say("250 ok")
        else:
            self.say("502 what?")
        return True

    def data(self) -> bool:
        self.say("354 end with a dot")
        lines: list[bytes] = []
        while (line := self.line()) is not None and line != b".":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        raw = b"\r\n".join(lines)
        if any(len(one) > LONGEST_LINE or b"\n" in one or b"\r" in one for one in lines):
            self.say("500 line too long, or a bare line feed")
            return True
        letter = message_from_bytes(raw, policy=default)
        self.house.taken.append(Taken(self.sender or "", self.to or "", letter, raw, self.private))
        if self.house.hangs_up_after_data:
            self.stream.shutdown(socket.SHUT_RDWR)
            return False
        self.letters, hangs_up = self.letters + 1, self.house.hangs_up_between  # as it is before anybody knows
        self.say("250 taken")
        if hangs_up:
            self.stream.shutdown(socket.SHUT_RDWR)
            return False
        return True


@contextmanager
def serving() -> Iterator[MailServer]:
    """A server on a free port, with a certificate of its own."""
    with tempfile.TemporaryDirectory() as folder:
        house = MailServer(authority=certificate(Path(folder)))
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


def certificate(folder: Path, *hosts: str) -> str:
    """A certificate for this machine under these names too, signed by itself, and its key beside it; its file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    here = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    begins = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(begins)
        .not_valid_after(begins + datetime.timedelta(days=36_500))
        .add_extension(x509.SubjectAlternativeName([*map(x509.DNSName, hosts), here]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = folder / "mail.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    Path(f"{file}.key").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return str(file)
