import { whenSettled } from "@rollcall/posture-pipeline";
import type { JobHandler } from "@rollcall/posture-pipeline";
import type { WorkerServices } from "../compose.ts";

export const analyseWorkspaceHandler =
  (services: WorkerServices): JobHandler<"analyse-workspace"> =>
  async ({ workspaceId }) => {
    await whenSettled(services, workspaceId);
    await services.analyser.analyse(workspaceId);
  };
