"""What people typed, shown as they typed it where a platform reads signs as bold, italic, struck out or code, as a
list, a quotation or an emoji.

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
# Slack makes an emoji of `:name:`, and a quotation of a line that begins with `>`.
EMOJI = re.compile(r":(?=[^\s:]+:)")
QUOTE = re.compile(r"^([^\S\n]*)>", re.MULTILINE)
# WhatsApp makes quotations and lists: `> `, `- `, `* ` and `1. ` at the head of a line.
POINT = re.compile(r"^([^\S\n]*)([-*])(?=\s)", re.MULTILINE)
FIGURE = re.compile(r"^([^\S\n]*\d+)\.(?=\s)", re.MULTILINE)
QUOTED, COLON, DOT = "˃", "꞉", "․"
POINTS = {"-": "‐", "*": "∗"}


def as_typed(text: str) -> str:
    """The text, so that none of its signs styles a part of it."""
    if not any(sign in text for sign in SIGNS):
        return text
    return "".join(_word(word) for word in re.split(r"(\s+)", text))


def in_slack(text: str) -> str:
    """The text as Slack shows it like it was typed."""
    return unquoted("".join(_without_emoji(word) for word in re.split(r"(\s+)", as_typed(text))))


def in_whatsapp(text: str) -> str:
    """The text as WhatsApp shows it like it was typed."""
    plain = POINT.sub(lambda found: found[1] + POINTS[found[2]], unquoted(as_typed(text)))
    return FIGURE.sub(rf"\1{DOT}", plain)


def unquoted(text: str) -> str:
    """The text, so that no line of it is read as a quotation."""
    return QUOTE.sub(rf"\1{QUOTED}", text)


def _without_emoji(word: str) -> str:
    return word if "://" in word else EMOJI.sub(COLON, word)


def _word(word: str) -> str:
    if "://" in word or "@" in word:
        return OPENS.sub(lambda found: found[0].translate(TWINS), word, count=1)
    return EDGE.sub(lambda found: found[0].translate(TWINS), word)
