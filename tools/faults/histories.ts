export interface Listing {
  readonly at: string;
  readonly outcome: "complete" | "partial" | "denied";
  readonly shown: readonly string[];
  /** Says that it is complete and leaves out more than may go unasked. */
  readonly lie: boolean;
}

const hour = 3_600_000;
const mayGoUnasked = (existing: number): number => Math.max(10, Math.floor(existing / 10));

/** What a source shows from day to day. One that may lose does lose a few for real; the other only ever lies about it. */
export function historyOf(random: () => number, { mayLose }: { readonly mayLose: boolean }): Listing[] {
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = (names: readonly string[], share: number): string[] => names.filter(() => random() < share);
  const everything = Array.from({ length: 2 + below(60) }, (_, index) => `id-${index}`);
  let at = Date.parse("2026-06-01T00:00:00Z");
  const first: Listing = { at: new Date(at).toISOString(), outcome: "complete", shown: everything, lie: false };
  const kinds = ["full", "empty", "thin", "partial", "denied", "grown", ...(mayLose ? ["few", "few", "few"] : [])];
  let lost = new Set<string>();
  const later = Array.from({ length: 3 + below(5) }, (): Listing => {
    at += hour / 6 + random() * 30 * hour;
    const base = { at: new Date(at).toISOString(), lie: false } as const;
    switch (kinds[below(kinds.length)]) {
      case "empty":
        return { ...base, outcome: "complete", shown: [], lie: true };
      case "thin": {
        const kept = everything.slice(mayGoUnasked(everything.length) + 4 + below(20));
        return { ...base, outcome: "complete", shown: kept, lie: true };
      }
      case "partial":
        return { ...base, outcome: "partial", shown: pick(everything, 0.3) };
      case "denied":
        return { ...base, outcome: "denied", shown: [] };
      case "grown":
        everything.push(`id-${everything.length}`);
        return { ...base, outcome: "complete", shown: [...everything] };
      case "few":
        lost = new Set([...lost].filter(() => random() < 0.7).concat(pick(everything.slice(0, 3), 0.5)));
        return { ...base, outcome: "complete", shown: everything.filter((name) => !lost.has(name) || name === everything.at(-1)) };
      default:
        return { ...base, outcome: "complete", shown: [...everything] };
    }
  });
  return [{ ...first, shown: [...first.shown] }, ...later];
}

/** What may be missing or gone by the rules alone: two complete listings that lied about nothing, an hour or more apart. */
export class Presence {
  readonly #absentSince = new Map<string, number>();
  readonly #known = new Set<string>();
  readonly #mayBeGone = new Set<string>();

  saw({ at, outcome, shown, lie }: Listing): void {
    for (const name of shown) {
      this.#known.add(name);
      this.#absentSince.delete(name);
      this.#mayBeGone.delete(name);
    }
    if (outcome !== "complete" || lie) return;
    for (const name of this.#known) {
      if (shown.includes(name)) continue;
      const since = this.#absentSince.get(name);
      if (since === undefined) this.#absentSince.set(name, Date.parse(at));
      else if (Date.parse(at) - since >= hour) this.#mayBeGone.add(name);
    }
  }

  contradictedBy(rows: readonly { readonly ref: string; readonly missing: boolean; readonly gone: boolean }[]): string[] {
    const stored = new Map(rows.map((row) => [row.ref, row]));
    return [...this.#known].flatMap((name) => {
      const row = stored.get(name);
      if (row === undefined) return [`${name} is not there at all`];
      if (row.gone !== this.#mayBeGone.has(name)) return [`${name} is ${row.gone ? "" : "not "}gone`];
      return row.gone || row.missing === this.#absentSince.has(name) ? [] : [`${name} is ${row.missing ? "" : "not "}missing`];
    });
  }
}
