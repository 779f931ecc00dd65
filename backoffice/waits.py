"""How much waits for somebody, counted once for a page: the menu says it, and so does the list itself."""

from backoffice.asker import Connection
from core import database
from core.approvals import waiting


async def number(connection: Connection, company: int, person: int) -> int:
    """How many requests of this company wait for this person; after a write it is counted again."""
    known = connection.scope.get("waits")
    counted: dict[tuple[int, int], int] = known if isinstance(known, dict) else {}
    if (company, person) not in counted:
        async with database.reading(company):
            counted[company, person] = await waiting.count_for(person)
        if connection.scope.get("method") in ("GET", "HEAD"):
            connection.scope["waits"] = counted  # type: ignore[typeddict-unknown-key]
    return counted[company, person]
