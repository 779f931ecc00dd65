"""Long work with its progress and its file; what the board and the jobs page look up every morning."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0009-shell"
VERSION = "1.38.0"
DESCRIPTION = "Long work, files that were asked for, indexes of the board"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'create table "work" ("company" {big} not null, "id" {id}, "public" varchar(22) unique not null, '
        '"kind" varchar(24) not null, "by" varchar(64) not null, "facts" text not null, "state" varchar(8) not null, '
        '"done" integer not null, "total" integer not null, "stop_asked" boolean not null, '
        '"started_at" timestamptz not null, "finished_at" timestamptz)',
        'create table "export_file" ("company" {big} not null, "id" {id}, "work" {to:work} not null unique, '
        '"name" varchar(80) not null, "type" varchar(80) not null, "file" text not null, '
        '"made_at" timestamptz not null)',
        'create table "choice" ("company" {big} not null, "id" {id}, "name" varchar(40) not null, '
        '"value" varchar(40) not null, "set_at" timestamptz not null, "set_by" varchar(64) not null)',
    ),
    indexes=(
        ("choice_company", "choice", "company", None),
        ("choice_once", "choice", "company, name", "unique"),
        ("work_company", "work", "company", None),
        ("work_state", "work", "company, state, id", None),
        ("export_file_company", "export_file", "company", None),
        ("export_file_made", "export_file", "company, made_at", None),
        ("job_company", "job", "company, state, id", None),
        ("inbound_old", "inbound", "received_at", None),
        ("outbound_state", "outbound", "company, state, queued_at", None),
        ("button_old", "button", "company, expires_at", None),
        ("employment_at_work", "employment", "company, leaves, joins", None),
        ("identity_alive", "channel_identity", "company, ended_at, person", None),
        ("leave_balance_left", "leave_balance", "company, leave_type, available, id", None),
        ("leave_request_starts", "leave_request", "company, starts", None),
    ),
    checks=(("work", "{}state in ('running', 'done', 'failed', 'stopped')", "an unknown state of work"),),
    company_tables=("work", "export_file", "choice"),
    sealed=(("work", "facts"), ("export_file", "file")),
    pointers=(("export_file", "work", "work"),),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
