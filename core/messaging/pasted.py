"""A chat as somebody copies it from where it was held: lines of a scene, or what WhatsApp writes into its export."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import Refused

MOST_CHARACTERS, MOST_LINES, LONGEST = 20_000, 80, 300
BOT = "Serambi"
# 03/08/26 09.15 - Budi: ...   [03/08/26, 09.15.22] Budi: ...   8/3/26, 9:15 PM - Budi: ...
_WHEN = re.compile(
    r"^[\u200e\u200f]?\[?\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s+(?:pukul |at )?\d{1,2}[.:]\d{2}(?:[.:]\d{2})?"
    r"(?:\s?[AaPp]\.?[Mm]\.?)?\]?\s*(?:[-–]\s*)?",
)
_SAYS = re.compile(r"^(?P<who>[^:>\n]{1,60}?)\s*:\s+(?P<words>.+)$")
_SCENE = re.compile(r"^(?P<who>\w+)(?P<to>:\w+)?\s*(?P<how>[><~])\s+(?P<words>.+)$")
_EMPTY = re.compile(r"^[\u200e\u200f]?<[^<>]+>$|^[\u200e\u200f]?(?:image|video|sticker|audio|gambar|stiker) omitted$")


@dataclass(frozen=True)
class Line:
    """What one of them wrote; `whole` when it came as a line of a scene, which says what is to be answered."""

    who: str
    words: str
    whole: bool = False


def read(chat: str) -> Sequence[Line]:
    """What was written, oldest first. Refused: nothing in it can be read, or it is too long."""
    if len(chat) > MOST_CHARACTERS:
        raise Refused("rehearsals.too_long", most=str(MOST_LINES))
    found: list[Line] = []
    dated = any(_WHEN.match(line) for line in chat.splitlines())
    for raw in chat.splitlines():
        line = raw.strip()
        if scene := _SCENE.match(line):
            if scene["to"] is None and scene["how"] != "~":
                found.append(Line(scene["who"], scene["words"].strip(), whole=True))
            continue
        if not line or (line[0] in "#!@=" and not dated):
            continue
        when = _WHEN.match(line)
        said = _SAYS.match(line[when.end() :] if when else line)
        if said is not None and (when is not None or not dated):
            found.append(Line(said["who"].strip(), said["words"].strip()))
        elif when is None and found and not found[-1].whole:
            found[-1] = Line(found[-1].who, f"{found[-1].words} {line}")
    told = [Line(one.who, one.words[:LONGEST], one.whole) for one in found if not _EMPTY.match(one.words)]
    if not told:
        raise Refused("rehearsals.unread")
    if len(told) > MOST_LINES:
        raise Refused("rehearsals.too_long", most=str(MOST_LINES))
    return told


def speakers(lines: Sequence[Line]) -> Sequence[str]:
    """Who wrote in it, in the order in which they began."""
    return tuple(dict.fromkeys(line.who for line in lines))
