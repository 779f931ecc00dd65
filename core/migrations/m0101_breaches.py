"""Breaches of personal data and the letters to whose data it was."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0101-breaches"
VERSION = "1.38.0"
DESCRIPTION = "Breaches and their letters"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "breach" ("company" {big} not null, "id" {id}, "public" varchar(22) unique not null,
           "number" varchar(16) not null, "drill" boolean not null, "state" varchar(8) not null,
           "whose" varchar(12) not null, "of" integer, "kinds" varchar(120) not null, "facts" text not null,
           "authority" varchar(160) not null, "found_at" timestamptz not null, "declared_at" timestamptz not null,
           "declared_by" varchar(64) not null, "people" integer not null, "sent" integer not null,
           "sent_at" timestamptz, "authority_told_at" timestamptz, "closed_at" timestamptz, "closing" text)""",
        """create table "breach_letter" ("company" {big} not null, "id" {id}, "breach" {to:breach} not null,
           "person" {to:person} not null, "way" varchar(6) not null, "sent_at" timestamptz)""",
    ),
    indexes=(
        ("breach_number", "breach", "company, number", "unique"),
        ("breach_in_order", "breach", "company, id", None),
        ("breach_letter_once", "breach_letter", "company, breach, person", "unique"),
        ("breach_letter_next", "breach_letter", "company, breach, id", None),
        ("breach_letter_of", "breach_letter", "company, person", None),
    ),
    checks=(
        (
            "breach",
            "{}state in ('listing', 'open', 'sending', 'told', 'closed') "
            "and {}whose in ('everybody', 'department', 'location', 'numbers') "
            "and ({}state <> 'closed' or ({}closed_at is not null and {}closing is not null))",
            "a breach in no state there is, or closed without a word",
        ),
        ("breach_letter", "{}way in ('chat', 'mail', 'portal', 'paper')", "a letter that goes no way there is"),
    ),
    sealed=(("breach", "facts"), ("breach", "closing")),
    company_tables=("breach", "breach_letter"),
    pointers=(("breach_letter", "breach", "breach"), ("breach_letter", "person", "person")),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
