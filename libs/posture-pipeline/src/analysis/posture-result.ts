import { postureOf } from "@rollcall/risk-scoring";
import type { Verdict } from "@rollcall/risk-scoring";
import type { FindingDraft, IdentityResult, PostureResult, RuleTally } from "../ports/analysis-store.ts";

const INDEX = { pass: 0, fail: 1, unknown: 2, not_applicable: 3 } as const;

/** The rules that were asked, a list that many share, and by rule the position of its verdict's state. */
export interface VerdictStates {
  readonly rules: readonly string[];
  readonly states: Uint8Array;
}

/** Counts verdicts per rule while identities stream by; nothing per identity is kept. */
export class VerdictCounter {
  readonly #counts = new Map<string, [pass: number, fail: number, unknown: number, notApplicable: number]>();
  #rules: readonly string[] = [];

  statesOf(verdicts: readonly Verdict[]): VerdictStates {
    if (verdicts.length !== this.#rules.length || verdicts.some(({ ruleId }, index) => ruleId !== this.#rules[index]))
      this.#rules = verdicts.map(({ ruleId }) => ruleId);
    return { rules: this.#rules, states: Uint8Array.from(verdicts, ({ state }) => INDEX[state]) };
  }

  add({ rules, states }: VerdictStates): void {
    for (const [index, ruleId] of rules.entries()) {
      let row = this.#counts.get(ruleId);
      if (row === undefined) this.#counts.set(ruleId, (row = [0, 0, 0, 0]));
      row[states[index]!]! += 1;
    }
  }

  tallies(): readonly RuleTally[] {
    return [...this.#counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([ruleId, [pass, fail, unknown, notApplicable]]) => ({ ruleId, pass, fail, unknown, notApplicable }));
  }
}

const sharePct = (part: number, whole: number): number | null => (whole === 0 ? null : Math.round((1000 * part) / whole) / 10);

/** Share of known verdicts of one rule that pass, in percent; null when nothing is known. */
const passPct = (tallies: readonly RuleTally[], ruleId: string): number | null => {
  const tally = tallies.find((t) => t.ruleId === ruleId);
  return tally === undefined ? null : sharePct(tally.pass, tally.pass + tally.fail);
};
const failed = (tallies: readonly RuleTally[], ruleId: string): number => tallies.find((t) => t.ruleId === ruleId)?.fail ?? 0;

/** The figures kept per day for the trend. Ids are those of the KPIs on the posture page. */
export function postureResult(
  tallies: readonly RuleTally[],
  identities: readonly IdentityResult[],
  findings: readonly FindingDraft[],
): PostureResult {
  const { score, completeness } = postureOf(tallies);
  const bySeverity = (severity: string): number => findings.filter((f) => f.severity === severity).length;
  return {
    score,
    completeness: completeness ?? 0,
    tallies,
    kpis: {
      ownership_coverage: passPct(tallies, "OWN-001"),
      rotation_compliance: passPct(tallies, "ROT-001"),
      dormant: failed(tallies, "OFF-001"),
      over_privileged: failed(tallies, "PRIV-001"),
      tier_zero: identities.filter((i) => i.blast.tierZeroMin).length,
      identities: identities.length,
      findings_critical: bySeverity("critical"),
      findings_high: bySeverity("high"),
      findings_medium: bySeverity("medium"),
      findings_low: bySeverity("low"),
    },
  };
}
