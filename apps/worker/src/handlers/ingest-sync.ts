import { ingestSync } from "@rollcall/posture-pipeline";
import type { JobHandler } from "@rollcall/posture-pipeline";
import type { WorkerServices } from "../compose.ts";

export const ingestSyncHandler =
  (services: WorkerServices): JobHandler<"ingest-sync"> =>
  (payload, context) =>
    ingestSync(services, payload, context);
