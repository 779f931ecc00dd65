"""Lists whose whole state is their address: what they are sorted and filtered by, and after which row they go on.

A page says once per request which heads and filters its list has; what stands in the address and is not among them is
as if it were not there. Rows are dictionaries that hold `id` and, under the head's name, what the list is sorted by.
"""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from urllib.parse import urlencode

from piccolo.columns import Column

from backoffice.asker import Connection

PAGE = 50
LONGEST_WORDS = 80
SORT, AFTER = "sort", "after"


class Sortable(Protocol):
    """A query that can be put in order and cut off."""

    def order_by(self, *columns: Any, ascending: bool = True) -> Any:
        """In this order."""

    def where(self, *conditions: Any) -> Any:
        """Only these."""


@dataclass(frozen=True)
class Head:
    """The head of a column. It sorts if it names a column (`by`) that is never null and stands in an index."""

    name: str
    label: str  # key of a phrase
    by: Column | None = None
    shape: str = ""  # classes: number, left-out, wide, end


@dataclass(frozen=True)
class Filter:
    """What a list can be narrowed by: one of some choices, or words that are typed (no choices)."""

    name: str
    label: str  # key of a phrase
    choices: Mapping[str, str] | None = None  # value -> its words, ready to be read
    default: str = ""
    people: bool = False  # a name or an employee number, with suggestions
    pills: bool = False  # shown as links in a row instead of in the form
    called: str = ""  # its name where the reader's company gave it one, in the place of a phrase


@dataclass(frozen=True)
class Chip:
    """A filter that is on, and the address without it."""

    label: str
    words: str
    without: str
    called: str = ""


@dataclass
class Listing:
    """One list as its address asks for it."""

    heads: Sequence[Head]
    filters: Sequence[Filter]
    key: Column
    default: str
    sort: str
    chosen: dict[str, str]
    after: tuple[Any, int] | None
    further: str | None = field(default=None)  # the address of what follows, once `cut` knows it

    def __getitem__(self, name: str) -> str:
        """What a filter is set to."""
        return self.chosen[name]

    @property
    def descending(self) -> bool:
        """Whether the greatest stands first."""
        return self.sort.startswith("-")

    @property
    def by(self) -> Column:
        """The column that the rows are sorted by."""
        name = self.sort.removeprefix("-")
        found = next((head.by for head in self.heads if head.name == name), None)
        return found if found is not None else self.key

    def page(self, query: Sortable, most: int = PAGE) -> Any:
        """The query for one page of rows and one more, by which `cut` knows that there is more."""
        return self.ordered(query, most + 1, self.after)

    def ordered(self, query: Sortable, most: int, after: tuple[Any, int] | None = None) -> Any:
        """The rows in order, from after this mark; by an index, however far down the list they stand."""
        if after is not None:
            query = query.where(self._beyond(*after))
        columns = (self.key,) if self.by is self.key else (self.by, self.key)
        return query.order_by(*columns, ascending=not self.descending).limit(most)

    def _beyond(self, value: Any, key: int) -> Any:
        least: Any = self.key < key if self.descending else self.key > key
        if self.by is self.key:
            return least
        past: Any = self.by < value if self.descending else self.by > value
        # Said twice: the first half alone lets a database begin in the middle of the index.
        begin: Any = self.by <= value if self.descending else self.by >= value
        return begin & (past | ((self.by == value) & least))

    def mark(self, row: Mapping[str, Any]) -> tuple[Any, int]:
        """Where this row stands in the list."""
        name = self.sort.removeprefix("-")
        return row["id"] if self.by is self.key else row[name], row["id"]

    def cut(self, rows: Sequence[Mapping[str, Any]], most: int = PAGE) -> list[Mapping[str, Any]]:
        """The rows of this page; where there are more, `further` leads on."""
        if len(rows) > most:
            self.further = self.href(**{AFTER: _packed(*self.mark(rows[most - 1]))})
        return list(rows[:most])

    # -- its address -----------------------------------------------------------------------------------------------

    def href(self, **changes: str) -> str:
        """The address of the same list with something changed; it begins at the first row unless told otherwise."""
        stated = {SORT: self.sort, **self.chosen, **changes}
        usual = {SORT: self.default, **{one.name: one.default for one in self.filters}}
        return "?" + urlencode([(name, value) for name, value in stated.items() if value != usual.get(name, "")])

    @property
    def state(self) -> str:
        """The filters and the order alone, as an address: for what asks for the same rows elsewhere."""
        return self.href().removeprefix("?")

    def sorting(self, head: Head) -> tuple[str, str] | None:
        """Where the head leads, and how the column stands now: ascending, descending or none."""
        if head.by is None:
            return None
        now = self.sort.removeprefix("-") == head.name
        to = f"-{head.name}" if now and not self.descending else head.name
        return self.href(**{SORT: to}), ("descending" if self.descending else "ascending") if now else "none"

    @property
    def chips(self) -> list[Chip]:
        """The filters that are on and are not shown as a row of links."""
        found = []
        for one in self.filters:
            value = self.chosen[one.name]
            if value != one.default and not one.pills:
                words = one.choices[value] if one.choices is not None else value
                found.append(Chip(one.label, words, self.href(**{one.name: one.default}), one.called))
        return found

    @property
    def cleared(self) -> str:
        """The address without any of the chips."""
        return self.href(**{one.name: one.default for one in self.filters if not one.pills})


def asked(connection: Connection) -> dict[str, str]:
    """What stands in the address of this request."""
    return {name: str(value) for name, value in connection.query_params.items()}


def read(
    of: Connection | Mapping[str, str],
    heads: Sequence[Head],
    filters: Sequence[Filter] = (),
    *,
    key: Column,
    default: str,
) -> Listing:
    """The list that an address asks for; `default` names a head to sort by, with `-` the greatest first."""
    said = of if isinstance(of, Mapping) else asked(of)
    known = {head.name for head in heads if head.by is not None}
    sort = said.get(SORT, default)
    sort = sort if sort.removeprefix("-") in known else default
    chosen = {one.name: _chosen(one, said.get(one.name)) for one in filters}
    made = Listing(heads, filters, key, default, sort, chosen, None)
    made.after = _unpacked(made.by, said.get(AFTER, ""))
    return made


def _chosen(one: Filter, said: str | None) -> str:
    if said is None:
        return one.default
    if one.choices is None:
        return " ".join(said.split())[:LONGEST_WORDS]
    return said if said in one.choices else one.default


def _packed(value: Any, key: int) -> str:
    told = value.isoformat() if isinstance(value, date) else value
    return base64.urlsafe_b64encode(json.dumps([told, key]).encode()).decode().rstrip("=")


def _unpacked(by: Column, said: str) -> tuple[Any, int] | None:
    """The mark in an address, or None where there is none that fits the column."""
    try:
        value, key = json.loads(base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)))
        kind = by.value_type
        if kind in (date, datetime):
            value = kind.fromisoformat(value)
        if isinstance(value, str) and "\0" in value.encode().decode():  # half a character does not encode
            return None
    except (ValueError, TypeError, RecursionError):
        return None
    fits = isinstance(value, kind) and isinstance(key, int) and not isinstance(value, bool)
    small = not isinstance(value, int) or abs(value) < 2**63
    return (value, key) if fits and small and 0 <= key < 2**31 else None
