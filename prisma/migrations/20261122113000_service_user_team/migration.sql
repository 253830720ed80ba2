-- Which team answers for a service user was free text. Where a team has that name, it is that team; other text stays as it was written.
ALTER TABLE "service_user" ADD COLUMN "owner_team_id" UUID;

UPDATE "service_user" u SET "owner_team_id" = t."id"
  FROM "team" t WHERE t."workspace_id" = u."workspace_id" AND lower(t."name") = lower(btrim(u."owner_team"));

CREATE INDEX "service_user_workspace_id_owner_team_id_idx" ON "service_user"("workspace_id", "owner_team_id");

ALTER TABLE "service_user" ADD CONSTRAINT "service_user_workspace_id_owner_team_id_fkey" FOREIGN KEY ("workspace_id", "owner_team_id") REFERENCES "team"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;
