import type { Job, JobQueue } from "@rollcall/posture-pipeline";
import type { Logger } from "@rollcall/platform";

/** What the relay needs of the database: rows written in the same transaction as the change they announce. */
export interface Outbox {
  /** Oldest first; a row stays until it is acknowledged. */
  pending(limit: number): Promise<readonly { readonly id: string; readonly job: Job }[]>;
  acknowledge(ids: readonly string[]): Promise<void>;
}

export interface OutboxRelay {
  /** Look now instead of at the next tick. */
  nudge(): void;
  close(): Promise<void>;
}

const BATCH = 100;

/** Hands announced jobs to the queue. Delivery is at least once: jobs are idempotent and collapse by key. */
export function startOutboxRelay(
  outbox: Outbox,
  queue: JobQueue,
  { logger, everyMs = 500 }: { logger: Logger; everyMs?: number },
): OutboxRelay {
  let closed = false;
  let wake: () => void = () => {};
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, everyMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const deliver = async (): Promise<number> => {
    const rows = await outbox.pending(BATCH);
    for (const { job } of rows) await queue.enqueue(job);
    if (rows.length > 0) await outbox.acknowledge(rows.map((row) => row.id));
    return rows.length;
  };
  const loop = async (): Promise<void> => {
    while (!closed) {
      const delivered = await deliver().catch((err: unknown) => {
        logger.warn({ err }, "outbox not delivered; trying again");
        return 0;
      });
      if (delivered < BATCH && !closed) await pause();
    }
  };
  const running = loop();
  return {
    nudge: () => wake(),
    close: async () => {
      closed = true;
      wake();
      await running;
    },
  };
}
