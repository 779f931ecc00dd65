"""Requests about personal data, their events and reminders, and what they want put right."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0089-data-requests"
VERSION = "1.38.0"
DESCRIPTION = "Requests about personal data with their clock"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "data_request" ("company" {big} not null, "id" {id}, "public" varchar(22) unique not null,
           "number" varchar(16) not null, "kind" varchar(8) not null, "person" {to:person} not null,
           "subject" {to:person}, "door" varchar(6) not null, "channel" varchar(16) not null, "words" text,
           "state" varchar(21) not null, "identity" varchar(8) not null, "vouched" text, "vouched_by" varchar(64),
           "owner" varchar(64), "outcome" varchar(9), "article" varchar(120), "answer" text,
           "decided_by" varchar(64), "second_by" varchar(64), "late_why" text, "duplicate_of" {to:data_request},
           "breach" boolean not null, "secret_index" varchar(32), "received_at" timestamptz not null,
           "recorded_at" timestamptz not null, "due_at" timestamptz not null, "decided_at" timestamptz,
           "closed_at" timestamptz)""",
        """create table "data_request_event" ("company" {big} not null, "id" {id},
           "request" {to:data_request} not null, "person" {to:person} not null, "kind" varchar(12) not null,
           "at" timestamptz not null, "by" varchar(64) not null, "channel" varchar(16) not null,
           "public" boolean not null, "words" text)""",
        """create table "data_request_reminder" ("company" {big} not null, "id" {id},
           "request" {to:data_request} not null, "hours" integer not null, "at" timestamptz not null)""",
        """create table "correction" ("company" {big} not null, "id" {id},
           "request" {to:data_request} unique not null, "person" {to:person} not null, "field" varchar(20) not null,
           "old" text, "new" text not null, "proof" {to:attachment}, "proof_hash" varchar(64),
           "applied_at" timestamptz)""",
        """create table "data_check" ("company" {big} not null, "id" {id}, "person" {to:person} not null,
           "year" integer not null, "asked_at" timestamptz not null, "answered_at" timestamptz, "right" boolean)""",
    ),
    indexes=(
        ("data_request_company", "data_request", "company", None),
        ("data_request_number", "data_request", "company, number", "unique"),
        ("data_request_of", "data_request", "company, person, id", None),
        ("data_request_about", "data_request", "company, subject, id", None),
        ("data_request_by_due", "data_request", "company, state, due_at, id", None),
        ("data_request_due", "data_request", "company, due_at, id", None),
        ("data_request_secret", "data_request", "secret_index", "unique where secret_index is not null"),
        ("data_request_event_company", "data_request_event", "company", None),
        ("data_request_event_of", "data_request_event", "company, request, id", None),
        ("data_request_reminder_once", "data_request_reminder", "company, request, hours", "unique"),
        ("correction_company", "correction", "company", None),
        ("correction_of", "correction", "company, person, id", None),
        ("data_check_once", "data_check", "company, person, year", "unique"),
    ),
    checks=(
        (
            "data_request",
            "{}kind in ('access', 'copy', 'portable', 'complete', 'update', 'correct', 'restrict', 'object', "
            "'withdraw', 'delete', 'complain', 'review') "
            "and {}state in ('received', 'in_progress', 'waiting_second_person', 'fulfilled', 'partly', 'refused', "
            "'delivered', 'closed', 'withdrawn', 'duplicate') "
            "and {}door in ('chat', 'portal', 'form', 'agent') "
            "and {}identity in ('unknown', 'linked', 'session', 'stepped', 'vouched') "
            "and ({}identity <> 'vouched' or {}vouched_by is not null) "
            "and ({}outcome is null or {}outcome in ('fulfilled', 'partly', 'refused')) "
            "and ({}outcome is null or ({}answer is not null and {}decided_by is not null)) "
            "and ({}outcome is null or {}outcome = 'fulfilled' or ({}article is not null and length({}article) > 2)) "
            "and ({}state not in ('fulfilled', 'partly', 'refused', 'delivered', 'closed') or {}outcome is not null) "
            "and ({}kind <> 'delete' or {}state in ('waiting_second_person', 'in_progress', 'withdrawn') "
            "or {}outcome is null or {}outcome = 'refused' "
            "or ({}second_by is not null and {}second_by <> {}decided_by)) "
            "and ({}state <> 'duplicate' or {}duplicate_of is not null)",
            "a request in no state there is, a refusal without its article, or an erasure by one alone",
        ),
    ),
    append_only=("data_request_event",),
    sealed=(
        ("data_request", "words"), ("data_request", "vouched"), ("data_request", "answer"),
        ("data_request", "late_why"), ("data_request_event", "words"), ("correction", "old"), ("correction", "new"),
    ),
    company_tables=("data_request", "data_request_event", "data_request_reminder", "correction", "data_check"),
    looked_up=("data_request",),
    pointers=(
        ("data_request", "person", "person"), ("data_request", "subject", "person"),
        ("data_request", "duplicate_of", "data_request"), ("data_request_event", "request", "data_request"),
        ("data_request_event", "person", "person"), ("data_request_reminder", "request", "data_request"),
        ("correction", "request", "data_request"), ("correction", "person", "person"),
        ("correction", "proof", "attachment"), ("data_check", "person", "person"),
    ),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
