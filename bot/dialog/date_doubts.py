"""What a sentence says about its days beside naming them: that they are over, or not certain yet.

All of it reads the words as `normal.py` spells them, one space between two.
"""

import re
from collections.abc import Sequence
from datetime import timedelta

from bot.dialog.date_grammar import Piece
from bot.dialog.date_points import Point
from bot.dialog.date_words import ABOUT

# Further ahead than this a day without its year is more likely one that is over.
YEAR_AHEAD = timedelta(days=300)
FORTNIGHT = timedelta(days=14)
# Who is well again speaks of days gone by, whatever weekday is named.
_OVER = re.compile(
    r"\b(?:(?:was|were) (?:sick|ill|unwell|poorly|down|absent|away|off|not well|under the weather|in hospital)"
    r"|missed (?:work|my shift)|(?:didn't|couldn't) (?:come|work|make it|go)"
    r"|now (?:i |i'm |am )*back\b|back now|(?:already|now) (?:good|fine|ok|okay|better|recovered|well)"
    r"|feeling better now|(?:sudah|udah|udh|sdh|dah) (?:sembuh|sehat|baikan|enakan|mendingan|pulih)"
    r"|(?:lupa|forgot|forget|lali|poho) (?:absen|clock|tap|finger|check|ceklok|scan))"
)
_ILL = re.compile(
    r"\b(?:sakit(?:nya)?|sick|ill|illness|unwell|demam|fever|flu|diare|vertigo|opname|dirawat|hospital\w*|pusing|meriang|muntah)\b"
)
_NOT_YET = re.compile(
    r"\b(?:(?:belum (?:tahu|pasti|jelas)|not (?:sure|certain)(?: yet)?|don't know(?: yet)?)$|tergantung|depends on"
    r"|(?:belum (?:tahu|pasti)|not sure|don't know) (?:kapan|tanggal\w*|harinya|when|which|the date)"
    r"|sometime|whichever|whenever|don't mind which|terserah (?:yang )?mana|yang mana (?:saja|pun))\b"
)
_EITHER_WAY = re.compile(r"\b(?:(mungkin|maybe|perhaps)\b.{1,40}\b\1|kalau tidak|if not)\b")


def over(plain: str) -> bool:
    """Whether somebody tells of days that are over."""
    return bool(_OVER.search(plain))


def ill(plain: str) -> bool:
    """Whether somebody speaks of being ill."""
    return bool(_ILL.search(plain))


def since(chosen: list[Piece], line: str, plain: str) -> bool:
    """Whether a sickness is told from its first day on: it lasts until today."""
    days = [piece for piece in chosen if piece.kind == "days"]
    alone = len(days) == 1 and len(days[0].points) == 1 and isinstance(days[0].points[0], Point)
    others = any(piece.kind in ("length", "until", "half", "unsure") for piece in chosen)
    return alone and not others and line[days[0].start] == "F" and bool(ill(plain))


def uncertain(plain: str, before: str, chosen: Sequence[Piece]) -> bool:
    """Whether somebody says that the days are not certain yet: "around the 20th", "maybe Thursday, maybe Friday".

    `before` is the last word that was said before the days.
    """
    days = [piece for piece in chosen if piece.kind == "days"]
    if not days:
        return False
    about = before in ABOUT
    several = any(len(piece.points) > 1 for piece in days) or sum(p.kind in ("days", "aside") for p in chosen) > 1
    return about or bool(_NOT_YET.search(plain)) or (several and bool(_EITHER_WAY.search(plain)))
