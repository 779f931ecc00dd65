"""What of a text is somebody else's: names of other people here, identity numbers, addresses and telephone numbers."""

import re
from collections.abc import Collection, Iterable

from core import vault
from core.people.names import plain

# As they are written: NIK, KK and NPWP of 16 or 15 digits, together or in their groups (place, day of birth, number;
# fours; a tax number's own); numbers of mobile telephones, with brackets and strokes as people put them.
NIK = re.compile(
    r"(?<!\d)(?:\d{15,16}|\d{4}(?:[ .-]{1,2}\d{4}){3}|\d{6}[ .-]{1,2}\d{6}[ .-]{1,2}\d{4}"
    r"|\d\d(?:[ .-]\d\d){2}[ .-]\d{6}[ .-]\d{4}|\d\d\.?\d{3}\.?\d{3}\.?\d-?\d{3}\.?\d{3})(?!\d)"
)
PHONE = re.compile(r"(?<![\w+])(?:\(?\+?62\)?[ .-]{0,2}\(?0?|\(?0)8\d{1,3}\)?(?:[ ./-]{0,3}\d{2,5}){2,3}(?!\d)")
DIALLED = re.compile(r"[^\d+]")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
WORD = re.compile(r"\w+(?:['’.-]\w+)*")
LONGEST = 6  # words of a name that are looked at together


class Redactor:
    """Covers what is others' in a text, and leaves what is one's own."""

    def __init__(self, own: Iterable[str], names: Collection[str], mine: str) -> None:
        values = [one for one in own if one]
        self._digits = {re.sub(r"\D", "", one) for one in values} - {""}
        self._phones = {vault.phone(one) for one in values if re.fullmatch(r"[\d +().-]{8,}", one)}
        self._mails = {one.lower() for one in values if "@" in one}
        self._names = {plain(one) for one in names} - {plain(mine), ""}

    def __call__(self, text: str) -> str:
        """The text, with a bar over what is others'."""
        text = MAIL.sub(lambda at: at[0] if at[0].lower() in self._mails else vault.BAR, text)
        text = NIK.sub(lambda at: at[0] if re.sub(r"\D", "", at[0]) in self._digits else vault.BAR, text)
        text = PHONE.sub(lambda at: at[0] if vault.phone(DIALLED.sub("", at[0])) in self._phones else vault.BAR, text)
        return self._without_names(text)

    def _without_names(self, text: str) -> str:
        words = [(one.start(), one.end(), plain(one[0])) for one in WORD.finditer(text)]
        covered: list[tuple[int, int]] = []
        at = 0
        while at < len(words):
            most = min(LONGEST, len(words) - at)
            length = next(
                (many for many in range(most, 0, -1)
                 if " ".join(word for _, _, word in words[at : at + many]) in self._names),
                0,
            )  # fmt: skip
            if length:
                covered.append((words[at][0], words[at + length - 1][1]))
            at += length or 1
        for begins, ends in reversed(covered):
            text = text[:begins] + vault.BAR + text[ends:]
        return text
