"""Reads the hour somebody names: "jam 3 sore", "setengah 6", "jam 5 kurang 10", "half past three", "16.30".

Indonesian counts towards the hour: "jam setengah 6" is 5.30, never 6.30. An hour without a part of the day is the one
within working hours, because people at work speak of those; "jam 3" said at a desk is 15.00.
"""

import re
from datetime import time

from bot.dialog.normal import words

_MAX = 400
_EARLIEST = 6  # an hour without "pagi" or "sore" up to this one is in the afternoon
_NUMBERS = {
    name: number
    for number, names in enumerate(
        "satu one|dua two|tiga three|empat four|lima five|enam six|tujuh seven|delapan eight|sembilan nine|sepuluh ten"
        "|sebelas eleven|duabelas twelve".split("|"),
        start=1,
    )
    for name in names.split()
} | {"dua belas": 12, "dua puluh": 20, "lima belas": 15, "quarter": 15, "seperempat": 15, "half": 30}
_N = "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True)) + r"|\d{1,2}"
_PART = (
    r"(?:(?: (?:yang|di|in the|at))? ?"
    r"(?P<part>pagi|siang|sore|petang|malam|morning|afternoon|evening|night|am|pm|a m|p m))?"
)
_TIMES = [
    re.compile(pattern)
    for pattern in (
        # Figures such as 16.30 or 4:30 pm.
        rf"(?:(?:jam|at|by|from|to) )?\b(?P<h>\d{{1,2}})[.:](?P<m>\d{{2}})(?!\d){_PART}",
        # "jam setengah 6", "setengah enam sore"; "setengah hari" has no number and is none of it
        rf"(?:jam )?\bsetengah (?P<towards>{_N})\b(?! (?:hari|day|jam|juta|ribu)){_PART}",
        # "jam 5 kurang 10", "jam 5 lewat seperempat", "jam 5 lebih 10"
        rf"\bjam (?P<h>{_N}) (?P<way>kurang|lewat|lebih|liwat) (?P<m>{_N})\b(?: menit)?{_PART}",
        # "half past three", "quarter to six"; "20 to 22 July" are days
        rf"\b(?P<m>half|quarter|{_N}(?= minutes| past)|five|ten|twenty)(?: minutes)? (?P<way>past|to) (?P<h>{_N})\b"
        + _PART,
        # "jam 3 sore", "at 3", "3pm", "jam tiga"
        rf"\b(?:jam|at|by|around|sekitar jam|in from) (?P<h>{_N})\b(?! (?:hari|days?|orang|people|jam|hours?)){_PART}",
        r"\b(?P<h>\d{1,2}) ?(?P<part>am|pm|a\.m|p\.m)\b",
        rf"\b(?P<h>{_N}) (?P<part>pagi|siang|sore|malam)\b",
    )
]
_DENIED = re.compile(r"\b(?:bukan|jangan|not) (?:yang |the )?$")
_NIGHT = frozenset({"malam", "night", "evening", "petang"})
_AFTERNOON = frozenset({"siang", "sore", "afternoon", "pm", "p.m", "p m"}) | _NIGHT


def find(sentence: str) -> time | None:
    """The first hour that is named, or None."""
    said = _line(sentence)
    found = [match for pattern in _TIMES if (match := pattern.search(said))]
    if any(_DENIED.search(said, 0, match.start()) for match in found):
        # "Bukan jam 9 tapi jam 10": the hour that follows is meant.
        found = [
            one for pattern in _TIMES for one in pattern.finditer(said) if not _DENIED.search(said, 0, one.start())
        ]
    for match in sorted(found, key=lambda match: (match.start(), -match.end())):
        if (read := _read(match)) is not None:
            return read
    return None


def span(sentence: str) -> tuple[time, time] | None:
    """From when to when: "jam 5 sampe 7", "5 to 8pm", "14.00-16.30"; None where the end is not after the beginning."""
    said = _line(sentence)
    clock = rf"(?:{_N})(?:[.:]\d{{2}})?"
    part = r"(?: ?(?P<{}>pagi|siang|sore|malam|am|pm))?"
    match = re.search(
        rf"\b(?:(?:jam|from|dari|at) )*(?P<a>{clock}){part.format('pa')} ?(?:sampai|to|until|till|-|–) ?"
        rf"(?:jam )?(?P<b>{clock})(?!\d){part.format('pb')}",
        said,
    )
    if match is None or not re.search(r"\b(?:jam|at|pagi|siang|sore|malam)\b|[ap]m\b|\d[.:]\d{2}", match.group()):
        return None
    last = _of(match["b"], match["pb"])
    first = _of(match["a"], match["pa"] or match["pb"])
    if first is not None and last is not None and match["pa"] is None and match["pb"] and first >= last:
        first = _of(match["a"], None)
    if first is not None and last is not None and first >= last and match["pb"] is None and last.hour < 12:
        last = time(last.hour + 12, last.minute)
    return (first, last) if first is not None and last is not None and first < last else None


def _line(sentence: str) -> str:
    said = words(sentence[:_MAX])
    return " ".join(
        word.text
        for at, word in enumerate(said)
        # "On 4.12. I am away" is a day, unless "jam" says that it is none.
        if word.kind != "pair" or word.text[-1] != "." or (at and said[at - 1].text in ("jam", "at", "by", "from"))
    )


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[text]


def _of(text: str, part: str | None) -> time | None:
    hour, _, minute = text.replace(":", ".").partition(".")
    return _placed(_number(hour), int(minute or 0), part)


def _read(match: re.Match[str]) -> time | None:
    has = match.groupdict()
    if has.get("towards"):
        return _placed(_number(has["towards"]) - 1, 30, has.get("part"))
    hour, minute = _number(has["h"]), _number(has["m"]) if has.get("m") else 0
    if has.get("way") in ("kurang", "to"):
        hour, minute = hour - 1, 60 - minute
    return _placed(hour, minute, has.get("part"))


def _placed(hour: int, minute: int, part: str | None) -> time | None:
    """The time of the day; without a part, within working hours."""
    if not (0 <= hour <= 24 and 0 <= minute < 60):
        return None
    hour %= 24
    if hour < 12 and part in _AFTERNOON and not (part in ("siang",) and hour in (10, 11)):
        hour += 12
    elif hour == 12 and part in ("am", "a.m", "a m"):
        hour = 0
    elif part is None and (1, 0) <= (hour, minute) <= (_EARLIEST, 0):
        hour += 12
    return time(hour, minute)
