"""A message of four thousand letters, made to be read slowly, is read all the same: by everything that reads sentences."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from types import ModuleType
from typing import Any

import pytest

from bot.dialog import (
    alarm,
    between,
    clocks,
    concepts,
    dates,
    impossible,
    intents,
    interrupts,
    kinds,
    money,
    normal,
    occasions,
    parsers,
    reasons,
    stems,
)
from core.errors import Refused
from core.messaging import pasted

READERS: tuple[ModuleType, ...] = (
    alarm, between, clocks, concepts, dates, impossible, interrupts, intents, kinds, money, normal, occasions, parsers,
    reasons, stems,
)  # fmt: skip
SENTENCE = ("sentence", "text", "word", "rest", "line")
GIVEN: dict[str, Any] = {
    "today": date(2026, 7, 6), "titles": ["Ya, ajukan", "Ganti tanggal", "Batal"], "off": {date(2026, 12, 25): "Natal"},
    "intent": "leave_request",
}  # fmt: skip
PIECES = (
    "a", "1", "1.", "1,", "12/", "3/4/", "sampai ", "s/d ", "besok, ", "tanggal 1 ", "1 juli sampai ", "senin depan ", "-",
    " ", "\n", "jam 8.", "08.00-", "rp 1.000.", "1,5 juta ", "dua puluh ", "ya ", "bukan besok tapi ", "blokir akun ",
    "aaaaab ", "?", ". ", "ke-", "\u0301", "\u202e", "👍", "漢字", "memper", "2-3 hari ", "the day after ", "natal ",
    "lebaran sampai ", "h-1 ", "kecuali senin ", "tidak jadi ", "C-", "[", "((", "\\", "*", "½ ", "ﷺ", "0812",
)  # fmt: skip


def readers() -> Iterator[Callable[..., object]]:
    for module in READERS:
        for name, one in vars(module).items():
            if name.startswith("_") or not inspect.isfunction(one) or one.__module__ != module.__name__:
                continue
            named = inspect.signature(one).parameters.values()
            needed = [each.name for each in named if each.default is inspect.Parameter.empty]
            if needed and needed[0] in SENTENCE and set(needed[1:]) <= set(GIVEN):
                yield one


@pytest.mark.timeout(120)  # what runs away takes hours; all of them together take a few seconds
def test_nothing_that_reads_sentences_runs_away_or_breaks() -> None:
    read = list(readers())
    assert len(read) > 30
    for piece in PIECES:
        sentence = (piece * 4000)[:4000]
        for one in read:
            wanted = inspect.signature(one).parameters
            one(sentence, **{name: value for name, value in GIVEN.items() if name in wanted})
        with suppress(Refused):
            pasted.read("\n".join([sentence] * 3))


def test_each_name_of_a_day_is_read_with_what_stands_before_it_alone() -> None:
    """A long message holds hundreds of names: that each looked back to its beginning made it slow."""
    looked: list[int] = []

    class Watched:
        def search(self, before: str) -> None:
            looked.append(len(before))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(occasions, "_REASON", Watched())
        occasions.dated("natal " * 600, {}, today=GIVEN["today"])
    assert len(looked) == 600
    assert max(looked) <= occasions.LONGEST_REASON_WORD
