import { AppError } from "@rollcall/platform";

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
