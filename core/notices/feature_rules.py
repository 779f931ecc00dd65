"""The way of a wish from its first word to a release, and which wish is like another. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from core.errors import Refused

NEW, REVIEWING, PLANNED, RELEASED, DECLINED, MERGED = "new", "reviewing", "planned", "released", "declined", "merged"
STATES = (NEW, REVIEWING, PLANNED, RELEASED, DECLINED, MERGED)
SEEN = (REVIEWING, PLANNED, RELEASED, DECLINED)  # by everybody in the company
OPEN = (REVIEWING, PLANNED)  # worth another voice
# Nothing is planned that was not checked for labour and tax law (requirement F7): review stands before every plan.
STEPS: Mapping[str, frozenset[str]] = {
    NEW: frozenset({REVIEWING, DECLINED, MERGED}),
    REVIEWING: frozenset({PLANNED, DECLINED, MERGED}),
    PLANNED: frozenset({RELEASED, DECLINED, REVIEWING}),
    RELEASED: frozenset(),
    DECLINED: frozenset({REVIEWING}),
    MERGED: frozenset(),
}
LIKE = 70.0  # of 100: below it two wishes have words in common and no more
FEW_LETTERS = 4
_IDLE = frozenset(
    """ada adalah agar aja akan apa atau bagaimana bagi bikin bikinin bisa boleh buat dan dari dengan di dong fitur
    gimana itu jadi juga kalau karena ke kita lagi lah mau minta mohon nya oleh pada pakai saja satu saya serambi supaya
    tambah tambahin tambahkan tolong untuk usul yang a an and be can could feature for have in is it like me my of on
    please that the there to we with would you""".split()
)

# What people shorten in wishes, in full: "pengingat ultah" is "pengingat ulang tahun".
_SHORT = {
    "absensi": "absen", "app": "aplikasi", "approve": "setuju", "bday": "birthday", "foto": "gambar",
    "karyawan": "pegawai",
    "kirimin": "kirim", "notif": "notifikasi", "pdf": "berkas", "rekap": "ringkasan", "reminder": "pengingat",
    "temen": "teman", "ultah": "ulang tahun", "wa": "whatsapp",
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """Where a wish is to go, and what has to be said with it."""

    to: str
    title: str = ""
    law: str = ""
    answer: str = ""
    release: str = ""


def check(now: str, step: Step) -> None:
    """Refused where a wish can't go there from where it stands, or where something is missing that must be said.

    Reviewing needs the title everybody sees; a plan needs what of labour and tax law it was checked against; a release
    its name; a no its reason.
    """
    if step.to not in STEPS[now]:
        raise Refused("ideas.no_such_step")
    if step.to == REVIEWING and not step.title.strip():
        raise Refused("ideas.title_needed")
    if step.to == PLANNED and not step.law.strip():
        raise Refused("ideas.law_needed")
    if step.to == RELEASED and not step.release.strip():
        raise Refused("ideas.release_needed")
    if step.to == DECLINED and not step.answer.strip():
        raise Refused("ideas.reason_needed")


def alike(words: str, others: Iterable[tuple[int, str]]) -> int | None:
    """The wish among `others` (number, words) that is most like these words; None where none is.

    Both are compared as sets of words, whatever their order, each as it is spelled in full.
    """
    mine = _telling(words)
    if not mine:
        return None
    near = [(_near(mine, _telling(text)), -number) for number, text in others]
    best = max(near, default=(0.0, 0))
    return -best[1] if best[0] >= LIKE else None


def next_notes(day: date) -> date:
    """The day of the next release notes: they are published on the first day of each quarter."""
    month = (day.month - 1) // 3 * 3 + 4
    return date(day.year + month // 13, (month - 1) % 12 + 1, 1)


def _telling(words: str) -> frozenset[str]:
    said = "".join(sign if sign.isalnum() else " " for sign in words.casefold()).split()
    said = [part for word in said for part in _SHORT.get(word, word).split()]
    return frozenset(word for word in said if word not in _IDLE and len(word) > 1)


def _near(mine: Collection[str], theirs: Collection[str]) -> float:
    """How much of the shorter wish is found in the other, each word by its likest."""
    few, many = sorted((mine, theirs), key=len)
    if not few:
        return 0.0
    found = [max(_same(one, other) for other in many) for one in few]
    # One word in common is no likeness, unless a wish is one word alone.
    if len(few) > 1 and sum(score >= 85 for score in found) < 2:
        return 0.0
    return sum(found) / len(found) * (1.0 if len(few) > 1 or len(many) == 1 else 0.6)


def _same(one: str, other: str) -> float:
    if one == other:
        return 100.0
    if min(len(one), len(other)) < FEW_LETTERS:
        return 0.0
    if one.startswith(other) or other.startswith(one):
        return 90.0
    score: float = fuzz.ratio(one, other)
    return score if score >= 75 else 0.0
