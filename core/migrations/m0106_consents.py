"""What people said yes and no to about their data; what was agreed to before is taken over."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0106-consents"
VERSION = "1.38.0"
DESCRIPTION = "Consents by purpose, with their words"

COLUMNS = (
    '"company", "person", "purpose", "act", "version", "hash", "language", "channel", "by", "at"'
)  # fmt: skip
# Chats that are linked now were linked with a yes, whose hash was kept; and who wants no news has said so.
LINKED = (
    f'insert into "consent_event" ({COLUMNS}) '
    'select c."company", c."person", c."channel", \'given\', 1, c."consent_hash", p."language", c."channel", '
    '\'person:\' || c."person", c."verified_at" from "channel_identity" c '
    'join "person" p on p."id" = c."person" and p."company" = c."company" '
    "where c.\"ended_at\" is null and c.\"channel\" in ('telegram', 'whatsapp')"
)
NO_NEWS = (
    f'insert into "consent_event" ({COLUMNS}) '
    "select \"company\", \"id\", 'news', 'withdrawn', 1, '', \"language\", 'web', 'person:' || \"id\", "
    'current_timestamp from "person" where not "news"'
)
ALL_COMPANIES = [f'alter table "{table}" %s row level security' for table in ("channel_identity", "person")]

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "consent_event" ("company" {big} not null, "id" {id}, "person" {to:person} not null,
           "purpose" varchar(12) not null, "act" varchar(9) not null, "version" integer not null,
           "hash" varchar(64) not null, "words" text, "language" varchar(2) not null,
           "channel" varchar(16) not null, "message" {big}, "by" varchar(64) not null, "at" timestamptz not null)""",
    ),
    only_on={
        "sqlite": [LINKED, NO_NEWS],
        "postgres": [
            *(one % "no force" for one in ALL_COMPANIES), LINKED, NO_NEWS,
            *(one % "force" for one in ALL_COMPANIES),
        ],
    },
    indexes=(
        ("consent_event_of", "consent_event", "company, person, purpose, id", None),
        ("consent_event_in_order", "consent_event", "company, id", None),
    ),
    checks=(
        (
            "consent_event",
            "{}act in ('given', 'withdrawn') "
            "and {}purpose in ('telegram', 'whatsapp', 'training', 'news', 'learning', 'yearly')",
            "a word for a purpose there is none",
        ),
    ),
    append_only=("consent_event",),
    sealed=(("consent_event", "words"),),
    company_tables=("consent_event",),
    pointers=(("consent_event", "person", "person"),),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
