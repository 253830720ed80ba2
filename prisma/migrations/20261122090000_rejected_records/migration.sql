-- Every record that was not taken, with its place and reason: for reading a page at a time, and for downloading.
CREATE TABLE "rejected_record" (
    "workspace_id" UUID NOT NULL,
    "sync_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "place" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "message" TEXT NOT NULL,

    CONSTRAINT "rejected_record_pkey" PRIMARY KEY ("workspace_id","sync_id","seq")
);
ALTER TABLE "rejected_record" ADD CONSTRAINT "rejected_record_workspace_id_sync_id_fkey" FOREIGN KEY ("workspace_id", "sync_id") REFERENCES "sync"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "rejected_record" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "rejected_record" FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_only ON "rejected_record" AS RESTRICTIVE TO rollcall_app
  USING ("workspace_id" = NULLIF(current_setting('app.workspace_id', true), '')::uuid)
  WITH CHECK ("workspace_id" = NULLIF(current_setting('app.workspace_id', true), '')::uuid);
CREATE POLICY visible ON "rejected_record" AS PERMISSIVE TO rollcall_app USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "rejected_record" TO rollcall_app;
-- What is wrong with an import is for those who see all of it.
CREATE POLICY limited ON "rejected_record" AS RESTRICTIVE TO rollcall_limited USING (false);
