import { startWorkers } from "@rollcall/jobs";
import type { JobName } from "@rollcall/posture-pipeline";
import { compose } from "./compose.ts";
import { AppError, auditSigner } from "@rollcall/platform";
import { startAuditCheckpoints } from "./audit-checkpoints.ts";
import { startAuditRetention } from "./audit-retention.ts";
import { checkpointFile, env } from "./env.ts";
import { handlersOf } from "./handlers/handlers-of.ts";
import { heldSecrets } from "./held-secrets.ts";
import { startKeyCheck } from "./keys/check-connector-keys.ts";
import { configuredKeySource } from "./keys/configured-key-source.ts";
import { startRecovery } from "./recover-runs.ts";
import { lineFile } from "./line-file.ts";
import { startPullSchedule } from "./pull-schedule.ts";
import { recordParkedJob } from "./record-parked-job.ts";
import { startSelfSync } from "./self-sync.ts";

const composed = async () => compose({ ...env, connectorKeySource: configuredKeySource(env) });
const worker = await composed().catch((error: unknown) => {
  // What the operator has to change is one line, not a stack.
  if (!(error instanceof AppError)) throw error;
  process.stderr.write(`rollcall worker: ${error.message}\n`);
  process.exit(1);
});
const { logger } = worker;

const keyCheck = await startKeyCheck({ ...worker, rootKey: env.ROLLCALL_SECRET });
const relay = worker.startRelay();
const workers = await startWorkers(
  {
    ...worker.queueConfig,
    logger,
    onEnded: () => relay.nudge(),
    onParked: (job, error) => recordParkedJob(worker, job as { name: JobName; payload: unknown }, error),
  },
  handlersOf(worker),
);
const auditing = { audit: worker.stores.audit, signer: auditSigner(env.ROLLCALL_SECRET), clock: worker.clock, logger };
const checkpoints = startAuditCheckpoints({
  ...auditing,
  self: worker.self,
  append: checkpointFile === null ? null : lineFile(checkpointFile),
});
const retention = startAuditRetention(auditing, env.AUDIT_KEEP_DAYS);
const recovery = startRecovery({ ingest: worker.ingest, audit: worker.stores.audit, queue: worker.queue, logger });
await worker.self.recordSecrets("worker", heldSecrets(env, worker.connectorKeys.current));
const selfSync = startSelfSync(worker);
const pullSchedule = startPullSchedule(worker);
logger.info("worker ready");

let stopping = false;
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  logger.info({ signal }, "worker stops after the jobs in hand");
  worker.stopping.abort();
  await keyCheck.close();
  await recovery.close();
  await pullSchedule.close();
  await selfSync.close();
  await relay.close();
  await workers.close();
  await worker.analyser.close();
  await retention.close();
  await checkpoints.close();
  await worker.queue.close();
  await worker.stores.close();
  process.exit(0);
}
process.once("SIGTERM", () => void stop("SIGTERM"));
process.once("SIGINT", () => void stop("SIGINT"));
