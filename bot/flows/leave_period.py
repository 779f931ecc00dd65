"""From the days that somebody named to the period they mean, and the words in which periods are offered again."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Protocol

from bot.dialog import dates
from bot.dialog.dates import When
from bot.dialog.engine import Chat
from bot.flows.readers import WhenReader
from core.errors import Refused
from core.leave import policy, worked
from core.leave.policy import Period
from core.leave.types import CALENDAR, DAY, Kind
from core.messaging import buttons
from core.people.directory import Employee
from core.phrases import bulan_pendek, hari_pendek, tanggal, tanggal_pendek

HORIZON = timedelta(days=400)
FURTHEST = timedelta(days=730)  # no lot reaches as far, and the calendar itself ends in 9999
LATELY = timedelta(days=60)
SINCE = re.compile(r"\b(?:dari|dr|sejak|sjk|semenjak|sedari|mulai|since|from)\b", re.IGNORECASE)


class NowReader(WhenReader):
    """Days of something that is there already, such as sickness: without a date it is today, "until" begins today."""

    def read(self, words: str, chat: Chat) -> When:
        return _since(words, chat) or super().read(words, chat)

    def correct(self, words: str, before: When, chat: Chat) -> When | None:
        return _since(words, chat) or super().correct(words, before, chat)

    def spot(self, sentence: str, chat: Chat) -> When | None:
        if (since := _since(sentence, chat)) is not None:
            return since
        found = dates.find(sentence, today=chat.today, prefer="future")
        if found is None:
            return When(chat.today, chat.today)
        when = found.when
        if when.starts is not None or when.days_of is not None:
            return when
        if when.ends is not None:
            return When(chat.today, when.ends)
        if when.days is not None:
            return When(chat.today, None, days=when.days)
        if when.half:
            return When(chat.today, chat.today, half=True, part=when.part)
        return None


def _since(sentence: str, chat: Chat) -> When | None:
    """From the one day that is named until today, where the sentence says "since" of a day that is over."""
    found = dates.find(sentence, today=chat.today, prefer="past") if SINCE.search(sentence) else None
    if found is None or found.when.starts is None or found.when.half or found.when.days:
        return None
    when = found.when
    over = when.starts is not None and when.starts < chat.today and when.ends in (None, when.starts)
    return When(when.starts, chat.today, doubtful=when.doubtful) if over and not when.days_of else None


NOW = NowReader()


class Asks(Protocol):
    """Whose days are read: the talk with them, or the form that they fill in."""

    @property
    def employee(self) -> Employee:
        """Who they are."""

    @property
    def language(self) -> str:
        """What they are answered in."""

    @property
    def today(self) -> date:
        """The day it is for them."""


async def resolve(chat: Asks, when: When, length: int | None, part: str | None, kind: Kind) -> Period:
    """The period that was meant; a length counts days as the kind counts them."""
    if when.days_of and await _in_a_row(chat, when.days_of, kind):
        when = replace(when, days_of=None)
    if when.days_of:
        raise Refused("leave.not_in_a_row", days=", ".join(_runs(chat, when.days_of)))
    assert when.starts is not None
    if not kind.back_days and (gone := _lately(when, chat.today)) is not None:
        raise Refused("leave.already_past", starts=gone, ends=gone)
    if when.starts - chat.today > FURTHEST:
        raise Refused("leave.no_lot", on=when.starts)
    if part is not None:
        return Period(when.starts, when.starts, part)
    # "Cuti 2 hari" and then "mulai Kamis": a length that was said before is counted from the one day named now.
    days = when.days if when.ends is None and when.days is not None else length
    if not days and when.ends in (None, when.starts):
        days = usual(kind)
        if days is None and (last := policy.latest(kind, when.starts, with_paper=False)) is not None:
            return Period(when.starts, last)
    if days and when.ends in (None, when.starts):
        days = min(days, 250)
        if kind.counts == CALENDAR:
            return Period(when.starts, when.starts + timedelta(days=days - 1))
        off = await worked.names_of(chat.employee, when.starts, when.starts + HORIZON)
        works = await worked.works_of(chat.employee)
        first = policy.working_days_from(when.starts, 1, off, works)
        return Period(first, policy.working_days_from(first, days, off, works))
    return Period(when.starts, when.ends or when.starts)


def _runs(chat: Asks, days: Sequence[date]) -> Iterator[str]:
    """The days as stretches without a gap: "30 November - 1 Desember", "3 - 4 Desember"."""
    first = last = days[0]
    for day in [*days[1:], None]:
        if day is not None and day - last == timedelta(days=1):
            last = day
            continue
        said = tanggal_pendek(last, chat.language)
        start = (
            str(first.day)
            if (first.year, first.month) == (last.year, last.month)
            else tanggal_pendek(first, chat.language)
        )
        yield said if first == last else f"{start} - {said}"
        if day is not None:
            first = last = day


async def _in_a_row(chat: Asks, days: Sequence[date], kind: Kind) -> bool:
    """Whether only days off lie between them, so that one period takes them all: Friday and Monday."""
    if kind.counts == CALENDAR:
        return False
    off = await worked.names_of(chat.employee, days[0], days[-1])
    works = await worked.works_of(chat.employee)
    between = (days[0] + timedelta(days=n) for n in range((days[-1] - days[0]).days))
    return all(day in days or policy.working_days_from(day, 1, off, works) != day for day in between)


def usual(kind: Kind) -> int | None:
    """As many whole days as an event brings, where the beginning alone was named."""
    return kind.days // DAY if kind.entitlement == "event" and kind.days and kind.per != "month" else None


def _lately(when: When, today: date) -> date | None:
    """The day that was meant when a date without its year has just gone by: nobody asks for leave a year ahead."""
    if when.starts is None or not when.doubtful or when.starts - today < timedelta(days=300):
        return None
    last_year = when.starts - timedelta(days=366 if (when.starts - timedelta(days=365)).day != when.starts.day else 365)
    return last_year if today - LATELY <= last_year < today else None


def example(chat: Chat, length: int | None) -> str:
    """Days of next week, as they may be written."""
    monday = chat.today + timedelta(days=7 - chat.today.weekday())
    if length is not None:
        return tanggal_pendek(monday, chat.language, today=chat.today)
    return short_range(chat, monday, monday + timedelta(days=2))


def short_range(chat: Chat, first: date, last: date) -> str:
    """`13-15 Juli`, `30 Juli - 2 Agustus`."""
    if first == last:
        return tanggal_pendek(first, chat.language, today=chat.today)
    ends = tanggal_pendek(last, chat.language, today=chat.today)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}-{ends}"
    return f"{tanggal_pendek(first, chat.language, today=chat.today)} - {ends}"


def title(chat: Chat, key: str, first: date, last: date) -> str:
    """A choice that names days, with short months where the long ones do not fit."""
    for shorten in (0, 3):
        days = short_range(chat, first, last)
        if shorten:
            days = " ".join(word[:shorten] if word.isalpha() else word for word in days.split())
        made = chat.phrase(key, days=days)
        if len(made) <= buttons.LONGEST_TITLE:
            return made
    return chat.phrase(key, days=f"{first.day}/{first.month}-{last.day}/{last.month}")


def day_title(chat: Chat, day: date) -> str:
    """`Rabu 23 September` on a choice, with short words where the long ones do not fit."""
    weekday, short = hari_pendek(day, chat.language), tanggal_pendek(day, chat.language, today=chat.today)
    year = "" if day.year == chat.today.year else f" {day.year}"
    return buttons.fitting(
        tanggal(day, chat.language, today=chat.today), f"{weekday} {short}",
        f"{weekday} {day.day} {bulan_pendek(day, chat.language)}{year}",
    )  # fmt: skip


def only(chat: Chat, period: Period) -> str:
    """`Senin-Kamis saja`: the part of a period that can be had."""
    names = [tanggal(day, chat.language, today=chat.today).split()[0] for day in (period.starts, period.ends)]
    if period.starts == period.ends:
        return chat.phrase("leave.only_day", day=names[0])
    whole = chat.phrase("leave.only_days", first=names[0], last=names[1])
    if len(whole) <= buttons.LONGEST_TITLE:
        return whole
    return chat.phrase("leave.only_days", first=names[0][:3], last=names[1][:3])
