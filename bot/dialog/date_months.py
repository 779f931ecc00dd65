"""The month of a day of which only the number was said: that of the nearest date the sentence names.

"Adik menikah tanggal 8 Agustus, saya cuti dari tanggal 6", "back on 4 January, off from the 28th", "habis
natal, tgl 28".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.dialog import date_resolve
from bot.dialog.date_grammar import Piece
from bot.dialog.date_points import Point
from bot.dialog.date_resolve import Prefer

# Feasts that have the same date every year tell the month as well as a date does, where they are not far.
_FEASTS = (
    (re.compile(r"\b(?:natal\w*|christmas|xmas|chrissy)\b"), 12, 25),
    (re.compile(r"\b(?:tahun|taun) baru(?! (?:imlek|islam|cina|china|hijri))|\bnew year\b|\bnew year's\b"), 1, 1),
)
_NEAR = timedelta(days=75)


def completed(said: Sequence[Piece], plain: str, today: date, prefer: Prefer) -> list[Piece]:
    """The pieces; a bare day of the month becomes the one nearest to a date that was said with its month."""
    told = list(_told(said, today, prefer)) or ([] if prefer == "past" else [(0, day) for day in _feasts(plain, today)])
    if not told:
        return list(said)
    return [_in_month(piece, told) if _bare(piece) else piece for piece in said]


def _told(said: Sequence[Piece], today: date, prefer: Prefer) -> Iterator[tuple[int, date]]:
    """The dates that were said with their month, each with its place."""
    for piece in said:
        if piece.kind == "unsure" and piece.points and isinstance(piece.points[0], Point) and not piece.month:
            continue
        for point in piece.each:
            if point.day is None or point.month is None or point.swap:
                continue
            try:
                yield piece.start, date_resolve.one(point, today, prefer)[0]
            except ValueError:
                continue


def _feasts(plain: str, today: date) -> Iterator[date]:
    for name, month, day in _FEASTS:
        if name.search(plain):
            ahead = next(
                date(year, month, day) for year in (today.year, today.year + 1) if date(year, month, day) >= today
            )
            if ahead - today <= _NEAR:
                yield ahead


def _bare(piece: Piece) -> bool:
    points = piece.each
    return piece.kind in ("days", "until") and bool(points) and all(point.bare for point in points)


def _in_month(piece: Piece, told: Sequence[tuple[int, date]]) -> Piece:
    """The piece in the month that brings its first day nearest to the date said nearest to it."""
    _, near = min(told, key=lambda one: abs(one[0] - piece.start))
    points = piece.each
    first = points[0].day or 0

    def whole(point: Point, month: date) -> Point:
        later = (point.day or 0) < first - date_resolve.CROSSES  # "from the 31st to the 1st"
        month = date_resolve.moved(month, months=int(later))
        return replace(point, month=month.month, year=month.year)

    def away(month: date) -> timedelta:
        days = [_made(whole(point, month)) for point in points]
        return min((abs(day - near) for day in days if day is not None), default=timedelta.max)

    best = min((date_resolve.moved(near.replace(day=1), months=step) for step in (0, 1, -1)), key=away)
    return piece.with_each(lambda point: whole(point, best))


def _made(point: Point) -> date | None:
    try:
        return date(point.year or 0, point.month or 0, point.day or 0)
    except ValueError:
        return None
