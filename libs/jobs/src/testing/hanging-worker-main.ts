import { argv } from "node:process";
import { createLogger } from "@rollcall/platform";
import type { QueueConfig } from "../backend.ts";
import { startWorkers } from "../workers.ts";
import { idleHandlers } from "./idle-handlers.ts";

/** A worker process that takes an analysis and never ends it, for tests that kill it. */
const config = JSON.parse(argv[2] ?? "{}") as QueueConfig;
await startWorkers(
  { ...config, logger: createLogger("hanging", { level: "silent" }) },
  {
    ...idleHandlers,
    "analyse-workspace": ({ workspaceId }) => {
      process.stdout.write(`took ${workspaceId}\n`);
      return new Promise(() => {});
    },
  },
);
process.stdout.write("ready\n");
