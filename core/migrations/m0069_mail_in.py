"""Mail to the desk: mailboxes, the mails that were taken from them, their threads, and who asks without being known."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0069-mail-in"
VERSION = "1.38.0"
DESCRIPTION = "Mail to the desk"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "mailbox" ("company" {big} not null, "id" {id}, "public" varchar(22) not null unique,
           "address" varchar(254) not null, "host" varchar(200) not null, "port" integer not null,
           "security" varchar(8) not null, "username" text not null, "password" text not null,
           "folder" varchar(120) not null, "given" boolean not null, "validity" {big}, "after" {big} not null,
           "made_at" timestamptz not null, "heard_at" timestamptz, "trouble" varchar(12), "trouble_at" timestamptz,
           "ended_at" timestamptz)""",
        """create table "outsider" ("company" {big} not null, "id" {id}, "person" {to:person} not null,
           "kind" varchar(8) not null, "contact" text, "contact_index" varchar(32), "recognised" text,
           "made_at" timestamptz not null)""",
        """create table "mail_thread" ("company" {big} not null, "id" {id}, "ticket" {big} not null,
           "person" {to:person} not null, "mailbox" {to:mailbox} not null, "address" text not null,
           "address_index" varchar(32) not null, "token" text not null, "token_index" varchar(32) not null unique,
           "mails" text not null, "language" varchar(2) not null, "made_at" timestamptz not null,
           "proved_at" timestamptz)""",
        """create table "mail_in" ("company" {big} not null, "id" {id}, "mailbox" {to:mailbox} not null,
           "validity" {big} not null, "uid" {big} not null, "mark" varchar(32) not null, "sender" varchar(32) not null,
           "state" varchar(10) not null, "ticket" {to:ticket}, "receipt" integer not null, "size" integer not null,
           "about" text, "taken_at" timestamptz not null)""",
    ),
    indexes=(
        ("mailbox_one", "mailbox", "company", "unique where ended_at is null"),
        ("outsider_company", "outsider", "company", None),
        ("outsider_of", "outsider", "company, person", "unique"),
        ("outsider_mail", "outsider", "company, kind, contact_index", "unique where contact_index is not null"),
        ("mail_thread_of", "mail_thread", "company, ticket", "unique"),
        ("mail_in_place", "mail_in", "company, mailbox, validity, uid", "unique"),
        ("mail_in_once", "mail_in", "company, mark", "unique"),
        ("mail_in_sender", "mail_in", "company, sender, taken_at", None),
        ("mail_in_left", "mail_in", "company, state, taken_at", None),
    ),
    checks=(("mailbox", "{}security in ('tls', 'starttls', 'plain')", "a mailbox that is opened in no known way"),),
    sealed=(
        ("mailbox", "username"), ("mailbox", "password"), ("outsider", "contact"), ("outsider", "recognised"),
        ("mail_thread", "address"), ("mail_thread", "token"), ("mail_thread", "mails"), ("mail_in", "about"),
    ),
    company_tables=("mailbox", "outsider", "mail_thread", "mail_in"),
    looked_up=("mailbox",),
    pointers=(
        ("outsider", "person", "person"), ("mail_thread", "person", "person"), ("mail_thread", "mailbox", "mailbox"),
        ("mail_thread", "ticket", "ticket"), ("mail_in", "mailbox", "mailbox"), ("mail_in", "ticket", "ticket"),
    ),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
