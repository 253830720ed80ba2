import type { FetchProgress } from "../ports/fetch-export.ts";
import type { PullRunToken, PullSourcesStore } from "../ports/pull-sources-store.ts";

const beatMillis = 1_000;

/** Why a run that reads was stopped from outside. */
export type StopReason = "cancel" | "taken";

export interface WatchedRun {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: FetchProgress) => Promise<void>;
  /** Null while it may go on. */
  stopped(): StopReason | null;
  /** Asks at once instead of at the next beat. */
  check(): Promise<StopReason | null>;
  close(): Promise<void>;
}

/** Tells how far a run is once a second, and learns whether it is to stop. A beat that fails is made up for by the next. */
export function watchRun(store: Pick<PullSourcesStore, "beat">, run: PullRunToken, outer: AbortSignal): WatchedRun {
  const controller = new AbortController();
  let progress: FetchProgress = { pages: 0, bytes: 0, waiting: null };
  let reason: StopReason | null = null;
  const beat = async (): Promise<void> => {
    const { pages, bytes, waiting } = progress;
    const answer = await store.beat(run, { pages, bytes, note: waiting }).catch(() => "go_on" as const);
    if (answer === "go_on") return;
    reason ??= answer;
    controller.abort();
  };
  let beating = Promise.resolve();
  const timer = setInterval(() => {
    beating = beating.then(beat);
  }, beatMillis);
  return {
    signal: AbortSignal.any([controller.signal, outer]),
    onProgress: async (now) => {
      progress = now;
    },
    stopped: () => reason,
    check: async () => {
      await beating;
      await beat();
      return reason;
    },
    close: async () => {
      clearInterval(timer);
      await beating;
    },
  };
}
