import { parentPort, workerData } from "node:worker_threads";
import { openImport } from "@rollcall/connectors";
import { errorParts, fingerprinter } from "@rollcall/platform";
import type { ScopedObservation } from "@rollcall/posture-pipeline";
import { batching, type FromReader, type ReaderData, type ReadRequest, type ToReader } from "./read-messages.ts";

/** The thread that opens and parses uploads, so that a large export does not stop the HTTP process. Started by `UploadThread` only. */
const { rootKey } = workerData as ReaderData;
const port = parentPort!;
const say = (message: FromReader): void => port.postMessage(message);

let ahead = 0;
let resume: (() => void) | null = null;

async function sayBatch(observations: readonly ScopedObservation[]): Promise<void> {
  if (ahead >= batching.batchesAhead) await new Promise<void>((resolve) => (resume = resolve));
  ahead += 1;
  say({ kind: "batch", observations });
}

async function read({ files, workspaceId, ...options }: ReadRequest): Promise<void> {
  ahead = 0;
  try {
    for (const { observations, ...head } of openImport(files, { ...options, fingerprint: fingerprinter(rootKey, workspaceId) })) {
      say({ kind: "head", head });
      let batch: ScopedObservation[] = [];
      for (const observation of observations) {
        batch.push(observation);
        if (batch.length < batching.observationsPerBatch) continue;
        await sayBatch(batch);
        batch = [];
      }
      if (batch.length > 0) await sayBatch(batch);
    }
    say({ kind: "done" });
  } catch (error) {
    say({ kind: "failure", error: errorParts(error) });
  }
}

port.on("message", (message: ToReader) => {
  if (message.kind === "read") void read(message.request);
  else {
    ahead -= 1;
    resume?.();
    resume = null;
  }
});
