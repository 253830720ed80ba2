ALTER TABLE "task" ADD COLUMN "plan" JSONB, ADD COLUMN "plan_focus_id" UUID;
CREATE INDEX "task_workspace_id_plan_focus_id_idx" ON "task"("workspace_id", "plan_focus_id");
