"""Answers that a company keeps to be sent again, and answers that can be taken back for some seconds."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0063-saved-replies"
VERSION = "1.38.0"
DESCRIPTION = "Saved replies, and answers that can be taken back"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "saved_reply" ("company" {big} not null, "id" {id}, "public" varchar(22) unique not null,
           "shortcut" varchar(24) not null, "title" varchar(80) not null, "words_id" text not null,
           "words_en" text not null, "leads_to" varchar(17) not null, "tag" varchar(30),
           "changed_at" timestamptz not null, "changed_by" varchar(64) not null)""",
        """create table "outgoing_answer" ("company" {big} not null, "id" {id}, "public" varchar(22) unique not null,
           "ticket" {to:ticket} not null, "person" {to:person} not null, "by" varchar(64) not null,
           "channel" varchar(16) not null, "words" text not null, "read" {big} not null,
           "leads_to" varchar(17) not null, "leaves_at" timestamptz not null, "stopped" varchar(40))""",
    ),
    indexes=(
        ("saved_reply_company", "saved_reply", "company", None),
        ("saved_reply_shortcut", "saved_reply", "company, shortcut", "unique"),
        ("outgoing_answer_company", "outgoing_answer", "company", None),
        ("outgoing_answer_of", "outgoing_answer", "company, ticket, id", None),
    ),
    checks=(
        ("saved_reply", "{}leads_to in ('open', 'waiting_requester', 'resolved')", "no state after a saved reply"),
    ),
    sealed=(("outgoing_answer", "words"),),
    company_tables=("saved_reply", "outgoing_answer"),
    pointers=(("outgoing_answer", "ticket", "ticket"), ("outgoing_answer", "person", "person")),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
