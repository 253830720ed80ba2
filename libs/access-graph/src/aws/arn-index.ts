import { byText } from "../order.ts";
import { globMatches, hasWildcard, literalPrefix, literalSuffix } from "./glob.ts";

interface Placed<T> {
  readonly entry: T;
  readonly text: string;
}

/** Things with an ARN, found by pattern without looking at each: an exact name is one lookup, a pattern bounds a range by how it begins, how it ends or by a part of it. */
export class ArnIndex<T extends { readonly arn: string }> {
  readonly #byArn = new Map<string, T>();
  #sorted: readonly T[] | null = null;
  /** By the ARN from its end to its beginning. */
  #byEnd: readonly Placed<T>[] | null = null;
  /** By what follows each colon of the ARN. */
  #byColon: readonly Placed<T>[] | null = null;

  constructor(entries: readonly T[] = []) {
    for (const entry of entries) this.add(entry);
  }

  /** The first of an ARN stays. */
  add(entry: T): void {
    if (this.#byArn.has(entry.arn)) return;
    this.#byArn.set(entry.arn, entry);
    this.#sorted = null;
    this.#byEnd = null;
    this.#byColon = null;
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
    return this.#bounded(pattern).filter((entry) => entry.arn === pattern || globMatches(pattern, entry.arn));
  }

  /** Those that begin like the pattern; where these are many, those that end like it or hold a part of it, if they are fewer. Sorted by ARN. */
  #bounded(pattern: string): readonly T[] {
    const entries = this.all();
    const { start, end } = rangeOf(entries.length, (at) => entries[at]!.arn, literalPrefix(pattern));
    let fewest = end - start;
    let found: readonly Placed<T>[] | null = null;
    for (const [sought, order] of fewest < fewEntries ? [] : this.#otherOrders(pattern)) {
      const range = rangeOf(order.length, (at) => order[at]!.text, sought);
      if (range.end - range.start >= fewest) continue;
      fewest = range.end - range.start;
      found = order.slice(range.start, range.end);
    }
    return found === null ? entries.slice(start, end) : [...new Set(found.map(({ entry }) => entry))].sort((a, b) => byText(a.arn, b.arn));
  }

  #otherOrders(pattern: string): readonly (readonly [sought: string, order: readonly Placed<T>[]])[] {
    const [end, part] = [reversed(literalSuffix(pattern)), partFromColon(pattern)];
    return [
      ...(end === "" ? [] : [[end, (this.#byEnd ??= this.#placed((arn) => [reversed(arn)]))] as const]),
      ...(part === "" ? [] : [[part, (this.#byColon ??= this.#placed(fromColons))] as const]),
    ];
  }

  #placed(textsOf: (arn: string) => readonly string[]): readonly Placed<T>[] {
    return this.all()
      .flatMap((entry) => textsOf(entry.arn).map((text) => ({ entry, text })))
      .sort((a, b) => byText(a.text, b.text));
  }
}

/** A look at each costs less than other orders of them. */
const fewEntries = 64;

const reversed = (text: string): string => {
  let turned = "";
  for (let at = text.length - 1; at >= 0; at--) turned += text[at]!;
  return turned;
};

/** The longest part between wildcards, from its first colon on: `arn:aws:s3:*:1111:x/*` has `:1111:x/`. */
const partFromColon = (pattern: string): string =>
  pattern
    .split(/[*?]/)
    .slice(1)
    .map((part) => (part.includes(":") ? part.slice(part.indexOf(":")) : ""))
    .reduce((longest, part) => (part.length > longest.length ? part : longest), "");

/** What begins at each of its colons. */
function fromColons(arn: string): readonly string[] {
  const found: string[] = [];
  for (let at = arn.indexOf(":"); at !== -1; at = arn.indexOf(":", at + 1)) found.push(arn.slice(at));
  return found;
}

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
