CREATE TABLE "company" (
    "id" SERIAL PRIMARY KEY NOT NULL,
    "slug" VARCHAR(40) UNIQUE NOT NULL,
    "name" VARCHAR(120) NOT NULL,
    "kind" VARCHAR(8) NOT NULL,
    "language" VARCHAR(2) NOT NULL,
    "zone" VARCHAR(40) NOT NULL,
    "key_check" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL
);
CREATE TABLE "account" (
    "id" SERIAL PRIMARY KEY NOT NULL,
    "public" VARCHAR(22) UNIQUE NOT NULL,
    "email" TEXT NOT NULL,
    "email_index" VARCHAR(32) UNIQUE NOT NULL,
    "password_hash" VARCHAR(200),
    "language" VARCHAR(2) NOT NULL,
    "failures" INTEGER NOT NULL,
    "failed_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL
);
CREATE TABLE "session" (
    "id" SERIAL PRIMARY KEY NOT NULL,
    "token_hash" VARCHAR(64) UNIQUE NOT NULL,
    "account" INTEGER NOT NULL REFERENCES "account" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "created_at" TIMESTAMPTZ NOT NULL,
    "seen_at" TIMESTAMPTZ NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "ended_at" TIMESTAMPTZ
);
CREATE TABLE "token" (
    "id" SERIAL PRIMARY KEY NOT NULL,
    "kind" VARCHAR(16) NOT NULL,
    "token_hash" VARCHAR(64) UNIQUE NOT NULL,
    "account" INTEGER NOT NULL REFERENCES "account" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "used_at" TIMESTAMPTZ
);
CREATE TABLE "holiday" (
    "id" SERIAL PRIMARY KEY NOT NULL,
    "date" DATE NOT NULL,
    "name" VARCHAR(120) NOT NULL,
    "kind" VARCHAR(12) NOT NULL,
    "status" VARCHAR(10) NOT NULL,
    "decree" VARCHAR(120)
);
CREATE TABLE "inbound" (
    "id" SERIAL PRIMARY KEY NOT NULL,
    "channel" VARCHAR(16) NOT NULL,
    "account" VARCHAR(64) NOT NULL,
    "sender" VARCHAR(128) NOT NULL,
    "external_id" VARCHAR(200) NOT NULL,
    "body" TEXT NOT NULL,
    "state" VARCHAR(8) NOT NULL,
    "tries" INTEGER NOT NULL,
    "received_at" TIMESTAMPTZ NOT NULL,
    "answered_at" TIMESTAMPTZ,
    "company" BIGINT,
    "trace" TEXT
);
CREATE TABLE "job" (
    "id" SERIAL PRIMARY KEY NOT NULL,
    "name" VARCHAR(40) NOT NULL,
    "company" BIGINT,
    "args" TEXT NOT NULL,
    "run_at" TIMESTAMPTZ NOT NULL,
    "state" VARCHAR(8) NOT NULL,
    "attempts" INTEGER NOT NULL,
    "lease_until" TIMESTAMPTZ,
    "rung_at" TIMESTAMPTZ,
    "error" VARCHAR(300),
    "dedupe" VARCHAR(200) UNIQUE
);
CREATE TABLE "cron_run" (
    "id" SERIAL PRIMARY KEY NOT NULL,
    "name" VARCHAR(40) NOT NULL,
    "due" TIMESTAMPTZ NOT NULL
);
CREATE TABLE "person" (
    "company" BIGINT NOT NULL,
    "id" SERIAL PRIMARY KEY NOT NULL,
    "public" VARCHAR(22) UNIQUE NOT NULL,
    "name" VARCHAR(120) NOT NULL,
    "language" VARCHAR(2) NOT NULL,
    "email" TEXT,
    "email_index" VARCHAR(32),
    "phone" TEXT,
    "nik" TEXT,
    "npwp" TEXT,
    "kk" TEXT,
    "birth_date" TEXT,
    "gender" TEXT,
    "religion" TEXT,
    "marital_status" TEXT,
    "dependants" TEXT,
    "ptkp" TEXT,
    "bank" TEXT,
    "bank_account" TEXT,
    "bank_holder" TEXT
);
CREATE INDEX "person_company" ON "person" ("company");
CREATE TABLE "department" (
    "company" BIGINT NOT NULL,
    "id" SERIAL PRIMARY KEY NOT NULL,
    "name" VARCHAR(120) NOT NULL,
    "minimum" INTEGER
);
CREATE INDEX "department_company" ON "department" ("company");
CREATE TABLE "location" (
    "company" BIGINT NOT NULL,
    "id" SERIAL PRIMARY KEY NOT NULL,
    "name" VARCHAR(120) NOT NULL,
    "zone" VARCHAR(40) NOT NULL
);
CREATE INDEX "location_company" ON "location" ("company");
CREATE TABLE "employment" (
    "company" BIGINT NOT NULL,
    "id" SERIAL PRIMARY KEY NOT NULL,
    "public" VARCHAR(22) UNIQUE NOT NULL,
    "person" INTEGER NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "number" VARCHAR(40) NOT NULL,
    "type" VARCHAR(20) NOT NULL,
    "joins" DATE NOT NULL,
    "leaves" DATE
);
CREATE INDEX "employment_company" ON "employment" ("company");
CREATE TABLE "assignment" (
    "company" BIGINT NOT NULL,
    "id" SERIAL PRIMARY KEY NOT NULL,
    "employment" INTEGER NOT NULL REFERENCES "employment" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "from_" DATE NOT NULL,
    "position" VARCHAR(120),
    "grade" VARCHAR(40),
    "department" INTEGER REFERENCES "department" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "location" INTEGER NOT NULL REFERENCES "location" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "manager" INTEGER REFERENCES "employment" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "basic_salary" TEXT
);
CREATE INDEX "assignment_company" ON "assignment" ("company");
CREATE TABLE "channel_identity" (
    "company" BIGINT NOT NULL,
    "id" SERIAL PRIMARY KEY NOT NULL,
    "person" INTEGER NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "channel" VARCHAR(16) NOT NULL,
    "account" VARCHAR(64) NOT NULL,
    "external_id" VARCHAR(128) NOT NULL,
    "place" VARCHAR(128),
    "verified_at" TIMESTAMPTZ NOT NULL,
    "consent_hash" VARCHAR(64) NOT NULL,
    "ended_at" TIMESTAMPTZ,
    "unreachable_at" TIMESTAMPTZ
);
CREATE INDEX "channel_identity_company" ON "channel_identity" ("company");
CREATE TABLE "membership" (
    "company" BIGINT NOT NULL,
    "id" SERIAL PRIMARY KEY NOT NULL,
    "account" INTEGER NOT NULL REFERENCES "account" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "role" VARCHAR(32) NOT NULL,
    "person" INTEGER REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "membership_company" ON "membership" ("company");
CREATE TABLE "invitation" (
    "company" BIGINT NOT NULL,
    "id" SERIAL PRIMARY KEY NOT NULL,
    "employment" INTEGER NOT NULL REFERENCES "employment" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "code_hash" VARCHAR(64) UNIQUE NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "used_at" TIMESTAMPTZ,
    "replaced" BOOLEAN NOT NULL
);
CREATE INDEX "invitation_company" ON "invitation" ("company");
CREATE TABLE "counter" (
    "company" BIGINT NOT NULL,
    "id" SERIAL PRIMARY KEY NOT NULL,
    "letter" VARCHAR(1) NOT NULL,
    "last" INTEGER NOT NULL
);
CREATE INDEX "counter_company" ON "counter" ("company");
CREATE TABLE "request" (
    "company" BIGINT NOT NULL,
    "id" SERIAL PRIMARY KEY NOT NULL,
    "public" VARCHAR(22) UNIQUE NOT NULL,
    "kind" VARCHAR(24) NOT NULL,
    "subject" BIGINT NOT NULL,
    "number" VARCHAR(16) NOT NULL,
    "version" INTEGER NOT NULL,
    "employment" INTEGER NOT NULL REFERENCES "employment" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "state" VARCHAR(12) NOT NULL,
    "submitted_at" TIMESTAMPTZ NOT NULL
);
CREATE INDEX "request_company" ON "request" ("company");
CREATE TABLE "step" (
    "company" BIGINT NOT NULL,
    "id" SERIAL PRIMARY KEY NOT NULL,
    "request" INTEGER NOT NULL REFERENCES "request" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "version" INTEGER NOT NULL,
    "level" INTEGER NOT NULL,
    "state" VARCHAR(10) NOT NULL,
    "opens_at" TIMESTAMPTZ NOT NULL,
    "remind_at" TIMESTAMPTZ NOT NULL,
    "reminded_at" TIMESTAMPTZ,
    "escalate_at" TIMESTAMPTZ NOT NULL,
    "escalated_at" TIMESTAMPTZ
);
CREATE INDEX "step_company" ON "step" ("company");
CREATE TABLE "step_approver" (
    "company" BIGINT NOT NULL,
    "id" SERIAL PRIMARY KEY NOT NULL,
    "step" INTEGER NOT NULL REFERENCES "step" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "person" INTEGER NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "added_by" VARCHAR(16) NOT NULL
);
CREATE INDEX "step_approver_company" ON "step_approver" ("company");
CREATE TABLE "decision" (
    "company" BIGINT NOT NULL,
    "id" SERIAL PRIMARY KEY NOT NULL,
    "step" INTEGER NOT NULL REFERENCES "step" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "actor" INTEGER NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "verdict" VARCHAR(8) NOT NULL,
    "reason" TEXT,
    "channel" VARCHAR(16) NOT NULL,
    "version" INTEGER NOT NULL,
    "decided_at" TIMESTAMPTZ NOT NULL
);
CREATE INDEX "decision_company" ON "decision" ("company");
CREATE TABLE "lot" (
    "company" BIGINT NOT NULL,
    "id" SERIAL PRIMARY KEY NOT NULL,
    "employment" INTEGER NOT NULL REFERENCES "employment" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "leave_type" VARCHAR(40) NOT NULL,
    "origin" VARCHAR(12) NOT NULL,
    "year" INTEGER NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE NOT NULL
);
CREATE INDEX "lot_company" ON "lot" ("company");
CREATE TABLE "leave_request" (
    "company" BIGINT NOT NULL,
    "id" SERIAL PRIMARY KEY NOT NULL,
    "public" VARCHAR(22) UNIQUE NOT NULL,
    "employment" INTEGER NOT NULL REFERENCES "employment" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "leave_type" VARCHAR(40) NOT NULL,
    "starts" DATE NOT NULL,
    "ends" DATE NOT NULL,
    "part" VARCHAR(2),
    "reason" TEXT,
    "calendar_version" VARCHAR(16) NOT NULL,
    "requested_at" TIMESTAMPTZ NOT NULL
);
CREATE INDEX "leave_request_company" ON "leave_request" ("company");
CREATE TABLE "leave_day" (
    "company" BIGINT NOT NULL,
    "id" SERIAL PRIMARY KEY NOT NULL,
    "employment" INTEGER NOT NULL REFERENCES "employment" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "request" INTEGER REFERENCES "leave_request" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "date" DATE NOT NULL,
    "fraction" INTEGER NOT NULL,
    "part" VARCHAR(2),
    "counted" BOOLEAN NOT NULL,
    "why" VARCHAR(120),
    "ended_at" TIMESTAMPTZ
);
CREATE INDEX "leave_day_company" ON "leave_day" ("company");
CREATE TABLE "leave_entry" (
    "company" BIGINT NOT NULL,
    "id" SERIAL PRIMARY KEY NOT NULL,
    "lot" INTEGER NOT NULL REFERENCES "lot" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "kind" VARCHAR(8) NOT NULL,
    "quantity" INTEGER NOT NULL,
    "request" INTEGER REFERENCES "leave_request" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "leave_day" INTEGER REFERENCES "leave_day" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "batch" VARCHAR(40) NOT NULL,
    "effective_on" DATE NOT NULL,
    "recorded_at" TIMESTAMPTZ NOT NULL
);
CREATE INDEX "leave_entry_company" ON "leave_entry" ("company");
CREATE TABLE "leave_balance" (
    "company" BIGINT NOT NULL,
    "id" SERIAL PRIMARY KEY NOT NULL,
    "employment" INTEGER NOT NULL REFERENCES "employment" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "leave_type" VARCHAR(40) NOT NULL,
    "available" INTEGER NOT NULL,
    "held" INTEGER NOT NULL,
    "taken" INTEGER NOT NULL,
    "version" INTEGER NOT NULL
);
CREATE INDEX "leave_balance_company" ON "leave_balance" ("company");
CREATE TABLE "conversation" (
    "company" BIGINT NOT NULL,
    "id" SERIAL PRIMARY KEY NOT NULL,
    "person" INTEGER REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "stranger" VARCHAR(220),
    "language" VARCHAR(2) NOT NULL,
    "state" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "changed_at" TIMESTAMPTZ NOT NULL
);
CREATE INDEX "conversation_company" ON "conversation" ("company");
CREATE TABLE "outbound" (
    "company" BIGINT NOT NULL,
    "id" SERIAL PRIMARY KEY NOT NULL,
    "person" INTEGER REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "channel" VARCHAR(16) NOT NULL,
    "account" VARCHAR(64) NOT NULL,
    "address" VARCHAR(128) NOT NULL,
    "key" VARCHAR(64) NOT NULL,
    "payload" TEXT NOT NULL,
    "after_unknown" VARCHAR(13) NOT NULL,
    "state" VARCHAR(10) NOT NULL,
    "attempts" INTEGER NOT NULL,
    "dedupe" VARCHAR(200) UNIQUE NOT NULL,
    "caused_by" BIGINT,
    "card_of" INTEGER REFERENCES "request" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "edits" BIGINT,
    "provider_ref" VARCHAR(128),
    "queued_at" TIMESTAMPTZ NOT NULL,
    "sent_at" TIMESTAMPTZ,
    "error" VARCHAR(200)
);
CREATE INDEX "outbound_company" ON "outbound" ("company");
CREATE TABLE "button" (
    "company" BIGINT NOT NULL,
    "id" SERIAL PRIMARY KEY NOT NULL,
    "token" VARCHAR(64) UNIQUE NOT NULL,
    "person" INTEGER REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "action" VARCHAR(24) NOT NULL,
    "subject" BIGINT,
    "value" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL
);
CREATE INDEX "button_company" ON "button" ("company");
CREATE TABLE "audit_entry" (
    "company" BIGINT NOT NULL,
    "id" SERIAL PRIMARY KEY NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "actor" VARCHAR(64) NOT NULL,
    "channel" VARCHAR(16) NOT NULL,
    "action" VARCHAR(48) NOT NULL,
    "object" VARCHAR(64) NOT NULL,
    "meta" TEXT NOT NULL,
    "prev" VARCHAR(64) NOT NULL,
    "hash" VARCHAR(64) NOT NULL
);
CREATE INDEX "audit_entry_company" ON "audit_entry" ("company");
