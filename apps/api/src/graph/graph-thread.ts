import { parentPort, workerData } from "node:worker_threads";
import { createStores } from "@rollcall/persistence";
import { AppError, errorParts, systemClock } from "@rollcall/platform";
import { aboutReach, answerQuestion } from "@rollcall/posture-pipeline";
import { collectBetweenAnswers } from "./collect-between-answers.ts";
import type { FromThread, ThreadData, ToThread } from "./messages.ts";
import { WorkspaceGraphs } from "./workspace-graphs.ts";

/** The thread that holds the access graphs, so that no question about them stops the HTTP process. Started by `GraphThread` only. */
const { appUrl, systemUrl, memoryBytes, reachDatasets } = workerData as ThreadData;
const port = parentPort!;
const stores = createStores({ appUrl, systemUrl, maxConnections: 2, computes: true });
const graphs = new WorkspaceGraphs(
  {
    version: stores.read.graphVersion,
    graph: stores.read.graph,
    readings: async (workspaceId) => (await stores.read.sourceReadings(workspaceId)).map((reading) => aboutReach(reading, reachDatasets)),
    snapshot: stores.analysis.snapshot,
    now: () => systemClock.now(),
  },
  memoryBytes,
);
const cancelled = new Set<number>();
const answered = collectBetweenAnswers();

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of Node has no origin to name
const say = (message: FromThread): void => port.postMessage(message);

async function answer({ id, workspaceId, question }: Extract<ToThread, { kind: "ask" }>): Promise<void> {
  try {
    const world = await graphs.get(workspaceId);
    if (cancelled.has(id)) throw new AppError("cancelled", "Nobody waits for this answer any more");
    if (world === null) throw new AppError("not_found", "This workspace has not been analysed yet");
    say({ kind: "begin", id });
    say({ kind: "answer", id, answer: await answerQuestion(world, question) });
  } catch (error) {
    say({ kind: "failure", id, error: errorParts(error) });
  } finally {
    cancelled.delete(id);
    answered();
  }
}

port.on("message", (message: ToThread) => {
  if (message.kind === "cancel") cancelled.add(message.id);
  else void answer(message);
});
