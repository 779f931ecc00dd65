"""Administrators who are nobody's employee decide under a person of their own."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0018-signers"
VERSION = "1.38.0"
DESCRIPTION = "Administrators without an employee record decide"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'create table "signer" ("company" {big} not null, "id" {id}, "account" {to:account} not null, '
        '"person" {to:person} not null, "made_at" timestamptz not null)',
    ),
    indexes=(
        ("signer_account", "signer", "company, account", "unique"),
        ("signer_person", "signer", "company, person", "unique"),
    ),
    company_tables=("signer",),
    pointers=(("signer", "person", "person"),),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
