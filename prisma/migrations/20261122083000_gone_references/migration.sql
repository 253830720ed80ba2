-- Who bore a name before, where only the name tells: looked up for every identity that a listing changes.
CREATE INDEX "identity_gone_ref_idx" ON "identity" ("workspace_id", "source_id", "ref") WHERE "gone_at" IS NOT NULL AND "native_id" IS NULL;
