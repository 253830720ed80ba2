import type { AuditSigner, Clock, Logger } from "@rollcall/platform";
import type { AuditSegmentEnds, AuditStore } from "@rollcall/posture-pipeline";
import { repeat } from "./repeat.ts";

export interface RetentionDeps {
  readonly audit: Pick<AuditStore, "segmentsBefore" | "prune">;
  readonly signer: AuditSigner;
  readonly clock: Clock;
  readonly logger: Logger;
}

const hourMillis = 3_600_000;
const dayMillis = 24 * hourMillis;

/** Prunes hourly what is older than the operator keeps. Without a number of days everything is kept. */
export function startAuditRetention(deps: RetentionDeps, keepDays: number | undefined): { close(): Promise<void> } {
  if (keepDays === undefined) return { close: async () => {} };
  const prune = async (): Promise<void> => {
    try {
      await pruneAuditLogs(deps, keepDays);
    } catch (error) {
      deps.logger.error({ err: error }, "audit log not pruned");
    }
  };
  return repeat(prune, hourMillis, prune());
}

/** Removes the months that ended before the days to keep, of every workspace. Each leaves a signed record of where its chain went on. */
export async function pruneAuditLogs({ audit, signer, clock, logger }: RetentionDeps, keepDays: number): Promise<void> {
  const now = clock.now();
  const kept = new Date(now.getTime() - keepDays * dayMillis);
  const month = new Date(Date.UTC(kept.getUTCFullYear(), kept.getUTCMonth(), 1)).toISOString();
  for (const segment of await audit.segmentsBefore(month)) {
    const prunedAt = now.toISOString();
    const seal = { prunedAt, publicKey: signer.publicKey, signature: signer.sign(segmentText(segment, prunedAt)) };
    try {
      const rows = await audit.prune(segment, seal);
      logger.info({ workspaceId: segment.workspaceId, lastSeq: segment.lastSeq, rows }, "audit log pruned");
    } catch (error) {
      // One broken chain keeps no other from being pruned.
      logger.error({ err: error, workspaceId: segment.workspaceId }, "audit log not pruned");
    }
  }
}

const segmentText = ({ workspaceId, firstSeq, lastSeq, prevHash, lastHash }: AuditSegmentEnds, prunedAt: string): string =>
  `rollcall-audit-segment/v1\n${workspaceId}\n${firstSeq}\n${lastSeq}\n${prevHash}\n${lastHash}\n${prunedAt}`;
