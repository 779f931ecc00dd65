"""Files that people send; and how often a chat has written lately, looked up for every message."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0007-talk"
VERSION = "1.38.0"
DESCRIPTION = "Attachments; messages by the moment they came"

ATTACHMENT = """create table "attachment" (
    "company" {big} not null,
    "id" {id},
    "public" VARCHAR(22) UNIQUE NOT NULL,
    "person" {to:person} NOT NULL,
    "purpose" VARCHAR(12) NOT NULL,
    "type" VARCHAR(4) NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" VARCHAR(64) NOT NULL,
    "path" VARCHAR(32) UNIQUE NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kept_at" TIMESTAMPTZ NOT NULL,
    "removed_at" TIMESTAMPTZ
)"""

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(ATTACHMENT,),
    indexes=(
        ("inbound_lately", "inbound", "channel, account, sender, received_at", None),
        ("attachment_company", "attachment", "company", None),
        ("attachment_person", "attachment", "company, person", None),
        ("attachment_purpose", "attachment", "company, purpose, kept_at", None),
    ),
    company_tables=("attachment",),
    sealed=(("attachment", "key"), ("attachment", "name")),
    pointers=(("attachment", "person", "person"),),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
