"""A chat that is kept, as a scene of the tests (`tests/transcripts/README.md`), with nothing in it of the company.

Whoever writes is Budi of the cast there, colleagues are Wati and Tono. What names a day, a number or somebody is left
out of the answers, and an ellipsis stands for it; the rows that the scene writes are for a developer to name.
"""

import re
from collections.abc import Collection, Sequence
from datetime import datetime

from core import clock
from core.messaging.rehearsals import Turn, answer_of, matches
from core.messaging.rehearsed import Played
from core.people import unnamed
from core.phrases import saat

WRITER = "Budi"
COLLEAGUES = ("Wati", "Tono", "Lilis", "Asep", "Joko", "Ayu", "Dewi", "Ika", "Maya")
ZONE = "Asia/Jakarta"
_NAME = re.compile(r"\{(\d)\}")
_CHANGES = re.compile(
    r"\S*\d\S*|\b(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu|januari|februari|maret|april|mei|juni|juli|agustus|"
    r"september|oktober|november|desember|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|may|june|"
    r"july|august|october|december)\b",
    re.IGNORECASE,
)


async def scene_of(
    title: str, turns: Sequence[Turn], played: Sequence[Played], language: str, *, private: Collection[str]
) -> str:
    """The file; `private` are other words that say which company it is, such as the name of a place of work."""
    said = [answer_of(one) for one in played]
    names = await unnamed.names_in([title, *said])
    now, wide = clock.now(), len("Serambi")

    def masked(words: str) -> str:
        for word in sorted(private, key=len, reverse=True):
            words = words.replace(word, "…")
        return _folded(_CHANGES.sub("…", unnamed.replaced(words, names, lambda _: "…")))

    lines = [
        f"# {language} | web | {WRITER} | {saat(now, ZONE, language)}. {unnamed.replaced(title, names, lambda _: '…')}",
        f"! at {_at(now)}; cast maju; {WRITER} channel=web" + ("" if language == "id" else f" language={language}"),
    ]
    for at, turn in enumerate(turns):
        words = _NAME.sub(lambda found: _called(int(found[1])), turn.words)
        lines.append(f"{WRITER:<{wide}} > {words}")
        if at < len(played) and (not turn.answer or matches(turn.answer, said[at])):
            for one in played[at].said:
                if one.to is None:
                    told = [one.text.replace("\n", " | "), *(f"[{choice}]" for choice in one.choices)]
                    lines.append(f"Serambi < {masked(' '.join(told))}")
        elif turn.answer:
            lines.append(f"Serambi < {_folded(f'… {turn.answer} …')}")
    return "\n".join([*lines, _ending(turns, played)]) + "\n"


def _ending(turns: Sequence[Turn], played: Sequence[Played]) -> str:
    """What the scene ends with, as far as it went as it should; its rows stay open."""
    mine = [one for one in played[-1].said if one.to is None] if len(played) == len(turns) and played else []
    if not mine or (turns[-1].answer and not matches(turns[-1].answer, answer_of(played[-1]))):
        return "= …"
    return f"= {'Choices' if mine[-1].choices else 'Text'} {mine[-1].key} | …"


def _called(number: int) -> str:
    return WRITER if number == 0 else COLLEAGUES[(number - 1) % len(COLLEAGUES)]


def _folded(words: str) -> str:
    """One ellipsis where several would stand in a row."""
    return re.sub(r"…(?:[\s,.:()–-]*…)+", "…", words)


def _at(instant: datetime) -> str:
    return clock.local(instant, ZONE).isoformat(timespec="minutes")
