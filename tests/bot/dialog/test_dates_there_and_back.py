"""Any day, said in any of these ways in either language, with one slip of the finger, is the day that was meant."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.dialog import dates

BULAN = "januari februari maret april mei juni juli agustus september oktober november desember".split()
BLN = "jan feb mar apr mei jun jul agt sep okt nov des".split()
HARI = "senin selasa rabu kamis jumat sabtu minggu".split()
MONTHS = "January February March April May June July August September October November December".split()
MON = "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
# A slip that makes another word is that word.
OTHER_WORDS = frozenset("satu sabu kami seni same".split())
ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


@dataclass(frozen=True)
class Said:
    """A first and last day, seen from a day before them."""

    today: date
    first: date
    last: date

    def words(self) -> dict[str, object]:
        """Both days in every spelling a template asks for."""
        gap, length = (self.first - self.today).days, (self.last - self.first).days + 1
        said: dict[str, object] = {"gap": gap, "length": length}
        for number, day in (("1", self.first), ("2", self.last)):
            month = day.month - 1
            said |= {
                f"d{number}": day.day, f"m{number}": day.month, f"y{number}": day.year, f"iso{number}": day.isoformat(),
                f"dd{number}": f"{day.day:02}", f"mm{number}": f"{day.month:02}", f"o{number}": ORDINALS.get(day.day, "th"),
                f"bulan{number}": BULAN[month], f"bln{number}": BLN[month], f"hari{number}": HARI[day.weekday()],
                f"month{number}": MONTHS[month], f"mon{number}": MON[month], f"day{number}": DAYS[day.weekday()],
            }  # fmt: skip
        return said


def one_month(said: Said) -> bool:
    return (said.first.month, said.first.year) == (said.last.month, said.last.year) and said.first < said.last


def more_days(said: Said) -> bool:
    return said.first < said.last


def this_week_on(said: Said) -> bool:
    return (said.first - said.today).days <= 6 and said.first < said.last


def soon(said: Said) -> bool:
    return (said.first - said.today).days <= 6


def next_month(said: Said) -> bool:
    months = (said.first.year - said.today.year) * 12 + said.first.month - said.today.month
    return months == 1


def next_month_through(said: Said) -> bool:
    return next_month(said) and one_month(said)


def coming(said: Said) -> bool:
    """The day of the month that comes next is the one meant."""
    return (said.first - said.today).days <= 26 and said.first.day <= 28


def coming_through(said: Said) -> bool:
    running = said.first.day <= said.today.day <= said.last.day  # then the days under way are meant
    return coming(said) and one_month(said) and not running


SINGLE: list[tuple[str, Callable[[Said], bool] | None]] = [
    ("cuti tanggal {d1} {bulan1}", None),
    ("mau cuti {d1} {bulan1} ya bu, ada acara", None),
    ("tgl {d1} {bln1} saya cuti", None),
    ("{hari1} {d1} {bulan1} {y1}", None),
    ("cuti hari {hari1}, {d1} {bulan1}", None),
    ("off {d1}/{m1}/{y1} boleh?", None),
    ("libur {dd1}-{mm1}-{y1}", None),
    ("cuti {iso1}", None),
    ("bulan {bulan1} tanggal {d1}", None),
    ("hari {hari1} tanggal {d1} {bulan1} {y1} saya tidak masuk", None),
    ("cuti hari {hari1}", soon),
    ("{gap} hari lagi saya cuti", None),
    ("tanggal {d1} bulan depan", next_month),
    ("bulan depan tgl {d1} cuti ya", next_month),
    ("izin cuti tgl {d1}", coming),
    ("cuti pas tgl {d1} nanti", coming),
    ("leave on {d1} {month1}", None),
    ("can i take {month1} {d1} off", None),
    ("the {d1}{o1} of {month1}", None),
    ("off on {day1} {d1} {month1} {y1}", None),
    ("{mon1} {d1}{o1}, {y1} please", None),
    ("day off on {day1}", soon),
    ("i won't be in on the {d1}{o1}", coming),
    ("in {gap} days i need to be off", None),
    ("the {d1}{o1} of next month", next_month),
    ("cuti {day1} bs ga", soon),
    ("off tgl {d1} {month1}", None),
]
RANGE: list[tuple[str, Callable[[Said], bool] | None]] = [
    ("cuti {d1}-{d2} {bulan1}", one_month),
    ("cuti {d1} sampai {d2} {bulan1} pulang kampung", one_month),
    ("tgl {d1} smp tgl {d2} {bln1}", one_month),
    ("dari {d1} {bulan1} s/d {d2} {bulan2} {y2}", more_days),
    ("{d1} {bulan1} sampai {d2} {bulan2} cuti", more_days),
    ("mulai {hari1} {d1} {bulan1} hingga {hari2} {d2} {bulan2}", more_days),
    ("{dd1}/{mm1}/{y1} sampe {dd2}/{mm2}/{y2}", more_days),
    ("{iso1} - {iso2}", more_days),
    ("cuti {hari1} sampai {hari2}", this_week_on),
    ("dari {hari1} smp {hari2} ga masuk", this_week_on),
    ("tanggal {d1}-{d2} bulan depan", next_month_through),
    ("cuti tgl {d1} sampai {d2}", coming_through),
    ("{d1} {bulan1} - {d2} {bulan2} {y2}", more_days),
    ("annual leave {d1} to {d2} {month1}", one_month),
    ("take leave {mon1} {d1}-{d2}", one_month),
    ("from {d1} {month1} until {d2} {month2}", more_days),
    ("{month1} {d1}{o1} to {month2} {d2}{o2}", more_days),
    ("off from the {d1}{o1} to the {d2}{o2} of {month1}", one_month),
    ("leave {day1} through {day2}", this_week_on),
    ("{day1} {d1} {month1} to {day2} {d2} {month2} please", more_days),
    ("cuti from {d1} {month1} sampai {d2} {month2}", more_days),
]
LENGTH = [
    "cuti {length} hari mulai {d1} {bulan1}",
    "{d1} {bulan1} cuti {length} hari",
    "cuti {length} hari kerja dari tanggal {d1} {bln1}",
    "{length} days starting {d1} {month1}",
    "off for {length} days from {month1} {d1}",
]
HALF = [
    ("{d1} {bulan1} setengah hari pagi", "am"),
    ("cuti setengah hari tanggal {d1} {bulan1} siang", "pm"),
    ("half day on {d1} {month1} afternoon", "pm"),
    ("{d1} {month1} half day, morning", "am"),
]


@st.composite
def said(draw: st.DrawFn) -> Said:
    today = draw(st.dates(date(2025, 1, 1), date(2028, 12, 31)))
    # Mostly near, sometimes months ahead; less than a year, so that a day without a year is the next of its name.
    gap = draw(st.integers(1, 6) | st.integers(1, 60) | st.integers(1, 300))
    first = today + timedelta(days=gap)
    return Said(today, first, first + timedelta(days=draw(st.integers(0, 6))))


def slipped(sentence: str, choice: int, kind: int) -> str:
    """The sentence with one of its longer words misspelt as fingers do; the first letter is seldom missed."""
    words = sentence.split(" ")
    long = [at for at, word in enumerate(words) if word.isalpha() and len(word) >= 5]
    if not long:
        return sentence
    at = long[choice % len(long)]
    word = words[at]
    place = 1 + choice // 7 % (len(word) - 2)
    slip = {
        0: word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        1: word[:place] + word[place + 1 :],
        2: word[: place + 1] + word[place:],
    }[kind]
    words[at] = word if slip in OTHER_WORDS else slip
    return " ".join(words)


def meant(sentence: str, today: date) -> tuple[date | None, date | None]:
    found = dates.find(sentence, today=today)
    assert found is not None, sentence
    return found.when.starts, found.when.ends


@pytest.mark.parametrize("template, fits", SINGLE, ids=[template for template, _ in SINGLE])
@given(said=said(), choice=st.integers(0, 200), kind=st.integers(-1, 2))
def test_a_day(template: str, fits: Callable[[Said], bool] | None, said: Said, choice: int, kind: int) -> None:
    if fits is not None and not fits(said):
        return
    sentence = template.format_map(said.words())
    if kind >= 0:
        sentence = slipped(sentence, choice, kind)
    assert meant(sentence, said.today) == (said.first, said.first), sentence


@pytest.mark.parametrize("template, fits", RANGE, ids=[template for template, _ in RANGE])
@given(said=said(), choice=st.integers(0, 200), kind=st.integers(-1, 2))
@example(Said(date(2026, 7, 8), date(2026, 8, 12), date(2026, 8, 14)), 0, -1)
def test_days(template: str, fits: Callable[[Said], bool] | None, said: Said, choice: int, kind: int) -> None:
    if fits is not None and not fits(said):
        return
    sentence = template.format_map(said.words())
    if kind >= 0:
        sentence = slipped(sentence, choice, kind)
    assert meant(sentence, said.today) == (said.first, said.last), sentence


@pytest.mark.parametrize("template", LENGTH)
@given(said=said(), choice=st.integers(0, 200), kind=st.integers(-1, 2))
def test_a_length(template: str, said: Said, choice: int, kind: int) -> None:
    sentence = template.format_map(said.words())
    found = dates.find(slipped(sentence, choice, kind) if kind >= 0 else sentence, today=said.today)
    assert found is not None
    assert (found.when.starts, found.when.ends, found.when.days) == (
        said.first,
        None,
        (said.last - said.first).days + 1,
    )


@pytest.mark.parametrize("template, part", HALF)
@given(said=said())
def test_half_a_day(template: str, part: str, said: Said) -> None:
    found = dates.find(template.format_map(said.words()), today=said.today)
    assert found is not None
    assert (found.when.starts, found.when.half, found.when.part) == (said.first, True, part)
