"""By topic: what there is to read, as somebody would look through it who does not know what to search for."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from core.knowledge.articles import AUDIENCES, Article

FILE = Path(__file__).with_name("topics.toml")
OWN, OTHER = "own", "other"


@dataclass(frozen=True)
class Topic:
    """Articles of one audience about one thing, in the order in which they are met."""

    audience: str
    name: str
    articles: tuple[Article, ...]


@lru_cache(maxsize=1)
def order() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The ids of articles by audience and topic, as `topics.toml` has them."""
    with FILE.open("rb") as file:
        read = tomllib.load(file)
    return {audience: {name: tuple(ids) for name, ids in read[audience].items()} for audience in AUDIENCES}


def grouped(every: Iterable[Article]) -> list[Topic]:
    """These articles by audience and topic; what a company wrote first, what no topic names last, no topic empty."""
    every = list(every)
    found: list[Topic] = []
    for audience in AUDIENCES:
        left = {one.id: one for one in every if one.audience == audience}
        named = order()[audience]
        own = [one for one in left.values() if one.own and not any(one.id in ids for ids in named.values())]
        for one in own:
            del left[one.id]
        parts = [(OWN, own), *((name, [left.pop(id) for id in ids if id in left]) for name, ids in named.items())]
        found += [Topic(audience, name, tuple(ones)) for name, ones in [*parts, (OTHER, [*left.values()])] if ones]
    return found
