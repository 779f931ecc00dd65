"""Which of several days named in one sentence are the ones that are asked for.

People tell why before they ask: "kemarin anak jatuh, besok kontrol, jadi saya mau cuti besok", "adik menikah tanggal
25, saya cuti tanggal 24", "cuti tanggal 20, masuk lagi tanggal 23". The days nearest to the word for leave are meant;
days gone by or worked are not, unless nothing else is named.
"""

import itertools
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.dialog import date_grammar, date_points, date_resolve
from bot.dialog.date_grammar import Piece
from bot.dialog.date_points import Point
from bot.dialog.date_words import Atom

_ASKED = frozenset(
    "free need minta cuti leave off libur pto izin absen absent away vacation bercuti ajukan mengajukan ambil "
    "take taking book".split()
)
_WORKED = frozenset(
    "masuk kerja present back ngantor hadir working bekerja kembali balik return returning rejoin resume resuming "
    "mengajar joined rejoined ngajar".split()
)
_RETURNED = frozenset("back rejoin return returning resume resuming kembali".split())
_MORE = frozenset("again another terus trus lagi plus".split())
_TRAVELS = frozenset(
    "fly flying flight berangkat terbang bus kapal kereta train travelling traveling leaves departs departing ferry "
    "pesawat berangkatnya starts begins".split()
)
_LATE = frozenset("night malam evening sore late tonight class".split())
_HOME = frozenset("get land landing home arrive arriving tiba sampai mendarat flying fly".split())
_DESK = frozenset("desk office work duty kantor kerja site campus kampus masuk".split())
# What is handed in then is not what is asked for: "surat dokter saya serahkan sore ini".
_BROUGHT = frozenset("serahkan kirim kirimkan kumpulkan susulkan susulin suratnya submit send upload lampirkan".split())
_GUARDS = frozenset("lagi di pagi siang malam shift pos".split())  # "jaga anak" is no work
_DENIED = frozenset("tidak not no belum can't won't don't bukan jangan".split())
_BUT = frozenset("tapi tetapi melainkan but rather".split())
SO = frozenset("jadi makanya so that's sehingga therefore".split())
_BESIDE = frozenset("habis setelah sesudah sebelum after before".split())
_STOPS = frozenset(".!?;")
_NEAR = 4
ONE_DAY = timedelta(days=1)
LONGEST = timedelta(days=120)


def meant(said: Sequence[Piece], atoms: Sequence[Atom], line: str) -> list[Piece]:
    """The pieces; days that only belong to the story are set aside, and "bukan tanggal 20 tapi 21" is the 21st."""
    said = _instead(list(said), atoms, line)
    days = [piece for piece in said if piece.kind in ("days", "offset")]
    if len(days) < 2:
        return said
    starts = {piece.start for piece in days}
    said, days = _once_more(said, days, atoms, line, starts)
    if len(days) < 2:
        return said
    worth = {id(piece): _worth(piece, atoms, line, starts) for piece in days}
    best = max(days, key=lambda piece: (worth[id(piece)], -piece.start))
    if worth[id(best)] == worth[id(days[0])]:
        return said
    return [replace(piece, kind="aside") if piece in days and piece is not best else piece for piece in said]


def _once_more(
    said: list[Piece], days: list[Piece], atoms: Sequence[Atom], line: str, starts: Collection[int]
) -> tuple[list[Piece], list[Piece]]:
    """ "Off on the 14th, working on the 15th, off again on the 16th": days that the sentence adds to those before."""
    away = [piece for piece in days if piece.kind == "days" and not _worked(piece, atoms, line, starts)]
    for one, other in itertools.pairwise(away):
        before = range(other.start - 1, max(one.end, other.start - 5) - 1, -1)
        near = {atoms[at].text for at in itertools.takewhile(lambda at: not _pause(atoms, line, at), before)}
        asked = any(atom.text in _ASKED for atom in _around(one, atoms, line))
        if asked and near & _MORE and not near & _WORKED:
            whole = replace(one, points=(*one.points, *other.points))
            said = [whole if piece is one else piece for piece in said if piece is not other]
            return said, [whole if piece is one else piece for piece in days if piece is not other]
    return said, days


def unbroken(said: Sequence[Piece], atoms: Sequence[Atom], line: str, today: date) -> list[Piece]:
    """ "Cuti dari tanggal 13, masuk lagi tanggal 15" lasts until the last weekday before somebody is back."""
    starts = {piece.start for piece in said}
    days = [piece for piece in said if piece.kind == "days"]
    story = [piece for piece in said if piece.kind == "aside"]  # "back on the 11th, away from the Wednesday before"
    back = [piece for piece in days + story if _one(piece) and _worked(piece, atoms, line, starts)]
    away = [piece for piece in days if _one(piece) and line[piece.start] == "F" and piece not in back]
    if not away and not any(line[piece.start] == "F" or not _one(piece) for piece in days):
        away = [piece for piece in days if piece not in back and _leaves(piece, atoms, line)]
    if len(back) != 1 or len(away) != 1 or any(piece.kind in ("until", "length") for piece in said):
        return list(said)
    first, last = away[0].points[0], back[0].points[0]
    assert isinstance(first, Point)
    assert isinstance(last, Point)
    try:
        begins, returns, _ = date_resolve.several(first, last, today, "future")
    except ValueError:
        return list(said)
    begins += ONE_DAY * (line[away[0].start] != "F" and _leaves_late(away[0], atoms))
    while begins.weekday() > 4 and line[away[0].start] != "F":
        begins += ONE_DAY
    until = returns - ONE_DAY * (not _comes_home(back[0], atoms))
    while until.weekday() > 4 and until > begins:
        until -= ONE_DAY
    if not begins <= until or returns - begins > LONGEST:
        return list(said)
    whole = replace(
        away[0], unit="back", points=((Point.on(begins), Point.on(until)) if until > begins else Point.on(begins),)
    )
    return [
        whole if piece is away[0] else replace(piece, kind="aside") if piece is back[0] else piece for piece in said
    ]


def _leaves(piece: Piece, atoms: Sequence[Atom], line: str) -> bool:
    """ "The bus leaves on Thursday the 10th", "berangkat tanggal 9 malam": the journey that somebody is away for."""
    before = range(max(0, piece.start - 5), piece.start)
    pause = max((at for at in before if _pause(atoms, line, at)), default=-1)
    return any(atoms[at].text in _TRAVELS for at in before if at > pause)


def _leaves_late(piece: Piece, atoms: Sequence[Atom]) -> bool:
    """Whether the day is worked before the journey begins."""
    return any(atom.text in _LATE for atom in atoms[max(0, piece.start - 1) : piece.end + 3])


def _comes_home(piece: Piece, atoms: Sequence[Atom]) -> bool:
    """ "We get back on Wednesday" ends the journey, "back at my desk on Wednesday" the leave."""
    near = {atom.text for atom in [*atoms[max(0, piece.start - 4) : piece.start], *atoms[piece.end : piece.end + 2]]}
    return bool(near & _HOME) and not near & _DESK


def at_work(said: Sequence[Piece], atoms: Sequence[Atom], line: str) -> list[Piece]:
    """ "Minggu terakhir Januari cuti, tanggal 1 sudah masuk": the only day that is named is one of work."""
    starts = {piece.start for piece in said}
    days = [piece for piece in said if piece.kind in ("days", "offset")]
    weeks = any(piece.kind == "unsure" and piece.month for piece in said)
    if len(days) != 1 or not weeks or not _worked(days[0], atoms, line, starts):
        return list(said)
    return [replace(piece, kind="aside") if piece is days[0] else piece for piece in said]


def _one(piece: Piece) -> bool:
    return len(piece.points) == 1 and isinstance(piece.points[0], Point) and piece.points[0].span is None


def in_one_month(said: Sequence[Piece]) -> list[Piece]:
    """ "Nikah tanggal 8 agustus, libur dari tanggal 6 sampai 9": a month said once counts for what is asked, too.

    A month that was only denied or said before its day ("bukan juli, agustus. 20 agustus") is no question any more.
    """
    story = [point for piece in said if piece.kind == "aside" for point in flat(piece) if point.month is not None]
    dated = any(piece.kind == "days" and any(p.day is not None for p in flat(piece)) for piece in said)
    kept = [piece for piece in said if not (piece.kind == "unsure" and piece.month and dated)]
    if not story:
        return kept
    month = story[-1].month
    return [
        each_point(piece, lambda point: replace(point, month=month))
        if piece.kind == "days" and all(point.bare for point in flat(piece))
        else piece
        for piece in kept
    ]


def each_point(piece: Piece, change: Callable[[Point], Point]) -> Piece:
    """The piece with every day of it changed, those at the ends of ranges too."""
    return replace(
        piece, points=tuple((change(p[0]), change(p[1])) if isinstance(p, tuple) else change(p) for p in piece.points)
    )


def flat(piece: Piece) -> list[Point]:
    """Every day that a piece names, the ends of ranges among them."""
    return [each for point in piece.points for each in (point if isinstance(point, tuple) else (point,))]


def _worth(piece: Piece, atoms: Sequence[Atom], line: str, starts: Collection[int]) -> int:
    """How surely these are the days that somebody wants to be away."""
    asked = any(atom.text in _ASKED for atom in _around(piece, atoms, line))
    before = [atom.text for atom in atoms[max(0, piece.start - 4) : piece.start]]
    concludes = any(one in before for one in SO)
    explains = any(atom.text in SO for atom in atoms[piece.end : piece.end + 2])  # "the exam is on the 9th, so"
    beside = before[-1:] != [] and before[-1] in _BESIDE
    brought = any(atom.text in _BROUGHT for atom in _around(piece, atoms, line))
    return (
        2 * asked
        + 3 * concludes
        - explains
        - beside
        - 3 * brought
        - 3 * _gone(piece)
        - 3 * _worked(piece, atoms, line, starts)
    )


def _around(piece: Piece, atoms: Sequence[Atom], line: str) -> Sequence[Atom]:
    """The words near a piece, no further than the next pause."""
    first, last = piece.start, piece.end
    while first > 0 and piece.start - first < _NEAR and not _pause(atoms, line, first - 1):
        first -= 1
    while last < len(atoms) and last - piece.end < _NEAR and not _pause(atoms, line, last):
        last += 1
    return [*atoms[first : piece.start], *atoms[piece.end : last]]


def _pause(atoms: Sequence[Atom], line: str, at: int) -> bool:
    return line[at] == "c" or atoms[at].text in _STOPS


def _gone(piece: Piece) -> bool:
    if piece.kind == "offset":
        return piece.amount < 0
    # What began days ago and goes on until today is not over.
    points = [point[-1] if isinstance(point, tuple) else point for point in piece.points]
    return all(isinstance(each, Point) and ((each.offset or 0) < 0 or (each.shift or 0) < 0) for each in points[:1])


def _worked(piece: Piece, atoms: Sequence[Atom], line: str, starts: Collection[int]) -> bool:
    """Whether somebody says to be at work then: "selasa sudah masuk", "masuk lagi tanggal 23", "the 23rd i'm back"."""
    before = range(piece.start - 1, max(-1, piece.start - 6), -1)
    after = range(piece.end, min(len(atoms), piece.end + 3))
    for places in (before, after):
        for at in places:
            if line[at] == "c" or atoms[at].text in _DENIED or at in starts:
                break
            if atoms[at].text == "kerja" and line[at - 1] == "d" and at:
                break  # "dua hari kerja"
            guards = atoms[at].text == "jaga" and (line[at + 1 : at + 2] in ("", "c") or atoms[at + 1].text in _GUARDS)
            far = places is before and piece.start - at > 3
            if atoms[at].text in (_RETURNED if far else _WORKED) or guards:
                # "Cuti tanggal 20 masuk lagi tanggal 23": the word goes with the day that follows it.
                nearer = any(at < start <= at + 3 for start in starts) and places is after
                return not nearer
    return False


def _instead(said: list[Piece], atoms: Sequence[Atom], line: str) -> list[Piece]:
    """A bare number after "not the 20th but" is the day that is meant."""
    for at, piece in enumerate(said):
        if piece.kind not in ("days", "denied") or line[max(0, piece.start - 1) : piece.start] != "x":
            continue
        pause = line[piece.end : piece.end + 1] == "c" and line[piece.end + 2 : piece.end + 3] in ("", "c")
        if piece.end + 1 < len(atoms) and (atoms[piece.end].text in _BUT or pause):
            point = date_points.bare(list(atoms), line, piece.end + 1)
            taken = any(other.start == piece.end + 1 for other in said)
            if point is not None and not taken:
                new = date_grammar.Piece("days", piece.end + 1, point[1], (point[0],))
                return [*said[:at], replace(piece, kind="denied"), new, *said[at + 1 :]]
    return said
