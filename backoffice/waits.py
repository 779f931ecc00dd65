"""How much waits for somebody, counted once for a page: the menu says it, and so does the list itself."""

from collections.abc import Sequence

from backoffice.asker import Connection
from core import database
from core.approvals import waiting
from core.approvals.tables import Request


async def number(connection: Connection, company: int, person: int) -> int:
    """How many requests of this company wait for this person; after a write it is counted again."""
    known = _counted(connection).get((company, person))
    if known is not None:
        return known
    async with database.reading(company):
        count = await waiting.count_for(person)
    _keep(connection, company, person, count)
    return count


async def first(
    connection: Connection, company: int, person: int, *, limit: int, after: int
) -> tuple[Sequence[Request], int]:
    """So many of the requests that wait for this person, after another; and how many there are in all."""
    async with database.reading(company):
        found, count = await waiting.waiting_and_number(person, limit=limit, after=after)
    _keep(connection, company, person, count)
    return found, count


def _counted(connection: Connection) -> dict[tuple[int, int], int]:
    known = connection.scope.get("waits")
    return known if isinstance(known, dict) else {}


def _keep(connection: Connection, company: int, person: int, count: int) -> None:
    if connection.scope.get("method") in ("GET", "HEAD"):
        connection.scope["waits"] = _counted(connection) | {(company, person): count}  # type: ignore[typeddict-unknown-key]
