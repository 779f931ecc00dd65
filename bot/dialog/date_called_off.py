"""Days that are called off because the occasion they were for has moved: where it has gone is no day of leave."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

from bot.dialog.date_grammar import Piece
from bot.dialog.date_twice import DROPPED, ELSEWHERE, MOVING
from bot.dialog.date_words import Atom

_CALLED_OFF = DROPPED | frozenset("cabut cabutin withdraw tarik".split())
_OCCASIONS = frozenset(
    "it acara acaranya event events eventnya meeting appointment party wedding ceremony exam rapat rapatnya ujian "
    "ujiannya nikahan nikahannya sidang hearing".split()
)
_AWAY = frozenset("cuti cutiku cutinya leave libur izin off".split())
_FAR = 6


def elsewhere(said: Sequence[Piece], atoms: Sequence[Atom]) -> list[Piece]:
    """ "Cancel Thursday? it moved to 12 December": where the occasion has gone is no day of leave."""
    found = list(said)
    days = [piece for piece in said if piece.kind in ("days", "offset")]
    for one, other in itertools.pairwise(days):
        between = {atom.text for atom in atoms[one.end : other.start]}
        before = {atom.text for atom in (*atoms[max(0, one.start - _FAR) : one.start], *atoms[one.end : one.end + 2])}
        behind = {atom.text for atom in atoms[other.end :]}
        asks = (between | behind) & _AWAY
        if before & _CALLED_OFF and between & _OCCASIONS and between & (MOVING | ELSEWHERE) and not asks:
            found = [replace(piece, kind="aside", unit="elsewhere") if piece is other else piece for piece in found]
    return found
