import { byText } from "../order.ts";
import { globMatches, hasWildcard, literalPrefix, literalSuffix } from "./glob.ts";

/** Things with an ARN, found by pattern without looking at each: an exact name is one lookup, a pattern bounds a range by how it begins or ends. */
export class ArnIndex<T extends { readonly arn: string }> {
  readonly #byArn = new Map<string, T>();
  #sorted: readonly T[] | null = null;
  /** By the ARN from its end to its beginning. */
  #byEnd: readonly { readonly entry: T; readonly end: string }[] | null = null;

  constructor(entries: readonly T[] = []) {
    for (const entry of entries) this.add(entry);
  }

  /** The first of an ARN stays. */
  add(entry: T): void {
    if (this.#byArn.has(entry.arn)) return;
    this.#byArn.set(entry.arn, entry);
    this.#sorted = null;
    this.#byEnd = null;
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
    const entries = this.all();
    const range = rangeOf(entries.length, (at) => entries[at]!.arn, literalPrefix(pattern));
    const found: T[] = [];
    const take = (entry: T): void => {
      if (entry.arn === pattern || globMatches(pattern, entry.arn)) found.push(entry);
    };
    const ending = range.end - range.start < fewEntries ? null : this.#endingLike(pattern, range.end - range.start);
    if (ending === null) for (let at = range.start; at < range.end; at++) take(entries[at]!);
    else for (const entry of ending) take(entry);
    return found;
  }

  /** Those that end like the pattern, sorted by ARN, if they are fewer than the ones that begin like it. */
  #endingLike(pattern: string, beginning: number): readonly T[] | null {
    const suffix = reversed(literalSuffix(pattern));
    if (suffix === "") return null;
    const entries = (this.#byEnd ??= this.all()
      .map((entry) => ({ entry, end: reversed(entry.arn) }))
      .sort((a, b) => byText(a.end, b.end)));
    const { start, end } = rangeOf(entries.length, (at) => entries[at]!.end, suffix);
    if (end - start >= beginning) return null;
    return entries
      .slice(start, end)
      .map(({ entry }) => entry)
      .sort((a, b) => byText(a.arn, b.arn));
  }
}

/** A look at each costs less than an order by ends. */
const fewEntries = 64;

const reversed = (text: string): string => {
  let turned = "";
  for (let at = text.length - 1; at >= 0; at--) turned += text[at]!;
  return turned;
};

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Of texts in order: those that begin like this. */
function rangeOf(size: number, textAt: (at: number) => string, prefix: string): Range {
  const start = firstWhere(0, size, (at) => textAt(at) >= prefix);
  return { start, end: firstWhere(start, size, (at) => !textAt(at).startsWith(prefix)) };
}

/** The first place from which on it holds. */
function firstWhere(from: number, to: number, holds: (at: number) => boolean): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
