/** A job whose end could not be written counts as stalled until its lease is over, a few times in a row. */
const forgivenMillis = 180_000;
/** As PostgreSQL says it, and as we do. */
const isDiskFull = (error: unknown): boolean => {
  const { code, status } = (error ?? {}) as { readonly code?: unknown; readonly status?: unknown };
  return code === "53100" || status === 507;
};

/**
 * Remembers that the queue could not write. Jobs look as if they took their worker down then, and used up their attempts for nothing; what
 * they worked on must not be given up for that.
 */
export class DiskTrouble {
  readonly #now: () => number;
  #lastAt = -Infinity;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  saw(error: unknown): void {
    if (isDiskFull(error)) this.#lastAt = this.#now();
  }

  get recent(): boolean {
    return this.#now() - this.#lastAt < forgivenMillis;
  }
}
