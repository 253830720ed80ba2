import type { AuditSigner, Clock, Logger } from "@rollcall/platform";
import type { AuditStore, SelfStore } from "@rollcall/posture-pipeline";
import { LineNotWritten } from "./line-file.ts";
import { repeat } from "./repeat.ts";

export interface CheckpointDeps {
  readonly audit: AuditStore;
  readonly signer: AuditSigner;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly self: Pick<SelfStore, "reportTrouble">;
  /** Lines are kept outside of the database; without a place for them they go to the log, which is kept elsewhere too. */
  readonly append: ((line: string) => Promise<void>) | null;
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
  // A process before this one may have left its trouble behind.
  let reported: string | null | undefined;
  const report = async (reason: string | null): Promise<void> => {
    if (reported === reason) return;
    await deps.self.reportTrouble("audit-checkpoints", reason);
    reported = reason;
  };
  const write = async (minAgeMillis = intervalMillis): Promise<void> => {
    try {
      await writeCheckpoints(deps, signed, minAgeMillis);
      await report(null);
    } catch (error) {
      // The next minute tries again; the log of the database stays complete meanwhile, and the next signature covers all of it.
      deps.logger.error({ err: error }, "audit checkpoint failed");
      if (error instanceof LineNotWritten)
        await report(error.message).catch((err: unknown) => deps.logger.warn({ err }, "trouble not reported"));
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
export async function writeCheckpoints(deps: Omit<CheckpointDeps, "self">, signed: Signed, minAgeMillis: number): Promise<void> {
  const now = deps.clock.now();
  const at = now.toISOString();
  for (const { workspaceId, seq, hash } of await deps.audit.heads()) {
    const last = signed.get(workspaceId);
    if (last !== undefined && (last.seq === seq || now.getTime() - last.atMillis < minAgeMillis)) continue;
    const text = `rollcall-audit-checkpoint/v1\n${workspaceId}\n${seq}\n${hash}\n${at}`;
    const checkpoint = { v: 1, workspaceId, seq, hash, at, publicKey: deps.signer.publicKey, signature: deps.signer.sign(text) };
    if (deps.append === null) deps.logger.info({ checkpoint }, "audit checkpoint");
    else await deps.append(JSON.stringify(checkpoint));
    signed.set(workspaceId, { seq, atMillis: now.getTime() });
  }
}
