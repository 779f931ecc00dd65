"""How the clocks of a ticket are told: promises with weekday and zone, time left, the receipt line by line. Pure."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from core import clock
from core.calendar.promises import Times
from core.calendar.working_time import Slice
from core.helpdesk.service_level import Clock
from core.phrases import jam, phrase, saat, tanggal, zona

ONE_DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
SOON = timedelta(hours=24)  # within this the time left is told as well


def moment(at: datetime, zone: str, of_calendar: str, language: str) -> str:
    """`Kamis 26 Maret 22.15 WIT (20.15 WIB)`: by the reader's clock, and by the calendar's where it is another one."""
    return _moment(at, zone, of_calendar, language, clock.today(zone).year)


@lru_cache(8192)  # a queue that looks for news tells the same dues again and again
def _moment(at: datetime, zone: str, of_calendar: str, language: str, _this_year: int) -> str:
    if _same(at, zone, of_calendar):
        return _ending(at, of_calendar, language)
    here, there = clock.local(at, zone), clock.local(at, of_calendar)
    ends_day = there.hour == there.minute == 0
    other = (
        jam(at, of_calendar, language)
        if here.date() == there.date() and not ends_day
        else _ending(at, of_calendar, language)
    )
    return f"{saat(at, zone, language)} ({other})"


def clock_time(at: datetime, zone: str, of_calendar: str, language: str) -> str:
    """`Rabu 25 Maret 10.00 WIT (08.00 WIB)` where something begins: midnight is 00.00 then."""
    if _same(at, zone, of_calendar):
        return saat(at, zone, language)
    here, there = clock.local(at, zone), clock.local(at, of_calendar)
    other = jam(at, of_calendar, language) if here.date() == there.date() else saat(at, of_calendar, language)
    return f"{saat(at, zone, language)} ({other})"


def span(length: timedelta, language: str) -> str:
    """`19 jam`, `4 jam 30 menit`, `45 menit`: rounded down to the minute."""
    return _minutes(max(0, length // MINUTE), language)


@lru_cache(4096)  # a list says the same few lengths over and over
def _minutes(minutes: int, language: str) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return phrase("tickets.minutes", language, minutes=rest)
    if not rest:
        return phrase("tickets.hours", language, hours=hours)
    return f"{phrase('tickets.hours', language, hours=hours)} {phrase('tickets.minutes', language, minutes=rest)}"


def long(length: timedelta, language: str) -> str:
    """The same in days of 24 hours and hours where it is two days or more: nobody counts what 87 hours are."""
    if length < 2 * ONE_DAY:
        return span(length, language)
    days, rest = divmod(length, ONE_DAY)
    told = phrase("tickets.days", language, days=days)
    hours = rest // timedelta(hours=1)
    return f"{told} {phrase('tickets.hours', language, hours=hours)}" if hours else told


def left(due: datetime, now: datetime, language: str) -> str:
    """How long there still is, where that is less than a day; empty otherwise, and when it is over."""
    return span(due - now, language) if timedelta(0) < due - now < SOON else ""


def receipt_of(one: Clock, times: Times, language: str) -> list[str]:
    """Every stretch of a clock up to its due; empty while nobody knows it."""
    if one.due is None:
        return []
    return receipt(one.measure.time.receipt(one.since, one.due, one.pauses), times, language)


def counted(one: Clock, times: Times, language: str) -> str:
    """What a clock counts: `48 jam di hari kerja`, `20 jam kantor`, `sampai tutup kantor hari kerja ke-2`."""
    if one.measure.days:
        return phrase("tickets.counts_close", language, days=str(one.measure.days))
    running = one.measure.time is times.promise
    key = "tickets.counts_running" if running else "tickets.counts_office"
    return phrase(key, language, hours=span(one.measure.length, language))


def receipt(lines: Sequence[Slice], times: Times, language: str) -> list[str]:
    """Each day of a promise: what of it counts, the sum so far, and why the others don't."""
    zone = times.held.zone
    told: list[str] = []
    total = timedelta(0)
    waiting: list[tuple[date, str]] = []  # days that do not count, told together where the reason is the same
    for one in lines:
        if one.kind != "open" and not _in_days(one, zone):
            told.extend(_together(waiting, language))
            waiting = []
            why = phrase(f"tickets.receipt_{one.kind}", language) if one.kind in ("hours", "pause") else one.name
            told.append(phrase("tickets.receipt_skips_for", language, day=_stretch(one, zone, language), why=why))
            continue
        if one.kind != "open":
            waiting.extend(_uncounted(one, times, language))
            continue
        told.extend(_together(waiting, language))
        waiting = []
        total += one.counts
        first = total == one.counts
        told.append(
            phrase(
                "tickets.receipt_counts" if first else "tickets.receipt_adds", language,
                when=_stretch(one, zone, language), hours=span(one.counts, language), sum=span(total, language),
            )
        )  # fmt: skip
    return told + _together(waiting, language)


def _in_days(one: Slice, zone: str) -> bool:
    """Whether it is told by its days: days that are free anyhow, and what takes whole ones."""
    starts, ends = clock.local(one.starts, zone), clock.local(one.ends, zone)
    return one.kind in ("day", "holiday") or not (starts.hour or starts.minute or ends.hour or ends.minute)


def _uncounted(one: Slice, times: Times, language: str) -> list[tuple[date, str]]:
    zone = times.held.zone
    day, last = clock.local(one.starts, zone).date(), clock.local(one.ends - timedelta(microseconds=1), zone).date()
    found = []
    while day <= last:
        why = phrase("tickets.receipt_pause", language) if one.kind == "pause" else one.name
        off = times.held.off(day, None) if one.kind == "holiday" else None
        if off is not None:
            why = off.name(language)
            if off.status == "estimated":  # a due that rests on it may still move
                why = phrase("tickets.receipt_estimated", language, name=why)
        found.append((day, why))
        day += ONE_DAY
    return found


def _together(some: Sequence[tuple[date, str]], language: str) -> list[str]:
    """`Sabtu 4 Juli, Minggu 5 Juli: tidak dihitung`; a day with a name has a line of its own."""
    told: list[str] = []
    plain: list[str] = []

    def flush() -> None:
        if plain:
            told.append(phrase("tickets.receipt_skips", language, days=", ".join(plain)))
            plain.clear()

    for day, why in some:
        if why:
            flush()
            told.append(phrase("tickets.receipt_skips_for", language, day=tanggal(day, language), why=why))
        else:
            plain.append(tanggal(day, language))
    flush()
    return told


def _stretch(one: Slice, zone: str, language: str) -> str:
    """`Jumat 3 Juli 17.00-24.00`; a whole day without its hours; from day to day where it goes over midnight."""
    starts, ends = clock.local(one.starts, zone), clock.local(one.ends, zone)
    if ends - starts == ONE_DAY and not (starts.hour or starts.minute):
        return tanggal(starts.date(), language)
    form = "%H.%M" if language == "id" else "%H:%M"
    midnight = ends.hour == ends.minute == 0
    day = (ends - ONE_DAY if midnight else ends).date()
    last = "24" + f"{ends:{form}}"[2:] if midnight else f"{ends:{form}}"
    first = f"{tanggal(starts.date(), language)} {starts:{form}}"
    return f"{first}-{last}" if day == starts.date() else f"{first} - {tanggal(day, language)} {last}"


def _ending(at: datetime, zone: str, language: str) -> str:
    """A due instant: the midnight that ends a day is its 24.00."""
    there = clock.local(at, zone)
    if there.hour or there.minute or there.second:
        return saat(at, zone, language)
    sign = "24.00" if language == "id" else "24:00"
    day = tanggal(there.date() - ONE_DAY, language, today=clock.today(zone))
    return f"{day} {sign} {zona(zone, at)}"


def _same(at: datetime, one: str, other: str) -> bool:
    return at.astimezone(ZoneInfo(one)).utcoffset() == at.astimezone(ZoneInfo(other)).utcoffset()
