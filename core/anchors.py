"""What the newest entry of each company's audit was, every five minutes, kept with the keys and signed.

The chain itself shows whatever was changed inside it. Cutting its end off, or writing all of it anew, leaves a chain
that is whole; it is found here, where whoever has the database alone cannot write.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core import clock, vault

ZONE = "Asia/Jakarta"


@dataclass(frozen=True)
class Anchor:
    """The newest entry at an instant; `sound` = signed by us."""

    seq: int
    hash: str
    at: datetime
    sound: bool


def of(company: int) -> Sequence[Anchor]:
    """The anchors of a company, one for each day on which there was something new, the oldest first."""
    rows = vault.keyring().store.rows(
        "select day, seq, hash, at, signature from audit_anchor where company = ? order by seq, day", company
    )
    return [
        Anchor(seq, hash_, datetime.fromisoformat(at), hmac.compare_digest(_signed(company, day, seq, hash_, at), mark))
        for day, seq, hash_, at, mark in rows
    ]


@dataclass(frozen=True)
class Gap:
    """A break of the chain that somebody answers for: where it begins, and the newest entry that was there then."""

    number: int
    seq: int
    hash: str
    at: datetime
    who: str
    reason: str


def gaps(company: int) -> Sequence[Gap]:
    """The gaps of a company that were acknowledged and signed by us, the oldest first."""
    rows = vault.keyring().store.rows(
        "select number, seq, hash, at, who, reason, signature from audit_gap where company = ? order by at", company
    )
    return [
        Gap(number, seq, hash_, datetime.fromisoformat(at), who, reason)
        for number, seq, hash_, at, who, reason, mark in rows
        if hmac.compare_digest(_signed("gap", company, number, seq, hash_, at, who, reason), mark)
    ]


def acknowledge(company: int, number: int, seq: int, hash_: str, *, who: str, reason: str) -> Gap:
    """Keep with the keys that somebody answers for the gap that begins at this entry."""
    at = clock.now().isoformat()
    told = (company, number, seq, hash_, at, who, reason)
    vault.keyring().store.write(
        (
            "insert into audit_gap (company, number, seq, hash, at, who, reason, signature) "
            "values (?, ?, ?, ?, ?, ?, ?, ?)",
            [(*told, _signed("gap", *told))],
        )
    )
    return Gap(number, seq, hash_, datetime.fromisoformat(at), who, reason)


def keep(company: int, seq: int, hash_: str) -> None:
    """Remember the newest entry; it takes the place of the one remembered earlier that day."""
    now = clock.now()
    day, at = clock.local(now, ZONE).date().isoformat(), now.isoformat()
    vault.keyring().store.write(
        (
            "insert into audit_anchor (company, day, seq, hash, at, signature) values (?, ?, ?, ?, ?, ?) "
            "on conflict (company, day) do update set seq = excluded.seq, hash = excluded.hash, at = excluded.at, "
            "signature = excluded.signature",
            [(company, day, seq, hash_, at, _signed(company, day, seq, hash_, at))],
        )
    )


def _signed(*parts: object) -> str:
    told = "|".join(str(one) for one in parts)
    return hmac.new(vault.keyring().signing(), told.encode(), hashlib.sha256).hexdigest()
