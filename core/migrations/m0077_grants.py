"""What lets somebody of the operator look into a company, for a time."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0077-grants"
VERSION = "1.38.0"
DESCRIPTION = "Grants that a company gives the operator"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "operator_grant" ("company" {big} not null, "id" {id}, "public" varchar(22) unique not null,
           "account" {to:account} not null, "reason" text not null, "minutes" integer not null,
           "asked_at" timestamptz not null, "given_at" timestamptz, "given_by" varchar(64), "until" timestamptz,
           "ended_at" timestamptz, "ended_by" varchar(64))""",
    ),
    indexes=(
        ("operator_grant_company", "operator_grant", "company, id", None),
        ("operator_grant_of", "operator_grant", "account, until", None),
    ),
    checks=(
        (
            "operator_grant",
            "({}given_at is null) = ({}until is null) and ({}given_at is null) = ({}given_by is null) "
            "and {}minutes > 0",
            "a grant that somebody gave without an end, or nobody gave",
        ),
    ),
    sealed=(("operator_grant", "reason"),),
    company_tables=("operator_grant",),
    looked_up=("operator_grant",),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
