import { getHeapStatistics } from "node:v8";
import { parentPort, workerData } from "node:worker_threads";
import { createStores } from "@rollcall/persistence";
import { createLogger, errorParts, systemClock } from "@rollcall/platform";
import { AnalysisMemory, analyseWorkspace, rememberedIn } from "@rollcall/posture-pipeline";
import type { FromThread, ThreadData, ToThread } from "./messages.ts";

/** The thread in which workspaces are analysed. Started by `AnalysisThread` only. */
const port = parentPort!;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of Node has no origin to name
const say = (message: FromThread): void => port.postMessage(message);

const logger = createLogger("worker", { destination: { write: (line: string) => say({ kind: "log", line }) } });
const { analysis, ingest, triage } = createStores({ ...(workerData as ThreadData), maxConnections: 3, computes: true });
const memory = new AnalysisMemory({ maxIdentities: rememberedIn(getHeapStatistics().heap_size_limit) });
const services = { analysis, ingest, triage, clock: systemClock, logger, memory };

async function analyse({ id, workspaceId }: ToThread): Promise<void> {
  try {
    await analyseWorkspace(services, workspaceId);
    say({ kind: "done", id });
  } catch (error) {
    say({ kind: "failure", id, error: errorParts(error) });
  }
}

port.on("message", (message: ToThread) => void analyse(message));
