"""Half a day that is told by its midday: "masuk habis makan siang" is the morning off, "leave at noon" the afternoon.

Reads the words as `normal.py` spells them, one space between two. Its one surprise: an hour about noon counts as half
a day only where the part of the day is named too; "masuk jam 1" alone stays an hour.
"""

import re
from typing import Literal

_NOON = (
    r"(?:(?:setelah|sesudah|habis|after|post) (?:makan siang|istirahat|lunch|dzuhur|zuhur|duhur|jumatan"
    r"|(?:sholat|salat|shalat) jumat|(?:12 )?noon|midday)|siang(?!nya)|(?:12 )?noon|midday|(?:at )?lunch)\b"
)
_HOUR = (
    r"(?:(?:setelah|sesudah|habis|after) )?(?:jam |pukul |at |by |from )+"
    r"(?:12(?:[.:]\d\d)?|13(?:[.:]00)?|1|satu)\b(?![.:/]?\d)"
)
_GAP = r"(?: (?!pagi|shift|jam|pukul)\w+){0,2} "
_COMING = (
    r"\b(?:masuk(?:nya)?|dat[ae]ng(?:nya)?|ngantor(?:nya)?|tiba|hadir|lebet|come in|coming(?: in)?|come"
    r"|(?:be|only be) (?:in|back))"
)
_GOING = (
    r"\b(?:pulang|cabut|keluar|leave|leaving|outta here|out of here|log(?:ging)? off|go(?: out)?|unavailable|off|izin"
    r"|permission|jaga)"
)
_COMES = re.compile(_COMING + _GAP + _NOON)
_COMES_AT = re.compile(_COMING + _GAP + _HOUR + "|" + _HOUR + r"(?: \w+)? sudah di kantor")
_GOES = re.compile(_GOING + _GAP + _NOON.replace("|siang(?!nya)", ""))
_GONE = re.compile(
    _NOON.replace("|siang(?!nya)", "") + r"(?: \w+){0,3} (?:pulang|cabut|keluar|leave|go out|off|izin)\b"
)
_UNTIL_NOON = re.compile(r"\b(?:sampai|until|till) (?:jam |pukul )?(?:12|noon|siang)\b")
_AFTERNOON = re.compile(r"(?<!jam \d )\b(?:siang|sore|afternoon)\b")
_MORNING = re.compile(r"\b(?:pagi|paginya|morning)\b")


_COMES_EARLY = re.compile(_COMING + r"(?: \w+){0,3} (?:jam|pukul|at|by) (?:[6-9]|10)\b")
_WORKS_THEN = re.compile(
    r"\b(?:(?P<pm>(?:pagi|morning)(?:nya)?|paginya)|(?P<am>(?:siang|sore|afternoon)(?:nya)?)) "
    r"(?:saya |i |i'm |am |will be |aku |tetap |still )*(?:masuk|ngantor|kerja|working|work|in the office)\b"
)
_HALVED = re.compile(r"\b(?:half ?day|half a day|(?:setengah|separuh|1/2) hari)\b")
_BEFORE_NOON = re.compile(
    r"\b(?:before|sebelum) (?:the )?(?:noon|midday|lunch|tengah hari)\b"
    r"(?!.{0,12}\b(?:i am|i'm) (?:there|here|in|back)\b)"
    r"|\bafter (?:the )?(?:noon|midday|lunch) (?:i am|i'm|i will be|i'll be) (?:there|here|in|back)\b"
)
_WORKS_UNTIL = re.compile(
    r"\b(?:work(?:ing)?|kerja|begawi|jaga|masuk) (?:\w+ )?"
    r"(?:sampai|until|till) (?:tengah hari|noon|midday|siang|lunch)\b"
)
_GOES_THEN = re.compile(r"\b(?:siangan|siangnya) (?:balik|pulang|cabut)\b")
_LATER = re.compile(r"\b(?:siang|sore|afternoon|arvo|pm)\b")
_AFTER_NOON = re.compile(r"\bafter (?:the )?(?:noon|midday|lunch)\b.{0,12}\b(?:go home|going home|leave|go)\b")


_IN_AFTER = re.compile(
    r"\b(?:be|i'm|am) (?:at|in) (?:the )?office (?:after lunch|after noon|in the afternoon)\b"
    r"|\b(?:(?:setelah|sesudah|habis) (?:makan siang|istirahat)|siang(?:nya|na|e)) "
    r"(?:\w+ ){0,2}(?:ke kantor|masuk|ngantor)\b"
)
_TAKES_OFF = re.compile(
    r"\b(?:take|taking|need|have|want|ambil|minta|cuti|izin) (?:the |just |only |half )*"
    r"(?:(?P<am>morning|pagi)|afternoon|arvo|siang)(?:nya)?(?: off| saja| only)\b"
)


def halved(sentence: str) -> bool:
    """Whether half a day is asked for in so many words; "half past nine" is an hour."""
    return bool(_HALVED.search(sentence.lower()))


_COMES_BY = re.compile(
    r"\b(?:masuk(?:nya)?|datang|in|back|start)(?: lagi)? (?:jam |pukul |by |at )+(?:12|13|14|1|2)\b(?![.:/]?\d)"
)
_GOES_BY = re.compile(
    r"\b(?:pulang(?:nya)?|cabut|keluar|leave|leaving|go|out)(?: lagi)? (?:jam |pukul |by |at )+"
    r"(?:11|12|13|1|noon)\b(?![.:/]?\d)"
)
_HOURS = re.compile(
    r"(?<![\d./])(?P<a>\d{1,2})(?:[.:]00)?(?: am| pm)? ?(?:-|–|to|sampai|until|till) ?"
    r"(?:jam )?(?P<b>\d{1,2})(?:[.:]00)?(?![\d./])"
)
_WORKS_FROM, _NOON_HOUR, _WORKS_UNTIL_HOUR = 7, 12, 18


def of_hours(plain: str) -> Literal["am", "pm"] | None:
    """The half of a day that its hours tell: "8 to 12", "masuk jam 1", "1 to 5 pm"; None where they tell neither."""
    if _COMES_BY.search(plain):
        return "am"
    if _GOES_BY.search(plain):
        return "pm"
    for hours in _HOURS.finditer(plain):
        begins, ends = (hour + 12 if hour < _WORKS_FROM else hour for hour in (int(hours["a"]), int(hours["b"])))
        if _WORKS_FROM <= begins < ends <= _NOON_HOUR + 1:
            return "am"
        if _NOON_HOUR <= begins < ends <= _WORKS_UNTIL_HOUR:
            return "pm"
    return None


def half(plain: str) -> Literal["am", "pm"] | None:
    """The half of the day somebody is away, where coming or going at midday tells it."""
    if takes := _TAKES_OFF.search(plain):
        return "am" if takes["am"] else "pm"
    if _IN_AFTER.search(plain):
        return "am"
    if _HALVED.search(plain) and (works := _WORKS_THEN.search(plain)):
        return "pm" if works["pm"] else "am"
    if _HALVED.search(plain) and (_WORKS_UNTIL.search(plain) or _GOES_THEN.search(plain)):
        return "pm"
    if _HALVED.search(plain) and bool(_MORNING.search(plain)) != bool(_LATER.search(plain)):
        named = "am" if _MORNING.search(plain) else "pm"
        if not _COMES.search(plain) and not _COMES_AT.search(plain):
            return "am" if named == "am" else "pm"
    if _BEFORE_NOON.search(plain):
        return "am"
    if _AFTER_NOON.search(plain):
        return "pm"
    if _COMES_EARLY.search(plain):
        return None  # "datang agak siang, jam 9": an hour of the morning
    if _COMES.search(plain) or (_MORNING.search(plain) and (_COMES_AT.search(plain) or _UNTIL_NOON.search(plain))):
        return "am"
    if _GOES.search(plain) or _GONE.search(plain):
        return "pm"
    return "pm" if _AFTERNOON.search(plain) and re.search(_GOING, plain) and re.search(_HOUR, plain) else None
