"""Which of several days named in one sentence are the ones that are asked for.

People tell why before they ask: "kemarin anak jatuh, besok kontrol, jadi saya mau cuti besok", "adik menikah tanggal
25, saya cuti tanggal 24", "cuti tanggal 20, masuk lagi tanggal 23". The days nearest to the word for leave are meant;
days gone by or worked are not, unless nothing else is named.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.dialog import date_grammar, date_points
from bot.dialog.date_grammar import Piece
from bot.dialog.date_points import Point
from bot.dialog.date_words import Atom

_ASKED = frozenset("cuti leave off libur pto izin absen absent away vacation bercuti ajukan mengajukan ambil".split())
_WORKED = frozenset("masuk kerja present back ngantor hadir working bekerja".split())
_DENIED = frozenset("tidak not no belum can't won't don't bukan jangan".split())
_BUT = frozenset("tapi tetapi melainkan but rather".split())
_NEAR = 4


def meant(said: Sequence[Piece], atoms: Sequence[Atom], line: str) -> list[Piece]:
    """The pieces; days that only belong to the story are set aside, and "bukan tanggal 20 tapi 21" is the 21st."""
    said = _instead(list(said), atoms, line)
    days = [piece for piece in said if piece.kind in ("days", "offset")]
    if len(days) < 2:
        return said
    starts = {piece.start for piece in days}
    worth = {id(piece): _worth(piece, atoms, line, starts) for piece in days}
    best = max(days, key=lambda piece: (worth[id(piece)], -piece.start))
    if worth[id(best)] == worth[id(days[0])]:
        return said
    return [replace(piece, kind="aside") if piece in days and piece is not best else piece for piece in said]


def _worth(piece: Piece, atoms: Sequence[Atom], line: str, starts: Collection[int]) -> int:
    """How surely these are the days that somebody wants to be away."""
    asked = any(atom.text in _ASKED for atom in _around(piece, atoms, line))
    return 2 * asked - 3 * _gone(piece) - 3 * _worked(piece, atoms, line, starts)


def _around(piece: Piece, atoms: Sequence[Atom], line: str) -> Sequence[Atom]:
    """The words near a piece, no further than the next comma."""
    first, last = piece.start, piece.end
    while first > 0 and piece.start - first < _NEAR and line[first - 1] != "c":
        first -= 1
    while last < len(atoms) and last - piece.end < _NEAR and line[last] != "c":
        last += 1
    return [*atoms[first : piece.start], *atoms[piece.end : last]]


def _gone(piece: Piece) -> bool:
    if piece.kind == "offset":
        return piece.amount < 0
    points = [each for point in piece.points for each in (point if isinstance(point, tuple) else (point,))]
    return all(isinstance(each, Point) and ((each.offset or 0) < 0 or (each.shift or 0) < 0) for each in points[:1])


def _worked(piece: Piece, atoms: Sequence[Atom], line: str, starts: Collection[int]) -> bool:
    """Whether somebody says to be at work then: "selasa sudah masuk", "masuk lagi tanggal 23", "the 23rd i'm back"."""
    before = range(piece.start - 1, max(-1, piece.start - 4), -1)
    after = range(piece.end, min(len(atoms), piece.end + 3))
    for places in (before, after):
        for at in places:
            if line[at] == "c" or atoms[at].text in _DENIED or at in starts:
                break
            if atoms[at].text in _WORKED:
                # "Cuti tanggal 20 masuk lagi tanggal 23": the word goes with the day that follows it.
                nearer = any(at < start <= at + 3 for start in starts) and places is after
                return not nearer
    return False


def _instead(said: list[Piece], atoms: Sequence[Atom], line: str) -> list[Piece]:
    """A bare number after "not the 20th but" is the day that is meant."""
    for at, piece in enumerate(said):
        if piece.kind not in ("days", "denied") or line[max(0, piece.start - 1) : piece.start] != "x":
            continue
        if piece.end + 1 < len(atoms) and atoms[piece.end].text in _BUT:
            point = date_points.bare(list(atoms), line, piece.end + 1)
            taken = any(other.start == piece.end + 1 for other in said)
            if point is not None and not taken:
                new = date_grammar.Piece("days", piece.end + 1, point[1], (point[0],))
                return [*said[:at], replace(piece, kind="denied"), new, *said[at + 1 :]]
    return said
