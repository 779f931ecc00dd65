"""Reports of misuse, what happened to each, and whom they name."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0121-misuse-reports"
VERSION = "1.38.0"
DESCRIPTION = "Reports of misuse of data, accounts and the system"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "misuse_report" ("company" {big} not null, "id" {id}, "public" varchar(22) unique not null,
           "number" varchar(16) not null, "about" varchar(7) not null, "desk" varchar(8) not null,
           "origin" varchar(120), "person" {to:person} not null, "words" text, "accused" text, "reporter" text,
           "shows_name" boolean not null, "channel" varchar(16) not null, "secret_index" varchar(32),
           "state" varchar(9) not null, "owner" varchar(64), "outcome" varchar(9), "answer" text,
           "measures" varchar(60) not null, "breach" varchar(16), "decided_by" varchar(64), "second_by" varchar(64),
           "received_at" timestamptz not null, "decided_at" timestamptz)""",
        """create table "misuse_named" ("company" {big} not null, "id" {id}, "report" {to:misuse_report} not null,
           "person" {to:person} not null, "at" timestamptz not null, "by" varchar(64) not null)""",
        """create table "misuse_event" ("company" {big} not null, "id" {id}, "report" {to:misuse_report} not null,
           "person" {to:person} not null, "kind" varchar(10) not null, "at" timestamptz not null,
           "by" varchar(64) not null, "public" boolean not null, "words" text)""",
    ),
    indexes=(
        ("misuse_report_number", "misuse_report", "company, number", "unique"),
        ("misuse_report_of", "misuse_report", "company, person", None),
        ("misuse_report_secret", "misuse_report", "secret_index", None),
        ("misuse_named_once", "misuse_named", "company, report, person", "unique"),
        ("misuse_named_of", "misuse_named", "company, person", None),
        ("misuse_event_of", "misuse_event", "company, report, id", None),
    ),
    checks=(
        (
            "misuse_report",
            "{}about in ('data', 'account', 'service') and {}desk in ('company', 'operator') "
            "and {}state in ('received', 'looking', 'proposed', 'measure', 'unfounded', 'carried') "
            "and ({}outcome is null or {}outcome in ('measure', 'unfounded')) "
            "and ({}state not in ('measure', 'unfounded') "
            "or ({}second_by is not null and {}decided_by is not null and {}second_by <> {}decided_by)) "
            "and ({}state <> 'carried' or ({}words is null and {}secret_index is null))",
            "a misuse report in no state there is, ended by one alone, or left behind with its words",
        ),
    ),
    company_tables=("misuse_report", "misuse_named", "misuse_event"),
    append_only=("misuse_event",),
    sealed=(
        ("misuse_report", "words"), ("misuse_report", "accused"), ("misuse_report", "reporter"),
        ("misuse_report", "answer"), ("misuse_event", "words"),
    ),
    looked_up=("misuse_report",),
    pointers=(
        ("misuse_report", "person", "person"), ("misuse_named", "report", "misuse_report"),
        ("misuse_named", "person", "person"), ("misuse_event", "report", "misuse_report"),
        ("misuse_event", "person", "person"),
    ),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
