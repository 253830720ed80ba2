import type { NhiRecord, Playbook } from "@rollcall/nhi-model";
import { bandOf } from "./bands.ts";
import type { Band } from "./bands.ts";
import { playbookEffects } from "./playbook-effects.ts";
import { exactly, sumOf } from "./range.ts";
import type { Range } from "./range.ts";
import type { Evidence } from "./rule.ts";
import type { ScoredReach, TermDefinition, TermInput } from "./term.ts";
import { blastRadius } from "./terms/blast-radius.ts";
import { criticality, environment } from "./terms/importance.ts";
import { lifecycle } from "./terms/lifecycle.ts";
import { ownership } from "./terms/ownership.ts";
import { rotationAge } from "./terms/rotation-age.ts";
import { secretExposure } from "./terms/secret-exposure.ts";
import { standing } from "./terms/standing.ts";
import { trustBoundary } from "./terms/trust-boundary.ts";
import { weights } from "./weights.ts";

/** The terms in the order in which they are shown. Their caps add up to 100. */
export const terms: readonly TermDefinition[] = [
  blastRadius,
  criticality,
  environment,
  rotationAge,
  secretExposure,
  standing,
  ownership,
  lifecycle,
  trustBoundary,
];

export interface ScoreInput {
  readonly record: NhiRecord;
  /** null = the graph gave no answer: the term then spans its whole width. */
  readonly reach: ScoredReach | null;
  /** RFC 3339; ages are judged as of it. */
  readonly now: string;
  /** Reach after a playbook that changes grants (narrow, separate, ...), from the graph's what-if. */
  readonly reachAfter?: Partial<Readonly<Record<Playbook, ScoredReach>>>;
}

export interface ScoreTerm extends Range {
  readonly id: string;
  readonly label: string;
  readonly group: "impact" | "exposure";
  readonly cap: number;
  readonly why: string;
  readonly evidence: readonly Evidence[];
  /** The gentlest action that lowers this term most, with the term's points afterwards. */
  readonly lower?: { readonly action: string; readonly playbook: Playbook; readonly newMin: number; readonly newMax: number };
}

/** The whole score after one playbook. */
export interface ScoreAction extends Range {
  readonly playbook: Playbook;
  readonly label: string;
}

export interface Score extends Range {
  readonly terms: readonly ScoreTerm[];
  /** Band of the upper end: what it may be as long as the unknowns stay unknown. */
  readonly band: Band;
  /** Band of the lower end: what it is at least. */
  readonly bandMin: Band;
  /** What would lower the score, strongest first. */
  readonly actions: readonly ScoreAction[];
  readonly weightsVersion: string;
}

interface Outcome {
  readonly playbook: Playbook;
  readonly label: string;
  readonly ranges: readonly Range[];
}

/** Integers from 0 to 100, as an interval. Same input, same output; order inside lists of the record does not matter. */
export function score(input: ScoreInput): Score {
  const nowMs = Date.parse(input.now);
  if (Number.isNaN(nowMs)) throw new RangeError(`"${input.now}" is not an RFC 3339 time`);
  const termInput: TermInput = { record: input.record, reach: input.reach, nowMs };
  const ranges = rangesOf(termInput);
  const total = sumOf(ranges);
  const outcomes = outcomesOf(input, nowMs);
  return {
    ...total,
    band: bandOf(total.max),
    bandMin: bandOf(total.min),
    terms: terms.map((term, index) => describe(term, termInput, { range: ranges[index] as Range, index, outcomes })),
    actions: actionsOf(total, outcomes),
    weightsVersion: weights.version,
  };
}

/** What no longer exists can harm nobody. */
function rangesOf(input: TermInput): readonly Range[] {
  return input.record.status === "deleted" ? terms.map(() => exactly(0)) : terms.map((term) => term.points(input));
}

function outcomesOf(input: ScoreInput, nowMs: number): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  for (const effect of playbookEffects) {
    const record = effect.after(input.record, input.now);
    if (record === null) continue;
    const reach = input.reachAfter?.[effect.playbook] ?? input.reach;
    outcomes.push({ playbook: effect.playbook, label: effect.label, ranges: rangesOf({ record, reach, nowMs }) });
  }
  const described = new Set(playbookEffects.map((effect) => effect.playbook));
  for (const [playbook, reach] of Object.entries(input.reachAfter ?? {}) as [Playbook, ScoredReach][]) {
    if (described.has(playbook)) continue;
    const label = playbook === "narrow" ? "Remove the permissions it does not need" : "Split it by function";
    outcomes.push({ playbook, label, ranges: rangesOf({ record: input.record, reach, nowMs }) });
  }
  return outcomes;
}

const isLower = (after: Range, before: Range): boolean =>
  after.max <= before.max && after.min <= before.min && (after.max < before.max || after.min < before.min);

function actionsOf(total: Range, outcomes: readonly Outcome[]): readonly ScoreAction[] {
  return outcomes
    .map(({ playbook, label, ranges }) => ({ playbook, label, ...sumOf(ranges) }))
    .filter((action) => isLower(action, total))
    .sort((a, b) => a.max - b.max || a.min - b.min);
}

function describe(
  term: TermDefinition,
  input: TermInput,
  computed: { readonly range: Range; readonly index: number; readonly outcomes: readonly Outcome[] },
): ScoreTerm {
  const { range, index, outcomes } = computed;
  const lowering = outcomes
    .map((outcome) => ({ outcome, after: outcome.ranges[index] as Range }))
    .filter(({ outcome, after }) => outcome.playbook !== "retire" && isLower(after, range))
    .sort((a, b) => a.after.max - b.after.max || a.after.min - b.after.min)[0];
  return {
    id: term.id,
    label: term.label,
    group: term.group,
    cap: term.cap,
    min: range.min,
    max: range.max,
    why: input.record.status === "deleted" ? "It no longer exists at the source" : term.why(input, range),
    evidence: term.evidence(input),
    ...(lowering === undefined
      ? {}
      : {
          lower: {
            action: lowering.outcome.label,
            playbook: lowering.outcome.playbook,
            newMin: lowering.after.min,
            newMax: lowering.after.max,
          },
        }),
  };
}
