"""The calendar of a company: its own days, weeks and closures, in versions; and English names of holidays."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0005-calendar"
VERSION = "1.38.0"
DESCRIPTION = "Calendar versions, days of a company, working weeks, closures"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'alter table "holiday" add column "name_en" varchar(120) not null default \'\'',
        'create table "calendar_version" ("id" {id}, "company" {big} not null, "number" integer not null, '
        '"mark" varchar(22) not null, "at" timestamptz not null, "by" varchar(64) not null, '
        '"why" varchar(200) not null, "collective" varchar(6) not null)',
        'create table "company_day" ("id" {id}, "company" {big} not null, "date" date not null, '
        '"kind" varchar(12) not null, "name" varchar(120) not null, "name_en" varchar(120) not null, '
        '"status" varchar(10) not null, "source" varchar(120), "location" {to:location}, '
        '"since" integer not null, "until" integer)',
        'create table "working_week" ("id" {id}, "company" {big} not null, "location" {to:location}, '
        '"from_" date not null, "to" date, "hours" text not null, "since" integer not null, "until" integer)',
        'create table "closure" ("id" {id}, "company" {big} not null, "starts" timestamptz not null, '
        '"ends" timestamptz, "location" {to:location}, "reason" varchar(200) not null, "asked_by" {to:person}, '
        '"asked_at" timestamptz not null, "approved_by" {to:person}, "approved_at" timestamptz, "since" integer, '
        '"until" integer, "dropped_at" timestamptz)',
        'create table "calendar_feed" ("id" {id}, "company" {big} not null, "person" {to:person} not null, '
        '"kind" varchar(8) not null, "digest" varchar(64) not null, "made_at" timestamptz not null, '
        '"ended_at" timestamptz)',
    ),
    indexes=(
        ("calendar_version_once", "calendar_version", "company, number", "unique"),
        ("company_day_once", "company_day", "company, date, coalesce(location, 0)", "unique where until is null"),
        ("working_week_once", "working_week", "company, coalesce(location, 0), from_", "unique where until is null"),
        ("closure_starts", "closure", "company, starts", None),
        # The heat-map counts who is away from this alone; collective days, one for everybody, stay out of it.
        (
            "leave_day_away",
            "leave_day",
            "company, date, employment",
            " where ended_at is null and counted and request is not null",
        ),
        ("calendar_feed_digest", "calendar_feed", "company, digest", "unique"),
        ("calendar_feed_person", "calendar_feed", "company, person, kind", "unique where ended_at is null"),
    ),
    checks=(
        (
            "company_day",
            "{}kind in ('national', 'collective', 'company', 'working')",
            "a day of a company that is of no known kind",
        ),
        ("working_week", '{}"to" is null or {}"to" > {}from_', "a working week that ends before it begins"),
        (
            "closure",
            "({}ends is null or {}ends > {}starts) and ({}since is null or {}approved_at is not null)",
            "a closure that ends before it begins, or holds without approval",
        ),
    ),
    append_only=("calendar_version",),
    company_tables=("calendar_version", "company_day", "working_week", "closure", "calendar_feed"),
    pointers=(
        ("company_day", "location", "location"),
        ("working_week", "location", "location"),
        ("closure", "location", "location"),
        ("closure", "asked_by", "person"),
        ("closure", "approved_by", "person"),
        ("calendar_feed", "person", "person"),
    ),
)


async def forwards() -> MigrationManager:
    return CHANGE.manager()
