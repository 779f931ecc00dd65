"""What calendars of telephones read: lines that are folded and escaped as RFC 5545 says."""

import re
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from core.calendar.ical import Event, escaped, folded, written

STAMP = datetime(2026, 7, 6, 2, tzinfo=UTC)


def read(told: str) -> list[dict[str, str]]:
    """The events of a calendar: a reader that knows nothing of the writer."""
    assert told.endswith("\r\n")
    assert "\n" not in told.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in told.split("\r\n"))
    lines = told.replace("\r\n ", "").split("\r\n")[:-1]
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    events: list[dict[str, str]] = []
    for line in lines:
        name, sign, value = line.partition(":")
        assert sign and re.fullmatch(r"[A-Z-]+(;[A-Z-]+=[A-Z-]+)*", name), line
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and name not in ("END", "BEGIN"):
            unescaped = re.sub(r"\\(.)", lambda found: {"n": "\n"}.get(found[1], found[1]), value)
            events[-1][name.partition(";")[0]] = unescaped
    return events


def test_whole_days_end_on_the_day_after() -> None:
    one = Event("a@serambi", STAMP, date(2026, 7, 7), date(2026, 7, 9), "Cuti", sure=False, busy=True)
    assert read(written("Cuti saya", [one], "id")) == [
        {
            "UID": "a@serambi", "DTSTAMP": "20260706T020000Z", "DTSTART": "20260707", "DTEND": "20260710",
            "SUMMARY": "Cuti", "STATUS": "TENTATIVE", "TRANSP": "OPAQUE", "CLASS": "PRIVATE",
        }
    ]  # fmt: skip


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200))
def test_any_name_comes_back_as_it_was(name: str) -> None:
    one = Event("a@serambi", STAMP, date(2026, 7, 7), date(2026, 7, 7), name)
    assert read(written(name, [one], "en"))[0]["SUMMARY"] == name


def test_a_name_cannot_write_lines_of_its_own() -> None:
    bad = "Budi\r\nEND:VEVENT\r\nBEGIN:VALARM;x,y\\"
    assert escaped(bad) == "Budi\\nEND:VEVENT\\nBEGIN:VALARM\\;x\\,y\\\\"
    one = Event("a@serambi", STAMP, date(2026, 7, 7), date(2026, 7, 7), bad)
    assert len(read(written(bad, [one], "id"))) == 1


def test_a_sign_of_four_octets_is_never_cut() -> None:
    line = "SUMMARY:" + "🌴" * 60
    assert folded(line).replace("\r\n ", "") == line
    assert all(len(piece.encode()) <= 75 for piece in folded(line).split("\r\n"))
