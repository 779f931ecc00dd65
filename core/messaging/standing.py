"""How many messages of the whole installation wait, by channel and for what; nothing of whose they are, or of whom.

Companies' rows are counted without a company: on PostgreSQL by two functions of the owner of the tables that return
these sums alone, which is all that the application's role may see of them together.
"""

from datetime import datetime
from typing import Any

from core import database
from core.engines import PooledPostgres
from core.messaging.tables import Inbound

CHANNELS = ("web", "telegram", "whatsapp", "slack", "email")
# queued: to go out now; held: kept for its person's morning; sending: on its way; unknown: nobody knows whether it is
# out; waiting: for a mail server, or for its person to open WhatsApp.
STATES = ("queued", "held", "sending", "unknown", "waiting")
OURS = ("queued", "sending", "unknown")

_UNANSWERED = (
    "select channel, count(*) as number, min(received_at) as since from inbound where state = 'new' group by channel"
)
# What is between {} is told by whoever asks; the words of the conditions are those of the indexes.
_OUTBOX = (
    "select channel, case when state = 'queued' and held_until > {} then 'held' else state end as state, "
    "count(*) as number, min(queued_at) as since from outbound "
    "where state in ('queued', 'waiting', 'sending', 'unknown') group by 1, 2"
)
_UNDELIVERED = (
    "select channel, count(*) as number from outbound where trouble is not null and settled_at is null group by channel"
)


async def unanswered() -> list[dict[str, Any]]:
    """channel, number and since, of what came in and was not answered; in installation()."""
    return list(await Inbound.raw(_UNANSWERED))


async def outbox(now: datetime) -> list[dict[str, Any]]:
    """channel, state, number and since, of what is not out; in installation()."""
    return list(await _counted("select * from outbox_standing({})", _OUTBOX, now))


async def undelivered() -> list[dict[str, Any]]:
    """channel and number, of what reached nobody and nobody saw to; in installation()."""
    return list(await _counted("select * from undelivered_standing()", _UNDELIVERED))


async def _counted(on_postgres: str, on_sqlite: str, *facts: Any) -> Any:
    assert database.scope().company is None, "these count every company's rows"
    return await Inbound.raw(on_postgres if isinstance(database.engine(), PooledPostgres) else on_sqlite, *facts)
