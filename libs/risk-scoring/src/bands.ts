export type Band = "critical" | "high" | "medium" | "low";

/** The only place where a score becomes a word. Lowest score of each band. */
export const bands: readonly { readonly band: Band; readonly from: number }[] = [
  { band: "critical", from: 80 },
  { band: "high", from: 60 },
  { band: "medium", from: 35 },
  { band: "low", from: 0 },
];

export function bandOf(score: number): Band {
  return bands.find(({ from }) => score >= from)?.band ?? "low";
}
