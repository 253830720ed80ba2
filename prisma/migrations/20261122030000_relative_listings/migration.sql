-- AlterTable
ALTER TABLE "staged_observation" ADD COLUMN     "absent" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "sync_scope" ADD COLUMN     "relative" BOOLEAN NOT NULL DEFAULT false;
