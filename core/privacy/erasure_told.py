"""What whoever asked is told before their data go: which go, which stay and why, the moment, and how to stop it."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from core.messaging import buttons, outbox
from core.messaging.messages import Message
from core.phrases import phrase, saat, tanggal
from core.privacy.holding_tables import Erasure
from core.privacy.holdings import DELETE, KEEP, NULL, SEAL, SHRED
from core.privacy.tables import DataRequest

GOES = frozenset({DELETE, NULL, SHRED})
MOST_NAMED = 4


def goes(row: Erasure, language: str) -> Sequence[str]:
    """What goes, by name."""
    return _named(row, GOES, language)


def stays(row: Erasure, language: str) -> Sequence[tuple[str, str, Sequence[str]]]:
    """What stays: why, until when (empty: as long as the reason holds), and its names."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in json.loads(row.plan):
        if one["act"] in (KEEP, SEAL):
            found.setdefault((one["reason"], one["until"]), []).append(phrase(f"holdings.of_{one['table']}", language))
    return [
        (
            phrase(f"holdings.reason_{reason}", language) if reason else "",
            tanggal(date.fromisoformat(until), language) if until else "",
            list(dict.fromkeys(names)),
        )
        for (reason, until), names in found.items()
    ]


async def tell(request: DataRequest, row: Erasure, *, language: str, zone: str, link: str) -> None:
    """Send it to whoever asked, with the press that stops it."""
    assert row.runs_at is not None
    gone = goes(row, language)
    named = ", ".join(_amid(one) for one in gone[:MOST_NAMED])
    if len(gone) > MOST_NAMED:
        named = phrase("erasing.and_more", language, names=named, number=str(len(gone) - MOST_NAMED))
    kept = "; ".join(_line(why, until, language) for why, until, _ in stays(row, language))
    facts: dict[str, Any] = {"number": request.number, "at": saat(row.runs_at, zone, language), "link": link}
    facts |= {"gone": named or phrase("erasing.nothing", language), "kept": kept or phrase("erasing.nothing", language)}
    choice = await buttons.make(
        phrase("erasing.choice_stop", language), "start", person=request.person, flow="privacy_keep",
        answers={"privacy": request.number},
    )  # fmt: skip
    message = Message("erasing.told", phrase("erasing.told", language, **facts), (choice,), language=language)
    await outbox.post_once(
        await outbox.address_of(request.person), message, dedupe=f"privacy:{request.id}:erasing:{row.id}"
    )  # fmt: skip


def _line(why: str, until: str, language: str) -> str:
    key = "erasing.kept_until" if until else "erasing.kept"
    return phrase(key, language, why=why, until=until) if until else phrase(key, language, why=why)


def _amid(name: str) -> str:
    """A name as it stands within a sentence; PIN stays PIN."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _named(row: Erasure, acts: frozenset[str], language: str) -> Sequence[str]:
    names = [phrase(f"holdings.of_{one['table']}", language) for one in json.loads(row.plan) if one["act"] in acts]
    return list(dict.fromkeys(names))
