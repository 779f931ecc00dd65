"""Typed blocks: what an article does not say itself but has filled in for its reader, on the day it is read.

`{figure:bpjs_kesehatan.employee}` is a figure of the law from `core/rates.toml`, `{mine:balance}` the reader's own,
`{holder:administrators}` who holds something, `{open:leave}` a button that begins a flow, on a line of its own.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from core import rates
from core.money import rupiah
from core.phrases import phrase

BLOCK = re.compile(r"\{(\w+):([\w./-]+)\}")
MINE = ("balance", "next_leave", "joined", "department", "head", "approver")
HOLDERS = ("administrators", "protection", "desk")
_MONEY = 10_000  # from here on a figure is rupiah; no percent, day or month is as large
_OPEN = re.compile(r"(?m)^\{open:([\w./-]+)\}[ \t]*\n?")
_SIGNS = re.compile(r"([\\`*_\[\]<>#|{}])")


@dataclass(frozen=True)
class Filled:
    """A text with its blocks filled in, and the flows that it offers to begin."""

    text: str
    opens: tuple[str, ...]


def named(text: str) -> set[tuple[str, str]]:
    """Every block in a text, as (type, what of it)."""
    return set(BLOCK.findall(text))


def unknown(text: str, on: date) -> Iterator[str]:
    """What is wrong with each block that nobody could fill in on that day."""
    for kind, what in sorted(named(text)):
        if kind == "figure":
            try:
                rates.figure(what, on)
            except LookupError as wrong:
                yield str(wrong)
        elif kind not in ("mine", "holder", "open"):
            yield f"{{{kind}:{what}}} is no block: figure, mine, holder or open"
        elif kind != "open" and what not in (MINE if kind == "mine" else HOLDERS):
            yield f"{{{kind}:{what}}}: only {', '.join(MINE if kind == 'mine' else HOLDERS)}"


def fill(text: str, language: str, *, on: date, known: Mapping[str, str], markdown: bool = False) -> Filled:
    """The text as its reader sees it on that day.

    `known` are the reader's own figures and who holds what, by `mine:balance`; what is not known of this reader is said
    to be so. With `markdown` signs in what is filled in mean nothing.
    """
    opens = tuple(_OPEN.findall(text))

    def put(found: re.Match[str]) -> str:
        kind, what = found[1], found[2]
        if kind == "figure":
            try:
                return figure(what, language, on=on)
            except LookupError:  # it held until a day that is over, and nobody has looked the article through since
                return phrase("knowledge.not_known", language)
        told = known.get(f"{kind}:{what}") or phrase("knowledge.not_known", language)
        return _SIGNS.sub(r"\\\1", told) if markdown else told

    return Filled(BLOCK.sub(put, _OPEN.sub("", text)), opens)


def figure(path: str, language: str, *, on: date) -> str:
    """A figure of the law in words: `Rp54.000.000`, `3,7`, `12`."""
    value = rates.figure(path, on)
    if isinstance(value, int) and abs(value) >= _MONEY:
        return rupiah(value, language)
    told = f"{value:g}"
    return told.replace(".", ",") if language == "id" else told


def without_own(text: str) -> str:
    """The text without the sentences that say a reader's own figures: for whoever passes it on to somebody else."""
    sentences = re.split(r"(?<=[.!?;])\s+", text)
    return " ".join(one for one in sentences if "{mine:" not in one).rstrip(";, ")
