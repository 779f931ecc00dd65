"""How far a message came on its way, and what it is charged as."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0024-whatsapp"
VERSION = "1.38.0"
DESCRIPTION = "How far a message came, and what it is charged as"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'alter table "outbound" add column "progress" varchar(9)',
        'alter table "outbound" add column "category" varchar(24)',
        'alter table "outbound" add column "billable" boolean not null default false',
    ),
    indexes=(
        ("outbound_provider_ref", "outbound", "company, provider_ref", " where provider_ref is not null"),
        ("identity_place", "channel_identity", "channel, account, place", None),
    ),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
