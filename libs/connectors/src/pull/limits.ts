/** A run always ends: bounded pages, bytes, attempts, waiting and time. */
export const fetchLimits = {
  /** Per page; one more than there are retries. */
  attempts: 6,
  pages: 10_000,
  timeoutMillis: 30_000,
  /** Of all pages together. */
  bytes: 50 * 1024 * 1024,
  /** Waiting longer is for the next run. */
  longestWaitMillis: 120_000,
  firstPauseMillis: 1_000,
  runMillis: 30 * 60_000,
} as const;

export interface FetchDeps {
  readonly privateHosts: readonly string[];
  readonly now: () => number;
  readonly sleep: (millis: number, signal: AbortSignal) => Promise<void>;
  /** 0 to 1: spreads retries, so that many sources do not come back at the same moment. */
  readonly random: () => number;
  readonly limits: { readonly [K in keyof typeof fetchLimits]: number };
}
