"""A pack may be fetched by a secret address, for who cannot sign in any more."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0095-pack-links"
VERSION = "1.38.0"
DESCRIPTION = "Secret addresses of access packs"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=('alter table "access_pack" add column "token_hash" varchar(64)',),
    indexes=(("access_pack_token", "access_pack", "token_hash", "unique where token_hash is not null"),),
    looked_up=("access_pack",),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
