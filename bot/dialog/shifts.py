"""Days named before that are moved or made longer: "perpanjang 2 hari", "mundurin sehari", "the day after"."""

import re
from datetime import date, timedelta

from bot.dialog.dates import When
from bot.dialog.normal import ADDRESS, PARTICLES, words

NONE_LEFT = When()
"""What is left of days that were made shorter than they are long."""

_COUNT = {
    "a": 1, "one": 1, "satu": 1, "another": 1, "dua": 2, "two": 2, "tiga": 3, "three": 3, "empat": 4, "four": 4,
    "lima": 5, "five": 5,
}  # fmt: skip
_LONG = (
    rf"(?:(?P<count>\d{{1,2}}|{'|'.join(_COUNT)})\s(?:more\s|extra\s)?(?:working\s)?|se)"
    r"(?P<unit>hari|minggu|pekan|days?|weeks?)(?:\skerja)?(?:\slagi|\smore|\sextra)?\b"
)
_MORE = (
    re.compile(
        r"(?:diperpanjang|perpanjang\w*|extend(?:ed)?|tambah\w*|ditambah\w*|nambah|add|ada(?=\s\w+\s(?:more|extra)))"
        rf"\s.*?\b{_LONG}"
    ),
    re.compile(r"(?:\w+\s){0,3}(?P<count>another)\s(?P<unit>days?|weeks?)\b"),
)
_LESS = (re.compile(rf"(?:kurangi\w*|dikurangi\w*|perpendek|shorten|cut|trim)\s.*?\b{_LONG}"),)
_LATER = (
    re.compile(rf"(?:d?i?mundur\w*|d?i?undur\w*|d?i?geser\w*|postpone|delay|push)\s.*?\b{_LONG}"),
    re.compile(rf".*?\b{_LONG}\s(?:later|lebih lambat|setelahnya|sesudahnya)"),
)
_EARLIER = (
    re.compile(rf"(?:d?i?maju\w*)\s.*?\b{_LONG}"),
    re.compile(rf".*?\b{_LONG}\s(?:earlier|lebih awal|lebih cepat|sebelumnya)"),
)
_NEXT = frozenset({
    "day after", "besoknya", "keesokan harinya", "keesokannya", "hari setelahnya", "hari sesudahnya", "hari berikutnya",
    "next day", "following day", "day after that", "day after it", "esoknya", "esok harinya",
})  # fmt: skip
_AROUND = PARTICLES | ADDRESS | frozenset(
    "the bukan tidak no nope not eh oh salah wrong maaf sorry actually make it saja jadi ganti ke maksudnya maksud "
    "saya i mean meant tapi but deh dong ya instead please tolong on pada tanggalnya jadinya mending wait".split()
)  # fmt: skip


def shifted(sentence: str, before: When) -> When | None:
    """The days before, moved or made longer or shorter by so many working days or weeks, NONE_LEFT where none remains.

    None when nothing of it is said.
    Days on which this company rests are not known here: weekends are stepped over, and what the days cost is told
    before anything is sent.
    """
    if before.starts is None or before.days_of:
        return None
    line = " ".join(word.text for word in words(sentence) if word.kind != "mark")
    for patterns, sign, change in (
        (_MORE, 1, _longer),
        (_LESS, -1, _longer),
        (_LATER, 1, _moved),
        (_EARLIER, -1, _moved),
    ):
        if found := next(filter(None, (pattern.search(line) for pattern in patterns)), None):
            count, unit = _amount(found)
            return change(before, sign * count, unit)
    return None


def the_next(sentence: str, before: When) -> When | None:
    """The working day after the days before, where nothing else is said: "besoknya", "no, the day after"."""
    if before.starts is None or before.days_of:
        return None
    said = [word.text for word in words(sentence) if word.kind != "mark"]
    if " ".join(said) in _NEXT or " ".join(word for word in said if word not in _AROUND) in _NEXT:
        return _moved(before, 1, "day")
    return None


def _amount(found: re.Match[str]) -> tuple[int, str]:
    number = found.groupdict()["count"] or "a"
    return int(number) if number.isdigit() else _COUNT[number], "week" if found["unit"][0] in "mpw" else "day"


def _longer(before: When, count: int, unit: str) -> When:
    assert before.starts is not None
    if before.days is not None and before.ends in (None, before.starts):
        days = before.days + count * (5 if unit == "week" else 1)
        return When(before.starts, None, days=days) if days > 0 else NONE_LEFT
    ends = _step(before.ends or before.starts, count, unit)
    return When(before.starts, ends) if ends >= before.starts else NONE_LEFT


def _moved(before: When, count: int, unit: str) -> When:
    assert before.starts is not None
    starts = _step(before.starts, count, unit)
    ends = _step(before.ends, count, unit) if before.ends is not None else None
    days = before.days if ends is None or ends == starts else None
    return When(starts, ends, days=days, half=before.half, part=before.part)


def _step(day: date, count: int, unit: str) -> date:
    """So many working days further, or back; whole weeks keep their weekday."""
    if unit == "week":
        return day + timedelta(weeks=count)
    way = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += way
        while day.weekday() > 4:
            day += way
    return day
