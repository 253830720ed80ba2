import { byText } from "../order.ts";
import { globMatches, hasWildcard, literalPrefix } from "./glob.ts";

/** Things with an ARN, found by pattern without looking at each: an exact name is one lookup, a pattern bounds a range. */
export class ArnIndex<T extends { readonly arn: string }> {
  readonly #byArn = new Map<string, T>();
  #sorted: readonly T[] | null = null;

  constructor(entries: readonly T[] = []) {
    for (const entry of entries) this.add(entry);
  }

  /** The first of an ARN stays. */
  add(entry: T): void {
    if (this.#byArn.has(entry.arn)) return;
    this.#byArn.set(entry.arn, entry);
    this.#sorted = null;
  }

  get size(): number {
    return this.#byArn.size;
  }

  has(arn: string): boolean {
    return this.#byArn.has(arn);
  }

  /** Sorted by ARN. */
  all(): readonly T[] {
    return (this.#sorted ??= [...this.#byArn.values()].sort((a, b) => byText(a.arn, b.arn)));
  }

  matching(pattern: string): readonly T[] {
    const exact = this.#byArn.get(pattern);
    if (!hasWildcard(pattern)) return exact === undefined ? [] : [exact];
    const prefix = literalPrefix(pattern);
    const entries = this.all();
    const found: T[] = [];
    for (let at = firstNotBelow(entries, prefix); at < entries.length && entries[at]!.arn.startsWith(prefix); at++) {
      if (entries[at]!.arn === pattern || globMatches(pattern, entries[at]!.arn)) found.push(entries[at]!);
    }
    return found;
  }
}

function firstNotBelow(entries: readonly { readonly arn: string }[], text: string): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (entries[middle]!.arn < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
