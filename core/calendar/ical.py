"""Calendars as other programs read them (RFC 5545): whole days, so that no clock of any zone can move them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

OCTETS = 75  # of a line, its end not counted
ESCAPED = (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n"))


@dataclass(frozen=True)
class Event:
    """Whole days from `starts` through `ends`."""

    uid: str
    stamp: datetime  # when this was last changed
    starts: date
    ends: date
    summary: str
    sure: bool = True
    busy: bool = False  # whether whoever keeps the calendar is away then


def written(name: str, events: Sequence[Event], language: str) -> str:
    """The calendar as text; the same events always give the same text."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Serambi//Leave//{language.upper()}", "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "X-PUBLISHED-TTL:PT4H",
    ]  # fmt: skip
    for one in events:
        lines += [
            "BEGIN:VEVENT", f"UID:{one.uid}", f"DTSTAMP:{one.stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{one.starts:%Y%m%d}", f"DTEND;VALUE=DATE:{one.ends + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{escaped(one.summary)}", f"STATUS:{'CONFIRMED' if one.sure else 'TENTATIVE'}",
            f"TRANSP:{'OPAQUE' if one.busy else 'TRANSPARENT'}", "CLASS:PRIVATE", "END:VEVENT",
        ]  # fmt: skip
    return "\r\n".join(folded(line) for line in [*lines, "END:VCALENDAR"]) + "\r\n"


def escaped(words: str) -> str:
    """Words as the value of a property; signs that no text holds are left out."""
    for sign, told in ESCAPED:
        words = words.replace(sign, told)
    return "".join(sign for sign in words if sign >= " " and sign != "\x7f")


def folded(line: str) -> str:
    """A line in pieces of at most 75 octets, never cut inside a sign."""
    pieces, held, room = [], bytearray(), OCTETS
    for sign in line:
        raw = sign.encode()
        if len(held) + len(raw) > room:
            pieces.append(bytes(held))
            held, room = bytearray(), OCTETS - 1  # the space that says it goes on
        held += raw
    return b"\r\n ".join([*pieces, bytes(held)]).decode()
