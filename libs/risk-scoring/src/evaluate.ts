import type { NhiRecord } from "@rollcall/nhi-model";
import { FALSE, TRUE, UNKNOWN } from "./condition.ts";
import type { Reads, Scope, Tri } from "./condition.ts";
import { shownValue } from "./evidence.ts";
import { readerOf } from "./path.ts";
import type { Evidence, Rule, Verdict, VerdictState } from "./rule.ts";
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

/** A rule with what can be prepared once: verdicts that carry nothing of a record are one frozen object for all identities. */
interface PreparedRule {
  readonly rule: Rule;
  readonly pass: Verdict;
  readonly notApplicable: Verdict;
  readonly defaults: Readonly<Record<string, number>>;
  readonly context: readonly (readonly [path: string, read: (record: unknown) => unknown])[];
}

function prepare(rule: Rule): PreparedRule {
  const settled = (state: VerdictState): Verdict =>
    Object.freeze({ ruleId: rule.id, state, severity: null, unknownFields: nothing, evidence: nothing });
  return {
    rule,
    pass: settled("pass"),
    notApplicable: settled("not_applicable"),
    defaults: Object.fromEntries(Object.entries(rule.params).map(([name, value]) => [name, value.default])),
    context: rule.evidence.map((path) => [path, readerOf(path)] as const),
  };
}

const identityRules = rules.filter((rule) => rule.entity === "identity").map(prepare);
const sourceRules = rules.filter((rule) => rule.entity === "source").map(prepare);

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
  const prepared = prepare(rule);
  const scope = scopeOf(prepared, record, options);
  return { ...verdictOf(prepared, record, scope), evidence: evidenceOf(prepared, record, scope) };
}

function run(set: readonly PreparedRule[], record: NhiRecord, options: EvaluationOptions): readonly Verdict[] {
  const nowMs = nowOf(options);
  return set.map((prepared) => verdictOf(prepared, record, { root: record, nowMs, params: paramsOf(prepared, options.params) }));
}

function verdictOf(prepared: PreparedRule, record: NhiRecord, scope: Scope): Verdict {
  const { rule } = prepared;
  const applies: Tri = rule.appliesTo === undefined ? TRUE : rule.appliesTo.test(record, scope);
  if (applies === FALSE) return prepared.notApplicable;
  const fails = rule.fails.test(record, scope);
  if (fails === FALSE) return prepared.pass;
  if (applies === TRUE && fails === TRUE) {
    const severity = severityOf(rule.severity, record, scope);
    return { ruleId: rule.id, state: "fail", severity, unknownFields: nothing, evidence: evidenceOf(prepared, record, scope) };
  }
  const unknown = new Set<string>();
  if (applies === UNKNOWN) rule.appliesTo?.blame(record, scope, unknown);
  if (fails === UNKNOWN) rule.fails.blame(record, scope, unknown);
  return { ruleId: rule.id, state: "unknown", severity: null, unknownFields: [...unknown], evidence: nothing };
}

function evidenceOf({ rule, context }: PreparedRule, record: NhiRecord, scope: Scope): readonly Evidence[] {
  const seen: Reads = new Map();
  rule.fails.witness(record, scope, "", seen);
  rule.appliesTo?.witness(record, scope, "", seen);
  for (const [path, read] of context) {
    const value = read(record);
    if (value !== undefined && !seen.has(path)) seen.set(path, value);
  }
  return Array.from(seen, ([path, value]) => ({ path, value: shownValue(value) }));
}

function nowOf(options: EvaluationOptions): number {
  const nowMs = Date.parse(options.now);
  if (Number.isNaN(nowMs)) throw new RangeError(`"${options.now}" is not an RFC 3339 time`);
  return nowMs;
}

function scopeOf(prepared: PreparedRule, record: NhiRecord, options: EvaluationOptions): Scope {
  return { root: record, nowMs: nowOf(options), params: paramsOf(prepared, options.params) };
}

function paramsOf({ rule, defaults }: PreparedRule, params: RuleParams | undefined): Readonly<Record<string, number>> {
  const chosen = params?.[rule.id];
  return chosen === undefined ? defaults : { ...defaults, ...chosen };
}
