import { ruleById } from "./rule-set.ts";
import type { Severity } from "@rollcall/nhi-model";

/** How often a rule came to which verdict in a workspace. */
export interface RuleCounts {
  readonly ruleId: string;
  readonly pass: number;
  readonly fail: number;
  readonly unknown: number;
  readonly notApplicable: number;
}

export interface Posture {
  /** 0-100 with one decimal; null when not a single verdict is known. */
  readonly score: number | null;
  /** Share of applicable checks that could be answered, 0-100 with one decimal; null when no check applies. */
  readonly completeness: number | null;
  readonly known: number;
  readonly unknown: number;
  readonly formula: string;
}

/** How much one check of a rule weighs, by the rule's base severity. */
export const postureWeights: Readonly<Record<Severity, number>> = { critical: 10, high: 5, medium: 2, low: 1, info: 0 };

export const postureFormula =
  "Passed checks / answered checks, each check weighted by the base severity of its rule " +
  "(critical 10, high 5, medium 2, low 1). Checks without an answer count in neither; completeness is the share of answered checks.";

const percent = (part: number, whole: number): number | null => (whole === 0 ? null : Math.round((1000 * part) / whole) / 10);

export function postureOf(counts: readonly RuleCounts[]): Posture {
  let [passed, weighed, known, unknown] = [0, 0, 0, 0];
  for (const count of counts) {
    const rule = ruleById(count.ruleId);
    if (rule === undefined) throw new RangeError(`No rule ${count.ruleId}`);
    const weight = postureWeights[rule.severity.base];
    passed += weight * count.pass;
    weighed += weight * (count.pass + count.fail);
    known += count.pass + count.fail;
    unknown += count.unknown;
  }
  return { score: percent(passed, weighed), completeness: percent(known, known + unknown), known, unknown, formula: postureFormula };
}
