-- AlterTable
ALTER TABLE "analysis_run" ADD COLUMN     "rollup" JSONB;
