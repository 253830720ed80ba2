import type { Job as BullJob, Worker } from "bullmq";
import type { JobHandler, JobHandlers, JobName } from "@rollcall/posture-pipeline";
import type { Logger } from "@rollcall/platform";
import { openBackend } from "./backend.ts";
import type { QueueConfig } from "./backend.ts";
import { DiskTrouble } from "./disk-trouble.ts";
import { jobDefinitions, jobNames } from "./job-definition.ts";

export interface WorkersConfig extends QueueConfig {
  readonly logger: Logger;
  /** Whether a person asked to stop what this job works on. */
  readonly isCancelled?: (job: { readonly name: JobName; readonly payload: unknown }) => Promise<boolean>;
  /** An attempt is over, well or not: what waited for its place may come. */
  readonly onEnded?: () => void;
  /** Called once when a job has used up its attempts, so that the user sees it failed. */
  readonly onParked?: (job: { readonly name: JobName; readonly payload: unknown }, error: Error) => Promise<void>;
}

export interface RunningWorkers {
  /** Waits for the jobs in hand, then stops. */
  close(): Promise<void>;
}

/** Runs handlers until closed. A job that fails is retried with growing pauses, then parked; other jobs go on. */
export async function startWorkers(config: WorkersConfig, handlers: JobHandlers): Promise<RunningWorkers> {
  const backend = await openBackend(config);
  // The first connection brings the queue's tables up to date; the others must not race it.
  const first = backend.queue(jobNames[0]!);
  await first.waitUntilReady();
  await first.close();
  const disk = new DiskTrouble();
  const workers = jobNames.map((name) => startWorker(name, handlers[name] as JobHandler<JobName>, { config, backend, disk }));
  let closing: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    await Promise.all(workers.map((worker) => worker.close()));
    await backend.close();
  };
  return { close: () => (closing ??= stop()) };
}

function startWorker(
  name: JobName,
  handler: JobHandler<JobName>,
  { config, backend, disk }: { config: WorkersConfig; backend: Awaited<ReturnType<typeof openBackend>>; disk: DiskTrouble },
): Worker {
  const { logger } = config;
  const definition = jobDefinitions[name];
  const run = async (job: BullJob): Promise<void> => {
    const payload = (definition.payload as unknown as { parse(value: unknown): never }).parse(job.data);
    await handler(payload, {
      attempt: job.attemptsMade + 1,
      isCancelled: async () => (await config.isCancelled?.({ name, payload })) ?? false,
    });
  };
  const worker = backend.worker(name, run, definition.concurrency);
  worker.on("error", (error) => {
    disk.saw(error);
    logger.warn({ job: name, err: error }, "queue connection trouble; it reconnects by itself");
  });
  worker.on("completed", () => config.onEnded?.());
  worker.on("failed", (job, error) => {
    // Also between attempts: a run that failed once no longer keeps the others of its workspace waiting.
    config.onEnded?.();
    disk.saw(error);
    const spent = job !== undefined && (job.attemptsMade >= definition.attempts || error.name === "UnrecoverableError");
    // What the database says has to happen is put in line again by whoever looks there.
    const parked = spent && !disk.recent;
    logger.error({ job: name, jobId: job?.id, payload: job?.data, parked, err: error }, "job failed");
    if (parked)
      void config
        .onParked?.({ name, payload: job.data }, error)
        .catch((err: unknown) => logger.error({ err }, "could not record a parked job"));
  });
  void worker.run().catch((err: unknown) => logger.error({ job: name, err }, "worker stopped"));
  return worker;
}
