"""From what a sentence says about time to the days it means, stage by stage.

The grammar finds the pieces as they were said. Each stage rewrites some of them and counts on what those before it
made: days are counted out before a day can be named twice, and only once every day has its place can it be told which
of them are asked for, and whether the whole sentence makes them longer or shorter.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from bot.dialog import (
    date_anchors,
    date_called_off,
    date_changes,
    date_counts,
    date_doubts,
    date_grammar,
    date_months,
    date_near,
    date_roles,
    date_stories,
    date_twice,
    date_wholes,
    date_words,
)
from bot.dialog.date_grammar import Piece
from bot.dialog.date_resolve import Prefer
from bot.dialog.date_words import Atom
from bot.dialog.normal import fold, words

MOST = 1_000  # who names days does so early; the rest is only kept
# A day more or a day later than what was said before is asked for in full; it can't be told from these words alone.
_SHIFTING = re.compile(
    r"\b(?:tambah\w*|nambah|add|extra|more|undur\w*|di(?:m?undur|maju|geser|tambah)\w*|mundur\w*|maju\w*|geser\w*|shove|postpone\w*|delay\w*|push"
    r"|later|earlier|extend\w*|perpanjang\w*|diperpanjang)\b"
)


@dataclass(frozen=True)
class Heard:
    """A sentence as it is read for days, said on `today`."""

    sentence: str
    today: date
    prefer: Prefer

    @cached_property
    def start(self) -> str:
        """As much of it as is read."""
        return self.sentence[:MOST]

    @cached_property
    def atoms(self) -> list[Atom]:
        """Its words, as far as days go."""
        return date_words.atoms(self.start)

    @cached_property
    def line(self) -> str:
        """The kind of each atom, one letter each."""
        return date_grammar.letters(self.atoms)

    @cached_property
    def told(self) -> list[Piece]:
        """Its pieces as they were said."""
        return date_grammar.pieces(self.atoms, self.line)

    @cached_property
    def words(self) -> list[str]:
        """Its words as `normal.py` spells them."""
        return [word.text for word in words(self.start)]

    @cached_property
    def plain(self) -> str:
        """Those, one space between two."""
        return " ".join(self.words)

    def word_before(self, at: int) -> str:
        """The last word said before an atom."""
        said = [word.text for word in words(self.sentence[: self.atoms[at].start]) if word.kind != "mark"]
        return said[-1] if said else ""


def meant(heard: Heard) -> list[Piece]:
    """The pieces of a sentence, with the days it means among them as `days`."""
    said = _counted_out(_unshifted(heard), heard)
    said = date_changes.changed(said, heard.atoms, heard.plain, heard.line, heard.today, heard.prefer)
    said = _named_once(said, heard)
    said = _asked_for(said, heard)
    return _as_a_whole(said, heard)


def _unshifted(heard: Heard) -> list[Piece]:
    """The pieces as they were said; by how much something is to be moved is no length of its own."""
    said = heard.told
    if not _SHIFTING.search(fold(heard.start)):
        return said

    def by_how_much(piece: Piece) -> bool:
        told = piece.kind in ("length", "offset") and piece.unit != "k"
        absolute = piece.start > 0 and heard.word_before(piece.start) in date_words.BECOMING | {"to"}
        return told and not absolute

    return [replace(piece, kind="unsure") if by_how_much(piece) else piece for piece in said]


def _counted_out(said: Sequence[Piece], heard: Heard) -> list[Piece]:
    """Days instead of what counts them: within a month, from another day, without some, beside one that is named."""
    atoms, line, today, prefer = heard.atoms, heard.line, heard.today, heard.prefer
    said = date_counts.counted(said, atoms, line, today, prefer)
    said = date_twice.exactly(said, atoms)
    said = date_counts.not_hours(said, atoms, line)
    said = date_months.completed(said, heard.plain, today, prefer)
    said = date_twice.too(said, atoms, line)
    said = date_counts.without(said, atoms, today, prefer)
    said = date_anchors.beside(said, atoms, today, prefer)
    return date_near.beside(said, atoms, line, today, prefer)


def _named_once(said: list[Piece], heard: Heard) -> list[Piece]:
    """One piece for what is named twice: by its week, by what it is moved to, by a slip put right, by figures."""
    atoms, line, today, prefer = heard.atoms, heard.line, heard.today, heard.prefer
    said = date_twice.weeks_away(said)
    said = date_twice.of_one_week(said, atoms)
    said = date_called_off.elsewhere(said, atoms)
    said = date_twice.moved(said, atoms, line)
    said = date_twice.taken_back(said, atoms, line)
    said = date_twice.in_figures(said, atoms, line, today)
    said = date_twice.undenied(said, atoms, line)
    return date_anchors.dated(said, atoms, line, today, prefer)  # "not today, the day after": what was denied counts


def _asked_for(said: list[Piece], heard: Heard) -> list[Piece]:
    """The days that belong to the story set aside, where somebody asks for others."""
    said = date_stories.until_then(said, heard.atoms, heard.line, heard.today, heard.start)
    said = date_stories.unbroken(said, heard.atoms, heard.line, heard.today)
    said = date_stories.at_work(said, heard.atoms, heard.line)
    said = date_wholes.week_of_month(said, heard.atoms, heard.line, heard.today)
    if heard.prefer == "future":
        said = date_roles.asked_for(
            said, heard.start, heard.atoms, heard.line, heard.today, heard.prefer, over=date_doubts.over(heard.plain)
        )
        said = date_near.around(said, heard.today)
    return date_stories.in_one_month(said)


def _as_a_whole(said: list[Piece], heard: Heard) -> list[Piece]:
    """What the sentence as a whole makes of its days: all of them, fewer, more, or everybody's."""
    if date_doubts.either_way(heard.plain):
        first = next((piece for piece in said if piece.kind == "days"), None)
        said = [
            replace(piece, kind="aside") if piece.kind == "days" and piece is not first else piece for piece in said
        ]
    said = date_twice.in_all(said, heard.plain)
    said = date_twice.shortened(said, heard.plain)
    said = date_twice.extended(said, heard.plain)
    said = date_wholes.counted_over(said, heard.atoms, heard.plain, heard.line, heard.today)
    if date_doubts.asks_who(heard.plain):
        said = date_twice.wide(said, between=bool(date_doubts.BETWEEN.search(heard.plain)))
    return said
