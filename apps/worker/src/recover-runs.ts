import type { ClosableJobQueue } from "@rollcall/jobs";
import type { Logger } from "@rollcall/platform";
import type { AuditStore, IngestStore } from "@rollcall/posture-pipeline";
import { repeat } from "./repeat.ts";

export interface RecoveryDeps {
  readonly ingest: Pick<IngestStore, "stranded">;
  readonly audit: Pick<AuditStore, "heads">;
  readonly queue: Pick<ClosableJobQueue, "enqueue" | "holds">;
  readonly logger: Logger;
}

const tickMillis = 15_000;

/** The database says what has to happen; a queue that was emptied, or a job lost with its worker, is noticed here and made up for. */
export function startRecovery(deps: RecoveryDeps, everyMillis = tickMillis): { close(): Promise<void> } {
  const look = async (): Promise<void> => {
    try {
      await recoverRuns(deps);
    } catch (error) {
      deps.logger.warn({ err: error }, "could not look for stranded runs; trying again");
    }
  };
  return repeat(look, everyMillis);
}

/** Enqueues what no queue holds; returns how many jobs that were. Every request leaves an audit row, so each workspace with runs has a head. */
export async function recoverRuns({ ingest, audit, queue, logger }: RecoveryDeps): Promise<number> {
  let recovered = 0;
  for (const { workspaceId } of await audit.heads()) {
    for (const job of await ingest.stranded(workspaceId)) {
      if (await queue.holds(job)) continue;
      await queue.enqueue(job);
      recovered += 1;
    }
  }
  if (recovered > 0) logger.warn({ jobs: recovered }, "jobs that the queue had lost were enqueued again");
  return recovered;
}
