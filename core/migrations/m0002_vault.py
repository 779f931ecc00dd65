"""What the vault needs of the tables: who is meant, by what they are found, who looked; and nothing but envelopes."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0002-vault"
VERSION = "1.38.0"
DESCRIPTION = "Keys of persons, blind indexes, who looked at what, renewal of keys"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'alter table "inbound" add column "person" {big}',
        'alter table "outbound" add column "about" {to:person}',
        'alter table "person" add column "phone_index" varchar(32)',
        'alter table "person" add column "nik_index" varchar(32)',
        'alter table "person" add column "npwp_index" varchar(32)',
        'create table "reveal_record" ("company" {big} not null, "id" {id}, "public" varchar(22) unique not null, '
        '"person" {to:person} not null, "field" varchar(24) not null, "actor" varchar(64) not null, '
        '"channel" varchar(16) not null, "why" text not null, "at" timestamptz not null)',
        'create table "key_renewal" ("company" {big} not null, "id" {id}, "begun_at" timestamptz not null, '
        '"stage" varchar(40) not null, "after" {big} not null, "sealed" {big} not null, "ended_at" timestamptz)',
    ),
    indexes=(
        ("reveal_record_company", "reveal_record", "company, person, id", None),
        ("key_renewal_once", "key_renewal", "company", "unique where ended_at is null"),
        ("key_renewal_company", "key_renewal", "company", None),
        ("person_phone", "person", "company, phone_index", None),
        ("person_nik", "person", "company, nik_index", None),
        ("person_npwp", "person", "company, npwp_index", None),
    ),
    sealed=(
        ("company", "key_check"), ("account", "email"), ("inbound", "body"), ("assignment", "basic_salary"),
        ("leave_request", "reason"), ("decision", "reason"), ("conversation", "state"), ("outbound", "payload"),
        ("button", "value"), ("person", "email"), ("person", "phone"), ("person", "nik"), ("person", "npwp"),
        ("person", "kk"), ("person", "birth_date"), ("person", "gender"), ("person", "religion"),
        ("person", "marital_status"), ("person", "dependants"), ("person", "ptkp"), ("person", "bank"),
        ("person", "bank_account"), ("person", "bank_holder"), ("reveal_record", "why"),
    ),
    append_only=("reveal_record",),
    company_tables=("reveal_record", "key_renewal"),
    pointers=(("outbound", "about", "person"), ("reveal_record", "person", "person")),
)  # fmt: skip


async def forwards() -> MigrationManager:
    return CHANGE.manager()
