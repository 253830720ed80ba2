import type { ClosableJobQueue } from "@rollcall/jobs";
import type { Clock, Logger } from "@rollcall/platform";
import type { PullSourcesStore } from "@rollcall/posture-pipeline";
import { repeat } from "./repeat.ts";

export interface PullScheduleDeps {
  readonly pullSources: Pick<PullSourcesStore, "announceDue" | "strandedRuns">;
  readonly queue: Pick<ClosableJobQueue, "enqueue" | "holds">;
  readonly clock: Clock;
  readonly logger: Logger;
}

const tickMillis = 15_000;
/** A run says that it lives once a second. */
const silentSeconds = 45;

export function startPullSchedule(deps: PullScheduleDeps, everyMillis = tickMillis): { close(): Promise<void> } {
  const look = (): Promise<void> =>
    announcePulls(deps).catch((error: unknown) =>
      deps.logger.warn({ err: error }, "could not look for exports that are due; trying again"),
    );
  return repeat(look, everyMillis);
}

/** Puts in line what is due, and what no queue holds any more although it was begun. */
export async function announcePulls({ pullSources, queue, clock, logger }: PullScheduleDeps): Promise<void> {
  await pullSources.announceDue(clock.now().toISOString());
  for (const payload of await pullSources.strandedRuns(silentSeconds)) {
    const job = { name: "pull-source", payload } as const;
    if (await queue.holds(job)) continue;
    await queue.enqueue(job);
    logger.warn(payload, "a reading of an export that nobody worked on was put in line again");
  }
}
