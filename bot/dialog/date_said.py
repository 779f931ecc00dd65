"""Ways of saying days that are put into those the grammar knows, before a sentence is read: "antara tanggal 20 dan 22"
is from the 20th until the 22nd, "tanggal 20 eh 21" is the 21st. Nothing here knows what day it is.
"""

import re
from collections.abc import Callable

_TENS = "satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan"
_NUMBERS = {name: at for at, name in enumerate(_TENS.split("|"), 1)} | {
    name: at for at, name in enumerate("one two three four five six seven eight nine".split(), 1)
}
_COUNT = r"(?:\d{1,2}|" + "|".join(_NUMBERS) + ")"
_SHORTEST = 28  # days that every month has
_TGL = r"(?:tgl|tanggal|tg|the)\.?"
_DAY = rf"(?:{_TGL}\s*)?\d{{1,2}}(?:st|nd|rd|th)?"
_ANY = re.compile(
    rf"\b(?:antara|between|selesai|berakhir|end\w*|finish\w*|eh|ehh|hari ini|of the month|(?:{_TENS})(?:puluh|belas)\w*"
    r"|nex?t|following|after|setelahnya|berikutnya|sesudahnya|kedepannya|h\s?[-+]\s?\d)",
    re.IGNORECASE,
)


def _number(said: str) -> int:
    return _NUMBERS.get(said.lower()) or int(said)


def _and_more(one: re.Match[str]) -> str:
    return f"{one['first']} selama {_number(one['count']) + 1} hari"


def _so_far(one: re.Match[str]) -> str:
    """ "Sudah 3 hari ini sakit": today is the third."""
    count = _number(one["count"])
    return f"dari {count - 1} hari yang lalu sampai hari ini" if count > 1 else "hari ini"


def _beside(one: re.Match[str]) -> str:
    """ "H-3 dari tanggal 20" is the 17th, within a month."""
    day = int(one["day"]) + int(one["count"]) * (-1 if one["sign"] == "-" else 1)
    return f"{one['the']} {day}" if 1 <= day <= _SHORTEST else one[0]


_SHAPES: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    # "Duapuluh dua", "duabelas".
    (rf"\b(?P<tens>{_TENS})(?P<kind>puluh|belas)(?P<ones>{_TENS})?\b", r"\g<tens> \g<kind> \g<ones>"),
    # "Cuti antara tanggal 20 dan 22 Juli": what else lies between two days is not asked for.
    (
        rf"(?P<away>\b(?:cuti|libur|izin|ijin|off|leave|away)\s+(?:tahunan\s+|pada\s+)?)(?:antara|between)\s+"
        rf"(?P<one>(?:[a-z]{{3,9}}\s+)?{_DAY}(?:\s+[a-z]{{3,9}})?)\s+(?:dan|and|sampai|s/d|sd|hingga|sama|&|-)\s+"
        rf"(?=(?:[a-z]{{3,9}}\s+)?{_DAY})",
        r"\g<away>dari \g<one> sampai ",
    ),
    # "Mulai tanggal 20, selesai tanggal 22", "start 20 end 22 July".
    (
        rf"\b(?P<begin>(?:mulai|start\w*|from|dari)\s+(?:on\s+)?{_DAY}(?:\s+[a-z]{{3,9}})?)[\s,;-]+(?:dan\s+|and\s+)?"
        rf"(?:selesai(?:nya)?|berakhir|end(?:s|ing)?|finish(?:es|ing)?)\s+(?:pada\s+|on\s+|at\s+)?(?={_DAY})",
        r"\g<begin> sampai ",
    ),
    # "Tanggal 20 eh 21 deh": the later one is meant.
    (
        rf"\b(?P<the>{_TGL})\s*\d{{1,2}}\s*,?\s+(?:eh+)\s+(?:{_TGL}\s*)?(?P<day>\d{{1,2}})\b(?!\s*(?:hari|days?))",
        r"\g<the> \g<day>",
    ),
    # "Sudah 3 hari ini saya sakit".
    (rf"\b(?:su?dah|udah|udh|sdh|dah)\s+(?P<count>{_COUNT})\s+hari\s+ini\b", _so_far),
    # "The last Friday of the month".
    (r"\bof the month\b", "of this month"),
    # "Today and the next two days", "besok dan 2 hari berikutnya".
    (
        rf"\b(?P<first>today|tomorrow|hari ini|besok|lusa)\s+(?:and|dan|sama|plus|\+|&)\s+"
        rf"(?:(?:the\s+)?(?:next|following)\s+(?P<count>{_COUNT})\s+(?:more\s+)?days?)\b",
        _and_more,
    ),
    (
        rf"\b(?P<first>today|tomorrow|hari ini|besok|lusa)\s+(?:and|dan|sama|plus|\+|&)\s+(?:the\s+)?"
        rf"(?P<count>{_COUNT})\s+(?:hari|days?)\s+"
        r"(?:after(?:wards?)?(?: that)?|(?:setelah|berikut|sesudah|kedepan)nya)(?!\s+\w*\d)",
        _and_more,
    ),
    # "H-3 dari tanggal 20", "H+1 nikahan tanggal 20".
    (
        rf"\bh\s?(?P<sign>[-+])\s?(?P<count>\d{{1,2}})\s+(?:dari\s+|of\s+)?(?:[a-z]+\s+){{0,2}}?"
        rf"(?P<the>{_TGL})\s*(?P<day>\d{{1,2}})\b",
        _beside,
    ),
)  # fmt: skip
_COMPILED = [(re.compile(shape, re.IGNORECASE), put) for shape, put in _SHAPES]


def as_known(sentence: str) -> str:
    """The sentence with such ways of saying in the words that are read."""
    if not _ANY.search(sentence):
        return sentence
    for shape, put in _COMPILED:
        sentence = shape.sub(put, sentence)
    return sentence
