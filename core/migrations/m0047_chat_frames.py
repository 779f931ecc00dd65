"""Pages of a company's own that may show the chat in a frame, and the sessions that open it there and nothing else."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0047-chat-frames"
VERSION = "1.38.0"
DESCRIPTION = "The chat in pages of a company's own"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'create table "chat_frame" ("company" {big} not null, "id" {id}, "public" varchar(22) not null unique, '
        '"origin" varchar(255) not null, "made_at" timestamptz not null, "ended_at" timestamptz, '
        '"shown_at" timestamptz, "refused_at" timestamptz, "refused_from" varchar(255))',
        'alter table "session" add column "frame" {big}',
    ),
    indexes=(
        ("chat_frame_once", "chat_frame", "company, origin", "unique where ended_at is null"),
        ("session_frame", "session", "frame", " where frame is not null"),
    ),
    company_tables=("chat_frame",),
    looked_up=("chat_frame",),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
