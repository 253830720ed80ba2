import { pullSource } from "@rollcall/posture-pipeline";
import type { JobHandler } from "@rollcall/posture-pipeline";
import type { WorkerServices } from "../compose.ts";

export const pullSourceHandler =
  (services: WorkerServices): JobHandler<"pull-source"> =>
  (payload) =>
    pullSource({ ...services, ...services.pulling }, payload, services.stopping.signal);
