import type { Queue } from "bullmq";
import type { Job, JobName, JobQueue } from "@rollcall/posture-pipeline";
import { openBackend } from "./backend.ts";
import type { QueueConfig } from "./backend.ts";
import { jobDefinitions, jobNames } from "./job-definition.ts";

export interface ClosableJobQueue extends JobQueue {
  /** Whether a job of this key waits, runs or is about to be tried again. */
  holds(job: Job): Promise<boolean>;
  close(): Promise<void>;
}

const KEEP_DONE_S = 24 * 3_600;
const KEEP_FAILED_S = 14 * 24 * 3_600;

/** Where the API and the use cases put jobs. The payload is checked here, before anything is stored. */
export async function createJobQueue(config: QueueConfig): Promise<ClosableJobQueue> {
  const backend = await openBackend(config);
  const queues = new Map<JobName, Queue>(jobNames.map((name) => [name, backend.queue(name)]));
  for (const queue of queues.values()) queue.on("error", () => {}); // Reported by the call that failed; an idle connection recovers by itself.
  return {
    enqueue: async (job: Job) => {
      const { definition, payload, key } = checked(job);
      await queues.get(job.name)!.add(job.name, payload, {
        attempts: definition.attempts,
        backoff: { type: "exponential", delay: definition.backoffMs },
        // While one waits, another is the same job; while one runs, exactly one more is kept for afterwards.
        deduplication: { id: key, keepLastIfActive: true },
        removeOnComplete: { age: KEEP_DONE_S, count: 1_000 },
        removeOnFail: { age: KEEP_FAILED_S },
      });
    },
    holds: async (job: Job) => (await queues.get(job.name)!.getDeduplicationJobId(checked(job).key)) !== null,
    close: async () => {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      await backend.close();
    },
  };
}

function checked(job: Job) {
  const definition = jobDefinitions[job.name];
  const payload = (definition.payload as { parse(value: unknown): unknown }).parse(job.payload);
  return { definition, payload, key: (definition.key as (p: unknown) => string)(payload) };
}
