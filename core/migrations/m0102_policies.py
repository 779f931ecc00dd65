"""Which version of the terms and of the privacy policy a company accepted."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0102-policies"
VERSION = "1.38.0"
DESCRIPTION = "Acceptance of terms and privacy policy"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "policy_acceptance" ("company" {big} not null, "id" {id}, "kind" varchar(8) not null,
           "version" integer not null, "hash" varchar(64) not null, "language" varchar(2) not null,
           "by" varchar(64) not null, "at" timestamptz not null)""",
    ),
    indexes=(("policy_acceptance_once", "policy_acceptance", "company, kind, hash", "unique"),),
    checks=(("policy_acceptance", "{}kind in ('terms', 'privacy')", "an acceptance of nothing there is"),),
    append_only=("policy_acceptance",),
    company_tables=("policy_acceptance",),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
