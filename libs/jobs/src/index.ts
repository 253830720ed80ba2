export { createJobQueue } from "./job-queue.ts";
export type { ClosableJobQueue } from "./job-queue.ts";
export { startWorkers } from "./workers.ts";
export type { RunningWorkers, WorkersConfig } from "./workers.ts";
export { startOutboxRelay } from "./outbox-relay.ts";
export type { Outbox, OutboxRelay } from "./outbox-relay.ts";
export { jobDefinitions, jobNames } from "./job-definition.ts";
export type { JobDefinition } from "./job-definition.ts";
export type { QueueConfig } from "./backend.ts";
