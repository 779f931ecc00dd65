"""The keys: the master key wraps a company's key, which wraps one key for each person of it.

A new key is on disk before anything sealed with it can be. A person's key, once destroyed, is destroyed for good: what
was sealed with it opens nowhere any more, in no backup of the data either.
"""

import os
import secrets
import threading
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC
from time import monotonic
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core import clock
from core.key_store import KeyStore, Step
from core.wrapping import WrongMaster, new_kid, unwrap, wrap

INSTALLATION = 0  # what stands outside companies is sealed with a key of its own
FIRST = "m1"  # the key id of envelopes made before there was a store, by keys derived from the master key itself
LOOK_EVERY = 20.0  # seconds after which a process notices what another one destroyed
AT_A_TIME = 500
MOST_KEPT = 200_000  # opened keys that a process remembers


class UnknownKey(ValueError):
    """An envelope names a key that this store does not have: it is the store of another database, or an old copy."""


class Destroyed(ValueError):
    """The key of this person was destroyed, so that nothing about them can be read again."""


@dataclass(frozen=True, slots=True)
class Key:
    """An opened key, and whose it is; `subject` None = of the company itself."""

    kid: str
    company: int
    subject: int | None
    mark: str  # how its envelopes begin
    box: AESGCM
    raw: bytes


class Keyring:
    """The keys of one installation, opened when they are first needed."""

    def __init__(self, store: KeyStore, master: str, older: str = "") -> None:
        self.store = store
        self._wraps = {name_of(secret): secret for secret in (older, master) if secret}
        self._master, self._name = master, name_of(master)
        self._by_kid: dict[str, Key] = {}
        self._current: dict[tuple[int, int | None], Key] = {}
        self._derived: dict[str, bytes] = {}
        self._lock = threading.RLock()
        (self._revision, self._unread), self._look_at = self._numbers(), monotonic() + LOOK_EVERY
        self.restricted = self._restricted()

    # -- finding

    def of(self, company: int, subject: int | None) -> Key:
        """The key that seals now for this person, or for the company; made when there is none yet."""
        if monotonic() > self._look_at:
            self._look()
        found = self._current.get((company, subject))
        if found is None:
            with self._lock:
                found = self._company(company) if subject is None else self._subject(company, subject)
        return found

    def by_kid(self, kid: str) -> Key:
        """The key that an envelope names, or UnknownKey or Destroyed."""
        if monotonic() > self._look_at:
            self._look()
        found = self._by_kid.get(kid)
        if found is None:
            with self._lock:
                found = self._find(kid)
        return found

    def first(self, company: int) -> AESGCM:
        """The key of envelopes from before there was a store."""
        return AESGCM(self._derive(f"company:{company}"))

    def index(self, company: int, field: str) -> bytes:
        """The key by which a field's values are found again; another one for each field and company."""
        return self._derive(f"index:{company}:{field}" if company else f"index:{field}")

    def signing(self) -> bytes:
        """The key that signs what the store keeps about the database."""
        return self._derive("anchor")

    # -- making and destroying

    def prepare(self, company: int, subjects: Collection[int]) -> None:
        """Have the keys of many persons ready, with one write instead of many."""
        with self._lock:
            missing = [one for one in dict.fromkeys(subjects) if (company, one) not in self._current]
            if not missing:
                return
            self._load(company, missing)
            wrapping, now = self._company(company), instant()
            fresh = [one for one in missing if (company, one) not in self._current]
            rows = []
            for one in fresh:
                kid, raw = new_kid("p"), os.urandom(32)
                rows.append((kid, company, one, wrap(wrapping.raw, raw, kid, company, one), wrapping.kid, now))
            if rows:
                self.store.write(
                    (
                        "insert into subject_key (kid, company, subject, wrapped, wrapped_by, made_at) "
                        "values (?, ?, ?, ?, ?, ?) on conflict do nothing",
                        rows,
                    )
                )
                self._load(company, fresh)

    def destroy(self, company: int, subject: int) -> None:
        """Make everything ever sealed for this person unreadable, everywhere and for good."""
        with self._lock:
            self.prepare(company, [subject])
            now = instant()
            self.store.write(
                (
                    "update subject_key set wrapped = null, destroyed_at = ? "
                    "where company = ? and subject = ? and destroyed_at is null",
                    [(now, company, subject)],
                ),
                NOTICED,
                HIDDEN,
            )
            self._look()

    def restrict(self, company: int, subject: int, *, lifted: bool = False) -> None:
        """Have nobody but this person read what was sealed for them, in every process before half a minute is over."""
        with self._lock:
            if lifted:
                step: Step = (
                    "delete from restricted_subject where company = ? and subject = ?", [(company, subject)]
                )  # fmt: skip
            else:
                step = (
                    "insert into restricted_subject (company, subject, since) values (?, ?, ?) on conflict do nothing",
                    [(company, subject, instant())],
                )
            self.store.write(step, HIDDEN)
            self._look()

    def unread(self) -> int:
        """A number that is another one once something that was readable is no longer, or is again."""
        if monotonic() > self._look_at:
            self._look()
        return self._unread

    def found(self, *, adopting: str | None) -> None:
        """Begin the store of an installation; one that sealed with its master key itself goes on reading that."""
        with self._lock:
            self._root(adopting)

    # -- rotation

    def rewrap(self) -> int:
        """Wrap every company's key with the master key of now; returns how many still had the older one."""
        with self._lock:
            rows = self.store.rows(
                "select kid, company, wrapped, wrapped_by, purpose from company_key where wrapped_by <> ?", self._name
            )
            turned = []
            for kid, company, wrapped, by, purpose in rows:
                raw = self._open_company(kid, company, purpose, wrapped, by)
                turned.append((self._wrap_company(kid, company, purpose, raw), self._name, kid))
            if turned:
                self.store.write(("update company_key set wrapped = ?, wrapped_by = ? where kid = ?", turned), NOTICED)
            self._forget()
            return len(turned)

    def renew(self, company: int, before: str) -> None:
        """Give the company a new key, unless the one it has was made after `before`; the old one still opens."""
        with self._lock:
            kid, raw, now = new_kid("c"), os.urandom(32), instant()
            self.store.write(
                (
                    "update company_key set retired_at = ? "
                    "where company = ? and purpose = 'data' and retired_at is null and made_at < ?",
                    [(now, company, before)],
                ),
                (
                    "insert into company_key (kid, company, purpose, wrapped, wrapped_by, made_at) "
                    "values (?, ?, 'data', ?, ?, ?) on conflict do nothing",
                    [(kid, company, self._wrap_company(kid, company, "data", raw), self._name, now)],
                ),
                NOTICED,
            )
            self._forget()

    def renew_subjects(self, company: int, before: str, after: int, most: int) -> int | None:
        """Give the next persons new keys where theirs were made before this instant; returns where to go on, or None.

        The old ones are wrapped with the company's key of now and still open what they sealed.
        """
        with self._lock:
            wrapping = self._company(company)
            rows = self.store.rows(
                "select kid, subject, wrapped, wrapped_by, made_at, retired_at from subject_key "
                "where company = ? and subject > ? and wrapped is not null order by subject limit ?",
                company, after, most,
            )  # fmt: skip
            if not rows:
                return None
            last = rows[-1][1]
            if len(rows) == most and rows[0][1] != last:
                # The keys of one person belong together; the last of these may have more than was read.
                rows, last = [row for row in rows if row[1] != last], rows[-1][1] - 1
            now = instant()
            turned, retired, fresh = [], [], []
            for kid, subject, wrapped, by, made_at, retired_at in rows:
                if by != wrapping.kid:
                    raw = unwrap(self.by_kid(by).raw, wrapped, kid, company, subject)
                    turned.append((wrap(wrapping.raw, raw, kid, company, subject), wrapping.kid, kid))
                if retired_at is None and made_at < before:
                    new = new_kid("p")
                    sealed = wrap(wrapping.raw, os.urandom(32), new, company, subject)
                    retired.append((now, kid))
                    fresh.append((new, company, subject, sealed, wrapping.kid, now))
            # A key that is destroyed meanwhile stays destroyed: neither line brings it back.
            steps: list[Step] = [
                (
                    "update subject_key set wrapped = ?, wrapped_by = ? where kid = ? and destroyed_at is null",
                    turned,
                ),
                ("update subject_key set retired_at = ? where kid = ? and destroyed_at is null", retired),
                (
                    "insert into subject_key (kid, company, subject, wrapped, wrapped_by, made_at) "
                    "values (?, ?, ?, ?, ?, ?) on conflict do nothing",
                    fresh,
                ),
            ]
            self.store.write(*(step for step in steps if step[1]), NOTICED)
            self._forget()
            return int(last)

    # -- inside

    def _look(self) -> None:
        """Notice what other processes have done to the keys."""
        with self._lock:
            self._look_at = monotonic() + LOOK_EVERY
            number, unread = self._numbers()
            if number != self._revision or len(self._by_kid) > MOST_KEPT:
                self._forget()
            if unread != self._unread:
                self.restricted = self._restricted()
            self._revision, self._unread = number, unread

    def _numbers(self) -> tuple[int, int]:
        told = dict(self.store.rows("select one, number from revision"))
        return int(told[1]), int(told[2])

    def _restricted(self) -> frozenset[tuple[int, int | None]]:
        return frozenset((one, subject) for one, subject in self.store.rows(
            "select company, subject from restricted_subject"
        ))  # fmt: skip

    def _forget(self) -> None:
        self._by_kid.clear()
        self._current.clear()
        self._derived.clear()

    def _company(self, company: int) -> Key:
        known = self._current.get((company, None))
        if known is not None:
            return known
        rows = self._current_of(company, "data")
        if not rows:
            kid = new_kid("c")
            self._keep_company(kid, company, "data", os.urandom(32))
            rows = self._current_of(company, "data")
        kid, wrapped, by = rows[0]
        key = self._remember(kid, company, None, self._open_company(kid, company, "data", wrapped, by))
        self._current[company, None] = key
        return key

    def _subject(self, company: int, subject: int) -> Key:
        self.prepare(company, [subject])
        found = self._current.get((company, subject))
        if found is None:
            raise Destroyed(f"the key of person {subject} of company {company} was destroyed")
        return found

    def _load(self, company: int, subjects: Collection[int]) -> None:
        """Open the current keys of these persons, as far as there are any."""
        wanted = list(subjects)
        for start in range(0, len(wanted), AT_A_TIME):
            part = wanted[start : start + AT_A_TIME]
            marks = ", ".join("?" * len(part))
            for kid, subject, wrapped, by in self.store.rows(
                "select kid, subject, wrapped, wrapped_by from subject_key "
                f"where company = ? and retired_at is null and wrapped is not null and subject in ({marks})",
                company, *part,
            ):  # fmt: skip
                raw = unwrap(self.by_kid(by).raw, wrapped, kid, company, subject)
                self._current[company, subject] = self._remember(kid, company, subject, raw)

    def _find(self, kid: str) -> Key:
        if kid.startswith("c"):
            rows = self.store.rows("select company, wrapped, wrapped_by from company_key where kid = ?", kid)
            for company, wrapped, by in rows:
                raw = self._open_company(kid, company, "data", wrapped, by)
                return self._remember(kid, company, None, raw)
        for company, subject, wrapped, by in self.store.rows(
            "select company, subject, wrapped, wrapped_by from subject_key where kid = ?", kid
        ):
            if wrapped is None:
                raise Destroyed(f"the key of person {subject} of company {company} was destroyed")
            raw = unwrap(self.by_kid(by).raw, wrapped, kid, company, subject)
            return self._remember(kid, company, subject, raw)
        raise UnknownKey(f"the key store has no key {kid}: SERAMBI_KEYS names the store of another database")

    def _remember(self, kid: str, company: int, subject: int | None, raw: bytes) -> Key:
        self._by_kid[kid] = key = Key(kid, company, subject, f"s1.{kid}.", AESGCM(raw), raw)
        return key

    def _derive(self, purpose: str) -> bytes:
        found = self._derived.get(purpose)
        if found is None:
            with self._lock:
                self._derived[purpose] = found = derive(self._root(None), purpose)
        return found

    def _root(self, adopting: str | None) -> str:
        rows = self._current_of(INSTALLATION, "root")
        if not rows:
            self._keep_company(new_kid("r"), INSTALLATION, "root", (adopting or secrets.token_urlsafe(32)).encode())
            rows = self._current_of(INSTALLATION, "root")
        kid, wrapped, by = rows[0]
        return self._open_company(kid, INSTALLATION, "root", wrapped, by).decode()

    def _current_of(self, company: int, purpose: str) -> list[tuple[Any, ...]]:
        return self.store.rows(
            "select kid, wrapped, wrapped_by from company_key "
            "where company = ? and purpose = ? and retired_at is null",
            company, purpose,
        )  # fmt: skip

    def _keep_company(self, kid: str, company: int, purpose: str, raw: bytes) -> None:
        wrapped = self._wrap_company(kid, company, purpose, raw)
        self.store.write(
            (
                "insert into company_key (kid, company, purpose, wrapped, wrapped_by, made_at) "
                "values (?, ?, ?, ?, ?, ?) on conflict do nothing",
                [(kid, company, purpose, wrapped, self._name, instant())],
            )
        )

    def _wrap_company(self, kid: str, company: int, purpose: str, raw: bytes) -> str:
        return wrap(derive(self._master, "kek"), raw, kid, company, purpose)

    def _open_company(self, kid: str, company: int, purpose: str, wrapped: str, by: str) -> bytes:
        if by not in self._wraps:
            raise WrongMaster("the keys in SERAMBI_KEYS were wrapped with another master key")
        return unwrap(derive(self._wraps[by], "kek"), wrapped, kid, company, purpose)


NOTICED: Step = ("update revision set number = number + 1 where one = ?", [(1,)])
HIDDEN: Step = ("update revision set number = number + 1 where one = ?", [(2,)])


def name_of(master: str) -> str:
    """By what a wrap is known to be of this master key, without telling it."""
    return derive(master, "kek:name").hex()[:16]


def derive(secret: str, purpose: str) -> bytes:
    """The key for one purpose that this secret makes."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"serambi:{purpose}".encode()).derive(secret.encode())


def instant() -> str:
    """Now, spelled so that a later instant stands after an earlier one."""
    return clock.now().astimezone(UTC).isoformat(timespec="microseconds")
