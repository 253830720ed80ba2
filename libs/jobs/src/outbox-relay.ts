import type { Job, JobQueue } from "@rollcall/posture-pipeline";
import type { Logger } from "@rollcall/platform";

/** What the relay needs of the database: rows written in the same transaction as the change they announce. */
export interface Outbox {
  /** Oldest first; a row stays until it is acknowledged. */
  pending(limit: number): Promise<readonly { readonly id: string; readonly job: Job }[]>;
  acknowledge(ids: readonly string[]): Promise<void>;
  /** Says when something was written, until the connection is lost. Without it the relay only looks now and then. */
  listen?(onWrite: () => void, onLost: () => void): Promise<{ close(): Promise<void> }>;
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
  // A call during a delivery may be about a row that the delivery did not see.
  let called = false;
  let wake: () => void = () => {};
  const nudge = (): void => {
    called = true;
    wake();
  };
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      if (called) return resolve();
      const timer = setTimeout(resolve, everyMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const ear = new Ear(outbox, nudge);
  const deliver = async (): Promise<number> => {
    const rows = await outbox.pending(BATCH);
    for (const { job } of rows) await queue.enqueue(job);
    if (rows.length > 0) await outbox.acknowledge(rows.map((row) => row.id));
    return rows.length;
  };
  const loop = async (): Promise<void> => {
    while (!closed) {
      ear.open();
      called = false;
      const delivered = await deliver().catch((err: unknown) => {
        logger.warn({ err }, "outbox not delivered; trying again");
        return 0;
      });
      if (delivered < BATCH && !closed) await pause();
    }
  };
  const running = loop();
  return {
    nudge,
    close: async () => {
      closed = true;
      nudge();
      await running;
      await ear.close();
    },
  };
}

/** Listens to the outbox, and again after the connection was lost: a database that restarts must not leave the relay to its ticks. */
class Ear {
  readonly #outbox: Outbox;
  readonly #onWrite: () => void;
  #listening: Promise<{ close(): Promise<void> } | null> | null = null;

  constructor(outbox: Outbox, onWrite: () => void) {
    this.#outbox = outbox;
    this.#onWrite = onWrite;
  }

  /** Does nothing while it listens already. */
  open(): void {
    const lost = (): null => (this.#listening = null);
    this.#listening ??= this.#outbox.listen?.(this.#onWrite, lost).catch(lost) ?? null;
  }

  async close(): Promise<void> {
    await (await this.#listening)?.close();
  }
}
