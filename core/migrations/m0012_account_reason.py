"""Why somebody's sessions were ended or their second factor was taken off, in the words that were given."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0012-account-reason"
VERSION = "1.38.0"
DESCRIPTION = "Reasons of what is done to accounts"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'create table "account_reason" ("company" {big} not null, "id" {id}, "person" {to:person}, '
        '"words" text not null, "at" timestamptz not null)',
    ),
    indexes=(("account_reason_company", "account_reason", "company, id", None),),
    company_tables=("account_reason",),
    sealed=(("account_reason", "words"),),
    pointers=(("account_reason", "person", "person"),),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
