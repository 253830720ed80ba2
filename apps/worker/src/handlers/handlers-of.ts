import type { JobHandlers } from "@rollcall/posture-pipeline";
import type { WorkerServices } from "../compose.ts";
import { analyseWorkspaceHandler } from "./analyse-workspace.ts";
import { ingestSyncHandler } from "./ingest-sync.ts";
import { loadDemoHandler } from "./load-demo.ts";
import { pullSourceHandler } from "./pull-source.ts";
import { syncSelfHandler } from "./sync-self.ts";

/** One line per job; the compiler refuses a job without a handler. */
export const handlersOf = (services: WorkerServices): JobHandlers => ({
  "ingest-sync": ingestSyncHandler(services),
  "analyse-workspace": analyseWorkspaceHandler(services),
  "load-demo": loadDemoHandler(services),
  "sync-self": syncSelfHandler(services),
  "pull-source": pullSourceHandler(services),
});
