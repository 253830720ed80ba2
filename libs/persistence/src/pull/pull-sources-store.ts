import type { PullSourcesStore } from "@rollcall/posture-pipeline";
import type { Database } from "../database/database.ts";
import { connectorKeyCalls } from "./connector-keys.ts";
import { deletionCalls } from "./delete-credentials.ts";
import { editCalls } from "./edit-pull-sources.ts";
import { runCalls } from "./run-pull-sources.ts";

/** All as the system role: which addresses are asked, and with what, is not part of the inventory. */
export const createPullSourcesStore = (database: Database): PullSourcesStore => ({
  ...editCalls(database),
  ...runCalls(database),
  ...connectorKeyCalls(database),
  ...deletionCalls(database),
});
