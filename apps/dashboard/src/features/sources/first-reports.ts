const SHOWN = 10;

/** The reports to begin with: those that left something out, then the others in their order. Few enough are all shown, as they come. */
export function firstReports<T extends { readonly rejectedTotal: number }>(syncs: readonly T[]): readonly T[] {
  if (syncs.length <= SHOWN + 1) return syncs;
  return syncs.toSorted((a, b) => Number(b.rejectedTotal > 0) - Number(a.rejectedTotal > 0)).slice(0, SHOWN);
}
