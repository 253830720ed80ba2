CREATE TABLE "team" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "name" TEXT NOT NULL,
    "owners" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "team_pkey" PRIMARY KEY ("workspace_id","id")
);

CREATE TABLE "team_member" (
    "workspace_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,

    CONSTRAINT "team_member_pkey" PRIMARY KEY ("workspace_id","team_id","user_id")
);

ALTER TABLE "workspace_member" ADD COLUMN "limited" BOOLEAN NOT NULL DEFAULT false;

CREATE INDEX "team_member_workspace_id_user_id_idx" ON "team_member"("workspace_id", "user_id");
CREATE UNIQUE INDEX "team_name_key" ON "team" ("workspace_id", lower("name"));

ALTER TABLE "team" ADD CONSTRAINT "team_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_workspace_id_team_id_fkey" FOREIGN KEY ("workspace_id", "team_id") REFERENCES "team"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_workspace_id_user_id_fkey" FOREIGN KEY ("workspace_id", "user_id") REFERENCES "workspace_member"("workspace_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Who belongs to which team decides who sees what: only the system role reads and writes it.
DO $$
DECLARE
  tenant_table text;
  rule constant text := $rule$"workspace_id" = NULLIF(current_setting('app.workspace_id', true), '')::uuid$rule$;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['team', 'team_member']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('CREATE POLICY workspace_only ON %I AS RESTRICTIVE TO rollcall_app USING (%s) WITH CHECK (%s)', tenant_table, rule, rule);
    EXECUTE format('CREATE POLICY system_all ON %I AS PERMISSIVE TO rollcall_system USING (true) WITH CHECK (true)', tenant_table);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO rollcall_system', tenant_table);
  END LOOP;
END $$;

-- Members limited to their teams come in as rollcall_limited: a member of rollcall_app, so that everything that binds it binds them,
-- and bound further by the policies below. app.owners holds the owner names of their teams, as a JSON array of lower-case text.
CREATE FUNCTION owners_in_reach() RETURNS text[] LANGUAGE sql STABLE AS
$$ SELECT ARRAY(SELECT jsonb_array_elements_text(NULLIF(current_setting('app.owners', true), '')::jsonb)) $$;

CREATE POLICY limited ON "identity_score" AS RESTRICTIVE TO rollcall_limited USING (lower("owner_label") = ANY ((SELECT owners_in_reach())::text[]));
CREATE INDEX "identity_score_owner_idx" ON "identity_score" ("workspace_id", lower("owner_label"));

-- Sets rather than a look-up per row: the identities of a team are few, the rows to be judged may be millions.
CREATE POLICY limited ON "identity" AS RESTRICTIVE TO rollcall_limited USING ("id" IN (SELECT s."identity_id" FROM "identity_score" s));

DO $$
DECLARE
  part text;
BEGIN
  -- What hangs on one identity is seen with it.
  FOREACH part IN ARRAY ARRAY['identity_score_detail', 'credential', 'identity_usage', 'owner_claim', 'attestation', 'change']
  LOOP
    EXECUTE format('CREATE POLICY limited ON %I AS RESTRICTIVE TO rollcall_limited USING (identity_id IN (SELECT s.identity_id FROM identity_score s))', part);
  END LOOP;
  FOREACH part IN ARRAY ARRAY['finding', 'task']
  LOOP
    EXECUTE format('CREATE POLICY limited ON %I AS RESTRICTIVE TO rollcall_limited USING (subject_kind = ''identity'' AND subject_id IN (SELECT s.identity_id FROM identity_score s))', part);
  END LOOP;
END $$;

CREATE POLICY limited ON "task_event" AS RESTRICTIVE TO rollcall_limited USING ("task_id" IN (SELECT t."id" FROM "task" t));
CREATE POLICY limited ON "access_grant" AS RESTRICTIVE TO rollcall_limited
  USING (("source_id", "from_ref") IN (SELECT i."source_id", i."ref" FROM "identity_score" s JOIN "identity" i ON i."workspace_id" = s."workspace_id" AND i."id" = s."identity_id"));
-- Of what sources state word by word, only what other tools report about an identity of theirs, by any of its names.
CREATE POLICY limited ON "observation" AS RESTRICTIVE TO rollcall_limited
  USING ("kind" = 'report' AND "identity_ref" IN (
    SELECT i."ref" FROM "identity_score" s JOIN "identity" i ON i."workspace_id" = s."workspace_id" AND i."id" = s."identity_id"
    UNION SELECT i."native_id" FROM "identity_score" s JOIN "identity" i ON i."workspace_id" = s."workspace_id" AND i."id" = s."identity_id" WHERE i."native_id" IS NOT NULL
    UNION SELECT c."ref" FROM "credential" c));

-- Whole-workspace tables: nothing of them.
DO $$
DECLARE
  whole text;
BEGIN
  FOR whole IN
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped
     WHERE n.nspname = 'public' AND c.relkind = 'r'
       AND c.relname NOT IN ('workspace', 'workspace_member', 'source', 'resource', 'human', 'outbox', 'audit_event')
       AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'limited')
  LOOP
    EXECUTE format('CREATE POLICY limited ON %I AS RESTRICTIVE TO rollcall_limited USING (false)', whole);
  END LOOP;
END $$;
