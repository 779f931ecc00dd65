"""What each day of a sentence is told for: to be away, to work, to be called off, or as part of the story.

"Kemarin anak jatuh, besok kontrol, jadi saya mau cuti besok", "adik menikah tanggal 25, saya cuti tanggal 24", "WFH on
Wednesday and leave on Thursday". Each day is judged by the clause it stands in. Its one surprise: where two are told in
the same way and nothing joins them, neither is taken, and they are left to be asked about.
"""

import itertools
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.dialog import date_days, date_grammar, date_points
from bot.dialog.date_grammar import Piece
from bot.dialog.date_resolve import Prefer
from bot.dialog.date_words import Atom

_ASKED = frozenset(
    "free need minta cuti leave off libur pto izin absen absent away vacation holiday missed bercuti ajukan mengajukan "
    "ambil take taking book avail istirahat".split()
)
# Of those, the ones that ask however far they stand from the day.
_AWAY = _ASKED - frozenset("free need minta ambil take taking book".split())
WORKED = frozenset(
    "masuk kerja present back ngantor hadir working bekerja kembali balik return returning rejoin resume resuming "
    "mengajar joined rejoined ngajar".split()
)
_BUSY = frozenset("work wfh remote remotely report reporting attend attending catering desk rostered".split())
_RETURNED = frozenset("back rejoin return returning resume resuming kembali".split())
_MORE = frozenset("again another terus trus lagi plus juga also both".split())
# What is handed in then is not what is asked for: "surat dokter saya serahkan sore ini".
_TOO = frozenset("juga jg too also sekalian".split())
_BROUGHT = frozenset("serahkan kirim kirimkan kumpulkan susulkan susulin suratnya submit send upload lampirkan".split())
_GUARDS = frozenset("lagi di pagi siang malam shift pos".split())  # "jaga anak" is no work
_HOMEWARD = frozenset("balik kembali back return returning".split())
_HOMES = frozenset("kampung desa dusun rumah home hometown mudik".split())
_DENIED = frozenset("tidak not no belum can't won't don't bukan jangan".split())
_BUT = frozenset("tapi tp tetapi melainkan but rather".split())
SO = frozenset("jadi makanya so that's sehingga therefore".split())
_BREAKS = _BUT | SO | frozenset("karena because while sedangkan sementara then lalu".split())
_WELL = frozenset("better fine ok okay back recovered sehat sembuh baikan masuk".split())
STANDS = frozenset("tetap tetep still stands standing remains keep keeping".split())
_DROPPED = frozenset("cancel cancelling batalkan batalin batal scrap scratch forget drop withdraw".split())
_IS_IN = re.compile(r"\b(?:i'm|i am|be) in (?:on )?$")
_ABSENT = re.compile(
    r"\b(?:can't|cannot|can not|won't|will not|shan't|not) (?:be (?:in|there|at|able)|come|coming|make it|do|work|in)\b"
)
_ONLY = re.compile(r"\b(?:only|just|cuma|cuman|hanya|cm)\b")
_IN_PLACE_OF = re.compile(
    r"(?:instead of|in place of|rather than|ketimbang|daripada|dibanding|than)(?: (?:the|on|hari|tanggal))*$"
)
_BESIDE = frozenset("habis setelah sesudah sebelum after before".split())
_STOPS = frozenset(".!?;")
_NEAR = 4
_FEW = 3  # days that may be asked about with a choice for each


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence's atoms, their letters and the places where its days begin."""

    atoms: Sequence[Atom]
    line: str
    starts: Collection[int]
    sentence: str = ""
    over: bool = False  # it tells of days that are over

    def pause(self, at: int) -> bool:
        """Whether a clause ends here."""
        return self.line[at] == "c" or self.atoms[at].text in _STOPS

    def written(self, first: int, last: int) -> str:
        """The sentence from behind one atom to before another, as it was written: "juga", "only" are no atoms."""
        begins = self.atoms[first - 1].end if first else 0
        return self.sentence[begins : self.atoms[last].start if last < len(self.atoms) else None].lower()

    def texts(self, first: int, last: int) -> list[str]:
        """The words from one atom to before another."""
        return [atom.text for atom in self.atoms[max(0, first) : last]]


def asked_for(
    said: Sequence[Piece], sentence: str, atoms: Sequence[Atom], line: str, today: date, prefer: Prefer, *, over: bool
) -> list[Piece]:
    """The pieces; days that only belong to the story are set aside, and "bukan tanggal 20 tapi 21" is the 21st."""
    said = _neither(_instead(list(said), atoms, line), sentence)
    days = [piece for piece in said if piece.kind in ("days", "offset")]
    if len(days) == 1:
        return _called_off(said, days[0], Told(atoms, line, {piece.start for piece in said}, sentence, over))
    if not days:
        return said
    told = Told(atoms, line, {piece.start for piece in days}, sentence, over)
    said = [replace(piece, kind="denied") if piece in days and _replaced(piece, told) else piece for piece in said]
    days = [piece for piece in said if piece.kind in ("days", "offset")]
    if len(days) < 2:
        return said
    said, days = _once_more(said, days, told)
    if len(days) < 2:
        return said
    worth = {id(piece): _worth(piece, told) for piece in days}
    for piece in _so_many(said, days, told, today, prefer):
        worth[id(piece)] += 2
    highest = max(worth.values())
    best = [piece for piece in days if worth[id(piece)] == highest]
    if best[0] is days[0] and highest < 2 and len(best) < _FEW and len(days) <= _FEW:
        return said
    chosen = _undecided(best, highest, told, today, prefer) if len(best) > 1 else best[0]
    at = best[0] if chosen not in best else chosen
    return [chosen if piece is at else replace(piece, kind="aside") if piece in days else piece for piece in said]


def _called_off(said: list[Piece], piece: Piece, told: Told) -> list[Piece]:
    """ "Tidak jadi cuti tanggal 3, yang tanggal 4 tetap": what is called off is what is spoken of."""
    denied = [one for one in said if one.kind == "denied" and one.points]
    if len(denied) != 1 or not STANDS & set(_clause(piece, told)):
        return said
    return [
        replace(one, kind="days") if one is denied[0] else replace(one, kind="aside") if one is piece else one
        for one in said
    ]


def _neither(said: list[Piece], sentence: str) -> list[Piece]:
    """ "I can't come on Monday or Tuesday": both of them."""
    if not _ABSENT.search(sentence.lower()):
        return said
    return [
        replace(piece, kind="days") if piece.kind == "unsure" and len(piece.points) > 1 and not piece.month else piece
        for piece in said
    ]


def _replaced(piece: Piece, told: Told) -> bool:
    """ "The 8th instead of the 1st", "Rabu ketimbang Selasa": another day has its place."""
    before = " ".join(told.texts(piece.start - 3, piece.start))
    return bool(_IN_PLACE_OF.search(before))


def _so_many(said: Sequence[Piece], days: Sequence[Piece], told: Told, today: date, prefer: Prefer) -> list[Piece]:
    """Those that are as many as the sentence counts: "since Monday; today and tomorrow it's my turn, so two days"."""
    counted = {piece.amount for piece in said if piece.kind == "length" and piece.unit == "d" and piece.amount > 1}
    if len(counted) != 1 or any(told.line[piece.start] == "F" and not told.atoms[piece.start].value for piece in days):
        return []
    alike = [piece for piece in days if {len(date_days.named(piece, today, prefer))} == counted]
    return alike if len(alike) == 1 else []


def _undecided(best: Sequence[Piece], worth: int, told: Told, today: date, prefer: Prefer) -> Piece:
    """What becomes of days told for the same: all of them, a question, or the first where the others explain."""
    days = [set(date_days.named(piece, today, prefer)) for piece in best]
    widest = max(range(len(best)), key=lambda at: (len(days[at]), -at))
    told_whole = len(days[widest]) == 1 or any(isinstance(point, tuple) for point in best[widest].points)
    if told_whole and all(each <= days[widest] for each in days):
        return best[widest]  # "off on Monday, that is leave from Monday to Wednesday": one is in the other
    if any(piece.kind != "days" for piece in best) or (worth < 2 and len(best) < _FEW and len(told.starts) <= _FEW):
        return best[0]
    points = tuple(point for piece in best for point in piece.points)
    return replace(best[0], kind="days" if worth >= 2 and _joined(best, told) else "unsure", points=points)


def _joined(best: Sequence[Piece], told: Told) -> bool:
    """Whether the sentence adds these days up."""
    return all(
        "A" in told.line[one.end : other.start]
        or _MORE & set(re.findall(r"\w+", told.written(one.end, _ends(other, told))))
        for one, other in itertools.pairwise(best)
    )


def _ends(piece: Piece, told: Told) -> int:
    """Where the clause of a day ends."""
    return next(
        (at for at in range(piece.end, len(told.atoms)) if _parts(at, told) or at in told.starts), len(told.atoms)
    )


def _once_more(said: list[Piece], days: list[Piece], told: Told) -> tuple[list[Piece], list[Piece]]:
    """ "Off on the 14th, working on the 15th, off again on the 16th": days that the sentence adds to those before."""
    away = [piece for piece in days if piece.kind == "days" and not worked(piece, told)]
    for one, other in itertools.pairwise(away):
        before = range(other.start - 1, max(one.end, other.start - 5) - 1, -1)
        near = {told.atoms[at].text for at in itertools.takewhile(lambda at: not told.pause(at), before)}
        behind = set(re.findall(r"\w+", told.written(other.end, _ends(other, told)))) & _TOO
        wants = any(atom.text in _ASKED for atom in _around(one, told))
        if wants and (near & _MORE or behind) and not near & WORKED:
            whole = replace(one, points=(*one.points, *other.points))
            said = [whole if piece is one else piece for piece in said if piece is not other]
            return said, [whole if piece is one else piece for piece in days if piece is not other]
    return said, days


def asked(piece: Piece, told: Told) -> bool:
    """Whether somebody asks to be away then, in the clause of the day or in words near it."""
    clause = _clause(piece, told)
    denied = any(one in _DENIED and other in _ASKED for one, other in itertools.pairwise(clause))
    near = any(atom.text in _ASKED for atom in _around(piece, told))
    return (near or bool(_AWAY & set(clause))) and not denied


def _worth(piece: Piece, told: Told) -> int:
    """How surely these are the days that somebody wants to be away."""
    clause = _clause(piece, told)
    away = asked(piece, told)
    denied = not away and any(one in _DENIED and other in _ASKED for one, other in itertools.pairwise(clause))
    before = told.texts(piece.start - 4, piece.start)
    opened = told.written(max(0, piece.start - 4), piece.start)
    concludes = any(one in before for one in SO) or bool(away and _ONLY.search(opened))
    stands = bool(STANDS & set(clause))  # "cancel the 7th but the 9th still stands"
    explains = any(one in SO for one in told.texts(piece.end, piece.end + 2))  # "the exam is on the 9th, so"
    beside = before[-1:] != [] and before[-1] in _BESIDE
    brought = any(atom.text in _BROUGHT for atom in _around(piece, told))
    busy = (bool(_BUSY & set(clause)) or bool(_IS_IN.search(opened))) and not away
    dropped = bool(_DROPPED & set(clause)) or any(two == ("tidak", "usah") for two in itertools.pairwise(clause))
    return (
        2 * away
        + 3 * concludes
        - explains
        - beside
        - 3 * denied
        - 3 * dropped
        - 6 * stands
        - 3 * brought
        - 3 * _gone(piece)
        - 4 * (told.over and _today(piece) and bool(_WELL & set(clause)))
        - 3 * (busy or worked(piece, told))
    )


def _clause(piece: Piece, told: Told) -> list[str]:
    """The words of the clause that a day stands in, a bar in its place."""
    first, last = piece.start, piece.end
    while first > 0 and not _parts(first - 1, told) and first - 1 not in told.starts:
        first -= 1
    while last < len(told.atoms) and not _parts(last, told) and last not in told.starts:
        last += 1
    return [*told.texts(first, piece.start), "|", *told.texts(piece.end, last)]


def _parts(at: int, told: Told) -> bool:
    return told.pause(at) or told.line[at] == "A" or told.atoms[at].text in _BREAKS


def _around(piece: Piece, told: Told) -> Sequence[Atom]:
    """The words near a piece, no further than the next pause."""
    first, last = piece.start, piece.end
    while first > 0 and piece.start - first < _NEAR and not _stops(first - 1, told):
        first -= 1
    while last < len(told.atoms) and last - piece.end < _NEAR and not _stops(last, told):
        last += 1
    return [*told.atoms[first : piece.start], *told.atoms[piece.end : last]]


def _stops(at: int, told: Told) -> bool:
    return told.pause(at) or told.atoms[at].text in _BUT


def _gone(piece: Piece) -> bool:
    if piece.kind == "offset":
        return piece.amount < 0
    # What began days ago and goes on until today is not over.
    points = [point[-1] if isinstance(point, tuple) else point for point in piece.points]
    return all((each.offset or 0) < 0 or (each.shift or 0) < 0 for each in points[:1])


def _today(piece: Piece) -> bool:
    return [point.offset for point in piece.each] == [0]


def worked(piece: Piece, told: Told) -> bool:
    """Whether somebody says to be at work then: "selasa sudah masuk", "masuk lagi tanggal 23", "the 23rd i'm back"."""
    atoms, line = told.atoms, told.line
    before = range(piece.start - 1, max(-1, piece.start - 6), -1)
    after = range(piece.end, min(len(atoms), piece.end + 3))
    for places in (before, after):
        for at in places:
            if line[at] == "c" or atoms[at].text in _DENIED or at in told.starts:
                break
            if atoms[at].text == "kerja" and line[at - 1] == "d" and at:
                break  # "dua hari kerja"
            guards = atoms[at].text == "jaga" and (line[at + 1 : at + 2] in ("", "c") or atoms[at + 1].text in _GUARDS)
            if atoms[at].text in _HOMEWARD and at + 1 < len(atoms) and atoms[at + 1].text in _HOMES:
                break  # "balik kampung" is a journey
            far = places is before and piece.start - at > 3
            if atoms[at].text in (_RETURNED if far else WORKED) or guards:
                # "Cuti tanggal 20 masuk lagi tanggal 23": the word goes with the day that follows it.
                nearer = any(at < start <= at + 3 for start in told.starts) and places is after
                return not nearer
    return False


def _instead(said: list[Piece], atoms: Sequence[Atom], line: str) -> list[Piece]:
    """A bare number after "not the 20th but" is the day that is meant."""
    for at, piece in enumerate(said):
        if piece.kind not in ("days", "denied") or not date_grammar.denied(line, piece.start):
            continue
        pause = line[piece.end : piece.end + 1] == "c" and line[piece.end + 2 : piece.end + 3] in ("", "c")
        if piece.end + 1 < len(atoms) and (atoms[piece.end].text in _BUT or pause):
            point = date_points.bare(list(atoms), line, piece.end + 1)
            taken = any(other.start == piece.end + 1 for other in said)
            if point is not None and not taken and atoms[point[1] - 1].text != "one":
                new = Piece("days", piece.end + 1, point[1], (point[0],))
                return [*said[:at], replace(piece, kind="denied"), new, *said[at + 1 :]]
    return said
