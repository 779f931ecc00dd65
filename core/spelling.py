"""Statements that are spelled once.

Piccolo spells a statement anew each time it is run, which costs several times what SQLite needs to answer it. Here a
statement is known by its shape, which is all of it but its values: the table, the columns, the conditions with their
operators, the order, and how many values a list holds. The first of a shape is spelled by Piccolo itself, with a mark
in place of each value, so that it is seen where each goes; what follows gets the same words with values of its own.

What holds anything that is not understood here, or does not come out with its marks in their order and nothing beside
them, is spelled by Piccolo every time. What holds a statement to its company is a part of it like all others.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from string import Formatter
from typing import Any
from uuid import UUID

from piccolo import table as _table
from piccolo.columns import JSON, And, Column, Or, Where
from piccolo.columns import combination as _combination
from piccolo.columns.combination import UNDEFINED, WhereRaw
from piccolo.query import Count, Delete, Exists, Insert, Objects, Query, Select, Update
from piccolo.query import mixins as _mixins
from piccolo.query.methods.raw import Raw
from piccolo.querystring import QueryString
from piccolo.table import Table

from core.vault import SealedValue

LONGEST = 100  # values in a list: longer ones are seldom as long as another
MOST = 5000  # shapes that are remembered: lists of many lengths are many
PLAIN = frozenset(
    {int, str, float, bool, type(None), datetime, date, time, timedelta, bytes, Decimal, UUID, SealedValue}
)  # values that go to the database as they are
_inside = object.__getattribute__  # a foreign key takes long to answer for itself


class _Unknown(Exception):
    """Something in this statement is not understood here."""


@dataclass(frozen=True)
class _Spelled:
    """The words of a shape, for the database and for whoever puts it into another statement."""

    sql: str
    template: str
    query_type: str
    table: type[Table] | None
    columns: Any


class _Mark:
    """Stands for a value while a shape is spelled."""

    __slots__ = ()


class _Walk:
    """Goes through a statement and collects its shape and its values, in the order in which they are spelled."""

    __slots__ = ("key", "values")

    def __init__(self) -> None:
        self.key: list[Any] = []
        self.values: list[Any] = []

    def value(self, holder: Any, name: Any, value: Any) -> None:
        """A value that is kept in `holder` under this name."""
        if type(value) not in PLAIN and not (type(value) is list and PLAIN.issuperset(map(type, value))):
            raise _Unknown
        self.values.append(value)

    def column(self, one: Any) -> None:
        meta = _inside(one, "_meta")
        known = meta.__dict__.get("_named")
        if known is None:
            chain = tuple((key._meta.table, key._meta.name, _points_to(key)) for key in meta.call_chain)
            known = meta.__dict__["_named"] = (meta.table, meta.name, *chain)
        self.key += known, _inside(one, "_alias")

    def selected(self, one: Any) -> None:
        """What stands after SELECT, ORDER BY or GROUP BY."""
        if isinstance(one, Column):
            self.column(one)
        elif isinstance(one, QueryString) and type(one).get_select_string is QueryString.get_select_string:
            self.written(one)
        else:
            raise _Unknown

    def written(self, one: QueryString) -> None:
        """Words that stand in the statement as they are."""
        self.key += "words", one.template, one._alias, len(one.args)
        for number, value in enumerate(one.args):
            if isinstance(value, QueryString):
                self.key.append(number)
                self.written(value)
            else:
                self.value(one.args, number, value)

    def where(self, node: Any) -> None:
        kind = type(node)
        if kind is Where:
            self.key.append(node.operator)
            self.column(node.column)
            if node.value is not UNDEFINED:
                self.value(node, "value", node.value)
            elif type(node.values) is list:
                if len(node.values) > LONGEST:
                    raise _Unknown
                self.key.append(len(node.values))
                for number, value in enumerate(node.values):
                    self.value(node.values, number, value)
            elif isinstance(node.values, QueryString):
                self.written(node.values)
        elif kind is And or kind is Or:
            self.key.append(kind)
            self.where(node.first)
            self.where(node.second)
        elif kind is WhereRaw:
            self.written(node.querystring)
        else:
            raise _Unknown

    def held(self, query: Any) -> None:
        """The conditions of a statement."""
        node = query.where_delegate._where
        self.key.append("where")
        if node is not None:
            self.where(node)

    def picked(self, query: Any) -> None:
        """What a SELECT, of rows or of objects, says after its conditions."""
        if query.as_of_delegate._as_of or query.output_delegate._output.nested or query.lock_rows_delegate._lock_rows:
            raise _Unknown
        if query.offset_delegate._offset:
            raise _Unknown  # a number that stands in the words: each page would be another shape
        self.held(query)
        limit = query.limit_delegate._limit
        for item in query.order_by_delegate._order_by.order_by_items:
            self.key += "order", item.ascending, len(item.columns)
            for one in item.columns:
                self.selected(one)
        self.key += "limit", limit and limit.number

    def returned(self, query: Any) -> None:
        found = query.returning_delegate._returning
        if found is not None:
            self.key += "returning", len(found.columns)
            for one in found.columns:
                self.column(one)


def _points_to(key: Any) -> tuple[type[Table], str]:
    told = _inside(key, "_foreign_key_meta")
    return told.resolved_references, told.resolved_target_column._meta.name


def _select(walk: _Walk, query: Any) -> None:
    if query.exclude_secrets or query.distinct_delegate._distinct.on or query.having_delegate._where is not None:
        raise _Unknown
    walk.key.append(query.distinct_delegate._distinct.enabled)
    for one in query.columns_delegate.selected_columns:
        walk.selected(one)
    grouped = query.group_by_delegate._group_by
    if grouped is not None and query.where_delegate._where is None:
        raise _Unknown  # not met so far
    walk.picked(query)
    if grouped is not None:
        walk.key += "group", len(grouped.columns)
        for one in grouped.columns:
            if not isinstance(one, Column):
                raise _Unknown  # its values would stand before those of the order
            walk.column(one)


def _objects(walk: _Walk, query: Any) -> None:
    if query.prefetch_delegate.fk_columns:
        raise _Unknown
    walk.picked(query)


def _count(walk: _Walk, query: Any) -> None:
    if query._distinct:
        raise _Unknown
    if query.column is not None:
        walk.column(query.column)
    walk.held(query)


def _exists(walk: _Walk, query: Any) -> None:
    walk.held(query)


def _delete(walk: _Walk, query: Any) -> None:
    walk.held(query)
    walk.returned(query)


def _update(walk: _Walk, query: Any) -> None:
    values = query.values_delegate._values
    for column, value in values.items():
        if isinstance(column, JSON):
            raise _Unknown
        walk.column(column)
        if isinstance(value, QueryString):
            walk.written(value)
        else:
            walk.key.append("value")
            walk.value(values, column, value)
    walk.held(query)
    walk.returned(query)


def _insert(walk: _Walk, query: Any) -> None:
    rows = query.add_delegate._add
    walk.key.append(len(rows))
    columns = query.table._meta.columns
    for row in rows:
        for column in columns:
            meta = _inside(column, "_meta")
            value = row.__dict__[meta._name]
            if isinstance(value, QueryString):
                walk.key.append(len(walk.values))
                walk.written(value)
            else:
                walk.value(row.__dict__, meta._name, value)
    for item in query.on_conflict_delegate._on_conflict.on_conflict_items:
        if item.values or item.where or isinstance(item.target, tuple):
            raise _Unknown
        walk.key += "conflict", item.action
        if isinstance(item.target, Column):
            walk.column(item.target)
        else:
            walk.key.append(item.target)
    walk.returned(query)


def _raw(walk: _Walk, query: Any) -> None:
    walk.written(query.querystring)


WALKS: dict[type, Callable[[_Walk, Any], None]] = {
    Select: _select, Objects: _objects, Count: _count, Exists: _exists, Delete: _delete, Update: _update,
    Insert: _insert, Raw: _raw,
}  # fmt: skip
_known: dict[tuple[Any, ...], _Spelled | None] = {}
_spells: Any = Query.querystrings.fget  # type: ignore[attr-defined]


class _Marking(_Walk):
    """Puts a mark in the place of each value, until `restore`."""

    __slots__ = ("_before",)

    def __init__(self) -> None:
        super().__init__()
        self._before: list[tuple[Any, Any, Any]] = []

    def value(self, holder: Any, name: Any, value: Any) -> None:
        mark = _Mark()
        self._before.append((holder, name, value))
        self.values.append(mark)
        _put(holder, name, mark)

    def restore(self) -> None:
        for holder, name, value in self._before:
            _put(holder, name, value)


def _put(holder: Any, name: Any, value: Any) -> None:
    if isinstance(holder, list | dict):
        holder[name] = value
    else:
        setattr(holder, name, value)


def _learn(query: Any, walk: Callable[[_Walk, Any], None], engine: str) -> _Spelled | None:
    """The words of this statement's shape; None where they depend on more than is seen here."""
    marking = _Marking()
    try:
        walk(marking, query)
        said = _spells(query)
        if len(said) != 1:
            return None
        sql, args = said[0].compile_string(engine_type=engine)
        if len(args) != len(marking.values) or any(a is not b for a, b in zip(args, marking.values, strict=True)):
            return None
        _, parts, _ = said[0].bundle()
        if any("{" in part.prefix or "}" in part.prefix for part in parts):
            return None
        template = "".join(part.prefix + ("" if part.no_arg else "{}") for part in parts)
        assert sum(name is not None for _, name, _, _ in Formatter().parse(template)) == len(args)
        return _Spelled(sql, template, said[0].query_type, said[0].table, said[0].columns)
    except (_Unknown, AttributeError, TypeError, ValueError):
        return None
    finally:
        marking.restore()


class _Collecting(_Walk):
    """Takes whatever stands in place of a value."""

    __slots__ = ()

    def value(self, holder: Any, name: Any, value: Any) -> None:
        self.values.append(value)


def learned(query: Any, engine: str) -> tuple[Any, list[Any]] | None:
    """The shape of a statement, for `of_shape`, and what stands where its values go; None where it is not seen."""
    walk = WALKS.get(type(query))
    if walk is None or (shape := _learn(query, walk, engine)) is None:
        return None
    found = _Collecting()
    walk(found, query)
    return shape, found.values


def of_shape(known: _Spelled, values: list[Any]) -> QueryString:
    """A statement of this shape with these values."""
    one = QueryString.__new__(QueryString)
    one.template, one.args, one.query_type, one.table = known.template, values, known.query_type, known.table
    one._alias, one.columns, one._frozen_compiled_strings = None, known.columns, (known.sql, values)
    return one


def _querystrings(query: Any) -> Any:
    walk = WALKS.get(type(query))
    database = query.table._meta.db
    if walk is None or database is None or query._frozen_querystrings is not None:
        return _spells(query)
    seen = _Walk()
    engine = database.engine_type
    seen.key += type(query), query.table, engine
    try:
        walk(seen, query)
    except (_Unknown, AttributeError):
        return _spells(query)
    key = tuple(seen.key)
    try:
        known = _known[key]
    except KeyError:
        if len(_known) >= MOST:
            _known.clear()
        known = _known[key] = _learn(query, walk, engine)
    return _spells(query) if known is None else [of_shape(known, seen.values)]


def _processed(query: Any, results: Any) -> Any:
    """What Piccolo makes of the rows that were read; it makes objects of them by asking each column for itself."""
    make = type(query) is Objects and _makes(query.table)
    if not make or query.output_delegate._output.nested or query.output_delegate._output.load_json:
        return _processes(query, results)
    return _objects_of(query.table, make, query.table._meta.db.transform_response_to_dicts(results) if results else ())


async def _objects_of(table: Any, names: dict[str, str], rows: Any) -> list[Any]:
    made = []
    for row in rows:
        one = table.__new__(table)
        one.__dict__.update({names[name]: value for name, value in row.items()})
        one._exists_in_db, one._was_created = True, None
        made.append(one)
    return made


_named: dict[type[Table], dict[str, str] | None] = {}


def _makes(table: Any) -> dict[str, str] | None:
    """By what attribute a row of this table keeps each of its columns; None where it has ways of its own."""
    if table not in _named:
        plain = table.__init__ is Table.__init__ or table.__init__.__qualname__ == "CompanyTable.__init__"
        columns = {one._meta.db_column_name: one._meta.name for one in table._meta.columns}
        _named[table] = columns if plain else None
    return _named[table]


def _converted(value: Any, column: Any) -> Any:
    return value if type(value) in PLAIN and not isinstance(column, JSON) else _converts(value, column)


_processes: Any = Query._process_results
_converts: Any = vars(_combination)["convert_to_sql_value"]


def quicken() -> None:
    """Have it so in this process; nothing else about a statement changes."""
    Query.querystrings = property(_querystrings)  # type: ignore[assignment]
    Query._process_results = _processed  # type: ignore[assignment, method-assign]
    for module in (_combination, _mixins, _table):
        module.convert_to_sql_value = _converted  # type: ignore[attr-defined]
