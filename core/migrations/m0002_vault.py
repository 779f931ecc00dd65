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
    ),
    indexes=(
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
        ("person", "bank_account"), ("person", "bank_holder"),
    ),
    pointers=(("outbound", "about", "person"),),
)  # fmt: skip


async def forwards() -> MigrationManager:
    return CHANGE.manager()
