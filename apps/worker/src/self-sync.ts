import type { Logger } from "@rollcall/platform";
import type { JobQueue, SelfStore } from "@rollcall/posture-pipeline";
import { repeat } from "./repeat.ts";

export interface SelfSyncDeps {
  readonly self: Pick<SelfStore, "workspaceIds">;
  readonly queue: Pick<JobQueue, "enqueue">;
  readonly logger: Logger;
}

/** Changes announce themselves; last use and expiry change without anybody doing anything. */
const everyMillis = 6 * 3_600_000;

export function startSelfSync(deps: SelfSyncDeps): { close(): Promise<void> } {
  const ask = (): Promise<void> =>
    syncEveryWorkspace(deps).catch((error: unknown) => deps.logger.warn({ err: error }, "could not ask for a reading of Rollcall itself"));
  return repeat(ask, everyMillis);
}

export async function syncEveryWorkspace({ self, queue }: Omit<SelfSyncDeps, "logger">): Promise<void> {
  for (const workspaceId of await self.workspaceIds()) await queue.enqueue({ name: "sync-self", payload: { workspaceId } });
}
