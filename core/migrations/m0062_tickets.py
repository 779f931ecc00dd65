"""Tickets of the help desk, and everything that happens to them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0062-tickets"
VERSION = "1.38.0"
DESCRIPTION = "Tickets and their events"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "ticket" ("company" {big} not null, "id" {id}, "public" varchar(22) unique not null,
           "number" varchar(16) not null, "person" {to:person} not null, "subject" text not null,
           "state" varchar(17) not null, "urgent" boolean not null, "agent" varchar(64),
           "channel" varchar(16) not null, "account" varchar(64) not null, "place" varchar(128),
           "opened_at" timestamptz not null, "changed_at" timestamptz not null, "answer_promise" timestamptz,
           "answer_target" timestamptz, "solve_promise" timestamptz, "solve_target" timestamptz,
           "next_at" timestamptz not null, "first_answered_at" timestamptz, "resolved_at" timestamptz,
           "closed_at" timestamptz, "rating" integer,
           "last" {big} not null)""",
        """create table "ticket_event" ("company" {big} not null, "id" {id}, "ticket" {to:ticket} not null,
           "person" {to:person} not null, "kind" varchar(12) not null, "at" timestamptz not null,
           "by" varchar(64) not null, "channel" varchar(16) not null, "public" boolean not null, "words" text,
           "facts" text, "attachment" {to:attachment}, "meta" text not null)""",
        'alter table "conversation" add column "ticket" {big}',
    ),
    indexes=(
        ("ticket_company", "ticket", "company", None),
        ("ticket_number", "ticket", "company, number", "unique"),
        ("ticket_of", "ticket", "company, person, id", None),
        ("ticket_queue", "ticket", "company, state, next_at", None),
        ("ticket_agent", "ticket", "company, agent, state, next_at", None),
        ("ticket_next", "ticket", "company, next_at, id", None),
        ("ticket_event_company", "ticket_event", "company", None),
        ("ticket_event_of", "ticket_event", "company, ticket, id", None),
    ),
    checks=(
        (
            "ticket",
            "{}state in ('new', 'open', 'waiting_requester', 'resolved', 'closed') "
            "and ({}rating is null or {}rating between 1 and 5)",
            "a ticket in no state there is, or a rating that is none",
        ),
        ("ticket_event", "not ({}public and {}kind = 'noted')", "a note is for the desk alone"),
    ),
    append_only=("ticket_event",),
    sealed=(("ticket", "subject"), ("ticket_event", "words"), ("ticket_event", "facts")),
    company_tables=("ticket", "ticket_event"),
    pointers=(
        ("ticket", "person", "person"), ("ticket_event", "ticket", "ticket"), ("ticket_event", "person", "person"),
        ("ticket_event", "attachment", "attachment"),
    ),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
