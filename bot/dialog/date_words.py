"""What single words and set phrases say about days; how they combine stands in date_grammar.py."""

from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.dialog.normal import Word, words

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan jannuari",
            "februari february feb pebruari peb febuari febuary",
            "maret march mar mart mrt",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agust agu ags agt aug agst",
            "september sept sep sptember",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "senin monday mondays",
            "selasa tuesday",
            "rabu wednesday",
            "kamis thursday",
            "jumat friday fridays",
            "sabtu saturday",
            "ahad sunday",
        )
    )
    for name in names.split()
}
_NUMBERS = {
    name: number
    for number, names in enumerate(
        (
            "satu one", "dua two", "tiga three", "empat four", "lima five", "enam six", "tujuh seven", "delapan eight",
            "sembilan nine", "sepuluh ten", "sebelas eleven", "duabelas twelve", "tigabelas thirteen",
            "empatbelas fourteen",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ORDINALS = {
    name: number
    for number, name in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), start=1)
}
# The letter is the kind of the atom in date_grammar.py, the number its value.
_WORDS: dict[str, tuple[str, int]] = {
    **{name: ("M", number) for name, number in MONTHS.items()},
    **{name: ("W", number) for name, number in WEEKDAYS.items()},
    **{name: ("n", number) for name, number in _NUMBERS.items()},
    **{name: ("o", number) for name, number in _ORDINALS.items()},
    **dict.fromkeys(("today", "todays"), ("R", 0)),
    **dict.fromkeys(("tomorrow", "tomorrows"), ("B", 1)),
    "besok": ("B", 1), "lusa": ("R", 2), "kemarin": ("K", -1), "yesterday": ("K", -1), "tonight": ("R", 0),
    "hari": ("d", 0), "harinya": ("d", 0), "day": ("d", 0), "days": ("d", 0),
    "minggu": ("S", 6), "pekan": ("w", 0), "week": ("w", 0), "weeks": ("w", 0), "wk": ("w", 0), "wks": ("w", 0),
    "bulan": ("k", 0), "month": ("k", 0), "months": ("k", 0), "tahun": ("y", 0), "year": ("y", 0),
    "sehari": ("E", 1), "seharian": ("E", 1), "seminggu": ("E", 5), "sepekan": ("E", 5), "sebulan": ("E", 30), "kedepan": ("N", 1),
    "depan": ("N", 1), "berikutnya": ("N", 1), "next": ("N", 1), "following": ("N", 1), "mendatang": ("N", 1),
    "ini": ("I", 0), "this": ("I", 0), "coming": ("I", 0),
    "lalu": ("L", -1), "last": ("L", -1), "kemaren": ("L", -1), "past": ("L", -1), "previous": ("L", -1),
    "lagi": ("l", 1), "ago": ("a", -1),
    **dict.fromkeys(("to", "-", "–", "—", "ke"), ("T", 0)),
    **dict.fromkeys(("sampai", "until", "till", "til", "through", "thru"), ("T", 1)),
    **dict.fromkeys(("and", "dan", "dengan", "&", "+", "plus"), ("A", 0)),
    **dict.fromkeys(("dari", "mulai", "from", "starting", "start", "since", "sejak", "mulainya", "beginning"), ("F", 0)),
    ",": ("c", 0), "tanggal": ("g", 0), "tanggalnya": ("g", 0), "the": ("t", 0), "of": ("f", 0),
    "on": ("O", 0), "pada": ("O", 0), "buat": ("O", 0), "untuk": ("O", 0), "for": ("O", 0), "selama": ("O", 0),
    "in": ("i", 0), "dalam": ("i", 0), "within": ("i", 0), "a": ("1", 1), "an": ("1", 1),
    "setengah": ("H", 0), "half": ("H", 0), "halfday": ("H", 0),
    "pagi": ("p", 0), "morning": ("p", 0), "siang": ("p", 1), "sore": ("p", 1), "afternoon": ("p", 1),
    "malam": ("q", 0), "night": ("q", 0), "evening": ("q", 0),
    "nanti": ("h", 0), "tadi": ("h", -1),
    "akhir": ("v", 0), "awal": ("v", 0), "pertengahan": ("v", 0), "end": ("v", 0), "early": ("v", 0), "mid": ("v", 0),
    "weekend": ("e", 0), "wiken": ("e", 0), "weekends": ("e", 0),
    "jam": ("j", 0), "at": ("j", 0),
    "bukan": ("x", 0), "jangan": ("x", 0), "not": ("x", 0), "no": ("x", 0), "nope": ("x", 0), "bukannya": ("x", 0),
    "kerja": ("b", 0), "working": ("b", 0), "work": ("b", 0), "business": ("b", 0), "full": ("b", 0), "penuh": ("b", 0),
    "cuti": ("U", 0), "libur": ("U", 0), "off": ("U", 0), "leave": ("U", 0),
    "atau": ("V", 0), "or": ("V", 0),
    **dict.fromkeys(
        "orang people person persons kali times x persen percent % menit minutes minute hours hour anak kg km buah".split(),
        ("%", 0),
    ),
}  # fmt: skip
# Numbers after these count something else than days of the month.
_COUNTED = frozenset(
    "nomor no lantai lt shift kamar ruang room floor line lini versi version halaman poin point anak usia umur kelas "
    "number gedung step langkah jam grade golongan pph pasal kode code pin".split()
)
_FILLERS = frozenset(
    "ya yah yaa dong deh sih nih saja juga mungkin sepertinya probably maybe also too just please kok lho loh kan pak bu "
    "min eh deng then aja only perhaps possibly maybe then".split()
)
_PHRASES: dict[tuple[str, ...], tuple[str, int]] = {
    tuple(phrase.split()): atom
    for phrase, atom in {
        "hari ini": ("R", 0),
        "besok lusa": ("R", 2),
        "day after tomorrow": ("R", 2),
        "the day after tomorrow": ("R", 2),
        "day before yesterday": ("R", -2),
        "the day before yesterday": ("R", -2),
        "kemarin lusa": ("R", -2),
        "kemarin dulu": ("R", -2),
        "from now": ("l", 1),
        "from today": ("l", 1),
        "dari sekarang": ("l", 1),
        "yang lalu": ("a", -1),
        "yg lalu": ("a", -1),
        "yang akan datang": ("N", 1),
        "akhir pekan": ("e", 0),
        "akhir minggu": ("e", 0),
        "week end": ("e", 0),
        "dua belas": ("n", 12),
        "tiga belas": ("n", 13),
        "empat belas": ("n", 14),
        "lima belas": ("n", 15),
        "enam belas": ("n", 16),
        "tujuh belas": ("n", 17),
        "delapan belas": ("n", 18),
        "sembilan belas": ("n", 19),
        "dua puluh": ("n", 20),
        **{f"dua puluh {name}": ("n", 20 + number) for name, number in _NUMBERS.items() if number < 10},
        "tiga puluh": ("n", 30),
        "tiga puluh satu": ("n", 31),
        "whole week": ("E", 5),
        "full week": ("E", 5),
        "satu minggu penuh": ("E", 5),
        "a couple of days": ("E", 2),
        "couple of days": ("E", 2),
        "ke depan": ("N", 1),
    }.items()
}
_LONGEST = max(map(len, _PHRASES))
# Only words of five letters and more may be misspelt; these resemble one and mean something else.
_NEVER_TYPOS = frozenset(
    "bukan besuk market macet match marah marketing selesai tinggal tunggal samping sampaikan sampah kemari kemarau bulat "
    "depok sering miring money satuan sabar jumlah juara jujur agama agung harian bulanan mingguan tahunan weekly monthly "
    "daily yearly mulus mulia sejauh selalu selain selama selamat sebelum segera setelah seminar sendiri sepekan total "
    "third trust thanks turun tambah toilet touch tower sampel sample simple begin belum besar pesan paling pilih penuh "
    "wedding fridge through tough thought state story stay eight light right might tight fight sight moment mouth pulang "
    "kantor kamar kamera kampus mulut malam akhirat warning moving meeting mining living sister seven eleven evening "
    "staring sharing margin there three these those where after before within without works worked worker simply today's "
    "untuk milik mulai bulan balas bulu depart depan awalan lapar marga masih makan melayani agustinus".split()
)
_FUZZY = [w for w in _WORDS if len(w) >= 5 and w.isalpha() and _WORDS[w][0] in "MWRBKSNTFvpeEH"]
_CLOSE: dict[str, str | None] = {}


@dataclass(frozen=True, slots=True)
class Atom:
    """A word seen as a calendar would: the letter is its kind, the place is that of the original."""

    letter: str
    value: int
    text: str
    start: int
    end: int


def atoms(sentence: str) -> list[Atom]:
    """The sentence as atoms, fillers left out."""
    pieces = [word for word in words(sentence) if word.text not in _FILLERS]
    found: list[Atom] = []
    at = 0
    while at < len(pieces):
        size = next((n for n in range(min(_LONGEST, len(pieces) - at), 1, -1) if _phrase(pieces, at, n) in _PHRASES), 1)
        letter, value = _PHRASES[_phrase(pieces, at, size)] if size > 1 else _meaning(pieces[at])
        found.append(Atom(letter, value, pieces[at].text, pieces[at].start, pieces[at + size - 1].end))
        at += size
    return found


def _phrase(pieces: list[Word], at: int, size: int) -> tuple[str, ...]:
    return tuple(word.text for word in pieces[at : at + size])


def _meaning(word: Word) -> tuple[str, int]:
    text = word.text
    match word.kind:
        case "iso" | "dmy":
            return "X", 0
        case "pair":
            return "m", 0
        case "half":
            return "H", 0
        case "decimal":
            return "D", 0
        case "ordinal":
            return "o", int(text[:-2])
        case "clock":
            return "C", 0
        case "money" | "phone" | "code" | "link":
            return "J", 0
    if text.isascii() and text.isdigit():
        return _number(text)
    if text in _COUNTED:
        return ("j", 0) if text == "jam" else (_WORDS[text] if text == "no" else ("#", 0))
    return _WORDS.get(text) or _WORDS.get(_close(text) or "") or ("u", 0)


def _number(text: str) -> tuple[str, int]:
    value = int(text)
    if len(text) <= 2:
        return "n", value
    return ("Y", value) if len(text) == 4 and 1990 <= value <= 2099 else ("J", 0)


def _close(text: str) -> str | None:
    """The date word this one is a misspelling of, if it can be no other word."""
    if not 5 <= len(text) <= 14 or text in _NEVER_TYPOS or not text.isalpha():
        return None
    if text.endswith("nya") and text[:-3] in _WORDS:
        return text[:-3]
    if text not in _CLOSE:
        if len(_CLOSE) > 20_000:
            _CLOSE.clear()
        _CLOSE[text] = _closest(text)
    return _CLOSE[text]


def _closest(text: str) -> str | None:
    allowed = 1 if len(text) <= 6 else 2
    near = process.extract(text, _FUZZY, scorer=OSA.distance, score_cutoff=allowed, limit=4)
    # People seldom miss the first letter of a word, and most other words that near begin differently.
    same = [(distance, word) for word, distance, _ in near if word[0] == text[0] or word[:2] == text[1::-1]]
    same = [(distance, word) for distance, word in same if distance == 1 or len(word) >= 7]
    return min(same)[1] if same else None
