"""What a sentence says beside its days, in its own words, and whether it puts right what was said before."""

import re

from bot.dialog import date_words
from bot.dialog.date_grammar import Piece
from bot.dialog.date_pieces import Heard

_MOVES_HOUSE = re.compile(
    r"\b(?:pindah\w*|mov(?:e|ing)) (?:ke )?(?:rumah|kos\w*|kontrakan|apartemen|apartment|house|home|flat)", re.I
)
_EARLY = 8  # a correction says so within its first words


def rest(heard: Heard, chosen: list[Piece]) -> str:
    """The sentence without the stretches about time, otherwise as it was written."""
    sentence, atoms, left, at = heard.sentence, heard.atoms, [], 0
    for piece in sorted(chosen, key=lambda piece: piece.start):
        first = piece.start
        while first > 0 and heard.line[first - 1] in "OFtgj":
            first -= 1
        left.append(sentence[at : max(at, atoms[first].start)])
        at = max(at, atoms[piece.end - 1].end)
    left.append(sentence[at:])
    joined = re.sub(r"[^\S\n]{2,}", " ", " ".join(each.strip(" \t\r") for each in left if each.strip()))
    return re.sub(r"\(\s*\)| (?=[,.!?;)])", "", joined).strip(" ,;.-–—\n")


def corrects(heard: Heard, chosen: list[Piece]) -> bool:
    """Whether this takes the place of something said before, or of something in the same sentence."""
    if any(piece.kind == "denied" for piece in chosen):
        return True
    atoms, first = heard.atoms, min(piece.start for piece in chosen)
    away = any(atom.text == "coming" for atom in atoms[:first])  # "not coming Monday"
    if atoms[0].text in date_words.DENYING and not heard.line[1:first].strip("cOFtg") and not away:
        return True
    if first > 0 and heard.word_before(first) in date_words.BECOMING | date_words.SAYING:
        return True
    early = set(heard.words[:_EARLY])
    if early & date_words.CORRECTING and not _MOVES_HOUSE.search(heard.sentence):
        return True
    return bool(early & date_words.HESITATING) and not set(heard.words) & date_words.ASKING
