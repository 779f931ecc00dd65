"""What people call their rights over personal data, and how they say what is wrong in the record."""

import re
from typing import Any

from bot.dialog import dates, normal
from bot.dialog.engine import Chat, Misunderstood
from bot.flows.readers import OptionReader, WordsReader
from core import clock
from core.people.written import iso
from core.privacy import corrections, kinds

LOOKS = "looks"
MEANT = re.compile(r"\bD-\s?(\d{1,9})\b", re.IGNORECASE)
ENOUGH, COMPLAINT_ENOUGH = 3, 12  # words of a sentence that says already what a request is about
# In this order: the first that is found is meant. Indonesian words first, then English ones.
_SAID: tuple[tuple[str, tuple[str, ...]], ...] = (
    (LOOKS, (
        r"(?:siapa|sapa|spa)\b.{0,30}\b(?:lihat|liat|ngeliat|melihat|buka|akses|ngakses|baca|ngecek)\w*",
        r"who(?:'s| has| have| can| else)?\b.{0,30}\b(?:looked|seen|saw|see|viewed|accessed|opened|read)",
    )),
    (kinds.COMPLAIN, (
        r"(?:men)?gadu(?:kan)?|ngadu\w*|aduan|pengaduan|komplain|complain\w*|complaint|disebar\w*",
        r"bocor\w*|kebocoran|leak\w*|breach|shared around",
    )),
    (kinds.WITHDRAW, (
        r"(?:cabut|tarik|batalkan|stop)\w*\b.{0,20}\b(?:persetujuan|izin|ijin|consent)\w*",
        r"(?:withdraw|revoke|take back)\w*\b.{0,20}\b(?:consent|permission)",
    )),
    (kinds.REVIEW, (
        r"(?:tinjau|ditinjau|periksa)\w*\b.{0,30}\b(?:manusia|orang|mesin|otomatis)\w*",
        r"keputusan (?:mesin|otomatis)|automat\w+ decision|decided by a machine",
        r"(?:human|person)\b.{0,20}\b(?:review|look)\w*",
    )),
    (kinds.OBJECT, (
        r"keberatan|menolak\b.{0,20}\b(?:dipakai|diproses)|gak? mau\b.{0,20}\b(?:dipakai|diproses)",
        r"object(?:ion|ing)?(?: to)?|don't want\b.{0,20}\b(?:used|processed)",
    )),
    (kinds.RESTRICT, (
        r"batasi|dibatasi|pembatasan|tunda\b.{0,15}\bproses\w*|stop dulu|jangan\b.{0,15}\b(?:dipakai|diproses) dulu",
        r"restrict\w*|limit\b.{0,20}\b(?:use|using|processing)|pause\b.{0,15}\bprocessing",
    )),
    (kinds.DELETE, (
        r"hapus\w*|dihapus|apus\w*|hilangkan|musnahkan|lupakan", r"delet\w+|eras\w+|remove|wipe|forget me",
    )),
    (kinds.PORTABLE, (
        r"pindah\w*|dipindah\w*|json|csv|format\b.{0,20}\b(?:mesin|standar)",
        r"portab\w+|machine.readable|transfer\b.{0,20}\b(?:data|elsewhere)",
    )),
    (kinds.COPY, (r"salinan|kopi(?:an)?|unduh\w*|ekspor", r"copy|copies|download\w*|export\w*")),
    (kinds.COMPLETE, (r"lengkapi\w*|melengkapi", r"complete|fill in")),
    (kinds.CORRECT, (
        r"perbaik\w*|betulkan|betulin|benerin|benarkan|koreksi\w*|salah|keliru|harusnya",
        r"correct\w*|fix|wrong|incorrect|rectif\w+|should be",
    )),
    (kinds.UPDATE, (r"perbarui|ganti|ubah|berubah", r"update\w*|change")),
    (kinds.ACCESS, (
        r"akses|(?:data|info\w*) apa\b.{0,20}|apa (?:aja|saja)\b.{0,30}\b(?:data|simpan|disimpan)\w*",
        r"(?:lihat|liat)\b.{0,20}\bdata\w*|access|what (?:data|info\w*)|see\b.{0,20}\bdata|hold about me",
    )),
)  # fmt: skip
SAID: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"\b(?:{'|'.join(shapes)})\b", re.IGNORECASE)) for kind, shapes in _SAID
)
FIELDS: tuple[tuple[str, str], ...] = (
    ("bank_account", r"(?:no(?:mor|\.)? )?(?:rekening|rek)|bank account(?: number)?|account number"),
    ("bank_holder", r"nama pemilik rekening|account holder"),
    ("bank", r"nama bank|bank"),
    ("birth_date", r"(?:tgl|tanggal) lahir|lahir|date of birth|birth ?(?:date|day)|dob"),
    ("join_date", r"(?:tgl|tanggal) (?:masuk|mulai)(?: kerja)?|first day(?: of work)?|join(?:ing)? date|start date"),
    ("marital_status", r"status (?:kawin|nikah|perkawinan|pernikahan)|marital status"),
    ("dependants", r"(?:jumlah )?tanggungan|(?:number of )?dependants?|dependents?"),
    ("phone", r"(?:no(?:mor|\.)? )?(?:hp|telepon|telp|tlp|wa|handphone)|(?:phone|mobile)(?: number)?"),
    ("email", r"(?:alamat )?e-?mail(?: address)?"),
    ("nik", r"(?:no(?:mor|\.)? )?(?:nik|ktp)|identity (?:card )?number"),
    ("npwp", r"npwp|tax number"),
    ("kk", r"(?:no(?:mor|\.)? )?(?:kk|kartu keluarga)|family card(?: number)?"),
    ("ptkp", r"(?:status )?ptkp"),
    ("gender", r"jenis kelamin|gender|sex"),
    ("religion", r"agama|religion"),
    ("name", r"nama(?: lengkap)?|(?:full )?name"),
)  # fmt: skip
DATA = re.compile(r"\b(?:data\w*|informasi|information|privasi|privacy|personal)\b", re.IGNORECASE)
PLAIN = re.compile(
    r"\b(?:batasi|pembatasan|restrict\w*)\b.{0,20}\b(?:proses\w*|pemrosesan|data\w*|process\w*|use)\b|"
    r"\b(?:ngadu|mengadu|adukan|complain\w*)\b.{0,40}\bdata|"
    r"\b(?:cabut|tarik|withdraw|revoke)\b.{0,12}\b(?:persetujuan|consent)\b",
    re.IGNORECASE,
)
# What stands around the right value: "NIK saya salah, harusnya 3275...".
_AROUND = re.compile(
    r"^(?:\W|\b(?:your|our|you|have|says|that|saya|sy|ku|nya|gue|gw|my|mine|yang|yg|benar|bener|right|salah|keliru|wrong|incorrect|tertulis|is|are|"
    r"should|be|harusnya|seharusnya|jadi|menjadi|ganti|diganti|ubah|to|it|the|adalah|itu|tolong|please|data|perbaiki|"
    r"perbarui|update|lengkapi|koreksi|correct|fix|change|complete|dengan|with|di|in|record|ke)\b)+",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\W*(?:anak|istri|isteri|suami|ayah|bapak|ibu|orang ?tua|"
    r"child\w*|kid\w*|son|daughter|wife|husband|father|mother)\b",
    re.IGNORECASE,
)
Change = tuple[str, str]


def kind_of(words: str) -> str | None:
    """Which right a sentence uses, where it says so."""
    said = " ".join(normal.tokens(words)) if words.strip() else ""
    return next((kind for kind, shape in SAID if shape.search(words) or shape.search(said)), None)


def is_about_data(words: str) -> bool:
    """Whether somebody whom nobody knows yet uses one of the rights, rather than speaks of anything else."""
    return kind_of(words) is not None and DATA.search(words) is not None


def surely(words: str) -> bool:
    """Whether it uses a right so plainly that nothing else can be meant, whatever else its words may hint at."""
    if PLAIN.search(words):
        return True
    change = change_in(words) if kind_of(words) in kinds.REWRITES else None
    return change is not None and change[0] not in ("join_date", corrections.OTHER)


def number_in(words: str | None) -> str | None:
    """The number of a request that is named in a sentence."""
    found = MEANT.search(words or "")
    return f"D-{found[1]}" if found else None


def change_in(words: str) -> Change | None:
    """Which field of the record is meant, and what should stand there; None where it names none or no value."""
    for field, shape in FIELDS:
        found = re.search(rf"\b(?:{shape})(?:ku|nya)?\b", words, re.IGNORECASE)
        if found is None:
            continue
        rest = words[found.end() :]
        if _OTHERS.match(rest):  # of somebody else: it is no field of the record
            return corrections.OTHER, " ".join(words.split())[: corrections.LONGEST]
        value = rest[found_.end() :] if (found_ := _AROUND.match(rest)) else rest
        value = value.strip(" .,;:!?\"'")
        if not value:
            continue
        return field, _day(value) if field in ("birth_date", "join_date") else value
    return None


def _day(value: str) -> str:
    if (plain := iso(value)) is not None:
        return plain
    found = dates.find(value, today=clock.today("Asia/Jakarta"))
    starts = found.when.starts if found is not None else None
    return starts.isoformat() if starts is not None and re.search(r"\d{4}", value) else value


class KindReader(OptionReader):
    """One of the rights, as people call it."""

    def read(self, words: str, chat: Chat) -> str:
        found = kind_of(words)
        if found is None:
            raise Misunderstood
        return found

    def spot(self, sentence: str, chat: Chat) -> str | None:
        return kind_of(sentence)


class MatterReader(WordsReader):
    """What a request is about, in its asker's words; a sentence that only names the right does not say it yet."""

    def spot(self, sentence: str, chat: Chat) -> str | None:
        kind = kind_of(sentence)
        least = COMPLAINT_ENOUGH if kind == kinds.COMPLAIN else ENOUGH
        return sentence.strip() if kind is not None and len(sentence.split()) > least else None

    def read(self, words: str, chat: Chat) -> str | None:
        if not words.strip():
            raise Misunderstood
        return words.strip()


class CorrectionReader(OptionReader):
    """What is wrong and what is right, in one go."""

    def read(self, words: str, chat: Chat) -> Any:
        found = change_in(words)
        if found is not None:
            return found
        if len(words.split()) < 2:
            raise Misunderstood("privacy.right_unclear")
        return corrections.OTHER, " ".join(words.split())[: corrections.LONGEST]

    def spot(self, sentence: str, chat: Chat) -> Any:
        return change_in(sentence)

    def correct(self, words: str, before: Any, chat: Chat) -> Any:
        return None

    def dump(self, value: Any) -> Any:
        return list(value)

    def load(self, stored: Any) -> Any:
        field, value = stored
        return str(field), str(value)


KIND, MATTER, CORRECTION = KindReader(), MatterReader(), CorrectionReader()
