"""Whether a sentence asks for what is somebody else's: their pay, why they are ill or away, where they can be reached.

Only what stands side by side counts ("gaji si Budi", "Budi's salary", "si Ani sakit apa"), so that one's own pay beside
a colleague's name stays one's own. A name that nothing marks as one is handed back, to be looked up.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from tomllib import loads
from typing import Literal

from bot.dialog.normal import fold

What = Literal["pay", "health", "contact", "reason"]
WHATS: tuple[What, ...] = ("pay", "health", "contact", "reason")
_MAX = 300
SHORT = 5  # "no hp pak budi" asks without a word of asking
_PART = re.compile(r"(?<!P)<(\w+)>")
_TABLE = loads((Path(__file__).parent / "others.toml").read_text(encoding="utf-8"))


def _whole(shape: str) -> re.Pattern[str]:
    """The shape with its parts in their places; a part may name another one."""
    while _PART.search(shape):
        shape = _PART.sub(lambda part: str(_TABLE["parts"][part[1]]), shape)
    return re.compile(shape)


_ASKS, _CHANGES = _whole(_TABLE["parts"]["asks"]), _whole(_TABLE["parts"]["changes"])
_SHAPES: tuple[tuple[What, re.Pattern[str]], ...] = tuple(
    (what, _whole(shape)) for what in WHATS for shape in _TABLE["shapes"][what]
)
# Words that stand where a name could and are none.
_NONE = frozenset(_TABLE["parts"]["no_names"].split())


@dataclass(frozen=True)
class About:
    """What is asked of somebody else; `name` where only a name of the company's shows that it is somebody."""

    what: What
    name: str | None = None


def asked(sentence: str) -> About | None:
    """What of somebody else is asked for, if anything."""
    plain = fold(sentence[:_MAX])
    if _CHANGES.search(plain) or not (_ASKS.search(plain) or len(plain.split()) <= SHORT):
        return None
    for what, shape in _SHAPES:
        for found in shape.finditer(plain):
            name = found.groupdict().get("name")
            if name is None:
                return About(what)
            if name not in _NONE:
                return About(what, name)
    return None
