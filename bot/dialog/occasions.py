"""Days that are named after an occasion and not dated: "natal", "lebaran", "sehari setelah nyepi".

They become figures before the sentence is read for days, so that what follows needs to know dates only. Holidays are
those of the calendar that is handed in; a name it does not hold is left as it was written, and asked about as ever.
"""

import re
from collections.abc import Collection, Mapping
from datetime import date, timedelta

from bot.dialog import dates

AHEAD = timedelta(days=400)
ONE_DAY = timedelta(days=1)
LONGEST_REASON_WORD = 40  # letters before a name that are looked at: a long message stays cheap to read
# What people call it, and a word of its name in the calendar; longer names first: "tahun baru imlek" is no new year.
_NAMES = {
    r"(?:christmas|xmas|chrissy) eve|mal[ae]m natal": "christmas eve",
    r"(?:the )?eve of (?:the )?new year|new year'?s eve|nye|hogmanay|mal[ae]m (?:tahun|taun) baru(?:an)?"
    r"|malam pergantian tahun|(?:the )?last day of (?:the|this) year|hari terakhir (?:di )?tahun ini": "new year's eve",
    r"idul ?adha|lebaran haji|hari raya (?:haji|kurban)|kurban|eid al[- ]adha": "idul adha",
    r"lebaran(?! haji)|idul ?fitri|eid(?: al[- ]fitr)?": "idul fitri",
    r"(?:tahun|taun) baru (?:imlek|cina|china)|imlek|(?:chinese|lunar) new year": "imlek",
    r"(?:tahun|taun) baru (?:islam|hijriah?)|1 muharram|islamic new year": "tahun baru islam",
    r"(?:hari )?natal(?:an)?|christmas(?: day)?|xmas(?: day)?": "natal",
    r"(?:hari )?nyepi": "nyepi",
    r"17[ -]?an|(?:tujuh ?belas|17)[ -]?(?:agustus)?an|hari kemerdekaan|independence day": "kemerdekaan",
    r"(?:hari )?wais[ha]k|vesak(?: day)?": "waisak",
    r"(?:hari )?kenaikan (?:isa(?: al[- ]?masih)?|yesus(?: kristus)?)|ascension day": "kenaikan yesus",
    r"jumat agung|good friday": "wafat yesus",
    r"hari buruh|may ?day|labou?r day": "buruh",
    r"maulid(?: nabi)?": "maulid",
    r"(?:tahun|taun) baru(?:an)?|new year(?:'?s(?: day)?)?": "tahun baru masehi",
    r"cuti bersama|cutber|collective leave": "cuti bersama",
    r"akhir (?:tahun|taun)(?: ini)?|end of (?:the )?year|(?:the )?year'?s? end": "end of year",
    r"boxing day": "boxing day",
    r"hari ibu": "hari ibu",
    r"(?:hari )?valentine(?:'?s)?(?: day)?": "valentine",
}  # fmt: skip
# By law on the same day every year: known also where the calendar of that year is not decreed yet.
_FIXED = {
    "natal": (12, 25), "christmas eve": (12, 24), "new year's eve": (12, 31), "kemerdekaan": (8, 17), "buruh": (5, 1),
    "tahun baru masehi": (1, 1), "end of year": (12, 31), "boxing day": (12, 26),
    "hari ibu": (12, 22), "valentine": (2, 14),
}  # fmt: skip
_COUNTS = {"dua": 2, "tiga": 3, "empat": 4, "two": 2, "three": 3, "four": 4}
_BESIDE = (
    r"(?P<side>sehari (?P<s1>sebelum|setelah|sesudah|abis|habis) |h ?(?P<s2>[-+]) ?(?P<n>\d{1,2}) (?:dari |of )?"
    r"|(?<!cuti )(?<!libur )(?<!leave )(?<!ambil )(?P<n2>dua|tiga|empat|two|three|four|[2-9]) (?:hari|days?) "
    r"(?P<s5>sebelum|setelah|sesudah|abis|habis|before|after) "
    r"|(?:a|the|one) day (?P<s3>before|after) |"
    r"(?P<s4>sebelum|setelah|sesudah|sehabis|selepas|seusai|abis|habis|before|after) (?:the )?)?"
)
_OCCASION = re.compile(
    r"(?<!\w)(?P<joint>(?:sampai|sampe|smp|sp|hingga|until|till|to|through|s/d|-"
    r"|dari|mulai|from|pas|waktu|on|pada|at|by) )?"
    + _BESIDE
    + "(?:hari raya )?(?P<name>"
    + "|".join(f"(?P<o{at}>{name})" for at, name in enumerate(_NAMES))
    + r")(?:nya)?(?!\w)",
    re.IGNORECASE,
)
_WEEK_OF_CHRISTMAS = re.compile(
    r"\b(?:the )?week of (?:christmas|xmas)\b|\b(?:christmas|xmas) week\b|\bminggu natal\b", re.IGNORECASE
)
_UNTIL = ("sampai", "sampe", "smp", "sp", "hingga", "until", "till", "to", "through", "s/d", "-")
_GOES_ON = re.compile(r"\s*(?:" + "|".join(_UNTIL) + r")\s", re.IGNORECASE)
_KEYS = list(_NAMES.values())
# "Mudik lebaran" says why, not when.
_ABOUT = ("pas", "waktu", "on", "pada", "at", "by")
_WEEKDAY = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|senin|selasa|rabu|kamis|jumat|sabtu|ahad)\s+$", re.I
)
_LEAVE_OF_IT = re.compile(r"(?:cuti|libur\w*|leave|off)\s+$|\b(?:when|kapan)\b", re.I)
_REASON = re.compile(r"(?:mudik|acara|persiapan|perayaan|merayakan|lomba|ibadah|misa|celebrate|celebration)\s+$", re.I)


def any_in(sentence: str) -> bool:
    """Whether the sentence names a day in such a way; a cheap look before the calendar is read."""
    return bool(_OCCASION.search(sentence))


def dated(sentence: str, off: Mapping[date, str], *, today: date, free: Collection[date] = ()) -> str:
    """The sentence with the days it names by an occasion in figures.

    `off` are the coming days off by their Indonesian names; `free` all days that are not worked, holidays included.
    A name that stands beside dates is what the leave is for, and stays.
    """
    sentence = _WEEK_OF_CHRISTMAS.sub("week of 25 december", sentence)
    found = dates.find(sentence, today=today)
    named = found is not None and (found.when.starts is not None or found.when.days_of is not None)
    return _OCCASION.sub(lambda one: _occasion(one, off, free, today, joined_only=named), sentence)


def _occasion(
    one: re.Match[str], off: Mapping[date, str], free: Collection[date], today: date, *, joined_only: bool
) -> str:  # fmt: skip
    key = next(_KEYS[at] for at in range(len(_KEYS)) if one[f"o{at}"])
    joint = (one["joint"] or "").lower()
    goes_on = bool(_GOES_ON.match(one.string, one.end()))  # "xmas eve to the 28th"
    if (joined_only or key in ("cuti bersama", "end of year")) and not (joint or one["side"] or goes_on):
        return one[0]
    weekday = _WEEKDAY.search(one.string[max(0, one.start() - LONGEST_REASON_WORD) : one.start()]) and one["s4"]
    if (
        joined_only
        and not goes_on
        and joint.strip() in ("", "pas", "waktu", "on")
        and not (one["n"] or one["n2"] or weekday)
    ):
        return one[0]
    if key == "end of year" and one["s4"]:
        return one[0]  # "before the end of the year": some time until then
    if key == "tahun baru masehi" and re.search(r"\bin (?:the )?$", one.string[: one.start()], re.I):
        return one[0]  # "in the new year"
    if _REASON.search(one.string[max(0, one.start() - LONGEST_REASON_WORD) : one.start()]):
        return one[0]
    itself = (
        one["side"]
        or (joint and joint.strip() not in _ABOUT)
        or one["name"].lower().startswith("hari ")
        or "day" in one["name"].lower()
        or (key == "natal" and not _LEAVE_OF_IT.search(one.string[: one.start()]))  # "cuti natal" is all of it
    )
    days = _days(key, off, today, itself=bool(itself or _GOES_ON.match(one.string, one.end())))
    if not days:
        return one[0]
    first, last = days[0], days[-1]
    if one["side"]:
        side = next(one[name] for name in ("s1", "s2", "s3", "s4", "s5") if one[name]).lower()
        before = side.endswith("sebelum") or side in ("before", "-")
        if weekday:
            return f"{side} {(first if before else last).isoformat()}"  # "the Friday before Christmas"
        if one["s4"]:
            first = last = _beside(first if before else last, -1 if before else 1, free)
        else:
            count = int(one["n"] or _COUNTS.get((one["n2"] or "1").lower()) or one["n2"] or 1) * ONE_DAY
            first = last = first - count if before else last + count
    if first == last or joint.strip() in _UNTIL:
        return f"{one['joint'] or ''}{last.isoformat()}"
    if joint.strip() in ("dari", "mulai", "from") or _GOES_ON.match(one.string, one.end()):
        return f"{one['joint'] or ''}{first.isoformat()}"
    return f"{one['joint'] or ''}{first.isoformat()} - {last.isoformat()}"


def _days(key: str, off: Mapping[date, str], today: date, *, itself: bool) -> list[date]:
    """The days of the next such occasion, those of one stretch; or the feast by itself, where it has its one day."""
    found = sorted(day for day, name in off.items() if day >= today and key in name.lower())
    if key in _FIXED and (itself or not found):
        month, day = _FIXED[key]
        found = [
            next(date(year, month, day) for year in (today.year, today.year + 1) if date(year, month, day) >= today)
        ]
    return [day for day in found if day - found[0] <= timedelta(days=10)]


def _beside(day: date, step: int, free: Collection[date]) -> date:
    """The nearest working day before or after a day."""
    for _ in range(AHEAD.days):
        day += step * ONE_DAY
        if day.weekday() < 5 and day not in free:
            break
    return day
