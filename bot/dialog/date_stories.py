"""Days that a story gives: those of a journey and those until somebody is back, and the month that it was told with.

"Cuti tanggal 20, masuk lagi tanggal 23", "the bus leaves on Thursday night, back at work on the 14th".
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.dialog import date_days, date_grammar, date_resolve
from bot.dialog.date_grammar import Piece
from bot.dialog.date_points import Point
from bot.dialog.date_roles import SO, Told, asked, worked
from bot.dialog.date_words import Atom

_TRAVELS = frozenset(
    "fly flying flight berangkat terbang bus kapal kereta train travelling traveling leaves departs departing ferry "
    "pesawat berangkatnya starts begins".split()
)
_AGAIN = frozenset("lagi sudah back kembali balik return returning again already resume resuming rejoin report".split())
_LATE = frozenset("night malam evening sore late tonight class".split())
_HOME = frozenset("get land landing home arrive arriving tiba sampai mendarat flying fly".split())
_DESK = frozenset("desk office work duty kantor kerja site campus kampus masuk".split())
_THEN = frozenset("then terus trus lalu setelah sesudah habis abis after baru and dan".split())
ONE_DAY = timedelta(days=1)
LONGEST = timedelta(days=120)


def unbroken(said: Sequence[Piece], atoms: Sequence[Atom], line: str, today: date) -> list[Piece]:
    """ "Cuti dari tanggal 13, masuk lagi tanggal 15" lasts until the last weekday before somebody is back."""
    told = Told(atoms, line, {piece.start for piece in said})
    days = [piece for piece in said if piece.kind == "days"]
    story = [piece for piece in said if piece.kind == "aside"]  # "back on the 11th, away from the Wednesday before"
    back = [piece for piece in days + story if _one(piece) and worked(piece, told)]
    away = [piece for piece in days if _one(piece) and line[piece.start] == "F" and piece not in back]
    if not away and not any(line[piece.start] == "F" or not _one(piece) for piece in days):
        away = [piece for piece in days if piece not in back and _leaves(piece, told)]
    if not away and len(days) + len(story) == 2 and len(back) == 1:
        away = [piece for piece in days if piece not in back and _one(piece) and piece.start < back[0].start]
        away = away if _again(back[0], told) else []
        away = [piece for piece in away if asked(piece, told) and not date_grammar.denied(line, piece.start)]
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


def _again(piece: Piece, told: Told) -> bool:
    """Whether somebody is at work again then, and not in exchange for another day."""
    words = set(told.texts(piece.start - 4, piece.start)) | set(told.texts(piece.end, piece.end + 4))
    return bool(words & _AGAIN) and not words & {"gantinya", "ganti", "instead", "swap"}


def _leaves(piece: Piece, told: Told) -> bool:
    """ "The bus leaves on Thursday the 10th", "berangkat tanggal 9 malam": the journey that somebody is away for."""
    before = range(max(0, piece.start - 5), piece.start)
    pause = max((at for at in before if told.pause(at)), default=-1)
    return any(told.atoms[at].text in _TRAVELS for at in before if at > pause)


def _leaves_late(piece: Piece, atoms: Sequence[Atom]) -> bool:
    """Whether the day is worked before the journey begins."""
    return any(atom.text in _LATE for atom in atoms[max(0, piece.start - 1) : piece.end + 3])


def _comes_home(piece: Piece, atoms: Sequence[Atom]) -> bool:
    """ "We get back on Wednesday" ends the journey, "back at my desk on Wednesday" the leave."""
    near = {atom.text for atom in [*atoms[max(0, piece.start - 4) : piece.start], *atoms[piece.end : piece.end + 2]]}
    return bool(near & _HOME) and not near & _DESK


def at_work(said: Sequence[Piece], atoms: Sequence[Atom], line: str) -> list[Piece]:
    """ "Minggu terakhir Januari cuti, tanggal 1 sudah masuk": the only day that is named is one of work."""
    told = Told(atoms, line, {piece.start for piece in said})
    days = [piece for piece in said if piece.kind in ("days", "offset")]
    weeks = any(piece.kind == "unsure" and piece.month for piece in said)
    if len(days) != 1 or not weeks or not worked(days[0], told):
        return list(said)
    return [replace(piece, kind="aside") if piece is days[0] else piece for piece in said]


def until_then(said: Sequence[Piece], atoms: Sequence[Atom], line: str, today: date, sentence: str) -> list[Piece]:
    """ "Ada tugas sampai Kamis, jadi cutinya Jumat" ends the work; "on the rig until the 9th, then two days"."""
    ends = next((piece for piece in said if piece.kind == "until"), None)
    days = [piece for piece in said if piece.kind == "days"]
    counted = [piece for piece in said if piece.kind == "length" and piece.unit in ("d", "w")]
    if ends is None:
        return list(said)
    told = Told(atoms, line, {piece.start for piece in said}, sentence)
    if len(days) == 1 and ends.end <= days[0].start and line[days[0].start] != "F":
        between = range(ends.end, days[0].start)
        parted = any(told.pause(at) or atoms[at].text in SO for at in between)
        if parted and asked(days[0], told) and not asked(ends, told):
            return [replace(piece, kind="aside", unit="until") if piece is ends else piece for piece in said]
    if not days and len(counted) == 1 and ends.end <= counted[0].start and not counted[0].open:
        then = set(told.written(ends.end, counted[0].start).replace(",", " ").split())
        last = date_days.edge(ends, today, "future", last=True)
        if last is not None and not asked(ends, told) and then & _THEN:
            amount = counted[0].amount * (5 if counted[0].unit == "w" else 1)
            points = date_days.points(date_days.working(last, amount, ahead=True))
            whole = replace(counted[0], kind="days", points=points, amount=0, unit="")
            return [
                whole if piece is counted[0] else replace(piece, kind="aside") if piece is ends else piece
                for piece in said
            ]
    return list(said)


def _one(piece: Piece) -> bool:
    return len(piece.points) == 1 and isinstance(piece.points[0], Point) and piece.points[0].span is None


def in_one_month(said: Sequence[Piece]) -> list[Piece]:
    """ "Nikah tanggal 8 agustus, libur dari tanggal 6 sampai 9": a month said once counts for what is asked, too.

    A month that was only denied or said before its day ("bukan juli, agustus. 20 agustus") is no question any more.
    """
    story = [point for piece in said if piece.kind == "aside" for point in piece.each if point.month is not None]
    dated = any(piece.kind == "days" and any(p.day is not None for p in piece.each) for piece in said)
    kept = [piece for piece in said if not (piece.kind == "unsure" and piece.month and dated)]
    if not story:
        return kept
    month = story[-1].month
    return [
        piece.with_each(lambda point: replace(point, month=month))
        if piece.kind == "days" and all(point.bare for point in piece.each)
        else piece
        for piece in kept
    ]
