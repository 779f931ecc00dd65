"""A membership is an offer until the owner of its account accepts it; a link knows whose offer it accepts."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0043-offers"
VERSION = "1.38.0"
DESCRIPTION = "Memberships that were offered and not accepted yet"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'create table "membership_offer" ("company" {big} not null, "id" {id}, "public" varchar(22) not null unique, '
        '"account" {to:account} not null, "role" varchar(32) not null, "person" {to:person}, '
        '"by" varchar(64) not null, "offered_at" timestamptz not null, "sent_at" timestamptz, '
        '"declined_at" timestamptz)',
        'alter table "token" add column "inviter" {big}',
    ),
    indexes=(
        ("membership_offer_once", "membership_offer", "company, account, role", "unique"),
        ("membership_offer_account", "membership_offer", "account, company", None),
        ("membership_offer_person", "membership_offer", "company, person", None),
    ),
    company_tables=("membership_offer",),
    looked_up=("membership_offer",),
    pointers=(("membership_offer", "person", "person"),),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
