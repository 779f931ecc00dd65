"""A leave may have several papers; the one that each had so far is the first."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0017-leave-papers"
VERSION = "1.38.0"
DESCRIPTION = "Several papers for one leave"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'create table "leave_paper" ("company" {big} not null, "id" {id}, "request" {to:leave_request} not null, '
        '"attachment" {to:attachment} not null, "added_at" timestamptz not null)',
        'insert into "leave_paper" ("company", "request", "attachment", "added_at") '
        'select l."company", l."id", a."id", l."document_met_at" from "leave_request" l '
        'join "attachment" a on a."id" = l."attachment" and a."company" = l."company" '
        'where l."document_met_at" is not null',
    ),
    indexes=(
        ("leave_paper_company", "leave_paper", "company, request, id", None),
        ("leave_paper_once", "leave_paper", "company, attachment", "unique"),
    ),
    company_tables=("leave_paper",),
    pointers=(("leave_paper", "request", "leave_request"), ("leave_paper", "attachment", "attachment")),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
