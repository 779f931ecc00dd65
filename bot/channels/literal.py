"""What people typed, shown as they typed it where a platform reads signs as bold, italic, struck out or code.

Neither Slack nor WhatsApp has a way to say "this is only a star", so a sign that would open or close such a style gives
way to its twin in another block of Unicode, which looks the same and means nothing. Signs inside words (a file's name)
style nothing and stay; so does the end of an address, which must lead where it led: what would open the style is gone.
"""

import re

SIGNS = "*_~`"
TWINS = str.maketrans(SIGNS, "∗ˍ∼ˋ")
# At the edge of a word: something on one side, and neither a letter nor a figure on the other.
EDGE = re.compile(r"(?<![^\W_])[*_~`]+(?=\S)|(?<=\S)[*_~`]+(?![^\W_])")
OPENS = re.compile(r"[\W_]*")


def as_typed(text: str) -> str:
    """The text, so that none of its signs styles a part of it."""
    if not any(sign in text for sign in SIGNS):
        return text
    return "".join(_word(word) for word in re.split(r"(\s+)", text))


def _word(word: str) -> str:
    if "://" in word or "@" in word:
        return OPENS.sub(lambda found: found[0].translate(TWINS), word, count=1)
    return EDGE.sub(lambda found: found[0].translate(TWINS), word)
