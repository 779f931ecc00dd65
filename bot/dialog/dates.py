"""Finds the days a sentence speaks of, in Indonesian, English or both.

Its one surprise: what is vague or impossible is found too, without a start, so that it is asked and never guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from bot.dialog import (
    date_chosen,
    date_days,
    date_doubts,
    date_pieces,
    date_resolve,
    date_rest,
    date_roles,
    date_said,
    date_signs,
    middays,
)
from bot.dialog.date_doubts import LATELY, YEAR_AHEAD
from bot.dialog.date_grammar import Piece
from bot.dialog.date_pieces import Heard
from bot.dialog.date_points import Point

Prefer = date_resolve.Prefer
Stretch = tuple[date, date]  # from the first day to the last
_CHOICES = 3  # no platform has more buttons below a question


@dataclass(frozen=True, slots=True)
class When:
    """The days somebody named; `days` is a length in working days without an end, `ends` alone means "until then"."""

    starts: date | None = None
    ends: date | None = None
    days: int | None = None
    half: bool = False
    part: Literal["am", "pm"] | None = None
    days_of: tuple[date, ...] | None = None
    doubtful: bool = False
    either: tuple[Stretch, ...] | None = None  # one of these two or three, which of them is to be asked
    clash: bool = False  # they are two because the weekday and the date that were said disagree


@dataclass(frozen=True, slots=True)
class Found:
    """Days found in a sentence, what else it says in its own words, and whether it replaces an earlier answer."""

    when: When
    rest: str
    correction: bool
    which: bool = False  # so many days of a week were asked for, and not said which
    open: bool = False  # from when on was said, and not until when
    weeks: int = 0  # the length was said in whole weeks
    back: bool = False  # the last day is the one before somebody is back


def find(sentence: str, *, today: date, prefer: Prefer = "future") -> Found | None:
    """The days this sentence speaks of, or None when it speaks of none."""
    return _found(sentence, today, prefer)


@lru_cache(maxsize=256)
def _found(sentence: str, today: date, prefer: Prefer) -> Found | None:
    """Kept for a while: one sentence is read by many in the same turn."""
    heard = Heard(date_said.as_known(sentence), today, prefer)
    said = date_pieces.meant(heard)
    chosen = date_chosen.chosen(said, heard)
    when = _sure(chosen, said, heard) if chosen else None
    if when is None:
        return None
    unread = [piece for piece in heard.told if when.either and piece.kind in ("days", "until")]
    rest = date_rest.rest(heard, [*chosen, *unread])
    if date_chosen.only_denied(chosen, heard):
        return Found(When(doubtful=True), rest, correction=True)
    return Found(
        when,
        rest,
        date_rest.corrects(heard, chosen),
        which=date_chosen.of_a_week({piece.kind: piece for piece in chosen}),
        open=_open(chosen, heard),
        back=any(piece.unit == "back" for piece in chosen),
        weeks=next((piece.amount for piece in chosen if piece.kind == "length" and piece.unit == "w"), 0),
    )


def _sure(chosen: list[Piece], said: list[Piece], heard: Heard) -> When | None:
    """The days that these pieces name, as far as the whole sentence leaves no doubt about them."""
    plain, today = heard.plain, heard.today
    when = _when(chosen, today, "past" if date_doubts.over(plain) else heard.prefer)
    if when is not None and heard.prefer == "future":
        when = _gone_by(when, chosen, today, plain)
    if when is not None and date_doubts.since(chosen, heard.line, plain):
        when = _until_today(when, chosen, today)
    if when is None:
        return None
    if (part := middays.half(plain)) and when.starts is not None and when.starts == when.ends:
        when = replace(when, half=True, part=part)
    if _unread(said, heard):
        return When(doubtful=True)
    about = _about(heard, next((piece.start for piece in chosen if piece.kind == "days"), 0))
    if not date_doubts.asks_who(plain) and date_doubts.uncertain(plain, about, chosen):
        return When(doubtful=True)
    return _or_another(when, chosen, said, heard)


def _or_another(when: When, chosen: list[Piece], said: list[Piece], heard: Heard) -> When:
    """The same, or a question with a button for each, where the sentence bears out other days as well."""
    if when.starts is None or heard.prefer == "past" or date_doubts.asks_who(heard.plain):
        return when
    try:
        days = _days(when, when.starts)
        read = date_signs.Read(frozenset(days), chosen, heard, said)
        if days and date_signs.halves_and_whole(read):
            return When(doubtful=True)
        if days and (worked := date_signs.worked_inside(read)):
            return replace(when, days=None, days_of=tuple(day for day in days if day not in worked))
        another = date_signs.other(read) or _just_gone(when, chosen, heard) if days else None
    except (ValueError, OverflowError):
        return when  # at the end of the calendar
    either = ((days[0], days[-1]), another) if another else None
    return When(half=when.half, part=when.part, doubtful=True, either=either) if either else when


def _days(when: When, starts: date) -> tuple[date, ...]:
    """Every day, from Monday to Friday where only so many of them were said."""
    if when.days_of is not None:
        return when.days_of
    if when.days:
        return tuple(date_days.working(starts - date_days.ONE_DAY, when.days, ahead=True))
    return tuple(starts + timedelta(days=n) for n in range(((when.ends or starts) - starts).days + 1))


def _just_gone(when: When, chosen: list[Piece], heard: Heard) -> Stretch | None:
    """ "I was sik on wenesday": the day as it last was, where the sentence tells what is over."""
    points = [point for piece in chosen if piece.kind == "days" for point in piece.each]
    unsaid = all(point.month is None and not point.shift and point.offset is None for point in points)
    if when.starts is None or when.starts <= heard.today or not points or not unsaid:
        return None
    gone = _when(chosen, heard.today, "past") if date_signs.tells_what_was(heard.plain) else None
    if (
        gone is None
        or gone.starts is None
        or not timedelta(0) <= heard.today - gone.starts <= date_doubts.FORTNIGHT * 2
    ):
        return None
    return gone.starts, _days(gone, gone.starts)[-1]


def _unread(said: list[Piece], heard: Heard) -> bool:
    """Whether two numbers that may be days stand in the sentence and were not read: what was read is not all of it."""
    read = {at for piece in (*heard.told, *said) for at in range(piece.start, piece.end)}
    figures = [at for at, atom in enumerate(heard.atoms) if atom.text.isdigit() and atom.value <= 31]
    left = [at for at in figures if heard.line[at] == "n" and at not in read]
    behind = heard.atoms[left[-1] + 1].text if left and left[-1] + 1 < len(heard.atoms) else ""
    return len(left) > 1 and behind not in date_roles.WORKED  # "21 saja, 22 23 masuk"


def _until_today(when: When, chosen: list[Piece], today: date) -> When:
    """The same days from their beginning until today, where that is over."""
    since = _when(chosen, today, "past")
    if since is None or since.starts is None or since.starts >= today:
        return when
    return replace(since, ends=today, doubtful=False)


def _open(chosen: list[Piece], heard: Heard) -> bool:
    """ "Saya cuti mulai 14 Desember": one day, from which on somebody is away."""
    days = [piece for piece in chosen if piece.kind == "days"]
    alone = {piece.kind for piece in chosen} == {"days"} and len(days[0].points) == 1
    return alone and isinstance(days[0].points[0], Point) and heard.atoms[days[0].start].letter == "F"


def _gone_by(when: When, chosen: list[Piece], today: date, plain: str) -> When:
    """The same days as they last were, where the sentence tells of what is over: work done, a sickness reported."""
    gone = _when(chosen, today, "past")
    if gone is None or gone.starts is None or not timedelta(0) <= today - gone.starts <= LATELY:
        return when
    if when.clash:
        return gone  # "Sabtu 21 November": that day was a Saturday, the next one is none
    points = [point for piece in chosen if piece.kind == "days" for point in piece.each]
    if when.starts is None or when.starts <= today or any(point.shift or point.offset is not None for point in points):
        return when
    dated = any(point.day is not None for point in points)
    return gone if date_doubts.past(plain, ago=today - gone.starts, ahead=when.starts - today, dated=dated) else when


def _about(heard: Heard, first: int) -> str:
    """The word before the days; "not around on Thursday" is no doubt about Thursday."""
    topic = first == 1 and heard.atoms[0].text == "about"  # "About December 1st, I will be late"
    topic = topic or (first > 1 and heard.atoms[first - 2].text in ("how", "what"))  # "how about Friday"
    return "" if heard.line[first] == "O" or topic else heard.word_before(first)


def _when(chosen: list[Piece], today: date, prefer: Prefer) -> When | None:
    by_kind = {piece.kind: piece for piece in chosen}
    half = "half" in by_kind
    part = next((piece.part for piece in chosen if piece.kind in ("half", "part") and piece.part), None) or _at(by_kind)
    try:
        when = _named(by_kind, today, prefer)
        if "until" in by_kind:
            when = _until(when, by_kind, today, prefer)
        if "length" in by_kind:
            when = _lasting(when, by_kind["length"], of_a_week=date_chosen.of_a_week(by_kind))
    except date_resolve.Impossible:
        when = When(doubtful=True)
    except date_resolve.Either as either:
        one, other = either.days
        when = When(doubtful=True, either=((one, one), (other, other)), clash=True)
    if "unsure" in by_kind and not ("until" in by_kind and by_kind["unsure"].unit):
        named = "days" in by_kind and not date_chosen.of_a_week(by_kind)
        left_open = None if named else _left_open(by_kind["unsure"], today, prefer)
        when = When(when.starts if named else None, doubtful=True, either=left_open)
    guessed = not half and part is not None and prefer == "future" and when.days is None and when.days_of is None
    if guessed and when.starts == when.ends:
        half, when = True, _doubted(when) if when.starts else when
    if not half and when == When():
        return None
    return replace(when, days=None if half else when.days, half=half, part=part if half else None)


def _left_open(piece: Piece, today: date, prefer: Prefer) -> tuple[Stretch, ...] | None:
    """ "Senin atau Selasa", "7-9 or 14-16 December": the days of which somebody will take one, where they are few."""
    if piece.month or not 1 < len(piece.points) <= _CHOICES or prefer == "past":
        return None
    try:
        found = [date_resolve.extent(point, today, prefer, alone=True)[:2] for point in _completed(piece.points)]
    except ValueError:
        return None
    return tuple(found) if len(set(found)) > 1 and all(today <= first <= last for first, last in found) else None


def _at(by_kind: dict[str, Piece]) -> Literal["am", "pm"] | None:
    """The part of the day within the day itself: "nanti siang", "this afternoon"."""
    points = by_kind["days"].points if "days" in by_kind else ()
    return points[0].part if len(points) == 1 and isinstance(points[0], Point) else None


def _named(by_kind: dict[str, Piece], today: date, prefer: Prefer) -> When:
    if offset := by_kind.get("offset"):
        size = {"d": 1, "w": 7}.get(offset.unit)
        if size:
            day = date_resolve.moved(today, days=size * offset.amount)
        else:
            day = date_resolve.moved(today, months=offset.amount * (12 if offset.unit == "y" else 1))
        return When(day, day, doubtful=offset.unit != "d" and size is None)
    if "days" not in by_kind:
        return When()
    points = _completed(by_kind["days"].points)
    if len(points) == 1:
        starts, ends, doubtful = date_resolve.extent(points[0], today, prefer, alone=True)
        return When(starts, ends, doubtful=doubtful)
    every: list[date] = []
    doubtful = False
    if prefer == "future" and all(isinstance(point, Point) and point.bare for point in points):
        points = date_resolve.in_one_month(points, today)
    for point in points:
        if isinstance(point, Point) and point.follows and every:
            point = replace(point, shift=None)
        plain = isinstance(point, Point) and point.day is None and point.weekday is not None and point.shift is None
        # Weekdays in a row follow each other: "senin, rabu" said on a Tuesday is not the Monday after that Wednesday.
        later = isinstance(point, Point) and point.later  # "Senin depan sama Senin depannya lagi"
        since = every[-1] if plain and every and prefer == "future" and not later else today
        if plain and every and isinstance(point, Point) and every[-1].weekday() == point.weekday and not later:
            continue  # "the day after tomorrow, and Friday": said twice
        gone = plain and every and every[-1] <= today and isinstance(points[0], Point) and (points[0].offset or 0) < 0
        # "Yesterday and Wednesday": the one just gone.
        seen: tuple[date, Prefer] = (today, "past") if gone else (since, prefer)
        starts, ends, unsure = date_resolve.extent(point, *seen, alone=True)
        if prefer == "future" and points[-1] != point and starts - today > YEAR_AHEAD and _sooner(points[-1], today):
            # "6, 7 dan 8 Juli" said on the 8th: days of one list are of one year.
            starts, ends = date_resolve.moved(starts, months=-12), date_resolve.moved(ends, months=-12)
        doubtful = doubtful or unsure
        if not timedelta(0) <= ends - starts <= timedelta(days=60):
            return When(doubtful=True)
        every += [starts + timedelta(days=n) for n in range((ends - starts).days + 1)]
    listed = tuple(sorted(set(every)))
    unbroken = (listed[-1] - listed[0]).days == len(listed) - 1
    return When(listed[0], listed[-1], days_of=None if unbroken else listed, doubtful=doubtful)


def _sooner(point: Point | tuple[Point, Point], today: date) -> bool:
    return date_resolve.extent(point, today, "future", alone=True)[0] - today <= YEAR_AHEAD


def _completed(points: tuple[Point | tuple[Point, Point], ...]) -> tuple[Point | tuple[Point, Point], ...]:
    """In a list the month, year or week said once counts for every day that lacks its own."""
    if len(points) == 1:
        return points
    flat = [each for point in points for each in (point if isinstance(point, tuple) else (point,))]
    model = next((point for point in reversed(flat) if point.day is not None and not point.bare), None)
    named = [point for point in flat if point.day is None and point.weekday is not None]
    several = len({point.shift for point in named if point.shift is not None}) > 1

    def of_week(point: Point) -> Point | None:
        """The weekday whose week this one shares: the last, or the next one behind it where several are named."""
        behind = named[next((at for at, one in enumerate(named) if one is point), 0) :] if several else ()
        return next((one for one in behind if one.shift is not None), named[-1] if named else None)

    def whole(point: Point) -> Point:
        if model and point.bare:
            return Point(point.day, model.month, model.year, point.weekday, shift=model.shift, doubtful=point.doubtful)
        week = of_week(point)
        if (
            week is not None
            and point.day is None
            and point.weekday is not None
            and point.shift is None
            and not point.later
        ):
            return Point(weekday=point.weekday, shift=week.shift, doubtful=point.doubtful, sure=week.sure)
        return point

    return tuple((whole(p[0]), whole(p[1])) if isinstance(p, tuple) else whole(p) for p in points)


def _until(when: When, by_kind: Mapping[str, Piece], today: date, prefer: Prefer) -> When:
    end = by_kind["until"].points[0]
    assert isinstance(end, Point)
    if when.starts is None:
        _, ends, _ = date_resolve.one(end, today, "future")
        return When(ends=ends, doubtful=True)
    said = by_kind["days"].points[0] if "days" in by_kind else None
    goes_on = isinstance(said, tuple) and said[1] == Point(offset=0)  # "sick since yesterday, home until Friday"
    if when.days_of or (when.starts != when.ends and not goes_on):
        return when
    begins = by_kind["days"].points[0] if "days" in by_kind else None
    weekly = isinstance(begins, Point) and begins.weekday is not None
    ends, doubtful = date_resolve.ending(end, when.starts, today, prefer, weekly=weekly)
    return When(when.starts, ends, doubtful=when.doubtful or doubtful)


def _lasting(when: When, length: Piece, *, of_a_week: bool) -> When:
    starts = when.starts
    if when.days_of and (length.unit, length.amount) == ("d", len(when.days_of)):
        return when  # "two days off: Wednesday and Friday"
    if of_a_week and when.starts and when.starts.weekday() == 5 and (length.unit, length.amount) == ("d", 2):
        return when  # "this weekend, two days"
    if of_a_week and length.unit == "d" and length.amount < 5:
        return When(days=length.amount, doubtful=True)  # which of them?
    if starts is not None and when.ends is not None and starts != when.ends:
        spoken = (when.ends - starts).days + 1
        if not when.doubtful or (length.unit == "d" and spoken == length.amount):
            return when
    if length.unit in ("k", "y"):
        if starts is None:
            return When(doubtful=True)
        months = length.amount * (12 if length.unit == "y" else 1)
        return When(
            starts, date_resolve.moved(date_resolve.moved(starts, months=months), days=-1), doubtful=when.doubtful
        )
    days = length.amount * (5 if length.unit == "w" else 1)
    return When(starts, None, days, doubtful=when.doubtful or length.unit == "w" or length.open)


def _doubted(when: When) -> When:
    return When(when.starts, when.ends, when.days, when.half, when.part, when.days_of, True)
