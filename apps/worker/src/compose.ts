import { selfConnector } from "@rollcall/connectors";
import { startOutboxRelay, createJobQueue } from "@rollcall/jobs";
import type { ClosableJobQueue, OutboxRelay, QueueConfig } from "@rollcall/jobs";
import { createStores, runtimeUrls } from "@rollcall/persistence";
import type { Stores } from "@rollcall/persistence";
import { createLogger, systemClock } from "@rollcall/platform";
import type { Clock, Logger } from "@rollcall/platform";
import type { AnalysisStore, FileConnector, IngestionStore, IngestStore, SelfStore, TriageStore } from "@rollcall/posture-pipeline";

/** What job handlers work with. */
export interface WorkerServices {
  readonly ingest: IngestStore;
  readonly ingestions: IngestionStore;
  readonly analysis: AnalysisStore;
  readonly triage: TriageStore;
  readonly self: SelfStore;
  readonly selfConnector: FileConnector;
  readonly queue: ClosableJobQueue;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface Worker extends WorkerServices {
  readonly stores: Stores;
  readonly queueConfig: QueueConfig;
  startRelay(): OutboxRelay;
}

/** The only place of this process that knows concrete adapters. */
export async function compose(
  env: {
    readonly DATABASE_URL: string;
    readonly ROLLCALL_SECRET: string;
    readonly REDIS_URL?: string | undefined;
    readonly JOB_LEASE_SECONDS?: number;
  },
  logger: Logger = createLogger("worker"),
): Promise<Worker> {
  const urls = runtimeUrls(env.DATABASE_URL, env.ROLLCALL_SECRET);
  const leaseMillis = env.JOB_LEASE_SECONDS === undefined ? undefined : env.JOB_LEASE_SECONDS * 1_000;
  // Whoever takes over the job of a frozen worker must not wait for the locks of its open transaction much longer than for the job.
  const stores = createStores({ ...urls, idleTransactionMillis: leaseMillis === undefined ? undefined : leaseMillis * 2 });
  const lease = leaseMillis === undefined ? {} : { lockMs: leaseMillis };
  const queueConfig: QueueConfig = { systemUrl: urls.systemUrl, redisUrl: env.REDIS_URL, ...lease };
  const queue = await createJobQueue(queueConfig);
  return {
    ingest: stores.ingest,
    ingestions: stores.ingestions,
    analysis: stores.analysis,
    triage: stores.triage,
    self: stores.self,
    selfConnector,
    queue,
    clock: systemClock,
    logger,
    stores,
    queueConfig,
    startRelay: () => startOutboxRelay(stores.outbox, queue, { logger }),
  };
}
