import { setTimeout as sleep } from "node:timers/promises";
import { fetchExportWith, fetchLimits, openImport, selfConnector } from "@rollcall/connectors";
import { startOutboxRelay, createJobQueue } from "@rollcall/jobs";
import type { ClosableJobQueue, OutboxRelay, QueueConfig } from "@rollcall/jobs";
import { createStores, runtimeUrls } from "@rollcall/persistence";
import type { Stores } from "@rollcall/persistence";
import { createLogger, fingerprinter, systemClock } from "@rollcall/platform";
import type { Clock, Logger } from "@rollcall/platform";
import type {
  AnalysisStore,
  FileConnector,
  IngestionStore,
  IngestStore,
  PullSourceDeps,
  PullSourcesStore,
  SelfStore,
  TriageStore,
} from "@rollcall/posture-pipeline";
import type { ConnectorKeySource } from "./keys/connector-key-source.ts";
import { ConnectorKeys } from "./keys/connector-keys.ts";
import { AnalysisThread } from "./analysis/analysis-thread.ts";

/** What job handlers work with. */
export interface WorkerServices {
  readonly ingest: IngestStore;
  readonly ingestions: IngestionStore;
  readonly analysis: AnalysisStore;
  readonly triage: TriageStore;
  readonly self: SelfStore;
  readonly selfConnector: FileConnector;
  readonly pullSources: PullSourcesStore;
  readonly connectorKeys: ConnectorKeys;
  /** What reading an export from its address needs beyond the stores. */
  readonly pulling: Pick<PullSourceDeps, "openCredential" | "fetchExport" | "openImport" | "fingerprintOf" | "read">;
  /** Aborted when this process is told to stop: what waits for the other side does not hold it up. */
  readonly stopping: AbortController;
  readonly analyser: AnalysisThread;
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
    readonly DATABASE_POOL_URL?: string | undefined;
    readonly ROLLCALL_SECRET: string;
    readonly REDIS_URL?: string | undefined;
    readonly JOB_LEASE_SECONDS?: number;
    readonly ROLLCALL_PRIVATE_HOSTS?: readonly string[];
    readonly connectorKeySource?: ConnectorKeySource | null;
  },
  logger: Logger = createLogger("worker"),
): Promise<Worker> {
  const urls = runtimeUrls(env.DATABASE_URL, env.ROLLCALL_SECRET, env.DATABASE_POOL_URL);
  const leaseMillis = env.JOB_LEASE_SECONDS === undefined ? undefined : env.JOB_LEASE_SECONDS * 1_000;
  // Whoever takes over the job of a frozen worker must not wait for the locks of its open transaction much longer than for the job.
  const idleTransactionMillis = leaseMillis === undefined ? undefined : leaseMillis * 2;
  const stores = createStores({ ...urls, idleTransactionMillis });
  const lease = leaseMillis === undefined ? {} : { lockMs: leaseMillis };
  const queueConfig: QueueConfig = { systemUrl: urls.systemUrl, redisUrl: env.REDIS_URL, ...lease };
  const queue = await createJobQueue(queueConfig);
  const connectorKeys = new ConnectorKeys(env.connectorKeySource ?? null);
  return {
    ingest: stores.ingest,
    ingestions: stores.ingestions,
    analysis: stores.analysis,
    triage: stores.triage,
    self: stores.self,
    selfConnector,
    pullSources: stores.pullSources,
    connectorKeys,
    pulling: {
      openCredential: (context, { sealed }) => connectorKeys.open(context, sealed),
      fetchExport: fetchExportWith({
        privateHosts: env.ROLLCALL_PRIVATE_HOSTS ?? [],
        now: () => Date.now(),
        sleep: (millis, signal) => sleep(millis, undefined, { signal }),
        random: () => Math.random(),
        limits: fetchLimits,
      }),
      openImport,
      fingerprintOf: (workspaceId) => fingerprinter(env.ROLLCALL_SECRET, workspaceId),
      read: stores.read,
    },
    stopping: new AbortController(),
    analyser: new AnalysisThread({ ...urls, idleTransactionMillis }, logger),
    queue,
    clock: systemClock,
    logger,
    stores,
    queueConfig,
    startRelay: () => startOutboxRelay(stores.outbox, queue, { logger }),
  };
}
