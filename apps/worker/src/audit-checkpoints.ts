import { appendFile, chmod } from "node:fs/promises";
import type { AuditSigner, Clock, Logger } from "@rollcall/platform";
import type { AuditStore } from "@rollcall/posture-pipeline";

export interface CheckpointDeps {
  readonly audit: AuditStore;
  readonly signer: AuditSigner;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Lines are appended to this file, outside of the database; without one they go to the log, which is kept elsewhere too. */
  readonly file: string | null;
}

const intervalMillis = 3_600_000;

/**
 * Signs the end of every workspace's audit chain once an hour, at start and at stop. A chain alone cannot show that its tail was cut
 * off or that all of it was written anew; a signed number and hash kept elsewhere can.
 */
export function startAuditCheckpoints(deps: CheckpointDeps): { close(): Promise<void> } {
  const signed = new Map<string, number>();
  const write = async (): Promise<void> => {
    try {
      await writeCheckpoints(deps, signed);
    } catch (error) {
      // The next hour tries again; the log of the database stays complete meanwhile.
      deps.logger.error({ err: error }, "audit checkpoint failed");
    }
  };
  let running = write();
  const timer = setInterval(() => {
    running = running.then(write);
  }, intervalMillis);
  timer.unref();
  return {
    close: async () => {
      clearInterval(timer);
      await running;
      await write();
    },
  };
}

/** Writes a line for each workspace whose chain grew since the last one. */
export async function writeCheckpoints(deps: CheckpointDeps, signed: Map<string, number>): Promise<void> {
  const at = deps.clock.now().toISOString();
  for (const { workspaceId, seq, hash } of await deps.audit.heads()) {
    if (signed.get(workspaceId) === seq) continue;
    const text = `rollcall-audit-checkpoint/v1\n${workspaceId}\n${seq}\n${hash}\n${at}`;
    const checkpoint = { v: 1, workspaceId, seq, hash, at, publicKey: deps.signer.publicKey, signature: deps.signer.sign(text) };
    if (deps.file === null) deps.logger.info({ checkpoint }, "audit checkpoint");
    else {
      await appendFile(deps.file, `${JSON.stringify(checkpoint)}\n`, { mode: 0o600 });
      await chmod(deps.file, 0o600);
    }
    signed.set(workspaceId, seq);
  }
}
