-- The last statement of each scope about an identity that it shows no more: its end is told from these, and so does not depend on the order
-- in which listings come. What went before this table was there keeps what is stored of it.
CREATE TABLE "former_statement" (
    "workspace_id" UUID NOT NULL,
    "scope_id" UUID NOT NULL,
    "ref" TEXT NOT NULL,
    "native_id" TEXT NOT NULL,
    "source_id" UUID NOT NULL,
    "payload" JSON NOT NULL,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,
    "missing_since" TIMESTAMPTZ(3) NOT NULL,
    "gone_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "former_statement_pkey" PRIMARY KEY ("workspace_id","scope_id","ref","native_id")
);
CREATE INDEX "former_statement_workspace_id_source_id_ref_idx" ON "former_statement"("workspace_id", "source_id", "ref");
ALTER TABLE "former_statement" ADD CONSTRAINT "former_statement_workspace_id_scope_id_fkey" FOREIGN KEY ("workspace_id", "scope_id") REFERENCES "scope"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "former_statement" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "former_statement" FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_only ON "former_statement" AS RESTRICTIVE TO rollcall_app
  USING ("workspace_id" = NULLIF(current_setting('app.workspace_id', true), '')::uuid)
  WITH CHECK ("workspace_id" = NULLIF(current_setting('app.workspace_id', true), '')::uuid);
CREATE POLICY visible ON "former_statement" AS PERMISSIVE TO rollcall_app USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "former_statement" TO rollcall_app;
-- What sources state word by word is for those who see the whole workspace.
CREATE POLICY limited ON "former_statement" AS RESTRICTIVE TO rollcall_limited USING (false);
