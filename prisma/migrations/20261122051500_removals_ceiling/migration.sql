ALTER TABLE "sync" ADD COLUMN "removals_held" INTEGER;
