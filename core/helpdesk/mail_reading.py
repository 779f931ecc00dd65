"""A mail as it came, read without trusting a byte of it: who says to have sent it, what it answers, what it says.

Pure. What is too deep or has too many parts is not taken apart: its head is read, and it says that it was not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses
from typing import cast

from core import files
from core.helpdesk import mail_text

PERSON, AUTOMATIC, LIST, BOUNCE = "person", "automatic", "list", "bounce"
MOST_PARTS, MOST_FILES, MOST_IDS = 60, 10, 60
LONGEST_HEADER, LONGEST_TEXT = 64 * 1024, 1024 * 1024
ADDRESS = re.compile(r"[^@\s<>,;:\"()\\\x00-\x20\x7f]{1,64}@[^@\s<>,;:\"()\\\x00-\x20\x7f]{1,190}")
ID = re.compile(r"<[!-;=?A-~]{1,200}@[!-;=?A-~]{1,200}>")
# An id that we gave a mail: a secret of its ticket, and which of that ticket's mails it was.
OURS = re.compile(r"<([A-Za-z0-9_-]{22})\.([0-9a-f]{16})@")
FAILED = re.compile(rb"(?im)^action:\s*failed\b")
STATUS = re.compile(rb"(?im)^status:\s*([245]\.\d{1,3}\.\d{1,3})")
PROGRAMS = re.compile(
    r"^(auto(matic)?[ -]?(reply|response)|out of( the)? office|balasan otomatis|jawaban otomatis|di luar kantor)\b",
    re.I,
)
ANSWERED = re.compile(r"^((re|fw|fwd|bls|balasan|trs|aw|wg)\s?(\[\d+\])?:\s*|\[T-\d+\]\s*)+", re.IGNORECASE)


@dataclass(frozen=True)
class File:
    """Something that came with a mail, as its sender calls it."""

    name: str
    raw: bytes


@dataclass(frozen=True)
class Letter:
    """One mail. Nothing in it is proved but what bears one of our ids."""

    sender: str  # lower case; empty where none can be read
    name: str
    subject: str  # without "Re:" and our own number
    message_id: str  # empty where it has none that is one
    answers: tuple[str, ...]  # ids of mails that it answers or quotes, the oldest first
    kind: str
    answerable: bool  # whether a program may answer it
    words: str
    folded: str
    files: tuple[File, ...]
    left_out: int  # parts that were not looked at
    whole: bool  # False: only its head was read
    status: str  # of a bounce: 5.1.1
    returned: tuple[tuple[str, str], ...]  # of a bounce: our ids that it speaks of


def read(raw: bytes, *, whole: bool = True) -> Letter:
    """Read a mail; never raises for what stands in it. `whole` is False where only its head was fetched."""
    head, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    whole = whole and not _is_a_bomb(raw)
    try:
        mail = message_from_bytes(raw if whole else head[:LONGEST_HEADER] + b"\n\n")
    except (MessageError, ValueError, RecursionError):
        mail, whole = message_from_bytes(b"\n\n"), False
    subject = ANSWERED.sub("", _header(mail, "Subject"))[:200].strip()
    name, sender = _sender(mail)
    kind = _kind(mail, raw)
    text, found, left_out = _parts(mail) if whole else ("", [], 0)
    words, below = mail_text.folded(text)
    return Letter(
        sender=sender, name=name, subject=subject, message_id=_first_id(_raw_header(mail, "Message-ID")),
        answers=tuple(_ids(f"{_raw_header(mail, 'References')} {_raw_header(mail, 'In-Reply-To')}")), kind=kind,
        answerable=kind == PERSON and not _raw_header(mail, "X-Auto-Response-Suppress").strip(), words=words,
        folded=below, files=tuple(found), left_out=left_out, whole=whole,
        status=(m[1].decode() if (m := STATUS.search(body)) else "") if kind == BOUNCE else "",
        returned=tuple(dict.fromkeys(OURS.findall(raw.decode("latin-1"))))[:5] if kind == BOUNCE else (),
    )  # fmt: skip


def _is_a_bomb(raw: bytes) -> bool:
    """Whether it has more parts, or parts in parts, than anybody sends: taking it apart is what it is made for."""
    small = raw.lower()
    return small.count(b"boundary") > MOST_PARTS or small.count(b"message/rfc822") > MOST_PARTS


def _kind(mail: Message, raw: bytes) -> str:
    """Whether a person wrote it, a program, a mailing list, or a mail server that could not deliver."""
    returns = "return-path" in mail and _raw_header(mail, "Return-Path").strip() == "<>"
    about = str(mail.get_content_type())
    if about == "multipart/report" or (returns and _sender(mail)[1].startswith(("mailer-daemon@", "postmaster@"))):
        return BOUNCE if FAILED.search(raw) or STATUS.search(raw) else AUTOMATIC
    asked = _raw_header(mail, "Auto-Submitted").partition(";")[0].strip().lower()
    precedence = _raw_header(mail, "Precedence").strip().lower()
    if _raw_header(mail, "List-Id").strip() or precedence in ("list", "bulk"):
        return LIST
    said = any(_raw_header(mail, name).strip().lower() not in ("", "no") for name in (
        "X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Loop",
    ))  # fmt: skip
    if asked not in ("", "no") or precedence in ("junk", "auto_reply") or said or returns:
        return AUTOMATIC
    return AUTOMATIC if PROGRAMS.match(_header(mail, "Subject").strip()) else PERSON


def _sender(mail: Message) -> tuple[str, str]:
    """The name and the address that it says to be from."""
    for name, address in getaddresses([_raw_header(mail, "From")]):
        if ADDRESS.fullmatch(address.strip()):
            return mail_text.one_line(_spelled(name))[:120], address.strip().lower()
    return "", ""


def _parts(mail: Message) -> tuple[str, list[File], int]:
    """Its words, its files, and how many parts were left out."""
    texts: dict[str, list[str]] = {"plain": [], "html": []}
    found: list[File] = []
    left_out = 0
    for part in _leaves(mail):
        main, sub = part.get_content_maintype(), part.get_content_subtype()
        name = _name(part)
        if main == "text" and sub in texts and not name:
            texts[sub].append(mail_text.decoded(_bytes(part)[:LONGEST_TEXT], part.get_content_charset()))
        elif main == "message" or len(found) >= MOST_FILES:
            left_out += 1
        elif len(raw := _bytes(part)) <= files.MOST:
            found.append(File(name or f"file.{sub}"[:40], raw))
        else:
            left_out += 1
    words = mail_text.plain("\n\n".join(texts["plain"]))
    return words or mail_text.of_html("\n".join(texts["html"])), found, left_out


def _leaves(mail: Message) -> Iterator[Message]:
    """The parts that hold something; a mail within the mail is one of them, and is not opened."""
    waiting = [mail]
    while waiting:
        part = waiting.pop(0)
        inside = part.get_payload()
        if isinstance(inside, list) and part.get_content_maintype() == "multipart":
            waiting = [one for one in inside if isinstance(one, Message)] + waiting
        else:
            yield part


def _bytes(part: Message) -> bytes:
    try:
        raw = part.get_payload(decode=True)
    except (ValueError, LookupError, MessageError):
        return b""
    return raw if isinstance(raw, bytes) else b""


def _name(part: Message) -> str:
    try:
        given = part.get_filename() or ""
    except (ValueError, LookupError, TypeError, MessageError):
        given = "file"
    return mail_text.one_line(_spelled(given))[:120]


def _header(mail: Message, name: str) -> str:
    return mail_text.one_line(_spelled(_raw_header(mail, name)))


def _raw_header(mail: Message, name: str) -> str:
    try:
        return str(mail.get(name, ""))[:LONGEST_HEADER]
    except (ValueError, LookupError, MessageError):
        return ""


def _spelled(value: str) -> str:
    """A header as it is read: `=?utf-8?...?=` taken apart, raw bytes as what they can be."""
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError, LookupError):
        return value
    told = []
    for piece, charset in pieces:
        raw = piece if isinstance(piece, bytes) else cast(str, piece).encode("utf-8", "surrogateescape")
        told.append(mail_text.decoded(raw, charset))
    return "".join(told)


def _first_id(value: str) -> str:
    return next(iter(_ids(value)), "")


def _ids(value: str) -> list[str]:
    """The ids in a header, each once, the newest of very many."""
    return list(dict.fromkeys(ID.findall(value)))[-MOST_IDS:]
