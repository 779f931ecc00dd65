"""Seals what a database thief must not read. Envelope `s1.<key id>.<base64>`, AES-256-GCM, a key for each person.

What is sealed is bound to its company, its person, its column and its key: moved anywhere else it no longer opens. The
keys are those of `core.keyring`, which lie apart from the data.
"""

import base64
import hmac
import os
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from cryptography.exceptions import InvalidTag
from piccolo.columns import Text

from core import settings
from core.key_store import open_store
from core.keyring import FIRST, INSTALLATION, Destroyed, Keyring
from core.settings import Settings

BEGINS = "s1."
SHUT = (InvalidTag, ValueError)  # what `unseal` raises when it cannot or may not open
BAR = "\u2592\u2592\u2592"  # stands where words were, or where nobody may read them now
COUNTRY = "62"
NONCE = 12  # bytes, another for each envelope


class SealedValue(str):
    """An envelope as a row holds it; it says nothing, not even in a traceback."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<sealed>"


class Restricted(ValueError):
    """What is sealed for this person may only be kept for now: they have asked for it, and it is being looked into."""


_reader: ContextVar[tuple[int, int] | None] = ContextVar("reader", default=None)
_lawful: ContextVar[bool] = ContextVar("lawful", default=False)


@contextmanager
def own(company: int, subject: int | None) -> Iterator[None]:
    """What is read inside is read by, or for, this person: their own data stay open to them."""
    mark = _reader.set(None if subject is None else (company, subject))
    try:
        yield
    finally:
        _reader.reset(mark)


def read_by(company: int, subject: int) -> None:
    """From here on in this task it is this person who reads."""
    _reader.set((company, subject))


@contextmanager
def lawfully() -> Iterator[None]:
    """Inside, what may only be kept is opened all the same: to seal it anew, to hand it to its person, to let it go."""
    mark = _lawful.set(True)
    try:
        yield
    finally:
        _lawful.reset(mark)


class Sealed(Text):
    """A column that takes only envelopes. `of` is the way from its row to the person it describes, `id` on the person
    itself; None where it describes nobody in particular.
    """

    value_type = str

    @property
    def column_type(self) -> str:
        return "TEXT"

    def __init__(self, *, of: str | None, null: bool = False, **more: Any) -> None:
        self.of = of
        # Piccolo makes columns again from what it was given.
        super().__init__(default=None, null=null, **{"of": of, **more})

    def __get__(self, row: Any, kind: Any = None) -> Any:
        if row is None:
            return self
        held = row.__dict__[self._meta.name]
        return SealedValue(held) if isinstance(held, str) else held

    def __set__(self, row: Any, value: Any) -> None:
        if isinstance(value, str) and not value.startswith(BEGINS):
            raise ValueError(f"{self._meta.name} takes only what was sealed")
        row.__dict__[self._meta.name] = value


def seal(words: str, *, company: int, column: str, subject: int | None = None) -> str:
    """The envelope of `words`, to be opened only for this company, this table.column and, if given, this person."""
    key = keyring().of(company, subject)
    nonce = os.urandom(NONCE)
    box = key.box.encrypt(nonce, words.encode(), _bound(company, subject, column, key.kid))
    return key.mark + base64.urlsafe_b64encode(nonce + box).decode()


def seal_row(cells: Mapping[str, str], *, company: int, table: str, subject: int | None) -> dict[str, str]:
    """The envelopes of many columns of one row, each as `seal` makes it: what is alike in them is done once."""
    key = keyring().of(company, subject)
    nonces, sealed = os.urandom(NONCE * len(cells)), {}
    for number, (name, words) in enumerate(cells.items()):
        nonce = nonces[number * NONCE : (number + 1) * NONCE]
        box = key.box.encrypt(nonce, words.encode(), _bound(company, subject, f"{table}.{name}", key.kid))
        sealed[name] = key.mark + base64.urlsafe_b64encode(nonce + box).decode()
    return sealed


def unseal(envelope: str, *, company: int, column: str, subject: int | None = None) -> str:
    """The words inside; ValueError or InvalidTag (SHUT) when it was made for another place, or its key is gone.

    What was sealed before persons had keys of their own opens with the company's, whoever it is said to be about.
    """
    begins, _, rest = envelope.partition(".")
    kid, _, told = rest.partition(".")
    if begins != "s1" or not told:
        raise ValueError(f"{column} does not hold an envelope")
    raw = base64.urlsafe_b64decode(told)
    if kid == FIRST:
        box, bound = keyring().first(company), f"{company}|{column}|{FIRST}".encode()
    else:
        ring = keyring()
        key = ring.by_kid(kid)
        if key.subject is not None and subject is None:
            raise ValueError(f"{column} is sealed for one person: say whose with subject=")
        if ring.restricted and _is_shut(ring, (key.company, key.subject)):
            raise Restricted(f"{column} of person {subject} may only be kept for now")
        box, bound = key.box, _bound(company, None if key.subject is None else subject, column, kid)
    return box.decrypt(raw[:NONCE], raw[NONCE:], bound).decode()


def _is_shut(ring: Keyring, whose: tuple[int, int | None]) -> bool:
    return whose in ring.restricted and _reader.get() != whose and not _lawful.get()


def shown(envelope: str | None, *, company: int, column: str, subject: int | None) -> str:
    """The words inside as a page or a talk shows them: a bar where their key is gone, or nobody may read them now."""
    if envelope is None:
        return ""
    try:
        return unseal(envelope, company=company, column=column, subject=subject)
    except (Destroyed, Restricted):
        return BAR


def prepare(company: int, subjects: Collection[int]) -> None:
    """Have the keys of these persons ready before sealing for many of them: one write instead of one each."""
    keyring().prepare(company, subjects)


def destroy(company: int, subject: int) -> None:
    """Make everything that was ever sealed for this person unreadable, in every copy of the database."""
    keyring().destroy(company, subject)


def blind_index(value: str, *, field: str, company: int = INSTALLATION) -> str:
    """A keyed fingerprint, 128 bits, by which an exact value is found again without being stored readably."""
    key = keyring().index(company, field)
    return hmac.digest(key, normal(value, field=field).encode(), "sha256").hex()[:32]


def normal(value: str, *, field: str) -> str:
    """One spelling for all ways to write the same value."""
    plain = value.strip().lower()
    if field in ("nik", "kk"):
        return re.sub(r"\D", "", plain)
    if field == "npwp":
        # Since 2024 the number has 16 digits; of those that had 15 it is the old one after a zero.
        return re.sub(r"\D", "", plain).rjust(16, "0")
    if field == "phone":
        return phone(plain)
    return plain


def phone(written: str) -> str:
    """A telephone number in E.164; one without a country is Indonesian."""
    digits = re.sub(r"\D", "", written)
    if written.strip().startswith("+"):
        return f"+{digits}"
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    if digits.startswith("0"):
        return f"+{COUNTRY}{digits[1:]}"
    return f"+{digits}" if digits.startswith(COUNTRY) else f"+{COUNTRY}{digits}"


_ring: Keyring | None = None
_made: Settings | None = None


def keyring() -> Keyring:
    """The keys of this process's installation."""
    global _ring, _made
    now = settings.current()
    if _made is not now:
        if _made is None or _ring is None or _where(_made) != _where(now):
            close()
            _ring = Keyring(open_store(now.keys), now.master_key, now.old_master_key)
        _made = now
    assert _ring is not None
    return _ring


def close() -> None:
    """Let go of the key store."""
    global _ring, _made
    if _ring is not None:
        _ring.store.close()
    _ring = _made = None


def _where(made: Settings) -> tuple[str, str, str]:
    return made.keys, made.master_key, made.old_master_key


def _bound(company: int, subject: int | None, column: str, kid: str) -> bytes:
    return f"{company}|{'' if subject is None else subject}|{column}|{kid}".encode()
