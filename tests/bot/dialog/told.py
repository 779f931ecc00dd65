"""Sentences about days, told as people tell them: a story, its days, and what is meant by it. For tests alone.

Each way of telling is a sentence with places for days, and the days that are meant. The days are drawn, so that no
rule can be written for one of them; a typing slip may be in any longer word.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

TODAY = date(2026, 11, 26)
EN = "January February March April May June July August September October November December".split()
ID = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
EN_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
ID_DAYS = "Senin Selasa Rabu Kamis Jumat Sabtu Minggu".split()
DAY = timedelta(days=1)
SLIPS = 5  # letters a word needs for one of them to be wrong


def worked(day: date, step: int = 1) -> date:
    """The next day from Monday to Friday."""
    day += step * DAY
    while day.weekday() > 4:
        day += step * DAY
    return day


def days(first: date, last: date) -> set[date]:
    """The days from Monday to Friday from one day to another."""
    return {first + n * DAY for n in range((last - first).days + 1) if (first + n * DAY).weekday() < 5}


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and the working days it means; none where it has to be asked about."""

    text: str
    meant: frozenset[date]


Meant = Callable[[date, date], set[date]]
# What is said, in both languages, with the days {a} and {b} ({A}, {B} their weekdays), and what is meant by it.
TOLD: dict[str, tuple[Meant, list[str]]] = {
    "there and back to work": (
        lambda a, b: days(a, b - DAY),
        [
            "I'm away from {a} and back at work on {b}", "leave starting {a}, back in the office on {b}",
            "off from {a}, returning to work {b}", "back at my desk on {b}, on leave from {a}",
            "cuti mulai {a}, masuk lagi {b}", "saya libur dari {a}, balik kerja {b}",
            "masuk kerja lagi {b}, cutinya dari {a}",
        ],
    ),
    "a journey": (
        lambda a, b: days(worked(a), b - DAY),
        [
            "my flight is on {a} at night, back in the office on {b}", "we fly on {a} in the evening and I'm back at work {b}",
            "kereta berangkat {a} malam, masuk kerja lagi {b}", "pesawat {a} malam, balik ngantor {b}",
        ],
    ),
    "an event beside": (
        lambda a, b: {b},
        [
            "my sister's wedding is on {a}, so I need {b} off", "the exam is on {a}, I'd like leave on {b}",
            "we have visitors on {a}; please give me {b} off", "adik menikah {a}, saya cuti {b}",
            "ada acara keluarga {a}, jadi saya mau libur {b}", "ujiannya {a}, mohon cuti {b} saja",
        ],
    ),
    "the day before": (
        lambda a, b: days(a - DAY, a - DAY),
        [
            "the ceremony is on {a}, I take the day before off", "leave on the day before {a} please",
            "acaranya {a}, saya cuti sehari sebelumnya", "saya minta libur sehari sebelum {a}",
        ],
    ),
    "two days after": (
        lambda a, b: {worked(a), worked(worked(a))},
        [
            "the audit ends on {a}, I need the two working days after that", "conference on {a}, leave for the two days after",
            "rapat terakhir {a}, saya minta cuti dua hari setelahnya", "habis ujian {a} saya libur dua hari sesudahnya",
        ],
    ),
    "a slip put right": (
        lambda a, b: {b},
        [
            "leave on {a}, no wait, {b}", "I'd like {a} off, sorry, I mean {b}", "please book {a} - correction, {b}",
            "I wrote {a} but it should be {b}", "cuti {a}, eh bukan, {b}", "saya libur {a}, maaf salah, maksudnya {b}",
            "kemarin saya tulis {a}, harusnya {b}", "bukan {a} tapi {b} cutinya", "not {a} but {b} please, my leave",
        ],
    ),
    "moved": (
        lambda a, b: {b},
        [
            "move my leave from {a} to {b}", "my leave on {a}, can it be moved to {b}?", "please change my day off from {a} to {b}",
            "cuti saya {a} tolong dipindah ke {b}", "geser cuti {a} jadi {b}", "ganti cuti dari {a} ke {b} ya",
        ],
    ),
    "all but one": (
        lambda a, b: days(a, b) - {worked(a)},
        [
            "leave from {a} to {b} except {c}", "off {a} until {b}, but not {c}", "cuti {a} sampai {b} kecuali {c}",
            "libur dari {a} sampai {b}, tapi {c} saya masuk",
        ],
    ),
    "one or the other": (
        lambda a, b: set(),
        [
            "either {a} or {b} off, whichever suits", "leave on {a} or {b}", "I could take {a} or maybe {b} off",
            "cuti {a} atau {b}", "libur kalau tidak {a} ya {b}", "antara {a} atau {b} saya cuti",
        ],
    ),
    "a week later": (
        lambda a, b: {day + 7 * DAY for day in days(a, b)},
        [
            "move my leave of {a} to {b} a week later", "push my leave from {a} to {b} back by one week",
            "cuti saya {a} sampai {b} tolong diundur seminggu", "mundurkan cuti {a} sampai {b} satu minggu",
        ],
    ),
    "some called off": (
        lambda a, b: {worked(a)},
        [
            "cancel {c} of my leave from {a} to {b}", "from my leave of {a} to {b} please cancel {c}",
            "cuti saya {a} sampai {b}, yang {c} dibatalkan", "batalkan {c} dari cuti saya {a} sampai {b}",
        ],
    ),
    "cut short": (
        lambda a, b: {a, worked(a)},
        [
            "I have leave from {a} to {b}, keep only the first two days", "cut my leave from {a} to {b} down to the first two days",
            "cuti saya {a} sampai {b} dipotong jadi dua hari pertama saja", "dari cuti {a} sampai {b} saya ambil dua hari pertama saja",
        ],
    ),
    "the weekday before": (
        lambda a, b: {a - DAY * ((a.weekday() - 3) % 7 or 7), a - DAY * ((a.weekday() - 4) % 7 or 7)},
        [
            "the party is on {a}, so I take the Thursday and Friday before", "leave on the Thursday and Friday before {a}",
            "resepsi {a}, saya cuti Kamis dan Jumat sebelumnya",
        ],
    ),
    "the week after": (
        lambda a, b: days(a + DAY * (7 - a.weekday()), a + DAY * (11 - a.weekday())),
        [
            "the board meets on {a}; leave for the week following", "we launch on {a}, put me down for the following week",
            "peluncuran {a}, minggu berikutnya saya cuti",
        ],
    ),
    "ends earlier": (
        lambda a, b: days(a, worked(a)),
        [
            "I have leave from {a} to {b}, please shorten it to end on {c}", "cuti saya {a} sampai {b}, pendekkan sampai {c} saja",
            "my leave of {a} to {b} should end on {c} instead", "cuti {a} sampai {b} saya majukan selesainya jadi {c}",
        ],
    ),
    "ends later": (
        days,
        [
            "my leave is from {a} to {c}, please extend it to {b}", "extend my leave from {a} to {c} until {b}",
            "cuti saya {a} sampai {c}, tolong diperpanjang sampai {b}", "perpanjang cuti {a} sampai {c} jadi sampai {b}",
        ],
    ),
    "both ends told": (
        days,
        [
            "my first day off is {a} and the last one {b}", "leave begins on {a} and ends on {b}", "away {a} through {b} inclusive",
            "I need to be away between {a} and {b}, both included", "cuti dimulai {a} dan berakhir {b}",
            "hari pertama cuti {a}, hari terakhir {b}", "terhitung {a} s.d. {b} saya cuti",
        ],
    ),
    "two of them": (
        lambda a, b: {a, b},
        [
            "leave on {a} and {b}", "I need two days off: {a} and {b}", "day off {a}, and another one on {b}",
            "cuti {a} dan {b}", "saya mau libur dua hari, {a} sama {b}", "cuti {a} terus {b} juga",
        ],
    ),
    "worked between": (
        lambda a, b: {a, b},
        [
            "cuti {a}, {c} masuk, cuti lagi {b}",
        ],
    ),
    "not those but these": (
        lambda a, b: {b},
        [
            "I no longer need {a}, I need {b} off instead", "instead of {a} I would like {b} off", "leave on {b} instead of {a}",
            "{a} tidak jadi, cutinya {b} saja", "saya batal cuti {a}, gantinya {b}", "cuti {b}, bukan {a}",
        ],
    ),
    "a length from a day": (
        lambda a, b: days(a, worked(worked(a))),
        [
            "three days of leave from {a}", "I'm taking three days off starting on {a}", "leave on {a} for three days",
            "cuti tiga hari mulai {a}", "mulai {a} saya libur 3 hari", "cuti {a} selama tiga hari",
        ],
    ),
    "a reason that has its day": (
        lambda a, b: days(worked(a), b),
        [
            "the kids finish school on {a}, so leave from {c} to {b}", "mum arrives on {a}; I would be off {c} until {b}",
            "anak terima rapor {a}, saya cuti {c} sampai {b}", "karena {a} ada audit, cuti saya dari {c} sampai {b}",
        ],
    ),
}  # fmt: skip


def _in_english(day: date, way: int) -> str:
    month, short = EN[day.month - 1], EN[day.month - 1][:3]
    name = EN_DAYS[day.weekday()]
    return [
        f"{day.day} {month}",
        f"{short} {day.day}",
        f"{name} {day.day} {month}",
        f"{name} the {_th(day.day)} of {month}",
    ][way]


def _in_indonesian(day: date, way: int) -> str:
    month, name = ID[day.month - 1], ID_DAYS[day.weekday()]
    if day.weekday() == 6:
        way = 0
    return [
        f"tanggal {day.day} {month}",
        f"tgl {day.day} {month[:3]}",
        f"{name} tanggal {day.day} {month}",
        f"{day.day} {month}",
    ][way]


def _th(number: int) -> str:
    ending = "th" if 10 < number < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


@st.composite
def sentences(draw: st.DrawFn, way: str, *, slips: bool = False) -> Said:
    """A sentence that tells days in this way."""
    meant, wordings = TOLD[way]
    wording = draw(st.sampled_from(wordings))
    first = TODAY + DAY * draw(st.integers(12, 20) | st.integers(46, 60))  # between the holidays
    while first.weekday() > 2:
        first += DAY
    last = worked(worked(first)) + DAY * draw(st.integers(0, 4 - worked(worked(first)).weekday()))
    indonesian = any(word in wording for word in ("saya", "cuti", "libur", "masuk", "ngantor"))
    how = draw(st.integers(0, 3))
    spelt = _in_indonesian if indonesian else _in_english
    middle = worked(first)
    text = wording.format(a=spelt(first, how), b=spelt(last, how), c=spelt(middle, how))
    if slips:
        text = _with_a_slip(text, draw(st.integers(0, 1_000)), draw(st.integers(0, 1_000)))
    return Said(text, frozenset(meant(first, last)))


def _with_a_slip(text: str, which: int, where: int) -> str:
    """The sentence with two letters of a longer word in the wrong order; a month or weekday, which people know to read."""
    names = {*EN, *ID, *EN_DAYS, *ID_DAYS}
    long = [word for word in text.split() if word in names and len(word) >= SLIPS]
    if not long:
        return text
    word = long[which % len(long)]
    at = 2 + where % (len(word) - 3)
    return text.replace(word, word[:at] + word[at + 1] + word[at] + word[at + 2 :], 1)
