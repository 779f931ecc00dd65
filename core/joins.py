"""Foreign keys that answer quickly.

Piccolo asks `dir()` whenever an attribute of a foreign key is read, in case it is a column of the table it points to:
eleven microseconds, some three hundred times in one answer of the bot. What is no column needs none of that.
"""

from typing import Any

from piccolo.columns import Column, ForeignKey

_asks = ForeignKey.__getattribute__


def _answers(self: ForeignKey[Any], name: str) -> Any:
    try:
        value = object.__getattribute__(self, name)
    except AttributeError:
        return _asks(self, name)
    return _asks(self, name) if isinstance(value, Column) and not name.startswith("_") else value


def quicken() -> None:
    """Have it so in this process; nothing else about a foreign key changes."""
    ForeignKey.__getattribute__ = _answers  # type: ignore[method-assign]
