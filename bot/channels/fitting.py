"""Making text fit where a platform counts, cutting between lines or words rather than inside them."""

from collections.abc import Callable

LONGEST_BESIDE = 32


def parts(text: str, limit: int, size: Callable[[str], int]) -> list[str]:
    """The text in parts of at most `limit`, where `size` says what one character counts."""
    made = []
    while text:
        end = _reach(text, limit, size)
        if end < len(text):
            end = _gap(text, end)
        made.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return made


def cut(text: str, limit: int, size: Callable[[str], int] = len) -> str:
    """The text, or as much of its beginning as fits, ending in an ellipsis."""
    if _reach(text, limit, size) == len(text):
        return text
    return parts(text, limit - size("…"), size)[0] + "…"


def beside_title(text: str) -> tuple[str, str]:
    """What stands on the line of the title, such as a request's number, and what stands below it."""
    first, _, rest = text.partition("\n")
    return (first, rest) if rest.strip() and len(first) <= LONGEST_BESIDE else ("", text)


def _reach(text: str, limit: int, size: Callable[[str], int]) -> int:
    """How many characters from the start fit."""
    used = 0
    for index, character in enumerate(text):
        used += size(character)
        if used > limit:
            return index
    return len(text)


def _gap(text: str, end: int) -> int:
    """The last end of a line in the second half of what fits, else of a word, else the hard end."""
    for mark in ("\n", " "):
        gap = text.rfind(mark, end // 2, end)
        if gap > 0:
            return gap
    return max(end, 1)
