"""What ties tickets to each other and to colleagues, what they are sorted by, and until when one was put aside."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0064-tied-tickets"
VERSION = "1.38.0"
DESCRIPTION = "Merged, tied, tagged, snoozed tickets, and colleagues named in notes"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'alter table "ticket" add column "merged_into" {big}',
        'alter table "ticket" add column "snoozed_until" timestamptz',
        """create table "ticket_link" ("company" {big} not null, "id" {id}, "ticket" {to:ticket} not null,
           "other" {to:ticket} not null, "kind" varchar(10) not null, "at" timestamptz not null,
           "by" varchar(64) not null)""",
        """create table "ticket_tag" ("company" {big} not null, "id" {id}, "ticket" {to:ticket} not null,
           "name" varchar(30) not null)""",
        """create table "ticket_mention" ("company" {big} not null, "id" {id}, "ticket" {to:ticket} not null,
           "event" {to:ticket_event} not null, "person" {to:person} not null, "at" timestamptz not null,
           "by" varchar(64) not null, "seen_at" timestamptz)""",
    ),
    indexes=(
        ("ticket_merged", "ticket", "company, merged_into", None),
        ("ticket_link_company", "ticket_link", "company", None),
        ("ticket_link_once", "ticket_link", "company, ticket, other", "unique"),
        ("ticket_link_other", "ticket_link", "company, other", None),
        ("ticket_tag_company", "ticket_tag", "company", None),
        ("ticket_tag_once", "ticket_tag", "company, ticket, name", "unique"),
        ("ticket_tag_name", "ticket_tag", "company, name, ticket", None),
        ("ticket_mention_company", "ticket_mention", "company", None),
        ("ticket_mention_once", "ticket_mention", "company, event, person", "unique"),
        ("ticket_mention_of", "ticket_mention", "company, person, seen_at", None),
    ),
    checks=(
        (
            "ticket_link",
            "{}kind in ('related', 'duplicate', 'follow_up', 'split') and {}ticket <> {}other",
            "no way in which tickets are tied",
        ),
    ),
    company_tables=("ticket_link", "ticket_tag", "ticket_mention"),
    pointers=(
        ("ticket", "merged_into", "ticket"), ("ticket_link", "ticket", "ticket"), ("ticket_link", "other", "ticket"),
        ("ticket_tag", "ticket", "ticket"), ("ticket_mention", "ticket", "ticket"),
        ("ticket_mention", "event", "ticket_event"), ("ticket_mention", "person", "person"),
    ),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
