"""Choices as lines with digits, for who would rather type than press: 0 drops what was begun, 9 is a person."""

from collections.abc import Sequence
from functools import cache

from msgspec.structs import replace

from core.messaging.messages import Choice, Message
from core.phrases import LANGUAGES, phrase

DROP, PERSON = "0", "9"


@cache
def _cancels() -> frozenset[str]:
    """A choice with one of these names is the way out, and has its digit."""
    return frozenset(phrase("dialog.number_drop", language).casefold() for language in LANGUAGES)


def counted(titles: Sequence[str]) -> dict[str, str]:
    """Which digit stands for which title; the way out is 0 wherever it stands, the others count from 1."""
    out = [one for one in titles if one.casefold() in _cancels()]
    others = [one for one in titles if one not in out]
    digits = {str(at): one for at, one in enumerate(others, 1)}
    return digits | {DROP: out[0]} if out else digits


def shown(message: Message, *, drops: bool = False, person: bool = False) -> Message:
    """The message with its choices written below it; `drops` and `person` add the ways out that a talk always has."""
    lines = counted([choice.title for choice in message.choices])
    if drops:
        lines.setdefault(DROP, phrase("dialog.number_drop", message.language))
    if person and PERSON not in lines:
        lines[PERSON] = phrase("dialog.number_person", message.language)
    told = sorted(lines.items(), key=lambda one: (one[0] == DROP, int(one[0])))
    text = "\n".join([message.text, *(f"{digit} {title}" for digit, title in told)])
    return replace(message, text=text, numbered=True) if lines else message


def buttons(message: Message) -> tuple[Choice, ...]:
    """The choices that a channel draws as buttons: none where they stand in the text."""
    return () if message.numbered else message.choices
