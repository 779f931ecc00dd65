"""One sentence that arrives in several bubbles is answered once.

A message that is understood is answered at once. One that leaves the talk where it was, and is no whole sentence or
ends in a word after which more must come, waits two seconds for what belongs to it: as a job that runs later, never as
a sleep. Only where people write in bubbles; what comes from a page was finished.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.dialog import interrupts
from core import clock
from core.messaging import inbox
from core.messaging.messages import Incoming
from core.messaging.tables import Inbound

PATIENCE = timedelta(seconds=2)
MOST = 6  # bubbles of one sentence
CHANNELS = frozenset({"telegram", "slack", "whatsapp"})
LONGEST = 80  # letters; whoever writes more has said what there was to say
WORD = re.compile(r"[^\W\d_]+(?:\.[^\W\d_])*|,|\.{3}|…", re.UNICODE)
# Nobody ends a sentence with these.
CONNECTING = frozenset(
    """dan atau sama serta terus trus tapi tp karena krn karna soalnya soale gara sampai sampe smp hingga sd s.d dari dr
    mulai mulainya antara tanggal tgl untuk utk buat yang yg kalau kalo klo supaya biar di ke pada dengan dgn
    and or but because cause since from to until till for the of on at between that with starting
    , ... …""".split()
)


class Incomplete(Exception):
    """These words alone say nothing yet: more may follow."""


@dataclass(frozen=True)
class Piece:
    """A message as it lies in the inbox, and what it says."""

    row: Inbound
    incoming: Incoming

    @property
    def waits_until(self) -> datetime:
        """Until when what belongs to it may still come."""
        at: datetime = self.row.received_at
        return at + PATIENCE


def of(rows: Sequence[Inbound], pieces: int) -> list[Piece]:
    """The first bubbles in the order in which they came."""
    return [Piece(row, inbox.unseal(row)) for row in rows[:pieces]]


def goes_on(before: Piece, row: Inbound) -> bool:
    """Whether the next message is written by the same hand in the same breath."""
    if row.received_at > before.waits_until:
        return False
    after = inbox.unseal(row)
    return _is_bubble(after) and after.place == before.incoming.place


def may_wait(pieces: Sequence[Piece], *, followed: bool, newest: bool) -> bool:
    """Whether more of this sentence may still come, or has come already; what came after it and is something else, a
    press perhaps, waits for nobody."""
    last = pieces[-1]
    if last.row.channel not in CHANNELS or len(pieces) >= MOST or last.incoming.kind == "file":
        return False
    return _is_bubble(last.incoming) and (followed or (newest and clock.now() < last.waits_until))


def joined(pieces: Sequence[Piece]) -> Incoming:
    """All bubbles as one message; a photo among them keeps its place as the message's file."""
    words = " ".join(said for one in pieces if (said := (one.incoming.words or "").strip()))
    return replace(pieces[-1].incoming, words=words or None)


def hangs(words: str) -> bool:
    """Whether a sentence ends in a word after which more must come: "cuti tanggal", "sampai", "because"."""
    found = WORD.findall(words.casefold())
    ended = words.rstrip().endswith((".", "?", "!")) and not words.rstrip().endswith("...")
    return len(words) <= LONGEST and bool(found) and found[-1] in CONNECTING and not ended


def is_part(words: str) -> bool:
    """Whether what was not understood may be a part of something."""
    return len(words) <= LONGEST and "?" not in words and not interrupts.whole_sentence(words)


def _is_bubble(one: Incoming) -> bool:
    return one.private and one.token is None and one.kind in ("message", "file")
