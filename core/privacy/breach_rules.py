"""What a breach is told by, and what a letter about it holds (art. 46(2) of Law 27/2022). Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.phrases import phrase

LISTING, OPEN, SENDING, TOLD, CLOSED = "listing", "open", "sending", "told", "closed"
EVERYBODY, DEPARTMENT, LOCATION, NUMBERS = "everybody", "department", "location", "numbers"
WHOSE = (EVERYBODY, DEPARTMENT, LOCATION, NUMBERS)
KINDS = ("identity", "contact", "employment", "leave", "message", "health", "finance", "password")
CHAT, MAIL, PORTAL, PAPER = "chat", "mail", "portal", "paper"
WAYS = (CHAT, MAIL, PORTAL, PAPER)
SHORTEST, LONGEST = 10, 600


@dataclass(frozen=True)
class Facts:
    """What the law wants told: how it came about, what is done about it, what its reader can do."""

    how: str
    handling: str
    advice: str
    how_en: str = ""
    handling_en: str = ""
    advice_en: str = ""

    def words(self, name: str, language: str) -> str:
        """One of them in a language; where nobody wrote it in English, as it was written."""
        told: str = getattr(self, f"{name}_en") if language == "en" else ""
        return told or str(getattr(self, name))


def kinds_in_words(kinds: Sequence[str], language: str) -> str:
    """`identitas, kontak`."""
    return ", ".join(phrase(f"breach.kind_{one}", language) for one in kinds)


def letter(facts: Facts, kinds: Sequence[str], language: str, **more: str) -> Mapping[str, str]:
    """What fills the phrase of a letter."""
    return {
        "kinds": kinds_in_words(kinds, language), "how": facts.words("how", language),
        "handling": facts.words("handling", language), "advice": facts.words("advice", language), **more,
    }  # fmt: skip
