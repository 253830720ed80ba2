import type { Bounds } from "../what-if/what-if-types.ts";
import { BestFirst } from "./best-first.ts";
import type { Candidate } from "./candidate.ts";
import type { RiskModel } from "./risk-model.ts";

export interface Models {
  readonly min: RiskModel;
  /** The same model where nothing is conditional. */
  readonly max: RiskModel;
}

export interface Ranking {
  /** Exact, largest first; cut > 0. */
  readonly best: readonly { readonly candidate: Candidate; readonly cut: Bounds }[];
  /** Looked at because much lies behind them, and found to cut nothing. Busiest first. */
  readonly idle: readonly Candidate[];
  readonly evaluated: number;
  readonly pruned: number;
}

/**
 * The best candidates, exactly, without working all of them out: each enters with an upper bound of its cut, and only what could still be next
 * gets a tighter bound and then the exact value.
 */
export function rankCandidates(
  models: Models,
  candidates: readonly Candidate[],
  { limit, order }: { readonly limit: number; readonly order: (a: Candidate, b: Candidate) => number },
): Ranking {
  const waiting = new BestFirst<Candidate>(order);
  for (const item of candidates) waiting.push({ item, stage: 0, value: inBoth(models, item, (model, edges) => model.mostCut(edges)) });
  const best: { candidate: Candidate; cut: Bounds }[] = [];
  const idle: Candidate[] = [];
  let evaluated = 0;
  while (best.length < limit) {
    const next = waiting.pop();
    if (next === undefined) break;
    const { item, stage, value } = next;
    if (stage === 2) {
      best.push({ candidate: item, cut: value });
      continue;
    }
    if (stage === 1) evaluated++;
    const sharper =
      stage === 0
        ? inBoth(models, item, (model, edges) => model.mostCutThrough(edges))
        : inBoth(models, item, (model, edges) => model.cutBy(edges), value);
    if (sharper.min === 0 && sharper.max === 0) idle.push(item);
    else waiting.push({ item, stage: stage === 0 ? 1 : 2, value: sharper });
  }
  return { best, idle, evaluated, pruned: waiting.size };
}

/** Cut of several grounds at once, exactly. */
export const cutOf = (models: Models, lost: Pick<Candidate, "lostInMin" | "lostInMax">): Bounds =>
  inBoth(models, lost, (model, edges) => model.cutBy(edges));

/** In each bound, unless the answer there is known to be nothing. */
function inBoth(
  { min, max }: Models,
  { lostInMin, lostInMax }: Pick<Candidate, "lostInMin" | "lostInMax">,
  measure: (model: RiskModel, edges: readonly number[]) => number,
  known?: Bounds,
): Bounds {
  const least = lostInMin.length === 0 || known?.min === 0 ? 0 : measure(min, lostInMin);
  // Losing certainty is a loss in Gmin only, also where nothing was conditional before.
  if (min === max && lostInMin.length === lostInMax.length) return { min: least, max: least };
  return { min: least, max: lostInMax.length === 0 || known?.max === 0 ? 0 : measure(max, lostInMax) };
}
