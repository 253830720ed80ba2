ALTER TABLE "sync" ADD COLUMN     "merge_all" BOOLEAN NOT NULL DEFAULT false;

-- Half of the statements are about no identity, and most credentials have no fingerprint: no reader looks for those here.
DROP INDEX "observation_workspace_id_source_id_identity_ref_idx";
CREATE INDEX "observation_identity_ref_idx" ON "observation" ("workspace_id", "source_id", "identity_ref") WHERE "identity_ref" IS NOT NULL;
DROP INDEX "credential_workspace_id_fingerprint_idx";
CREATE INDEX "credential_fingerprint_idx" ON "credential" ("workspace_id", "fingerprint") WHERE "fingerprint" IS NOT NULL;

-- No plan looks into these, and taking statistics of them is most of what ANALYZE costs.
ALTER TABLE "observation" ALTER COLUMN "payload" SET STATISTICS 0, ALTER COLUMN "hash" SET STATISTICS 0;
ALTER TABLE "identity" ALTER COLUMN "facts" SET STATISTICS 0, ALTER COLUMN "attributes" SET STATISTICS 0;
ALTER TABLE "credential" ALTER COLUMN "facts" SET STATISTICS 0;
ALTER TABLE "resource" ALTER COLUMN "attributes" SET STATISTICS 0;
ALTER TABLE "access_grant" ALTER COLUMN "attributes" SET STATISTICS 0;
ALTER TABLE "identity_score_detail" ALTER COLUMN "terms" SET STATISTICS 0, ALTER COLUMN "actions" SET STATISTICS 0, ALTER COLUMN "blast" SET STATISTICS 0,
  ALTER COLUMN "unknown_fields" SET STATISTICS 0;
ALTER TABLE "finding" ALTER COLUMN "evidence" SET STATISTICS 0;
ALTER TABLE "graph_edge" ALTER COLUMN "why" SET STATISTICS 0;
