"""Signs that the days which were read are not all that was said: both readings are asked about then.

The grammar takes the days it is surest of. The sentence can still say what these do not bear out: a day of coming back
well after the only one that was read, a stretch that was told and not taken, more days than were counted, another day
in words that add it. Each sign names the other reading, so that the question has a button for either. A sign is here
only where what had been read was wrong far oftener than not: a question where nothing was unclear is a nuisance, too.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from bot.dialog import date_days, date_doubts, date_resolve, date_roles
from bot.dialog.date_grammar import Piece
from bot.dialog.date_pieces import Heard
from bot.dialog.date_points import Point
from bot.dialog.date_roles import Told

Stretch = tuple[date, date]
ONE_DAY = timedelta(days=1)
_LONGEST = timedelta(days=45)
_LATER = timedelta(days=60)
_MOST = 20
_STRETCH = 3
_HALF = re.compile(
    r"\b(?:setengah|separuh|half|arvo|afternoon|siang|sore|pm|(?:post|after) lunch|morning|pagi)\b(?! (?:ini|tadi))"
)
_WHOLE = re.compile(
    r"\b(?:full|fullday|penuh|seharian|all (?:of|day)|whole)\b(?! (?:team|tim|time|week|minggu|bulan|month))"
)
_AGAIN = re.compile(r"\b(?:lagi|kembali|back|again|return\w*|balik)\b")
_WEEKEND = 5
# Who says so means the one day and no more; or speaks of hours worked, which nobody is away for.
_ALONE = re.compile(
    r"\b(?:sehari|satu hari|1 hari|one day|a day|only|just|cuma|cuman|hanya|saja|aja|aj|doang|tok|wae|ae|bae|half"
    r"|setengah|separuh|\w{0,3}lembur\w*|overtime|ot|tukar|tuker|gantinya|swap)\b"
)
# A day that is not taken is rightly left out where another takes its place, is denied or excepted.
_IN_ITS_PLACE = re.compile(
    r"\b(?:(?:di)?(?:pindah|geser|undur|mundur|maju|ganti|tukar|tuker|ubah|batal|pendek|kurang|potong)\w*|jadi(?:in|kan|nya)?"
    r"|menjadi|swap\w*|chang\w*|mov(?:e|ed|ing)|shift\w*|switch\w*|push\w*|resk?ched\w*|re - sked|postpon\w*"
    r"|prepon\w*|instead|rather|meant|maksud\w*|bukan\w*|salah|ralat|typo|wrong|sorry|not|no|eh|cancel\w*|scrap|scratch|drop|withdraw\w*|tidak|jangan"
    r"|correct\w*|actually|amend\w*|extend\w*|(?:di)?perpanjang\w*|shorten\w*|cut|trim|tadinya|semula|awalnya|originally"
    r"|kecuali|except|selain|minus|bar|kan|alias|tepatnya|namely|yaitu|yakni|siapa|who|\w{0,3}lembur\w*|overtime|ot)\b"
)
_ADDED = re.compile(
    r"\b(?:and|dan|sama|juga|also|too|plus|serta|lagi|again|karo|ambek|sareng|masih|still|terus|both|including|until"
    r"|till|sampai|hingga|through|ends?|ending|terakhir\w*|selesai\w*|berakhir)\b"
)
_TAKES_ITS_PLACE = re.compile(
    r"\b(?:to|jadi|menjadi|ke|into|for|with|it|harusnya|should|(?:di)?(?:ganti|pindah)\w*|make|better|suits|including)\b"
)
_RATHER = re.compile(r"\b(?:instead(?! of)|aja|saja|better|suits|wae|ae|bae)\b")
_THE_OTHER_WAY = re.compile(r"\b(?:instead of|in place of|ketimbang|daripada|cut|first|last)\b")
# What is told in these words is over; a day of the week or a number by itself is the one just gone.
_WAS = re.compile(r"\b(?:was|were|did|had|stayed|came|went|wingi|kemarin|semalam|hame)\b")
_NEW_SENTENCE = re.compile(r"[.!?;]")


@dataclass(frozen=True)
class Read:
    """The days that were read, and the sentence they were read from."""

    days: frozenset[date]
    chosen: Sequence[Piece]
    heard: Heard
    said: Sequence[Piece] = ()

    @cached_property
    def first(self) -> date:
        """The first of the days."""
        return min(self.days)

    @cached_property
    def told(self) -> Told:
        """The sentence as `date_roles` judges it."""
        heard = self.heard
        return Told(heard.atoms, heard.line, {piece.start for piece in heard.told}, heard.start)

    @cached_property
    def left(self) -> list[tuple[Piece, list[date]]]:
        """What the sentence names and was not read."""
        elsewhere = {piece.start for piece in self.said if piece.unit == "elsewhere"}
        named = [
            (piece, date_days.named(piece, self.heard.today, self.heard.prefer))
            for piece in self.heard.told
            if piece.kind in ("days", "until") and piece.start not in elsewhere and not any(p.span for p in piece.each)
        ]
        return [
            (piece, days) for piece, days in named if days and not set(days) <= self.days and not self._again(piece)
        ]

    @cached_property
    def within(self) -> list[tuple[Piece, list[date]]]:
        """The single days that the sentence names beside a stretch, and that lie in it."""
        if len(self.days) < _STRETCH:
            return []
        mine = {piece.start for piece in self.chosen if piece.kind == "days"}
        named = [
            (piece, date_days.named(piece, self.first, self.heard.prefer))
            for piece in self.heard.told
            if piece.kind == "days" and piece.start not in mine and not any(p.span for p in piece.each)
        ]
        return [(piece, days) for piece, days in named if days and set(days) < self.days]

    def _again(self, piece: Piece) -> bool:
        """Whether a piece names, by weekday or by number, only days that were read, whatever its week or month."""
        weekdays, numbers = {day.weekday() for day in self.days}, {day.day for day in self.days}
        return all(
            point.day in numbers if point.day is not None else point.weekday is not None and point.weekday in weekdays
            for point in piece.each
        )


def tells_what_was(plain: str) -> bool:
    """Whether somebody tells of what is over, and asks for nothing: "I was sick on Wednesday"."""
    return bool(_WAS.search(plain)) and not date_doubts.comes(plain) and not _IN_ITS_PLACE.search(plain)


def other(read: Read) -> Stretch | None:
    """The stretch that may have been meant instead of the days which were read."""
    if (turned := _figures(read)) is not None:
        return turned
    if sum(piece.kind in ("days", "until", "length", "offset") for piece in read.heard.told) < 2:
        return None
    return next((found for sign in SIGNS if (found := sign(read)) is not None), None)


def _figures(read: Read) -> Stretch | None:
    """ "12/3" said in November may be 3 December rather than 12 March."""
    points = [piece.points for piece in read.chosen if piece.kind == "days"]
    if len(points) != 1 or not all(point.swap for each in points[0] for point in _ends(each)):
        return None
    today = read.heard.today
    try:
        turned = [
            date_resolve.one(replace(point, day=point.month, month=point.day, swap=False), today, "future")[0]
            for each in points[0]
            for point in _ends(each)
        ]
    except ValueError:
        return None
    near = today <= turned[0] <= turned[-1] <= today + _LONGEST
    return (turned[0], turned[-1]) if near and read.first > today + _LATER else None


def _ends(point: Point | tuple[Point, Point]) -> tuple[Point, ...]:
    return point if isinstance(point, tuple) else (point,)


def halves_and_whole(read: Read) -> bool:
    """ "Jumat setengah hari, Senin full": two days that are not alike, which one leave can't say."""
    plain = read.heard.plain
    several = len({piece.start for piece in read.heard.told if piece.kind == "days"}) > 1 or len(read.days) > 1
    return several and bool(_HALF.search(plain)) and bool(_WHOLE.search(plain))


def worked_inside(read: Read) -> frozenset[date]:
    """ "Cuti tanggal 13 sampai 15, tanggal 14 saya masuk": the days within a stretch on which somebody works."""
    ends = max((piece.end for piece in read.chosen if piece.kind == "days"), default=0)
    inside = {
        day
        for piece, days in read.within
        if piece.start >= ends
        and date_roles.worked(piece, read.told)
        and not _AGAIN.search(read.told.written(ends, len(read.heard.atoms)))
        for day in days
    }
    return frozenset(inside) if inside < read.days and not inside & {min(read.days), max(read.days)} else frozenset()


def _back(read: Read) -> Stretch | None:
    """ "Pulang kampung Sabtu, masuk lagi Rabu" that was read as one day."""
    if len(read.days) > 1 or read.first < read.heard.today or _ALONE.search(read.heard.plain):
        return None
    for piece, days in read.left:
        if piece.weekdays and piece.start < max((p.start for p in read.chosen if p.kind == "days"), default=0):
            continue  # "jaga malam Kamis, jadi Jumat saya libur"
        comes = date_days.weekday(read.first, piece.weekdays[0], ahead=True) if piece.weekdays else days[0]
        until = comes - ONE_DAY
        while until.weekday() >= _WEEKEND and until > read.first:
            until -= ONE_DAY
        returns = len(days) == 1 and date_roles.worked(piece, read.told)
        if returns and read.first < until <= read.first + _LONGEST:
            return read.first, until
    return None


def _stretch(read: Read) -> Stretch | None:
    """ "The first complete week in the new year, 4.1.-8.1." that was read as New Year's Day."""
    if len(read.days) > 1 or _IN_ITS_PLACE.search(read.heard.plain):
        return None
    wanted = any(date_roles.asked(piece, read.told) for piece in read.chosen if piece.kind == "days")
    for piece, days in read.left:
        if wanted and not date_roles.asked(piece, read.told):
            continue  # "mertua datang tanggal 8 sampai 15, saya cuti tanggal 9"
        ranged = len(piece.points) == 1 and isinstance(piece.points[0], tuple)
        begun = days[0] < read.heard.today < read.first  # "anak sakit dari kemarin, besok saya cuti"
        if ranged and not begun and len(days) > 1 and not date_roles.worked(piece, read.told):
            return days[0], days[-1]
    return None


def _added(read: Read) -> Stretch | None:
    """ "Hari pertama saya cuti tanggal 9, hari terakhirnya tanggal 11" of which the first was read."""
    plain = read.heard.plain
    if _IN_ITS_PLACE.search(plain) or _ALONE.search(plain):
        return None
    ends = max((piece.end for piece in read.chosen if piece.kind in ("days", "offset")), default=0)
    for piece, days in read.left:
        if piece.start < ends or date_roles.worked(piece, read.told):
            continue
        between = read.told.written(ends, piece.start)
        joins = _ADDED.search(between) and not _NEW_SENTENCE.search(between)
        joins = joins and (read.first < read.heard.today) == (days[-1] <= read.heard.today)
        if joins and read.first < days[-1] <= read.first + _LONGEST:
            return read.first, days[-1]
    return None


def _counted(read: Read) -> Stretch | None:
    """ "Empat hari menjelang Natal, yakni mulai Senin tanggal 21" that was read as one day or as three."""
    lengths = [piece for piece in read.heard.told if piece.kind == "length" and piece.unit == "d" and piece.amount > 1]
    if len(lengths) != 1 or lengths[0].amount > _MOST or _IN_ITS_PLACE.search(read.heard.plain):
        return None
    amount, working = lengths[0].amount, [day for day in read.days if day.weekday() < _WEEKEND]
    if amount in (len(working), len(read.days)) or amount < len(working):
        return None
    days = date_days.working(read.first - ONE_DAY, amount, ahead=True)
    return days[0], days[-1]


def _instead(read: Read) -> Stretch | None:
    """ "Cuti tanggal 1 nya tidak usah, yang tanggal 2 saja" that was read as the 1st."""
    plain = read.heard.plain
    if not _IN_ITS_PLACE.search(plain) or _THE_OTHER_WAY.search(plain):
        return None
    mine = [piece for piece in read.chosen if piece.kind in ("days", "offset")]
    ends = max((piece.end for piece in mine), default=len(read.heard.atoms))
    for piece, days in read.left:
        if piece.start < ends or date_roles.worked(piece, read.told):
            continue
        behind = read.told.written(piece.end, len(read.heard.atoms))
        if _TAKES_ITS_PLACE.search(read.told.written(ends, piece.start)) or _RATHER.search(behind):
            return days[0], days[-1]
    return None


SIGNS: tuple[Callable[[Read], Stretch | None], ...] = (_back, _stretch, _added, _counted, _instead)
