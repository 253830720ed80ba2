import type { Components } from "./components.ts";
import type { SetLimits } from "./shared-sets.ts";

/** Steps for each edge that may be taken in any case: estates take three to six, and more only at the beginning. */
const usualSteps = 10;
const beginning = 0.25;
const fewestSteps = 100_000;

/** Where sets are alike, steps go with the edges that were passed: all of them `before`, and a share this time. */
export const usualWork = (edges: number, before: number, share: number): number =>
  usualSteps * edges * (before + Math.max(beginning, share));

/** What may be spent on sharing beside dense rows of so many words, which would go through the whole graph; a step here takes some fifty times as long as one of theirs. */
export function workBesideDense({ count, readers }: Components, words: number, { maxWork }: SetLimits): number {
  let edges = 0;
  for (let c = 0; c < readers.length; c++) edges += readers[c]!;
  return Math.max(fewestSteps, 0.1 * maxWork * (words + 64) * (count + edges));
}
