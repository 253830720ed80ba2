import { setTimeout as pause } from "node:timers/promises";
import type { IngestStore } from "../ports/ingest-store.ts";

const LOOK_EVERY_MS = 200;
/** Nobody waits longer for an answer because others keep sending. */
const LONGEST_WAIT_SECONDS = 30;

/**
 * Waits while listings of the workspace are still being ingested: an upload of many accounts is many syncs in a row, and one analysis
 * after the last serves them all.
 */
export async function whenSettled({ ingest }: { readonly ingest: Pick<IngestStore, "backlog"> }, workspaceId: string): Promise<void> {
  for (let looks = 0; (looks * LOOK_EVERY_MS) / 1000 < LONGEST_WAIT_SECONDS; looks += 1) {
    const { unfinished, waitingSeconds } = await ingest.backlog(workspaceId);
    if (unfinished === 0 || waitingSeconds >= LONGEST_WAIT_SECONDS) return;
    await pause(LOOK_EVERY_MS);
  }
}
