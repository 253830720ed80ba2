import { AppError } from "@rollcall/platform";

export type Verdict = "failure" | "success" | null;

interface Window {
  count: number;
  endsAt: number;
  /** How often in a row this key was held up. */
  holds: number;
}

/** Entries kept at most; beyond that the oldest windows are dropped, so that memory stays bounded under attack. */
const capacity = 10_000;

/** A hold is never longer, and forgotten when this much time passes after it without a failure. */
const longestHoldMillis = 24 * 3_600_000;

/**
 * Counts failures per key in a fixed window. A success does not count, so people who type well are never held up. With `grows`, one more failure
 * after a hold is enough for the next, and each is twice as long as the one before.
 */
export class FailureLimiter {
  readonly #windows = new Map<string, Window>();
  /** Attempts under way, by key. */
  readonly #open = new Map<string, number>();
  readonly #limit: number;
  readonly #windowMillis: number;
  readonly #now: () => number;
  readonly #grows: boolean;

  constructor(options: { readonly limit: number; readonly windowSeconds: number; readonly grows?: boolean; readonly now: () => number }) {
    this.#limit = options.limit;
    this.#grows = options.grows === true;
    this.#windowMillis = options.windowSeconds * 1000;
    this.#now = options.now;
  }

  assertAllowed(key: string): void {
    const window = this.#windows.get(key);
    const remaining = window === undefined ? 0 : window.endsAt - this.#now();
    if (window === undefined || remaining <= 0 || window.count < this.#limit) return;
    const retryAfterSeconds = Math.ceil(remaining / 1000);
    throw new AppError("rate_limited", `Too many failed attempts. Try again in ${Math.ceil(retryAfterSeconds / 60)} min`, {
      retryAfterSeconds,
    });
  }

  /**
   * One attempt whose outcome takes time. Those under way count as failures until they are known to be none: else as many as are sent at once would
   * all be judged by the count before the first of them.
   */
  async attempt<T>(key: string, work: () => Promise<T>, verdictOf: (result: T) => Promise<Verdict> | Verdict): Promise<T> {
    this.assertAllowed(key);
    const open = this.#open.get(key) ?? 0;
    if (open >= this.#room(key))
      throw new AppError("rate_limited", "Too many attempts at once. Try again in a moment", { retryAfterSeconds: 1 });
    this.#open.set(key, open + 1);
    try {
      const result = await work();
      const verdict = await verdictOf(result);
      if (verdict === "failure") this.recordFailure(key);
      else if (verdict === "success") this.recordSuccess(key);
      return result;
    } finally {
      const left = (this.#open.get(key) ?? 1) - 1;
      if (left === 0) this.#open.delete(key);
      else this.#open.set(key, left);
    }
  }

  /** How many failures would bring the next hold. */
  #room(key: string): number {
    const window = this.#windows.get(key);
    if (window === undefined) return this.#limit;
    if (window.endsAt > this.#now()) return this.#limit - window.count;
    return window.holds > 0 && this.#now() - window.endsAt < longestHoldMillis ? 1 : this.#limit;
  }

  recordFailure(key: string): void {
    const now = this.#now();
    const window = this.#windows.get(key);
    if (window !== undefined && window.endsAt > now) {
      window.count += 1;
      if (window.count === this.#limit) this.#hold(window, now);
      return;
    }
    const holds = window !== undefined && now - window.endsAt < longestHoldMillis ? window.holds : 0;
    const begun: Window = { count: holds > 0 ? this.#limit : 1, endsAt: now + this.#windowMillis, holds };
    if (begun.count >= this.#limit) this.#hold(begun, now);
    this.#windows.delete(key);
    this.#windows.set(key, begun);
    if (this.#windows.size > capacity) {
      const oldest = this.#windows.keys().next().value;
      if (oldest !== undefined) this.#windows.delete(oldest);
    }
  }

  /** Without growth a hold ends with the window that it began in. */
  #hold(window: Window, now: number): void {
    if (!this.#grows) return;
    window.endsAt = now + Math.min(this.#windowMillis * 2 ** window.holds, longestHoldMillis);
    window.holds += 1;
  }

  recordSuccess(key: string): void {
    this.#windows.delete(key);
  }
}
