"""What must be answered before anything else: danger, an accident, harassment, a life in doubt; and anger, kindly.

Whoever writes so gets a number to call and a person, never a menu (conversations.md, rule 22). Better once too often.
"""

import re
from pathlib import Path
from tomllib import loads
from typing import Literal

from bot.dialog.normal import fold, words

Alarm = Literal["harassment", "life", "accident", "danger"]
_TABLE = loads((Path(__file__).parent / "alarm.toml").read_text(encoding="utf-8"))
_MAX = 1_000


def _pattern(listed: str) -> re.Pattern[str]:
    phrases = sorted((one.strip() for one in listed.split(",") if one.strip()), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in phrases) + r")\w{0,3}\b")


_ALARMS: tuple[tuple[Alarm, re.Pattern[str]], ...] = tuple(
    (name, _pattern(_TABLE["alarms"][name])) for name in ("life", "harassment", "accident", "danger")
)
_NOT = _pattern(_TABLE["not"]["about"])
_ANGER = _pattern(_TABLE["anger"]["words"])


def heard(sentence: str) -> Alarm | None:
    """Which alarm this sentence is, if any; asking for a training or a policy about one is none."""
    plain = fold(sentence[:_MAX])
    line = f"{plain} {' '.join(word.text for word in words(sentence[:_MAX]))}"
    if _NOT.search(line):
        return None
    return next((name for name, pattern in _ALARMS if pattern.search(line)), None)


def angry(sentence: str) -> bool:
    """Whether somebody swears, at the bot or at the world."""
    return _ANGER.search(fold(sentence[:_MAX])) is not None


def other_script(sentence: str) -> bool:
    """Whether most letters are of a script that Indonesian and English are not written in."""
    letters = [sign for sign in sentence[:_MAX] if sign.isalpha()]
    foreign = sum(1 for sign in letters if ord(sign) > 0x24F)
    return foreign > len(letters) / 2
