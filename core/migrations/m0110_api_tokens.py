"""Tokens of other programs, and what they were answered under a key."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0110-api-tokens"
VERSION = "1.38.0"
DESCRIPTION = "Tokens of other programs"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "api_token" ("company" {big} not null, "id" {id}, "public" varchar(22) unique not null,
           "name" varchar(80) not null, "scopes" varchar(400) not null, "token_hash" varchar(64) unique not null,
           "hint" varchar(4) not null, "made_by" varchar(64) not null, "made_at" timestamptz not null,
           "expires_at" timestamptz not null, "used_at" timestamptz, "ended_at" timestamptz,
           "window_at" timestamptz, "window_used" integer not null default 0)""",
        """create table "api_write" ("company" {big} not null, "id" {id}, "token" {to:api_token} not null,
           "mark" varchar(64) not null, "asked" varchar(64) not null, "status" integer not null,
           "answer" text not null, "at" timestamptz not null)""",
    ),
    indexes=(
        ("api_token_in_order", "api_token", "company, id", None),
        ("api_write_once", "api_write", "company, token, mark", "unique"),
        ("api_write_old", "api_write", "company, at", None),
    ),
    sealed=(("api_write", "answer"),),
    company_tables=("api_token", "api_write"),
    looked_up=("api_token",),
    pointers=(("api_write", "token", "api_token"),),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
