"""Ways of telling days: what is said, in both languages, and what is meant by it. For tests alone.

{a}, {b}, {c}, {d} and {e} are days of one week and the next, {p} and {q} days that are over, {A}, {B} and {X} weekdays.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

TODAY = date(2026, 11, 26)
DAY = timedelta(days=1)
NEXT = TODAY + DAY * (7 - TODAY.weekday())  # the Monday of next week


@dataclass(frozen=True, slots=True)
class Days:
    """The days of one sentence: a, c and b in this order in one week, d and e a week after a and b, p and q over,
    A and B among the next, X of next week."""

    a: date
    b: date
    p: date
    A: date
    B: date
    x: date

    @property
    def c(self) -> date:
        """The working day after the first one."""
        return worked(self.a)

    @property
    def d(self) -> date:
        """A week after the first one."""
        return self.a + 7 * DAY

    @property
    def e(self) -> date:
        """A week after the last one."""
        return self.b + 7 * DAY

    @property
    def q(self) -> date:
        """The day after the one that is over."""
        return self.p + DAY


def worked(day: date, step: int = 1) -> date:
    """The next day from Monday to Friday."""
    day += step * DAY
    while day.weekday() > 4:
        day += step * DAY
    return day


def days(first: date, last: date) -> set[date]:
    """The days from Monday to Friday from one day to another."""
    return {first + n * DAY for n in range((last - first).days + 1) if (first + n * DAY).weekday() < 5}


Meant = Callable[[Days], set[date]]
HALVES = {"the morning": "am", "the afternoon": "pm"}
TOLD: dict[str, tuple[Meant, list[str]]] = {
    "there and back to work": (
        lambda t: days(t.a, t.b - DAY),
        [
            "I'm away from {a} and back at work on {b}", "leave starting {a}, back in the office on {b}",
            "off from {a}, returning to work {b}", "back at my desk on {b}, on leave from {a}",
            "cuti mulai {a}, masuk lagi {b}", "saya libur dari {a}, balik kerja {b}",
            "masuk kerja lagi {b}, cutinya dari {a}",
        ],
    ),
    "a journey": (
        lambda t: days(worked(t.a), t.b - DAY),
        [
            "my flight is on {a} at night, back in the office on {b}", "we fly on {a} in the evening and I'm back at work {b}",
            "kereta berangkat {a} malam, masuk kerja lagi {b}", "pesawat {a} malam, balik ngantor {b}",
        ],
    ),
    "an event beside": (
        lambda t: {t.b},
        [
            "my sister's wedding is on {a}, so I need {b} off", "the exam is on {a}, I'd like leave on {b}",
            "we have visitors on {a}; please give me {b} off", "adik menikah {a}, saya cuti {b}",
            "ada acara keluarga {a}, jadi saya mau libur {b}", "ujiannya {a}, mohon cuti {b} saja",
        ],
    ),
    "the day before": (
        lambda t: days(t.a - DAY, t.a - DAY),
        [
            "the ceremony is on {a}, I take the day before off", "leave on the day before {a} please",
            "acaranya {a}, saya cuti sehari sebelumnya", "saya minta libur sehari sebelum {a}",
        ],
    ),
    "two days after": (
        lambda t: {worked(t.a), worked(worked(t.a))},
        [
            "the audit ends on {a}, I need the two working days after that", "conference on {a}, leave for the two days after",
            "rapat terakhir {a}, saya minta cuti dua hari setelahnya", "habis ujian {a} saya libur dua hari sesudahnya",
        ],
    ),
    "a slip put right": (
        lambda t: {t.b},
        [
            "leave on {a}, no wait, {b}", "I'd like {a} off, sorry, I mean {b}", "please book {a} - correction, {b}",
            "I wrote {a} but it should be {b}", "cuti {a}, eh bukan, {b}", "saya libur {a}, maaf salah, maksudnya {b}",
            "kemarin saya tulis {a}, harusnya {b}", "bukan {a} tapi {b} cutinya", "not {a} but {b} please, my leave",
        ],
    ),
    "moved": (
        lambda t: {t.b},
        [
            "move my leave from {a} to {b}", "my leave on {a}, can it be moved to {b}?", "please change my day off from {a} to {b}",
            "cuti saya {a} tolong dipindah ke {b}", "geser cuti {a} jadi {b}", "ganti cuti dari {a} ke {b} ya",
        ],
    ),
    "all but one": (
        lambda t: days(t.a, t.b) - {worked(t.a)},
        [
            "leave from {a} to {b} except {c}", "off {a} until {b}, but not {c}", "cuti {a} sampai {b} kecuali {c}",
            "libur dari {a} sampai {b}, tapi {c} saya masuk",
        ],
    ),
    "one or the other": (
        lambda t: set(),
        [
            "either {a} or {b} off, whichever suits", "leave on {a} or {b}", "I could take {a} or maybe {b} off",
            "cuti {a} atau {b}", "libur kalau tidak {a} ya {b}", "antara {a} atau {b} saya cuti",
        ],
    ),
    "a week later": (
        lambda t: {day + 7 * DAY for day in days(t.a, t.b)},
        [
            "move my leave of {a} to {b} a week later", "push my leave from {a} to {b} back by one week",
            "cuti saya {a} sampai {b} tolong diundur seminggu", "mundurkan cuti {a} sampai {b} satu minggu",
        ],
    ),
    "some called off": (
        lambda t: {worked(t.a)},
        [
            "cancel {c} of my leave from {a} to {b}", "from my leave of {a} to {b} please cancel {c}",
            "cuti saya {a} sampai {b}, yang {c} dibatalkan", "batalkan {c} dari cuti saya {a} sampai {b}",
        ],
    ),
    "cut short": (
        lambda t: {t.a, worked(t.a)},
        [
            "I have leave from {a} to {b}, keep only the first two days", "cut my leave from {a} to {b} down to the first two days",
            "cuti saya {a} sampai {b} dipotong jadi dua hari pertama saja", "dari cuti {a} sampai {b} saya ambil dua hari pertama saja",
        ],
    ),
    "the weekday before": (
        lambda t: {t.a - DAY * ((t.a.weekday() - 3) % 7 or 7), t.a - DAY * ((t.a.weekday() - 4) % 7 or 7)},
        [
            "the party is on {a}, so I take the Thursday and Friday before", "leave on the Thursday and Friday before {a}",
            "resepsi {a}, saya cuti Kamis dan Jumat sebelumnya",
        ],
    ),
    "the week after": (
        lambda t: days(t.a + DAY * (7 - t.a.weekday()), t.a + DAY * (11 - t.a.weekday())),
        [
            "the board meets on {a}; leave for the week following", "we launch on {a}, put me down for the following week",
            "peluncuran {a}, minggu berikutnya saya cuti",
        ],
    ),
    "ends earlier": (
        lambda t: days(t.a, worked(t.a)),
        [
            "I have leave from {a} to {b}, please shorten it to end on {c}", "cuti saya {a} sampai {b}, pendekkan sampai {c} saja",
            "my leave of {a} to {b} should end on {c} instead", "cuti {a} sampai {b} saya majukan selesainya jadi {c}",
        ],
    ),
    "ends later": (
        lambda t: days(t.a, t.b),
        [
            "my leave is from {a} to {c}, please extend it to {b}", "extend my leave from {a} to {c} until {b}",
            "cuti saya {a} sampai {c}, tolong diperpanjang sampai {b}", "perpanjang cuti {a} sampai {c} jadi sampai {b}",
        ],
    ),
    "both ends told": (
        lambda t: days(t.a, t.b),
        [
            "my first day off is {a} and the last one {b}", "leave begins on {a} and ends on {b}", "away {a} through {b} inclusive",
            "I need to be away between {a} and {b}, both included", "cuti dimulai {a} dan berakhir {b}",
            "hari pertama cuti {a}, hari terakhir {b}", "terhitung {a} s.d. {b} saya cuti",
        ],
    ),
    "two of them": (
        lambda t: {t.a, t.b},
        [
            "leave on {a} and {b}", "I need two days off: {a} and {b}", "day off {a}, and another one on {b}",
            "cuti {a} dan {b}", "saya mau libur dua hari, {a} sama {b}", "cuti {a} terus {b} juga",
        ],
    ),
    "worked between": (
        lambda t: {t.a, t.b},
        [
            "cuti {a}, {c} masuk, cuti lagi {b}",
        ],
    ),
    "not those but these": (
        lambda t: {t.b},
        [
            "I no longer need {a}, I need {b} off instead", "instead of {a} I would like {b} off", "leave on {b} instead of {a}",
            "{a} tidak jadi, cutinya {b} saja", "saya batal cuti {a}, gantinya {b}", "cuti {b}, bukan {a}",
        ],
    ),
    "a length from a day": (
        lambda t: days(t.a, worked(worked(t.a))),
        [
            "three days of leave from {a}", "I'm taking three days off starting on {a}", "leave on {a} for three days",
            "cuti tiga hari mulai {a}", "mulai {a} saya libur 3 hari", "cuti {a} selama tiga hari",
        ],
    ),
    "a reason that has its day": (
        lambda t: days(worked(t.a), t.b),
        [
            "the kids finish school on {a}, so leave from {c} to {b}", "mum arrives on {a}; I would be off {c} until {b}",
            "anak terima rapor {a}, saya cuti {c} sampai {b}", "karena {a} ada audit, cuti saya dari {c} sampai {b}",
        ],
    ),
    # One of two days that are near, named by their weekdays.
    "a weekday denied": (
        lambda t: {t.B},
        [
            "not {A}, {B}", "leave, not on {A} but on {B}", "no, not {A}, {B} please", "no leave on {A}, {B} instead",
            "{B} off, not {A}", "I'd rather have {B} off than {A}", "instead of {A} I'd like {B} off", "make it {B} instead of {A}",
            "leave on {A}? no, {B}", "scratch {A}, {B} is my leave", "forget {A}, I need {B} off",
            "bukan {A}, {B}", "cutinya bukan {A} tapi {B}", "jangan {A}, cuti {B} aja", "cuti {B} aja, bukan {A}",
            "ga jadi {A}, {B} aja cutinya", "cuti {A}? eh {B} deh", "{A} batal, gantinya saya cuti {B}", "saya cuti {B} bukannya {A}",
            "cuti jangan {A} deh, {B} aja", "{A} ga jadi, saya cuti {B} saja",
        ],
    ),
    "only denied": (
        lambda t: set(),
        [
            "not {A} or {B}", "not {A}", "any day but {A}", "I can't have {A} off, some other day", "neither {A} nor {B}",
            "bukan {A} atau {B}", "jangan {A}", "asal bukan {A} cutinya", "selain {A} terserah hari apa cutinya",
        ],
    ),
    "called off and moved": (
        lambda t: {t.b},
        [
            "drop {A}, the party is now on {b}, so that day off", "cuti {A} batal, ganti {b}",
            "{A} dibatalkan saja, cutinya pindah ke {b}", "cancel {A}, I take {b} off instead",
            "the wedding moved, so not {a} but {b} off", "acaranya diundur, cuti saya jadi {b} bukan {a}",
        ],
    ),
    "called off because the occasion moved": (
        lambda t: {t.A},
        [
            "cancel {A}? it moved to {b}", "cancel {A}, my appointment was moved to {b}", "please cancel my leave for {A}, the event moved to {b}",
            "batalkan {A}, acaranya pindah ke {b}", "batalin {A} dong, acaranya pindah ke {b}", "cuti {A} batal, rapatnya diundur ke {b}",
        ],
    ),
    "one day at work and one away": (
        lambda t: {t.B},
        [
            "on {A} I work from home, {B} is my leave", "{A} in the office, {B} off", "I'm in on {A} but on leave {B}",
            "{A} saya WFH, {B} cuti", "{A} masuk, {B} baru cuti", "saya {A} masih kerja, {B} yang cuti",
        ],
    ),
    "next week without some": (
        lambda t: days(NEXT, NEXT + 4 * DAY) - {t.x},
        [
            "next week off except {X}", "the whole of next week off, but not {X}", "I'm away next week apart from {X}",
            "all of next week but {X} please, leave", "minggu depan cuti kecuali {X}", "cuti minggu depan selain {X}",
            "minggu depan saya cuti, tapi {X} masuk", "seminggu depan cuti, {X} nya doang masuk",
        ],
    ),
    "the week after next": (
        lambda t: days(NEXT + 7 * DAY, NEXT + 11 * DAY),
        [
            "not next week, the week after, on leave", "leave in the week after next", "off, not next week but the one after",
            "bukan minggu depan, cuti minggu depannya lagi", "cuti minggu depannya lagi, jangan minggu depan",
        ],
    ),
    "over and back": (
        lambda t: {t.p, t.q},
        [
            "I was sick {p} and {q}, back at work on {B}", "off sick from {p} to {q}, I'm in again on {B}",
            "had a fever {p} until {q}, better now, back {B}", "saya sakit {p} sampai {q}, masuk lagi {B}",
            "kemarin itu sakit {p} dan {q}, {B} saya sudah kerja", "demam dari {p} sampai {q}, sekarang sudah sembuh, {B} masuk",
        ],
    ),
    "two journeys": (
        lambda t: days(t.a, t.b) | days(t.d, t.e),
        [
            "away {a} to {b} and again {d} to {e}", "leave from {a} to {b} and from {d} to {e}", "off {a} - {b} plus {d} - {e}",
            "cuti {a} sampai {b} dan {d} sampai {e}", "saya libur {a} - {b} terus {d} - {e} lagi",
            "pergi dari {a} sampai {b}, lalu pergi lagi dari {d} sampai {e}, cuti dua-duanya",
        ],
    ),
    "several days and one away": (
        lambda t: {t.b},
        [
            "meeting on {a}, site visit on {c}, leave on {b}", "{a} rehearsal, {c} the show, {b} I take leave",
            "we rehearse {a} and perform {c}, so {b} off please", "on {a} I present, on {c} I travel back, on {b} I'm on leave",
            "{a} rapat, {c} kunjungan, {b} saya cuti", "{a} gladi bersih, {c} pentas, jadi {b} saya cuti",
            "lamaran {a}, akad {c}, tapi cutinya cuma {b}", "ada audit {a} sama {c}, makanya saya cuti {b} saja",
        ],
    ),
    "only one of those asked for": (
        lambda t: {t.b},
        [
            "I asked for {a} and {b} but I only need {b}", "of {a} and {b} I only take {b}", "had planned {a} and {b}, will only take {b} now",
            "tadinya {a} dan {b}, sekarang cuma {b} cutinya", "saya ajukan {a} dan {b}, yang jadi cuma {b}",
            "cuti {a} sama {b} ga jadi dua-duanya, {b} aja",
        ],
    ),
    "another stretch": (
        lambda t: days(t.c, t.b),
        [
            "not {a} to {c}, {c} to {b} is my leave", "my leave should be {c} to {b}, not {a} to {c}", "leave of {a} to {c} becomes {c} to {b}",
            "change my leave from {a} - {c} to {c} - {b}", "cuti bukan {a} sampai {c} tapi {c} sampai {b}",
            "cuti {a} - {c} diubah jadi {c} - {b}", "tolong cuti {a} s.d. {c} diganti menjadi {c} s.d. {b}",
        ],
    ),
    "not yet known": (
        lambda t: set(),
        [
            "a few days around {a}", "some days off before {a}, not sure which", "leave for a few days in the week of {a}",
            "two days between {a} and {b}, whichever suits", "sometime after {a}", "bbrp hari sebelum {a} cuti", "cuti beberapa hari sekitar {a}",
            "bbrp hr di minggu itu, {a} atau {b}", "cuti dua hari antara {a} sampai {b}, bebas yang mana", "sekitar {a} lah cutinya, belum pasti",
        ],
    ),
    "until before the return": (
        lambda t: days(t.a, t.b - DAY),
        [
            "on leave {a}, back {b}", "first day off {a}, first day back {b}", "out from {a} until I'm back on {b}",
            "cuti {a}, {b} sudah masuk lagi", "libur {a}, masuk kerja lagi {b}", "mulai {a} cuti, {b} kembali bekerja",
        ],
    ),
    "the days about it": (
        lambda t: days(t.a - DAY, t.a - DAY) | {worked(t.a)},
        [
            "leave the day before and the day after {a}", "off the day before {a} and the day after it",
            "cuti sehari sebelum dan sehari sesudah {a}", "saya libur sehari sebelum dan sesudah {a}",
        ],
    ),
    "the morning": (
        lambda t: {t.a},
        [
            "half a day on {a}, 8 to 12", "{a} off in the morning, in by 1 pm", "half day leave {a} from 8 am to 12 noon",
            "I'll come in after lunch on {a}, half day", "setengah hari {a} jam 8-12", "{a} pagi cuti setengah hari, siang masuk",
            "cuti setengah hari {a}, masuk jam 1", "{a} izin setengah hari dari jam 8 sampai jam 12",
        ],
    ),
    "the afternoon": (
        lambda t: {t.a},
        [
            "half a day on {a}, 1 to 5 pm", "{a} off from noon, half day", "half day leave {a} from 1 pm to 5 pm",
            "I leave at noon on {a}, half a day", "setengah hari {a} jam 13-17", "{a} pagi masuk, siang cuti setengah hari",
            "cuti setengah hari {a}, pulang jam 12", "{a} izin setengah hari dari jam 1 sampai jam 5 sore",
        ],
    ),
}  # fmt: skip
