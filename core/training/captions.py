"""Captions of a film: WebVTT, written and read. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_LINE = re.compile(r"(\d\d):([0-5]\d)\.(\d{3}) --> (\d\d):([0-5]\d)\.(\d{3})")
# What WebVTT takes for a mark of its own.
_MARKS = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))


class Malformed(ValueError):
    """A file that is no WebVTT of ours; says what is wrong with it."""


@dataclass(frozen=True)
class Cue:
    """What is said from one moment of a film, in milliseconds, until another."""

    starts: int
    ends: int
    says: str

    @property
    def at(self) -> str:
        """The moment it begins, as a player shows it."""
        return f"{self.starts // 60_000}:{self.starts // 1000 % 60:02d}"


def written(cues: Sequence[Cue], language: str) -> str:
    """The cues as a file."""
    blocks = [f"WEBVTT\nLanguage: {language}"]
    for number, cue in enumerate(cues, 1):
        said = cue.says
        for mark, plain in _MARKS:
            said = said.replace(mark, plain)
        blocks.append(f"{number}\n{_moment(cue.starts)} --> {_moment(cue.ends)}\n{said}")
    return "\n\n".join(blocks) + "\n"


def read(text: str) -> tuple[Cue, ...]:
    """The cues of a file: one after the other, each with words, or Malformed."""
    head, *blocks = text.strip().split("\n\n")
    if not head.startswith("WEBVTT\n"):
        raise Malformed("it does not begin with WEBVTT")
    found: list[Cue] = []
    for number, block in enumerate(blocks, 1):
        named, times, *said = block.split("\n")
        moments = _LINE.fullmatch(times)
        if named != str(number) or moments is None or not said:
            raise Malformed(f"cue {number} is none: {block!r}")
        minutes = [int(one) for one in moments.groups()]
        starts, ends = ((minutes[at] * 60 + minutes[at + 1]) * 1000 + minutes[at + 2] for at in (0, 3))
        if not (found[-1].ends if found else 0) <= starts < ends:
            raise Malformed(f"cue {number} does not come after the one before it")
        words = " ".join(said)
        for mark, plain in reversed(_MARKS):
            words = words.replace(plain, mark)
        found.append(Cue(starts, ends, words))
    if not found:
        raise Malformed("nothing is said in it")
    return tuple(found)


def _moment(at: int) -> str:
    return f"{at // 60_000:02d}:{at // 1000 % 60:02d}.{at % 1000:03d}"
