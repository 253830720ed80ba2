import type { Severity, Playbook } from "@rollcall/nhi-model";
import { ruleById } from "@rollcall/risk-scoring";
import { controlsOfRule } from "./framework-words.ts";

export interface RuleView {
  readonly ruleId: string;
  readonly title: string;
  readonly rationale: string;
  /** Before modifiers: the severity of a single finding can be one step higher or lower. */
  readonly severity: Severity;
  readonly phase: string;
  readonly playbook: Playbook;
  readonly remediation: { readonly action: string; readonly steps: readonly string[]; readonly breaks: string; readonly verify: string };
  readonly params: readonly { readonly name: string; readonly label: string; readonly value: number; readonly unit: string }[];
  readonly controls: readonly {
    readonly frameworkId: string;
    readonly frameworkTitle: string;
    readonly controlId: string;
    readonly label: string;
  }[];
}

export function ruleView(ruleId: string): RuleView | null {
  const rule = ruleById(ruleId);
  if (rule === undefined) return null;
  return {
    ruleId: rule.id,
    title: rule.title,
    rationale: rule.rationale,
    severity: rule.severity.base,
    phase: rule.phase,
    playbook: rule.playbook,
    remediation: rule.remediation,
    params: Object.entries(rule.params).map(([name, param]) => ({ name, label: param.label, value: param.default, unit: param.unit })),
    controls: controlsOfRule(rule.id),
  };
}

/** A finding outlives its rule when an upgrade drops one: then the id is all there is to say. */
export const ruleTitle = (ruleId: string): string => ruleById(ruleId)?.title ?? ruleId;

/** Field paths the rule's conditions may read. */
export function ruleFields(ruleId: string): readonly string[] {
  const rule = ruleById(ruleId);
  if (rule === undefined) return [];
  const leaves = [...(rule.appliesTo?.fields ?? []), ...rule.fails.fields];
  return [...new Set(leaves)];
}
