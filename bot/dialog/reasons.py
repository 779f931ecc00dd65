"""The reason somebody gives for being away, cut out of what is left when the days are taken from the sentence."""

import re
import tomllib
from pathlib import Path

from bot.dialog.normal import ADDRESS, PARTICLES, Word, words

_TABLE = tomllib.loads((Path(__file__).parent / "answers.toml").read_text(encoding="utf-8"))["reason"]
_BECAUSE = frozenset(_TABLE["because"].split())
_LEAD = frozenset(_TABLE["lead"].split()) | PARTICLES | (ADDRESS - {"bu", "mas", "om"})
_TAIL = frozenset(_TABLE["tail"].split()) | PARTICLES | ADDRESS
_KIN: dict[str, str] = _TABLE["kin"]
_PARENTS = frozenset("bu pak ibu bapak mas om tante mbak".split())
_WISHING = frozenset("mau ingin izin cuti minta ajukan tidak ambil libur off".split())
_PRESENT = frozenset("masuk kerja hadir ngantor datang working".split())
_MAX = 1_000
_LONGEST = 300


def reason(rest: str) -> str | None:
    """The reason in the person's own words, or None when none was given."""
    rest = rest[:_MAX]
    parts = [part for clause in re.split(r"[,;.!?\n]+(?=\s|$)", rest) if (part := _kernel(clause))]
    given = ", ".join(parts)[:_LONGEST].strip()
    return given or None


def _kernel(clause: str) -> str:
    """A clause without the wish before it and the courtesy after it."""
    said = words(clause)
    for at, word in enumerate(said):
        if word.text in _BECAUSE and at + 1 < len(said):
            said = said[at + 1 :]
            break
    said = _addressed(said)
    first, last = 0, len(said)
    while first < last and (_empty(said[first], _LEAD) or _away(said, first) or (first and _at_work(said, first))):
        first += 1
    while last > first and _empty(said[last - 1], _TAIL):
        last -= 1
    if first == last:
        return ""
    text = clause[said[first].start : said[last - 1].end].strip("() ")
    return re.sub(r"[^\W\d_]+", lambda word: _KIN.get(word.group().lower(), word.group()), text)


def _addressed(said: list[Word]) -> list[Word]:
    """Without "bu" or "ibu" where somebody is spoken to: alone or before a wish, not in "ibu saya sakit"."""
    if not said or said[0].text not in _PARENTS:
        return said
    after = [word.text for word in said[1:3] if word.text != "saya"][:1]
    return said[1:] if not after or after[0] in _WISHING or said[1].text == "," else said


def _away(said: list[Word], at: int) -> bool:
    """The "not" of "not coming in", unlike that of "not feeling well"."""
    return (
        said[at].text == "not"
        and at + 1 < len(said)
        and said[at + 1].text in {"coming", "in", "going", "working", "at"}
    )


def _at_work(said: list[Word], at: int) -> bool:
    """The second word of "tidak masuk", "ga kerja": part of the wish, unlike "masuk rumah sakit"."""
    return said[at].text in _PRESENT and said[at - 1].text in {"tidak", "bisa", "belum", "masuk"}


def _empty(word: Word, idle: frozenset[str]) -> bool:
    return word.text in idle or (word.kind in ("mark", "clock") and word.text not in "()")
