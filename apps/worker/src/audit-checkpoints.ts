import { appendFile, chmod } from "node:fs/promises";
import type { AuditSigner, Clock, Logger } from "@rollcall/platform";
import type { AuditStore } from "@rollcall/posture-pipeline";
import { repeat } from "./repeat.ts";

export interface CheckpointDeps {
  readonly audit: AuditStore;
  readonly signer: AuditSigner;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Lines are appended to this file, outside of the database; without one they go to the log, which is kept elsewhere too. */
  readonly file: string | null;
}

const tickMillis = 60_000;
const intervalMillis = 3_600_000;

/** What was signed last, per workspace. */
export type Signed = Map<string, { readonly seq: number; readonly atMillis: number }>;

/**
 * Signs the end of every workspace's audit chain: within a minute for one never signed, then hourly while it grows, and at stop. A chain alone cannot show that its tail was cut
 * off or that all of it was written anew; a signed number and hash kept elsewhere can.
 */
export function startAuditCheckpoints(deps: CheckpointDeps): { close(): Promise<void> } {
  const signed: Signed = new Map();
  const write = async (minAgeMillis = intervalMillis): Promise<void> => {
    try {
      await writeCheckpoints(deps, signed, minAgeMillis);
    } catch (error) {
      // The next minute tries again; the log of the database stays complete meanwhile.
      deps.logger.error({ err: error }, "audit checkpoint failed");
    }
  };
  const writing = repeat(() => write(), tickMillis, write());
  return {
    close: async () => {
      await writing.close();
      await write(0);
    },
  };
}

/** Writes a line for each workspace whose chain grew since its last one, when that is old enough. */
export async function writeCheckpoints(deps: CheckpointDeps, signed: Signed, minAgeMillis: number): Promise<void> {
  const now = deps.clock.now();
  const at = now.toISOString();
  for (const { workspaceId, seq, hash } of await deps.audit.heads()) {
    const last = signed.get(workspaceId);
    if (last !== undefined && (last.seq === seq || now.getTime() - last.atMillis < minAgeMillis)) continue;
    const text = `rollcall-audit-checkpoint/v1\n${workspaceId}\n${seq}\n${hash}\n${at}`;
    const checkpoint = { v: 1, workspaceId, seq, hash, at, publicKey: deps.signer.publicKey, signature: deps.signer.sign(text) };
    if (deps.file === null) deps.logger.info({ checkpoint }, "audit checkpoint");
    else {
      await appendFile(deps.file, `${JSON.stringify(checkpoint)}\n`, { mode: 0o600 });
      await chmod(deps.file, 0o600);
    }
    signed.set(workspaceId, { seq, atMillis: now.getTime() });
  }
}
