"""Which of the pieces of a sentence are read together: the first days named and what qualifies them."""

import re
from collections.abc import Mapping

from bot.dialog.date_grammar import Piece
from bot.dialog.date_pieces import Heard
from bot.dialog.date_points import Point

_NAMING = frozenset({"days", "offset", "unsure"})
_DENYING = frozenset("bukan bukannya not jangan neither any anything asal".split())


def only_denied(chosen: list[Piece], heard: Heard) -> bool:
    """ "Not the 14th", "bukan besok": which day is meant is not said."""
    atoms, line = heard.atoms, heard.line
    days = [piece for piece in chosen if piece.kind in ("days", "offset")]
    at = days[0].start - 1 if len(days) == len(chosen) == 1 else -1
    if at >= 0 and (atoms[at + 1].text, atoms[at + 1].value) == ("besok", 2):
        return False  # "bukan besok lusa": not tomorrow, the day after
    if at >= 0 and atoms[at].text in ("selain", "except", "kecuali"):
        return not any(point.shift is not None for point in days[0].each)  # "selain Senin, terserah"
    while at > 0 and line[at] in "UOtg":
        at -= 1
    return at >= 0 and line[at] == "x" and atoms[at].text in _DENYING


def chosen(said: list[Piece], heard: Heard) -> list[Piece]:
    """The pieces that belong together: the first days named and what qualifies them."""
    chosen: list[Piece] = []
    for piece in said:
        kinds = {each.kind for each in chosen}
        if piece.kind == "half" and piece.part:
            # "Separuh hari saja, cuti setengah hari siang": the half that is named is the one that counts.
            chosen = [each for each in chosen if each.kind != "half" or each.part]
            kinds = {each.kind for each in chosen}
        if piece.kind == "days" and (single := _told_whole(chosen, piece)):
            chosen[chosen.index(single)] = piece
        elif piece.kind == "part":
            if _of_a_day(piece, said, heard) or "half" in kinds or _only_part(heard):
                chosen.append(piece)
        elif piece.kind not in kinds and not (
            piece.kind in _NAMING and kinds & _NAMING and not (piece.kind == "unsure" and piece.unit)
        ):
            chosen.append(piece)
    return chosen


def _of_a_day(piece: Piece, said: list[Piece], heard: Heard) -> bool:
    """Whether a part of the day belongs to a day: "besok pagi", "13 July, afternoon", "morning of the 15th"."""
    atoms, line = heard.atoms, heard.line
    for day in said:
        if day.kind not in ("days", "offset", "same"):
            continue
        gap = line[day.end : piece.start] if day.end <= piece.start else None
        if gap in ("", "t") or (gap in ("c", "ct") and line[piece.end : piece.end + 1] in ("", "c")):
            return True
        if piece.end < day.start <= piece.end + 2 and atoms[piece.end].text == "off":
            return True  # "afternoon off next Monday"; "pagi, cuti besok" greets
        if piece.end <= day.start and line[piece.end : day.start] in ("f", "ft", "O"):
            return True
    return False


def _told_whole(chosen: list[Piece], piece: Piece) -> Piece | None:
    """The day that this range begins with, named before by itself: "senin demam, sakit dari senin sampai rabu"."""
    if len(piece.points) != 1 or not isinstance(piece.points[0], tuple):
        return None
    first = piece.points[0][0]
    return next((each for each in chosen if each.kind == "days" and each.points == (first,)), None)


def _only_part(heard: Heard) -> bool:
    """ "Pagi aja" names half a day; "pagi" alone greets."""
    alone = re.fullmatch(r"x?c?p", heard.line)
    return bool(alone and re.search(r"\b(?:saja|aja|aj|only|just)\b", heard.start, re.IGNORECASE))


def of_a_week(by_kind: Mapping[str, Piece]) -> bool:
    """Whether a week or a weekend is named and none of its days."""
    points = by_kind["days"].points if "days" in by_kind else ()
    return len(points) == 1 and isinstance(points[0], Point) and points[0].span is not None
