-- CreateTable
CREATE TABLE "identity_score" (
    "workspace_id" UUID NOT NULL,
    "identity_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "account" TEXT,
    "environment" TEXT,
    "lifecycle" TEXT NOT NULL,
    "owner_label" TEXT,
    "owner_confidence" DOUBLE PRECISION,
    "criticality" TEXT,
    "status" TEXT,
    "last_used_at" TIMESTAMPTZ(3),
    "next_expiry_at" TIMESTAMPTZ(3),
    "oldest_credential_days" INTEGER,
    "age_key" INTEGER NOT NULL,
    "used_key" DOUBLE PRECISION NOT NULL,
    "credential_count" INTEGER NOT NULL,
    "score_min" SMALLINT NOT NULL,
    "score_max" SMALLINT NOT NULL,
    "band" TEXT NOT NULL,
    "blast_min" DOUBLE PRECISION NOT NULL,
    "blast_max" DOUBLE PRECISION NOT NULL,
    "blast_pct_min" DOUBLE PRECISION NOT NULL,
    "blast_pct_max" DOUBLE PRECISION NOT NULL,
    "tier_zero_min" BOOLEAN NOT NULL,
    "tier_zero_max" BOOLEAN NOT NULL,
    "open_findings" INTEGER NOT NULL,
    "worst_rank" SMALLINT NOT NULL,
    "present" BOOLEAN NOT NULL,
    "dormant" BOOLEAN NOT NULL,
    "expired" BOOLEAN NOT NULL,
    "rotation_overdue" BOOLEAN NOT NULL,
    "over_privileged" BOOLEAN NOT NULL,
    "external" BOOLEAN NOT NULL,
    "unknown_use" BOOLEAN NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "identity_score_pkey" PRIMARY KEY ("workspace_id","identity_id")
);

-- CreateTable
CREATE TABLE "identity_score_detail" (
    "workspace_id" UUID NOT NULL,
    "identity_id" UUID NOT NULL,
    "terms" JSONB NOT NULL,
    "actions" JSONB NOT NULL,
    "blast" JSONB NOT NULL,
    "unknown_rules" TEXT[],
    "unknown_fields" JSONB NOT NULL,
    "passed_rules" TEXT[],

    CONSTRAINT "identity_score_detail_pkey" PRIMARY KEY ("workspace_id","identity_id")
);

-- CreateTable
CREATE TABLE "graph_node" (
    "workspace_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subkind" TEXT NOT NULL,
    "entity_id" UUID,
    "label" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "account" TEXT,
    "environment" TEXT,
    "weight" SMALLINT NOT NULL,
    "weight_reason" TEXT,
    "tier_zero" BOOLEAN NOT NULL,

    CONSTRAINT "graph_node_pkey" PRIMARY KEY ("workspace_id","position")
);

-- CreateTable
CREATE TABLE "graph_edge" (
    "workspace_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "from_node" INTEGER NOT NULL,
    "to_node" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "conditional" BOOLEAN NOT NULL,
    "level" TEXT,
    "why" JSON NOT NULL,

    CONSTRAINT "graph_edge_pkey" PRIMARY KEY ("workspace_id","position")
);

-- CreateTable
CREATE TABLE "graph_gap" (
    "workspace_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "ref" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "detail" TEXT NOT NULL,

    CONSTRAINT "graph_gap_pkey" PRIMARY KEY ("workspace_id","position")
);

-- CreateTable
CREATE TABLE "rule_tally" (
    "workspace_id" UUID NOT NULL,
    "rule_id" TEXT NOT NULL,
    "pass" INTEGER NOT NULL,
    "fail" INTEGER NOT NULL,
    "unknown" INTEGER NOT NULL,
    "not_applicable" INTEGER NOT NULL,

    CONSTRAINT "rule_tally_pkey" PRIMARY KEY ("workspace_id","rule_id")
);

-- CreateTable
CREATE TABLE "posture_point" (
    "workspace_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "score" DOUBLE PRECISION,
    "completeness" DOUBLE PRECISION NOT NULL,
    "kpis" JSONB NOT NULL,
    "tallies" JSONB NOT NULL,
    "identities" INTEGER NOT NULL,
    "critical" INTEGER NOT NULL,
    "high" INTEGER NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "posture_point_pkey" PRIMARY KEY ("workspace_id","day")
);

-- CreateTable
CREATE TABLE "analysis_run" (
    "workspace_id" UUID NOT NULL,
    "run_id" TEXT NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "score" DOUBLE PRECISION,
    "completeness" DOUBLE PRECISION NOT NULL,
    "kpis" JSONB NOT NULL,
    "total_weight" DOUBLE PRECISION NOT NULL,
    "opened" INTEGER NOT NULL,
    "resolved" INTEGER NOT NULL,

    CONSTRAINT "analysis_run_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "key_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "auth_user" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "auth_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth_session" (
    "id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "token" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "user_id" TEXT NOT NULL,
    "active_workspace_id" UUID,

    CONSTRAINT "auth_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth_account" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "auth_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth_verification" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "auth_verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "change" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "identity_id" UUID NOT NULL,
    "sync_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "field" TEXT,
    "before" TEXT,
    "after" TEXT,

    CONSTRAINT "change_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "finding" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "rule_id" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "severity" TEXT NOT NULL,
    "severity_rank" SMALLINT NOT NULL,
    "playbook" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "evidence" JSONB NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "finding_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "workspace_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "response" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("workspace_id","key")
);

-- CreateTable
CREATE TABLE "ingestion" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "status" TEXT NOT NULL DEFAULT 'pending',
    "origin" TEXT NOT NULL,
    "files" TEXT[],
    "error" TEXT,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "cancel_requested" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "ingestion_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "sync" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "source_id" UUID NOT NULL,
    "ingestion_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "as_of_basis" TEXT NOT NULL,
    "phase" TEXT NOT NULL DEFAULT 'staging',
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER,
    "staged_rows" INTEGER NOT NULL DEFAULT 0,
    "counts" JSONB,
    "totals" JSONB NOT NULL,
    "notes" JSONB NOT NULL,
    "rejected" JSONB NOT NULL,
    "rejected_total" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "cancel_requested" BOOLEAN NOT NULL DEFAULT false,
    "removals_approved" BOOLEAN NOT NULL DEFAULT false,
    "removals_approved_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "sync_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "sync_scope" (
    "workspace_id" UUID NOT NULL,
    "sync_id" UUID NOT NULL,
    "scope_id" UUID NOT NULL,
    "outcome" TEXT NOT NULL,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT,
    "missing_permission" TEXT,
    "applied_at" TIMESTAMPTZ(3),
    "absences_at" TIMESTAMPTZ(3),

    CONSTRAINT "sync_scope_pkey" PRIMARY KEY ("workspace_id","sync_id","scope_id")
);

-- CreateTable
CREATE TABLE "staged_observation" (
    "workspace_id" UUID NOT NULL,
    "sync_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "scope_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "identity_ref" TEXT,
    "hash" BYTEA NOT NULL,
    "payload" JSON NOT NULL,

    CONSTRAINT "staged_observation_pkey" PRIMARY KEY ("workspace_id","sync_id","seq")
);

-- CreateTable
CREATE TABLE "touched_group" (
    "workspace_id" UUID NOT NULL,
    "sync_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "ref" TEXT NOT NULL,

    CONSTRAINT "touched_group_pkey" PRIMARY KEY ("workspace_id","sync_id","kind","ref")
);

-- CreateTable
CREATE TABLE "identity" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "source_id" UUID NOT NULL,
    "ref" TEXT NOT NULL,
    "native_id" TEXT,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "account" TEXT,
    "facts" JSONB NOT NULL,
    "attributes" JSONB NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "missing_since" TIMESTAMPTZ(3),
    "gone_at" TIMESTAMPTZ(3),

    CONSTRAINT "identity_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "credential" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "source_id" UUID NOT NULL,
    "identity_id" UUID NOT NULL,
    "ref" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT,
    "fingerprint" TEXT,
    "facts" JSONB NOT NULL,
    "status" TEXT,
    "issued_at" TIMESTAMPTZ(3),
    "rotated_at" TIMESTAMPTZ(3),
    "used_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "has_expiry" BOOLEAN,
    "storage" TEXT,
    "exposure" TEXT,

    CONSTRAINT "credential_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "resource" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "source_id" UUID NOT NULL,
    "ref" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "account" TEXT,
    "environment" TEXT,
    "sensitivity" SMALLINT NOT NULL,
    "sensitivity_reason" TEXT,
    "tier_zero" BOOLEAN NOT NULL,
    "attributes" JSONB NOT NULL,

    CONSTRAINT "resource_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "access_grant" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "source_id" UUID NOT NULL,
    "ref" TEXT NOT NULL,
    "dialect" TEXT NOT NULL,
    "grant_kind" TEXT NOT NULL,
    "from_ref" TEXT NOT NULL,
    "to_ref" TEXT NOT NULL,
    "level" TEXT,
    "conditional" BOOLEAN,
    "attributes" JSONB NOT NULL,

    CONSTRAINT "access_grant_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "identity_usage" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "source_id" UUID NOT NULL,
    "identity_id" UUID NOT NULL,
    "ref" TEXT NOT NULL,
    "service" TEXT,
    "last_used_at" TIMESTAMPTZ(3),
    "observed_days" DOUBLE PRECISION,

    CONSTRAINT "identity_usage_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "owner_claim" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "source_id" UUID NOT NULL,
    "identity_id" UUID NOT NULL,
    "ref" TEXT NOT NULL,
    "owner_kind" TEXT NOT NULL,
    "person_ref" TEXT,
    "label" TEXT NOT NULL,
    "signal" TEXT NOT NULL,
    "weight" DOUBLE PRECISION NOT NULL,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "owner_claim_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "human" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "source_id" UUID NOT NULL,
    "ref" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "status" TEXT NOT NULL,
    "departed_at" TIMESTAMPTZ(3),

    CONSTRAINT "human_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "attestation" (
    "workspace_id" UUID NOT NULL,
    "identity_id" UUID NOT NULL,
    "facts" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_by" TEXT NOT NULL,

    CONSTRAINT "attestation_pkey" PRIMARY KEY ("workspace_id","identity_id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "job" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "claimed_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "source" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "connector" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'not_connected',
    "as_of" TIMESTAMPTZ(3),
    "last_sync_at" TIMESTAMPTZ(3),
    "last_success_at" TIMESTAMPTZ(3),
    "expected_interval_hours" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "source_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "scope" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "source_id" UUID NOT NULL,
    "dataset" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "outcome" TEXT NOT NULL DEFAULT 'failed',
    "note" TEXT,
    "missing_permission" TEXT,
    "observed_at" TIMESTAMPTZ(3),
    "complete_at" TIMESTAMPTZ(3),
    "rows" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "scope_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "observation" (
    "workspace_id" UUID NOT NULL,
    "scope_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "source_id" UUID NOT NULL,
    "identity_ref" TEXT,
    "hash" BYTEA NOT NULL,
    "payload" JSON NOT NULL,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,
    "absent_since" TIMESTAMPTZ(3),

    CONSTRAINT "observation_pkey" PRIMARY KEY ("workspace_id","scope_id","kind","ref")
);

-- CreateTable
CREATE TABLE "task" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "subject_kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "playbook" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "severity_rank" SMALLINT NOT NULL,
    "title" TEXT NOT NULL,
    "assignee_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "clock_stopped_at" TIMESTAMPTZ(3),
    "snoozed_until" TIMESTAMPTZ(3),
    "exception" JSONB,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "task_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "task_event" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "task_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_id" TEXT,
    "kind" TEXT NOT NULL,
    "text" TEXT,
    "from_state" TEXT,
    "to_state" TEXT,

    CONSTRAINT "task_event_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "workspace" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workspace_member" (
    "workspace_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspace_member_pkey" PRIMARY KEY ("workspace_id","user_id")
);

-- CreateTable
CREATE TABLE "sign_in_link" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "token_hash" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "email" TEXT,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "sign_in_link_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateIndex
CREATE INDEX "identity_score_workspace_id_score_max_identity_id_idx" ON "identity_score"("workspace_id", "score_max", "identity_id");

-- CreateIndex
CREATE INDEX "identity_score_workspace_id_name_key_identity_id_idx" ON "identity_score"("workspace_id", "name_key", "identity_id");

-- CreateIndex
CREATE INDEX "identity_score_workspace_id_blast_pct_max_identity_id_idx" ON "identity_score"("workspace_id", "blast_pct_max", "identity_id");

-- CreateIndex
CREATE INDEX "identity_score_workspace_id_open_findings_identity_id_idx" ON "identity_score"("workspace_id", "open_findings", "identity_id");

-- CreateIndex
CREATE INDEX "identity_score_workspace_id_age_key_identity_id_idx" ON "identity_score"("workspace_id", "age_key", "identity_id");

-- CreateIndex
CREATE INDEX "identity_score_workspace_id_used_key_identity_id_idx" ON "identity_score"("workspace_id", "used_key", "identity_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_key_id_key" ON "api_key"("key_id");

-- CreateIndex
CREATE UNIQUE INDEX "auth_user_email_key" ON "auth_user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "auth_session_token_key" ON "auth_session"("token");

-- CreateIndex
CREATE INDEX "auth_session_user_id_idx" ON "auth_session"("user_id");

-- CreateIndex
CREATE INDEX "auth_account_user_id_idx" ON "auth_account"("user_id");

-- CreateIndex
CREATE INDEX "auth_verification_identifier_idx" ON "auth_verification"("identifier");

-- CreateIndex
CREATE INDEX "change_workspace_id_identity_id_at_id_idx" ON "change"("workspace_id", "identity_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "finding_workspace_id_subject_kind_subject_id_playbook_idx" ON "finding"("workspace_id", "subject_kind", "subject_id", "playbook");

-- CreateIndex
CREATE INDEX "finding_workspace_id_state_severity_rank_id_idx" ON "finding"("workspace_id", "state", "severity_rank", "id");

-- CreateIndex
CREATE INDEX "finding_workspace_id_state_rule_id_severity_rank_id_idx" ON "finding"("workspace_id", "state", "rule_id", "severity_rank", "id");

-- CreateIndex
CREATE INDEX "finding_workspace_id_resolved_at_idx" ON "finding"("workspace_id", "resolved_at");

-- CreateIndex
CREATE INDEX "idempotency_key_workspace_id_created_at_idx" ON "idempotency_key"("workspace_id", "created_at");

-- CreateIndex
CREATE INDEX "sync_workspace_id_ingestion_id_idx" ON "sync"("workspace_id", "ingestion_id");

-- CreateIndex
CREATE INDEX "sync_workspace_id_source_id_idx" ON "sync"("workspace_id", "source_id");

-- CreateIndex
CREATE INDEX "sync_scope_workspace_id_scope_id_observed_at_idx" ON "sync_scope"("workspace_id", "scope_id", "observed_at");

-- CreateIndex
CREATE INDEX "credential_workspace_id_identity_id_idx" ON "credential"("workspace_id", "identity_id");

-- CreateIndex
CREATE INDEX "credential_workspace_id_fingerprint_idx" ON "credential"("workspace_id", "fingerprint");

-- CreateIndex
CREATE UNIQUE INDEX "credential_workspace_id_source_id_ref_key" ON "credential"("workspace_id", "source_id", "ref");

-- CreateIndex
CREATE UNIQUE INDEX "resource_workspace_id_source_id_ref_key" ON "resource"("workspace_id", "source_id", "ref");

-- CreateIndex
CREATE INDEX "access_grant_workspace_id_source_id_from_ref_idx" ON "access_grant"("workspace_id", "source_id", "from_ref");

-- CreateIndex
CREATE UNIQUE INDEX "access_grant_workspace_id_source_id_ref_key" ON "access_grant"("workspace_id", "source_id", "ref");

-- CreateIndex
CREATE INDEX "identity_usage_workspace_id_identity_id_idx" ON "identity_usage"("workspace_id", "identity_id");

-- CreateIndex
CREATE UNIQUE INDEX "identity_usage_workspace_id_source_id_ref_key" ON "identity_usage"("workspace_id", "source_id", "ref");

-- CreateIndex
CREATE INDEX "owner_claim_workspace_id_identity_id_idx" ON "owner_claim"("workspace_id", "identity_id");

-- CreateIndex
CREATE UNIQUE INDEX "owner_claim_workspace_id_source_id_ref_key" ON "owner_claim"("workspace_id", "source_id", "ref");

-- CreateIndex
CREATE UNIQUE INDEX "human_workspace_id_source_id_ref_key" ON "human"("workspace_id", "source_id", "ref");

-- CreateIndex
CREATE INDEX "outbox_claimed_at_created_at_idx" ON "outbox"("claimed_at", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "source_workspace_id_connector_account_key" ON "source"("workspace_id", "connector", "account");

-- CreateIndex
CREATE UNIQUE INDEX "scope_workspace_id_source_id_dataset_account_region_key" ON "scope"("workspace_id", "source_id", "dataset", "account", "region");

-- CreateIndex
CREATE INDEX "observation_workspace_id_source_id_kind_ref_idx" ON "observation"("workspace_id", "source_id", "kind", "ref");

-- CreateIndex
CREATE INDEX "observation_workspace_id_source_id_identity_ref_idx" ON "observation"("workspace_id", "source_id", "identity_ref");

-- CreateIndex
CREATE INDEX "task_workspace_id_state_severity_rank_id_idx" ON "task"("workspace_id", "state", "severity_rank", "id");

-- CreateIndex
CREATE INDEX "task_workspace_id_assignee_id_idx" ON "task"("workspace_id", "assignee_id");

-- CreateIndex
CREATE UNIQUE INDEX "task_workspace_id_subject_kind_subject_id_playbook_key" ON "task"("workspace_id", "subject_kind", "subject_id", "playbook");

-- CreateIndex
CREATE INDEX "task_event_workspace_id_task_id_id_idx" ON "task_event"("workspace_id", "task_id", "id");

-- CreateIndex
CREATE INDEX "workspace_member_user_id_idx" ON "workspace_member"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "sign_in_link_token_hash_key" ON "sign_in_link"("token_hash");

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auth_session" ADD CONSTRAINT "auth_session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "auth_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auth_account" ADD CONSTRAINT "auth_account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "auth_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change" ADD CONSTRAINT "change_workspace_id_identity_id_fkey" FOREIGN KEY ("workspace_id", "identity_id") REFERENCES "identity"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ingestion" ADD CONSTRAINT "ingestion_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync" ADD CONSTRAINT "sync_workspace_id_source_id_fkey" FOREIGN KEY ("workspace_id", "source_id") REFERENCES "source"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync" ADD CONSTRAINT "sync_workspace_id_ingestion_id_fkey" FOREIGN KEY ("workspace_id", "ingestion_id") REFERENCES "ingestion"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_scope" ADD CONSTRAINT "sync_scope_workspace_id_sync_id_fkey" FOREIGN KEY ("workspace_id", "sync_id") REFERENCES "sync"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_scope" ADD CONSTRAINT "sync_scope_workspace_id_scope_id_fkey" FOREIGN KEY ("workspace_id", "scope_id") REFERENCES "scope"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_workspace_id_source_id_fkey" FOREIGN KEY ("workspace_id", "source_id") REFERENCES "source"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credential" ADD CONSTRAINT "credential_workspace_id_identity_id_fkey" FOREIGN KEY ("workspace_id", "identity_id") REFERENCES "identity"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "resource" ADD CONSTRAINT "resource_workspace_id_source_id_fkey" FOREIGN KEY ("workspace_id", "source_id") REFERENCES "source"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_grant" ADD CONSTRAINT "access_grant_workspace_id_source_id_fkey" FOREIGN KEY ("workspace_id", "source_id") REFERENCES "source"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity_usage" ADD CONSTRAINT "identity_usage_workspace_id_identity_id_fkey" FOREIGN KEY ("workspace_id", "identity_id") REFERENCES "identity"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "owner_claim" ADD CONSTRAINT "owner_claim_workspace_id_identity_id_fkey" FOREIGN KEY ("workspace_id", "identity_id") REFERENCES "identity"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "human" ADD CONSTRAINT "human_workspace_id_source_id_fkey" FOREIGN KEY ("workspace_id", "source_id") REFERENCES "source"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attestation" ADD CONSTRAINT "attestation_workspace_id_identity_id_fkey" FOREIGN KEY ("workspace_id", "identity_id") REFERENCES "identity"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source" ADD CONSTRAINT "source_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scope" ADD CONSTRAINT "scope_workspace_id_source_id_fkey" FOREIGN KEY ("workspace_id", "source_id") REFERENCES "source"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_event" ADD CONSTRAINT "task_event_workspace_id_task_id_fkey" FOREIGN KEY ("workspace_id", "task_id") REFERENCES "task"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workspace_member" ADD CONSTRAINT "workspace_member_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workspace_member" ADD CONSTRAINT "workspace_member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "auth_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sign_in_link" ADD CONSTRAINT "sign_in_link_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Partial uniqueness, which the Prisma schema cannot state: a reference names one living identity, a native id names one
-- identity for ever, and a rule has at most one open finding about a subject.
CREATE UNIQUE INDEX "identity_living_ref_key" ON "identity" ("workspace_id", "source_id", "ref") WHERE "gone_at" IS NULL;
CREATE UNIQUE INDEX "identity_native_id_key" ON "identity" ("workspace_id", "source_id", "kind", "native_id") WHERE "native_id" IS NOT NULL;
CREATE UNIQUE INDEX "finding_open_key" ON "finding" ("workspace_id", "rule_id", "subject_kind", "subject_id") WHERE "state" = 'open';

-- Lists by expiry, soonest first; what has none comes last.
CREATE INDEX "credential_expiry_idx" ON "credential" ("workspace_id", (COALESCE("expires_at", 'infinity'::timestamptz)), "id");

-- Isolation. rollcall_app sees one workspace per transaction: the one in app.workspace_id, or none. The setting is '' and not
-- NULL after the first transaction of a connection, hence NULLIF. The restrictive policy is the rule; the permissive one only
-- lets it show rows, so that a permissive policy added by mistake later cannot widen anything.
DO $$
DECLARE
  tenant_table text;
  rule constant text := $rule$ = NULLIF(current_setting('app.workspace_id', true), '')::uuid$rule$;
  key text;
BEGIN
  FOR tenant_table, key IN
    SELECT c.table_name, 'workspace_id' FROM information_schema.columns c
      WHERE c.table_schema = 'public' AND c.column_name = 'workspace_id'
    UNION ALL SELECT 'workspace', 'id'
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('CREATE POLICY workspace_only ON %I AS RESTRICTIVE TO rollcall_app USING (%I%s) WITH CHECK (%I%s)', tenant_table, key, rule, key, rule);
    EXECUTE format('CREATE POLICY visible ON %I AS PERMISSIVE TO rollcall_app USING (true) WITH CHECK (true)', tenant_table);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO rollcall_app', tenant_table);
  END LOOP;
  -- Who belongs to a workspace, and with which key, is decided by the system role only.
  REVOKE INSERT, UPDATE, DELETE ON "workspace", "workspace_member" FROM rollcall_app;
  REVOKE ALL ON "sign_in_link", "api_key" FROM rollcall_app;
  -- Bulk writers refresh the planner's statistics themselves (ANALYZE); the right gives no access to any row.
  FOREACH tenant_table IN ARRAY ARRAY['observation', 'touched_group', 'identity', 'credential', 'resource', 'access_grant', 'identity_usage', 'owner_claim',
                                      'identity_score', 'identity_score_detail', 'finding', 'task']
  LOOP
    EXECUTE format('GRANT MAINTAIN ON %I TO rollcall_app', tenant_table);
  END LOOP;
  REVOKE UPDATE, DELETE ON "outbox", "change", "task_event" FROM rollcall_app;

  FOREACH tenant_table IN ARRAY ARRAY['workspace', 'workspace_member', 'sign_in_link', 'api_key', 'outbox']
  LOOP
    EXECUTE format('CREATE POLICY system_all ON %I AS PERMISSIVE TO rollcall_system USING (true) WITH CHECK (true)', tenant_table);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO rollcall_system', tenant_table);
  END LOOP;
END $$;

GRANT SELECT, INSERT, UPDATE, DELETE ON "auth_user", "auth_session", "auth_account", "auth_verification" TO rollcall_system;

-- The relay listens instead of polling hard.
CREATE FUNCTION outbox_notify() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('rollcall_outbox', '');
  RETURN NULL;
END $$;
CREATE TRIGGER outbox_notify AFTER INSERT ON "outbox" FOR EACH STATEMENT EXECUTE FUNCTION outbox_notify();

-- The queue lives in a schema of its own, under the system role; its tables are created by the queue library.
CREATE SCHEMA rollcall_queue;
GRANT USAGE, CREATE ON SCHEMA rollcall_queue TO rollcall_system;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
