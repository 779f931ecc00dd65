"""Passkeys of accounts."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0113-passkeys"
VERSION = "1.38.0"
DESCRIPTION = "Passkeys of accounts"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "passkey" ("id" {id}, "public" varchar(22) unique not null, "account" {to:account} not null,
           "credential" varchar(1400) unique not null, "public_key" varchar(2800) not null,
           "sign_count" {big} not null, "name" text not null, "transports" varchar(80) not null,
           "made_at" timestamptz not null, "used_at" timestamptz)""",
    ),
    indexes=(("passkey_of", "passkey", "account, id", None),),
    checks=(("passkey", "{}sign_count >= 0", "a counter below nothing"),),
    sealed=(("passkey", "name"),),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
