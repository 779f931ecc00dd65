"""How often a chat has written lately is looked up for every message."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0007-talk"
VERSION = "1.38.0"
DESCRIPTION = "Messages by the moment they came"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    indexes=(("inbound_lately", "inbound", "channel, account, sender, received_at", None),),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
