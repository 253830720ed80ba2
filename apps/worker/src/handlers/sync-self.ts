import { syncSelf } from "@rollcall/posture-pipeline";
import type { JobHandler } from "@rollcall/posture-pipeline";
import type { WorkerServices } from "../compose.ts";

export const syncSelfHandler =
  (services: WorkerServices): JobHandler<"sync-self"> =>
  (payload) =>
    syncSelf(services, payload);
