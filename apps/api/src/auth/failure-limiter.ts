import { AppError } from "@rollcall/platform";

interface Window {
  count: number;
  endsAt: number;
}

/** Entries kept at most; beyond that the oldest windows are dropped, so that memory stays bounded under attack. */
const capacity = 10_000;

/** Counts failures per key in a fixed window. A success does not count, so people who type well are never held up. */
export class FailureLimiter {
  readonly #windows = new Map<string, Window>();
  readonly #limit: number;
  readonly #windowMillis: number;
  readonly #now: () => number;

  constructor(options: { readonly limit: number; readonly windowSeconds: number; readonly now: () => number }) {
    this.#limit = options.limit;
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
      return;
    }
    this.#windows.delete(key);
    this.#windows.set(key, { count: 1, endsAt: now + this.#windowMillis });
    if (this.#windows.size > capacity) {
      const oldest = this.#windows.keys().next().value;
      if (oldest !== undefined) this.#windows.delete(oldest);
    }
  }

  recordSuccess(key: string): void {
    this.#windows.delete(key);
  }
}
