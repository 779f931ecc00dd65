"""Wishes for the product, and who supports them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0073-ideas"
VERSION = "1.38.0"
DESCRIPTION = "Wishes for the product and their votes"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "feature_request" ("company" {big} not null, "id" {id}, "public" varchar(22) unique not null,
           "number" varchar(16) not null, "person" {to:person} not null, "words" text not null, "title" varchar(80),
           "state" varchar(9) not null, "law" text, "answer" text, "release" varchar(32),
           "into" {to:feature_request}, "votes" integer not null, "told" integer not null,
           "opened_at" timestamptz not null, "changed_at" timestamptz not null)""",
        """create table "vote" ("company" {big} not null, "id" {id}, "request" {to:feature_request} not null,
           "person" {to:person} not null, "at" timestamptz not null)""",
    ),
    indexes=(
        ("feature_request_company", "feature_request", "company", None),
        ("feature_request_number", "feature_request", "company, number", "unique"),
        ("feature_request_of", "feature_request", "company, person, id", None),
        ("feature_request_by_votes", "feature_request", "company, votes, id", None),
        ("feature_request_state", "feature_request", "company, state, votes, id", None),
        ("vote_once", "vote", "company, request, person", "unique"),
        ("vote_in_order", "vote", "company, request, id", None),
        ("vote_of", "vote", "company, person, id", None),
    ),
    checks=(
        (
            "feature_request",
            "{}state in ('new', 'reviewing', 'planned', 'released', 'declined', 'merged') "
            "and ({}state not in ('planned', 'released') or {}law is not null) "
            "and ({}state <> 'released' or {}release is not null) "
            "and ({}state not in ('reviewing', 'planned', 'released') or {}title is not null)",
            "a wish in no state there is, or without what has to be known before it",
        ),
    ),
    sealed=(("feature_request", "words"),),
    company_tables=("feature_request", "vote"),
    pointers=(
        ("feature_request", "person", "person"), ("feature_request", "into", "feature_request"),
        ("vote", "request", "feature_request"), ("vote", "person", "person"),
    ),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
