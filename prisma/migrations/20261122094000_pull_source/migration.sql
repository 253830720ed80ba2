CREATE TABLE "pull_source" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "account" TEXT,
    "paging" JSONB,
    "interval_hours" INTEGER NOT NULL,
    "auth_kind" TEXT NOT NULL,
    "auth_name" TEXT,
    "credential" BYTEA,
    "credential_key_id" TEXT,
    "credential_fingerprint" TEXT,
    "credential_set_at" TIMESTAMPTZ(3),
    "credential_set_by" TEXT,
    "credential_expires_at" TIMESTAMPTZ(3),
    "credential_used_at" TIMESTAMPTZ(3),
    "credential_problem" TEXT,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "next_run_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "run_state" TEXT NOT NULL DEFAULT 'idle',
    "run_epoch" INTEGER NOT NULL DEFAULT 0,
    "run_beat_at" TIMESTAMPTZ(3),
    "run_pages" INTEGER NOT NULL DEFAULT 0,
    "run_bytes" BIGINT NOT NULL DEFAULT 0,
    "run_note" TEXT,
    "cancel_requested" BOOLEAN NOT NULL DEFAULT false,
    "last_run_at" TIMESTAMPTZ(3),
    "last_outcome" TEXT,
    "last_note" TEXT,
    "last_missing_permission" TEXT,
    "last_pages" INTEGER,
    "last_ingestion_id" UUID,

    CONSTRAINT "pull_source_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "pull_source_interval_hours_check" CHECK ("interval_hours" BETWEEN 1 AND 720),
    CONSTRAINT "pull_source_run_state_check" CHECK ("run_state" IN ('idle', 'waiting', 'reading')),
    -- A credential is whole: sealed, under a known key, since a known time; and nothing says how to show one that is not there.
    CONSTRAINT "pull_source_credential_check" CHECK (num_nonnulls("credential", "credential_key_id", "credential_set_at") = CASE WHEN "auth_kind" = 'none' THEN 0 ELSE 3 END)
);

CREATE TABLE "connector_key" (
    "key_id" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "mac" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "connector_key_pkey" PRIMARY KEY ("key_id")
);

CREATE INDEX "pull_source_next_run_at_idx" ON "pull_source"("next_run_at");
ALTER TABLE "pull_source" ADD CONSTRAINT "pull_source_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- What a credential needs cannot be forgotten while it is stored.
ALTER TABLE "pull_source" ADD CONSTRAINT "pull_source_credential_key_id_fkey" FOREIGN KEY ("credential_key_id") REFERENCES "connector_key"("key_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The role that reads inventories has no right on either.
ALTER TABLE "pull_source" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "pull_source" FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_only ON "pull_source" AS RESTRICTIVE TO rollcall_app
  USING ("workspace_id" = NULLIF(current_setting('app.workspace_id', true), '')::uuid)
  WITH CHECK ("workspace_id" = NULLIF(current_setting('app.workspace_id', true), '')::uuid);
CREATE POLICY limited ON "pull_source" AS RESTRICTIVE TO rollcall_limited USING (false);
CREATE POLICY system_all ON "pull_source" AS PERMISSIVE TO rollcall_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "pull_source", "connector_key" TO rollcall_system;
