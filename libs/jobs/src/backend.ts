import { createPostgresBackend, Queue, setDefaultBackendFactory, Worker } from "bullmq";
import type { ConnectionOptions, Processor } from "bullmq";
import { AppError } from "@rollcall/platform";
import { Redis } from "ioredis";

export interface QueueConfig {
  /** Connection of the system role; the queue has a schema of its own there. */
  readonly systemUrl: string;
  /** Set = jobs live in Redis instead. */
  readonly redisUrl?: string | undefined;
  /** Schema in PostgreSQL, key prefix in Redis. */
  readonly namespace?: string;
  /** How long a job stays with a worker that gives no sign of life; half of that between looks for such jobs. */
  readonly lockMs?: number;
}

/** The one place that knows where jobs live. */
export interface QueueBackend {
  queue(name: string): Queue;
  worker(name: string, processor: Processor, concurrency: number): Worker;
  close(): Promise<void>;
}

const DEFAULT_NAMESPACE = "rollcall_queue";
/** A worker that died is noticed after the lock runs out, and its job given to another. */
const LOCK_MS = 30_000;
/** A job that took its worker down twice is parked, not tried for ever. */
const MAX_STALLED = 2;

export async function openBackend(config: QueueConfig): Promise<QueueBackend> {
  return config.redisUrl === undefined ? postgresBackend(config) : redisBackend({ ...config, redisUrl: config.redisUrl });
}

const workerOptions = (concurrency: number, lockMs = LOCK_MS) => ({
  concurrency,
  lockDuration: lockMs,
  stalledInterval: lockMs / 2,
  maxStalledCount: MAX_STALLED,
  autorun: false,
  // Seconds between looks while nothing announces a job, and milliseconds after a look that failed: the announcements of a database
  // that was away are lost, and so would be the first seconds after it is back.
  drainDelay: 0.5,
  runRetryDelay: 500,
});

function postgresBackend({ systemUrl, namespace = DEFAULT_NAMESPACE, lockMs }: QueueConfig): QueueBackend {
  setDefaultBackendFactory(createPostgresBackend as never);
  // Whoever comes first brings the queue's tables up to date, under the library's advisory lock: processes start in any order.
  const connection = { connectionString: systemUrl, schema: namespace, migrate: true, max: 4 } as unknown as ConnectionOptions;
  return {
    queue: (name) => new Queue(name, { connection }),
    worker: (name, processor, concurrency) => new Worker(name, processor, { connection, ...workerOptions(concurrency, lockMs) }),
    close: async () => {},
  };
}

async function redisBackend({
  redisUrl,
  namespace = DEFAULT_NAMESPACE,
  lockMs,
}: QueueConfig & { redisUrl: string }): Promise<QueueBackend> {
  setDefaultBackendFactory();
  const client = new Redis(redisUrl, { maxRetriesPerRequest: null });
  await refuseEviction(client);
  const connection = client as unknown as ConnectionOptions;
  return {
    queue: (name) => new Queue(name, { connection, prefix: namespace }),
    worker: (name, processor, concurrency) =>
      new Worker(name, processor, { connection, prefix: namespace, ...workerOptions(concurrency, lockMs) }),
    close: async () => void (await client.quit()),
  };
}

/** A Redis that may evict keys loses jobs without a word. */
async function refuseEviction(client: Redis): Promise<void> {
  // Hosted servers often forbid CONFIG; INFO says the same.
  const policy = /^maxmemory_policy:(\S+)/m.exec(await client.info("memory"))?.[1] ?? "unknown";
  if (policy === "noeviction") return;
  await client.quit();
  throw new AppError(
    "precondition_failed",
    `Redis evicts keys (maxmemory-policy ${policy}) and would lose jobs. Set maxmemory-policy noeviction.`,
  );
}
