import type { Catalogue, Control } from "./catalogue.ts";

/** How often a rule came to which verdict. */
export interface RuleState {
  readonly ruleId: string;
  readonly pass: number;
  readonly fail: number;
  readonly unknown: number;
  readonly notApplicable: number;
  /** Open findings of the rule; without it the failed checks are counted. */
  readonly findings?: number;
}

/** How well a control can be judged: says nothing about whether it is met. */
export type CoverageState = "covered" | "partial" | "manual" | "not_assessable";
/** Whether it is met, as far as it can be judged. */
export type ControlStatus = "ok" | "at_risk" | "failing" | "unknown" | "not_assessed";

export interface ControlCoverage {
  readonly id: string;
  readonly label: string;
  readonly parent: string | null;
  readonly url: string | null;
  readonly aliases: readonly string[];
  readonly state: CoverageState;
  readonly status: ControlStatus;
  /** Why it is not fully covered; null when it is. */
  readonly reason: string | null;
  /** For a parent: the rules of everything below it, each once. */
  readonly rules: readonly RuleState[];
  readonly findings: number;
}

/** Share of failed among answered checks from which a control fails; below it, any failure puts it at risk. */
export const failingShare = 0.1;

/** Every control of the catalogue in its order, parents rolled up from what is below them. */
export function coverage(catalogue: Catalogue, ruleStates: readonly RuleState[]): readonly ControlCoverage[] {
  const states = new Map(ruleStates.map((state) => [state.ruleId, state]));
  const children = new Map<string, Control[]>();
  for (const control of catalogue.controls) {
    if (control.parent !== undefined) children.set(control.parent, [...(children.get(control.parent) ?? []), control]);
  }
  const done = new Map<string, ControlCoverage>();
  const cover = (control: Control): ControlCoverage => {
    const cached = done.get(control.id);
    if (cached !== undefined) return cached;
    const below = (children.get(control.id) ?? []).map(cover);
    const result = below.length === 0 ? leaf(control, states) : rolledUp(control, below, states);
    done.set(control.id, result);
    return result;
  };
  return catalogue.controls.map(cover);
}

/** Coverage states of the controls that have nothing below them. */
export function summarise(controls: readonly ControlCoverage[]): Readonly<Record<CoverageState, number>> {
  const parents = new Set(controls.map((control) => control.parent));
  const summary = { covered: 0, partial: 0, manual: 0, not_assessable: 0 };
  for (const control of controls) if (!parents.has(control.id)) summary[control.state] += 1;
  return summary;
}

const noVerdicts = (ruleId: string): RuleState => ({ ruleId, pass: 0, fail: 0, unknown: 0, notApplicable: 0 });

function leaf(control: Control, states: ReadonlyMap<string, RuleState>): ControlCoverage {
  const rules = control.rules.map((ruleId) => states.get(ruleId) ?? noVerdicts(ruleId));
  if (control.assessable !== "rules") {
    return { ...headOf(control), state: control.assessable, status: "not_assessed", reason: control.reason ?? null, rules, findings: 0 };
  }
  const gap = gapOf(rules);
  const reasons = [control.extent === "partial" ? control.reason : undefined, gap ?? undefined].filter((reason) => reason !== undefined);
  return {
    ...headOf(control),
    ...judged(rules),
    state: control.extent === "partial" || gap !== null ? "partial" : "covered",
    reason: reasons.length === 0 ? null : reasons.join(" "),
  };
}

function rolledUp(control: Control, below: readonly ControlCoverage[], states: ReadonlyMap<string, RuleState>): ControlCoverage {
  const own = control.rules.map((ruleId) => states.get(ruleId) ?? noVerdicts(ruleId));
  const byRule = new Map([...own, ...below.flatMap((child) => child.rules)].map((rule) => [rule.ruleId, rule]));
  const rules = [...byRule.values()].sort((a, b) => (a.ruleId < b.ruleId ? -1 : 1));
  const state = stateOfParent(own.length > 0, below);
  const open = below.filter((child) => child.state !== "covered").length;
  const reason = open === 0 ? null : `${open} of the ${below.length} items below are not fully covered.`;
  if (state === "manual" || state === "not_assessable")
    return { ...headOf(control), state, status: "not_assessed", reason, rules, findings: 0 };
  return { ...headOf(control), ...judged(rules), state, reason };
}

function stateOfParent(hasOwnRules: boolean, below: readonly ControlCoverage[]): CoverageState {
  const states = new Set(below.map((child) => child.state));
  if (states.size === 1 && states.has("covered")) return "covered";
  if (hasOwnRules || states.has("covered") || states.has("partial")) return "partial";
  return states.has("manual") ? "manual" : "not_assessable";
}

function judged(rules: readonly RuleState[]): Pick<ControlCoverage, "rules" | "findings" | "status"> {
  const failed = sum(rules, (rule) => rule.fail);
  const answered = failed + sum(rules, (rule) => rule.pass);
  const status = answered === 0 ? "unknown" : failed === 0 ? "ok" : failed / answered >= failingShare ? "failing" : "at_risk";
  return { rules, status, findings: sum(rules, (rule) => rule.findings ?? rule.fail) };
}

/** What the data leaves open, as a sentence; null when every check that applies was answered. */
function gapOf(rules: readonly RuleState[]): string | null {
  const unknown = sum(rules, (rule) => rule.unknown);
  const asked = unknown + sum(rules, (rule) => rule.pass + rule.fail);
  if (asked === 0) return rules.some((rule) => rule.notApplicable > 0) ? null : "No data has been read for it yet.";
  return unknown === 0 ? null : `${unknown} of ${asked} checks have no answer in the data.`;
}

function headOf(control: Control): Pick<ControlCoverage, "id" | "label" | "parent" | "url" | "aliases"> {
  return { id: control.id, label: control.label, parent: control.parent ?? null, url: control.url ?? null, aliases: control.aliases ?? [] };
}

const sum = (rules: readonly RuleState[], of: (rule: RuleState) => number): number => rules.reduce((total, rule) => total + of(rule), 0);
