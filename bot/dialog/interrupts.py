"""Words that win over any question: a way out, a person, another language; and the courtesies around a talk."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Literal

from rapidfuzz.distance import OSA

from bot.dialog.normal import ADDRESS, ORDINARY, PARTICLES, words

_TABLES = tomllib.loads((Path(__file__).parent / "answers.toml").read_text(encoding="utf-8"))
_LANGUAGES = {name: frozenset(listed.split()) for name, listed in _TABLES["languages"].items()}
_FILLERS = frozenset(_TABLES["commands"].pop("fillers").split()) | PARTICLES | ADDRESS
_ACKNOWLEDGED = frozenset(_TABLES["commands"].pop("acknowledgements").split()) | PARTICLES | ADDRESS
OTHER = {"id": "en", "en": "id"}
_LONGEST = 6
_MAX = 400
_COURTESY = {name: frozenset(listed.split()) for name, listed in _TABLES["courtesy"].items()}
_NOT_COMMANDS = frozenset(_TABLES["not_commands"]["words"].split())
_SALAM = re.compile(
    r"\b(?:as+al+a*m+u*'?\s?a?'?l+ai?k+[uo]m|as+alam|aslm|askum|samlekom|ass?wrwb)\w{0,6}\b", re.IGNORECASE
)
_BLOCK = re.compile(r"\b(?:blokir|blokirin|blokirkan|block|freeze|bekukan|bekuin)\b")


def command(sentence: str) -> str | None:
    """The command this short sentence is: cancel, back, menu, help, ..., or "language:en"; None for everything else."""
    sentence = sentence[:_MAX]
    said = _said(sentence)
    if _PHRASES.get(" ".join(said)) == "language":
        return "language"
    if language := _switch(said):
        return f"language:{language}"
    if _blocks(said):
        return "block"
    if found := _short(sentence):
        return found
    clauses = [clause for clause in re.split(r"[,.;!\n]+", sentence) if clause.strip()]
    if len(clauses) > 1 and all(set(_said(clause)) <= _ACKNOWLEDGED for clause in clauses[:-1]):
        return _short(clauses[-1])
    return None


def _said(sentence: str) -> list[str]:
    return [word.text for word in words(sentence) if word.kind != "mark"]


def _short(sentence: str) -> str | None:
    said = _said(sentence)
    if not said:
        return _PHRASES.get(sentence.strip())
    if len(said) > _LONGEST + 2:
        return None
    whole = " ".join(said)
    if whole in _PHRASES:
        return _PHRASES[whole]
    kernel = [word for word in said if word not in PARTICLES and word not in ADDRESS] or said
    bare = [word for word in kernel if word not in _FILLERS] or kernel
    for line in (" ".join(kernel), " ".join(bare)):
        if line in _PHRASES:
            return _PHRASES[line]
    if len(bare) > _LONGEST:
        return None
    return _close(" ".join(kernel)) or (_close(" ".join(bare)) if len(bare) < len(kernel) else None)


@lru_cache(maxsize=20_000)
def _close(line: str) -> str | None:
    """The command this is a misspelling of; only longer words, and the same number of them."""
    if not 4 <= len(line) <= 40 or any(character.isdigit() for character in line):
        return None
    allowed = 1 if len(line) <= 7 else 2
    said = set(line.split())
    best: tuple[int, str] | None = None
    for phrase, found in _PHRASES.items():
        if (
            phrase.count(" ") == line.count(" ")
            and phrase[0] == line[0]
            and len(phrase) >= 4
            and line not in _NOT_COMMANDS
            and not (said - set(phrase.split())) & ORDINARY
        ):
            distance = OSA.distance(line, phrase, score_cutoff=allowed)
            if distance <= allowed and (best is None or distance < best[0]):
                best = distance, found
    return best[1] if best else None


def _switch(said: list[str]) -> str | None:
    """The language somebody asks to go on in."""
    named = [word for word in said if word in _LANGUAGES["english"] or word in {"indonesia", "indonesian", "indo"}]
    if not named and "bahasa" not in said:
        return None
    allowed = _LANGUAGES["around"] | _LANGUAGES["english"] | _LANGUAGES["indonesian"] | PARTICLES | ADDRESS
    if len(said) > 12 or not set(said) <= allowed or (not named and len(said) > 3):
        return None
    wanted = named[-1] if named else "indonesia"
    if {"don't", "tidak", "jangan", "bukan", "not"} & set(said) and len(set(named)) == 1:
        return "id" if wanted in _LANGUAGES["english"] else "en"
    return "en" if wanted in _LANGUAGES["english"] else "id"


def _blocks(said: list[str]) -> bool:
    """An account is to be blocked now; better once too often than once too late, but never against a "don't"."""
    line = " ".join(said)
    if any(_is_nearly(word) for word in said) and re.search(r"\b(?:ak[uo]?n\w*|ac+o?u?n?t?)\b", line):
        line = "blokir " + line
    if not _BLOCK.search(line) or len(said) > 25 or re.search(r"\b(?:jangan|don't|unblock|buka|lepas|tidak) ", line):
        return False
    return (
        bool(re.search(r"\b(?:akun\w*|account\w*|acc|nomor\w*|number|saya|it|hp|me|my|now|sekarang)\b", line))
        or len(said) <= 2
    )


def _is_nearly(word: str) -> bool:
    """A misspelled "block", which only counts beside an account."""
    return any(
        word[:2] == "bl" and len(word) >= 4 and OSA.distance(word, block, score_cutoff=limit) <= limit
        for block, limit in (("blokir", 2), ("block", 1), ("blokirin", 2))
    )


def language_of(sentence: str) -> Literal["id", "en"] | None:
    """The language of the last full sentence, or None when a few words could be either."""
    clauses = [clause for clause in re.split(r"[.!?\n]+(?:\s|$)", sentence[-2_000:]) if len(_said(clause)) > 1]
    said = _said(clauses[-1]) if clauses else _said(sentence[-2_000:])
    indonesian = _weight(said, "id")
    english = _weight(said, "en")
    if len(said) < 2:
        return None
    if max(indonesian, english) < 3:
        # Two words alone switch where every one of them is of one language: "leave balance", "sisa cuti".
        words_of = {name: _LANGUAGES[f"{name}_function"] | _LANGUAGES[f"{name}_content"] for name in ("id", "en")}
        whole = [
            name for name, known in words_of.items() if set(said) <= known and not set(said) & words_of[OTHER[name]]
        ]
        return "en" if whole == ["en"] else "id" if whole == ["id"] else None
    if indonesian >= english + 1.5:
        return "id"
    return "en" if english >= indonesian + 1.5 else None


def whole_sentence(sentence: str) -> bool:
    """Whether this is long enough to tell in which language its writer thinks, in the middle of a task too."""
    said = _said(sentence[-2_000:])
    return len(said) > 2 and max(_weight(said, "id"), _weight(said, "en")) >= 4


def _weight(said: list[str], language: str) -> float:
    function, content = _LANGUAGES[f"{language}_function"], _LANGUAGES[f"{language}_content"]
    return sum(2.0 if word in function else 1.0 if word in content else 0.0 for word in said)


def greeting(sentence: str) -> str | None:
    """ "salam" for an Islamic greeting, "hello" for another, None when more than a greeting was said."""
    sentence = sentence[:_MAX]
    salam = _SALAM.search(sentence)
    left = _said(_SALAM.sub(" ", sentence) if salam else sentence)
    polite = _COURTESY["greetings"] | PARTICLES | ADDRESS
    if len(left) > 6 or not set(left) <= polite:
        return None
    if salam:
        return "salam"
    return "hello" if _COURTESY["opening"] & set(left) else None


def thanks(sentence: str) -> bool:
    """Whether the sentence does nothing but thank."""
    said = set(_said(sentence[:_MAX]))
    if "🙏" in sentence and not said:
        return True
    polite = _COURTESY["grateful"] | _COURTESY["polite"] | _ACKNOWLEDGED
    return bool(_COURTESY["grateful"] & said) and said <= polite


def _phrases() -> dict[str, str]:
    table: dict[str, str] = {}
    for name, wordings in _TABLES["commands"].items():
        for wording in wordings.split(","):
            line = " ".join(_said(wording)) or wording.strip()
            table.setdefault(line, name)
    return table


_PHRASES = _phrases()
