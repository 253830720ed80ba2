import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

export interface Measured<T> {
  readonly value: T;
  readonly wallMs: number;
  /** User + system time of this process. */
  readonly cpuMs: number;
}

/** Runs once and takes the time. A bench prints ratios of runs in one process, so that a slow or busy machine cancels out. */
export async function measure<T>(work: () => T | Promise<T>): Promise<Measured<T>> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const value = await work();
  const wallMs = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  return { value, wallMs, cpuMs: (user + system) / 1000 };
}

export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};

/** Largest resident memory this process has had so far, in bytes. */
export const memoryPeakBytes = (): number => process.resourceUsage().maxRSS * 1024;

/** All of it at once: what a process finds that does something else between two runs. */
export const collectGarbage = (): void => {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
};
