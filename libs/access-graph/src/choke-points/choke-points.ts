import { byText } from "../order.ts";
import type { AccessGraph, Ground } from "../types.ts";
import { Fixes, sideEffects } from "../what-if/fixes.ts";
import { overlay } from "../what-if/overlay.ts";
import { UsageEvidence } from "../what-if/usage-of.ts";
import type { Bounds, Entry } from "../what-if/what-if-types.ts";
import { candidatesOf } from "./candidate.ts";
import type { Candidate } from "./candidate.ts";
import type { ChokePoint, ChokePointOptions, ChokePoints, PlanStep } from "./choke-point-types.ts";
import { rankCandidates } from "./rank-candidates.ts";
import type { Models } from "./rank-candidates.ts";
import { redundantFixes } from "./redundant-fixes.ts";
import { RiskModel } from "./risk-model.ts";

const defaults = { limit: 20, planSteps: 0, redundantLimit: 10 };

/** Which single changes cut most risk (graph.md E5), exactly: what building the changed inventory would give. */
export function chokePoints(graph: AccessGraph, entries: readonly Entry[], options: ChokePointOptions = {}): ChokePoints {
  const { limit, planSteps, redundantLimit } = { ...defaults, ...options };
  const usage = new UsageEvidence(options.usage, options.asOf);
  const fixes = new Fixes(graph, options.grants);
  const models = modelsOf(graph, entries);
  const candidates = candidatesOf(graph, models);
  const { best, idle, evaluated, pruned } = rankCandidates(models, candidates, { limit, order: fewestUsers(graph, usage) });
  const ranked = best.map(({ candidate, cut }) => describe(graph, { fixes, usage, models }, { candidate, cut }));
  return {
    risk: { min: models.min.risk, max: models.max.risk },
    ranked,
    plan: planSteps === 0 ? [] : greedyPlan({ graph, entries, first: ranked[0] }, { ...options, planSteps }),
    redundant: redundantFixes({ graph, entries, models, fixes }, idle.slice(0, redundantLimit)),
    work: { candidates: candidates.length, evaluated, pruned },
  };
}

function modelsOf(graph: AccessGraph, entries: readonly Entry[]): Models {
  const min = new RiskModel(graph, entries, "min");
  return { min, max: graph.edges.some((edge) => edge.conditional) ? new RiskModel(graph, entries, "max") : min };
}

interface Describer {
  readonly fixes: Fixes;
  readonly usage: UsageEvidence;
  readonly models: Models;
}

function describe(
  graph: AccessGraph,
  { fixes, usage, models }: Describer,
  { candidate, cut }: { readonly candidate: Candidate; readonly cut: Bounds },
): ChokePoint {
  const [first, ...alike] = candidate.grounds;
  return {
    fix: fixes.of([first!]),
    alike: alike.map((ground) => fixes.of([ground])),
    cut,
    cutPct: models.min.risk > 0 ? percent(cut.min, models.min.risk) : percent(cut.max, models.max.risk),
    sideEffects: sideEffects(graph, [first!], usage),
  };
}

const percent = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10);

/** Among fixes that cut the same, the one that fewest used in 90 days; then by ground, so that the order is always the same. */
function fewestUsers(graph: AccessGraph, usage: UsageEvidence): (a: Candidate, b: Candidate) => number {
  const known = new Map<Ground, number>();
  const users = ({ grounds: [ground] }: Candidate): number => {
    let count = known.get(ground!);
    if (count === undefined) known.set(ground!, (count = sideEffects(graph, [ground!], usage).used90d ?? 0));
    return count;
  };
  return (a, b) => (usage.isEmpty ? 0 : users(a) - users(b)) || byText(a.grounds[0]!, b.grounds[0]!);
}

/** The best fix, then the best after it, and so on. Greedy: finding the best set of a size is hard, and this is not claimed to be it. */
function greedyPlan(
  { graph, entries, first }: { readonly graph: AccessGraph; readonly entries: readonly Entry[]; readonly first: ChokePoint | undefined },
  options: ChokePointOptions & { readonly planSteps: number },
): PlanStep[] {
  const steps: PlanStep[] = [];
  const done = new Set<Ground>();
  let next = first;
  let before: Bounds | null = null;
  while (next !== undefined && steps.length < options.planSteps) {
    for (const ground of next.fix.grounds) done.add(ground);
    const rest = overlay(graph, { grounds: done });
    const more = chokePoints(rest, entries, { ...options, limit: 1, planSteps: 0, redundantLimit: 0 });
    steps.push({ ...next, remaining: more.risk });
    before = more.risk;
    next = more.ranked[0];
  }
  return before === null ? [] : steps;
}
