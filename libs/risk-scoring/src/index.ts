export { evaluate, evaluateSource, explain } from "./evaluate.ts";
export type { EvaluationOptions, RuleParams } from "./evaluate.ts";
export { rules, ruleById } from "./rule-set.ts";
export type { Evidence, LifecycleStage, Remediation, Rule, RuleParam, RulePhase, Verdict, VerdictState } from "./rule.ts";
export { severityRank } from "./severity.ts";
