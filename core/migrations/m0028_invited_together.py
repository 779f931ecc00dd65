"""Many people are invited together: a batch, who is in it and what became of each, and codes that go onto a sheet."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0028-invited-together"
VERSION = "1.38.0"
DESCRIPTION = "Invitations of many people at once"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'create table "invitation_batch" ("id" {id}, "company" {big} not null, "public" varchar(22) unique not null, '
        '"by" varchar(64) not null, "state" varchar(8) not null, "total" integer not null, "done" integer not null, '
        '"made_at" timestamptz not null, "finished_at" timestamptz, "revoked_at" timestamptz)',
        'create table "invited" ("id" {id}, "company" {big} not null, "batch" {to:invitation_batch} not null, '
        '"employment" {to:employment} not null, "outcome" varchar(8) not null, "invitation" {to:invitation}, '
        '"token_hash" varchar(64))',
        'alter table "invitation" add column "code" text',
    ),
    indexes=(
        ("invitation_batch_made", "invitation_batch", "company, id", None),
        ("invited_once", "invited", "company, batch, employment", "unique"),
        ("invited_outcome", "invited", "company, batch, outcome, id", None),
        ("invited_employment", "invited", "company, employment", None),
        ("invited_invitation", "invited", "company, invitation", None),
        ("invitation_code", "invitation", "company, expires_at", " where code is not null"),
    ),
    company_tables=("invitation_batch", "invited"),
    sealed=(("invitation", "code"),),
    pointers=(
        ("invited", "batch", "invitation_batch"),
        ("invited", "employment", "employment"),
        ("invited", "invitation", "invitation"),
    ),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
