import type { NhiRecord } from "@rollcall/nhi-model";
import { FALSE, TRUE } from "./condition.ts";
import type { Scope, Tri } from "./condition.ts";
import { shownValue } from "./evidence.ts";
import { readerOf } from "./path.ts";
import type { Evidence, Rule, Verdict } from "./rule.ts";
import { rules } from "./rule-set.ts";
import { severityOf } from "./severity.ts";

/** Values of a workspace's policy, by rule id and parameter name; what is left out keeps the default. */
export type RuleParams = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface EvaluationOptions {
  /** RFC 3339; ages are judged as of it. */
  readonly now: string;
  readonly params?: RuleParams;
}

const nothing: readonly never[] = Object.freeze([]);
const identityRules = rules.filter((rule) => rule.entity === "identity");
const sourceRules = rules.filter((rule) => rule.entity === "source");

/** Verdicts of every identity rule, in order of rule id. */
export function evaluate(record: NhiRecord, options: EvaluationOptions): readonly Verdict[] {
  return run(identityRules, record, options);
}

/** Verdicts of the rules about a source; only the record's `source` part is read. */
export function evaluateSource(record: Pick<NhiRecord, "source">, options: EvaluationOptions): readonly Verdict[] {
  return run(sourceRules, record, options);
}

/** One rule's verdict with the values it looked at, also when it passed or does not apply. */
export function explain(rule: Rule, record: NhiRecord, options: EvaluationOptions): Verdict {
  const scope = scopeOf(rule, record, options);
  const verdict = verdictOf(rule, record, scope);
  return { ...verdict, evidence: evidenceOf(rule, record, scope) };
}

function run(set: readonly Rule[], record: NhiRecord, options: EvaluationOptions): readonly Verdict[] {
  const nowMs = nowOf(options);
  return set.map((rule) => verdictOf(rule, record, { root: record, nowMs, params: paramsOf(rule, options.params) }));
}

function verdictOf(rule: Rule, record: NhiRecord, scope: Scope): Verdict {
  const applies: Tri = rule.appliesTo === undefined ? TRUE : rule.appliesTo.test(record, scope);
  if (applies === FALSE) return settled(rule.id, "not_applicable");
  const fails = rule.fails.test(record, scope);
  if (fails === FALSE) return settled(rule.id, "pass");
  if (applies === TRUE && fails === TRUE) {
    return {
      ruleId: rule.id,
      state: "fail",
      severity: severityOf(rule.severity, record, scope),
      unknownFields: nothing,
      evidence: evidenceOf(rule, record, scope),
    };
  }
  const traces = [rule.appliesTo?.trace(record, scope, "").unknownFields ?? [], rule.fails.trace(record, scope, "").unknownFields];
  return { ruleId: rule.id, state: "unknown", severity: null, unknownFields: [...new Set(traces.flat())], evidence: nothing };
}

/** Passing and inapplicable verdicts carry nothing of the record, so one frozen object per rule serves all identities. */
const shared = new Map<string, Verdict>(
  rules.flatMap((rule) =>
    (["pass", "not_applicable"] as const).map(
      (state) =>
        [
          `${state} ${rule.id}`,
          Object.freeze({ ruleId: rule.id, state, severity: null, unknownFields: nothing, evidence: nothing }),
        ] as const,
    ),
  ),
);

function settled(ruleId: string, state: "pass" | "not_applicable"): Verdict {
  return shared.get(`${state} ${ruleId}`) ?? { ruleId, state, severity: null, unknownFields: nothing, evidence: nothing };
}

function evidenceOf(rule: Rule, record: NhiRecord, scope: Scope): readonly Evidence[] {
  const seen = new Map<string, unknown>();
  for (const [path, value] of rule.fails.trace(record, scope, "").read) seen.set(path, value);
  for (const [path, value] of rule.appliesTo?.trace(record, scope, "").read ?? []) seen.set(path, value);
  for (const path of rule.evidence) {
    const value = readerOf(path)(record);
    if (value !== undefined && !seen.has(path)) seen.set(path, value);
  }
  return [...seen].map(([path, value]) => ({ path, value: shownValue(value) }));
}

function nowOf(options: EvaluationOptions): number {
  const nowMs = Date.parse(options.now);
  if (Number.isNaN(nowMs)) throw new RangeError(`"${options.now}" is not an RFC 3339 time`);
  return nowMs;
}

function scopeOf(rule: Rule, record: NhiRecord, options: EvaluationOptions): Scope {
  return { root: record, nowMs: nowOf(options), params: paramsOf(rule, options.params) };
}

const defaultsByRule = new Map(
  rules.map((rule) => [rule.id, Object.fromEntries(Object.entries(rule.params).map(([name, value]) => [name, value.default]))]),
);

function paramsOf(rule: Rule, params: RuleParams | undefined): Readonly<Record<string, number>> {
  const defaults = defaultsByRule.get(rule.id) ?? {};
  const chosen = params?.[rule.id];
  return chosen === undefined ? defaults : { ...defaults, ...chosen };
}
