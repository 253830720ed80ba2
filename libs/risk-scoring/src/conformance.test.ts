import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { NhiRecord } from "@rollcall/nhi-model";
import { describe, expect, it } from "vitest";
import { evaluate, evaluateSource } from "./evaluate.ts";
import { ruleById, rules } from "./rule-set.ts";
import type { Rule, Verdict } from "./rule.ts";

/**
 * The specification of the rules lives outside this repository, two levels above the libs. Where it is present every
 * rule is held against its examples; a clone without it relies on evaluate.test.ts.
 */
const path = fileURLToPath(new URL("../../../../shared/frameworks/rules.json", import.meta.url));
const present = existsSync(path);

type Tree = { readonly [key: string]: unknown };
interface Spec {
  readonly fixtures: { readonly now: string; readonly healthy: Tree };
  readonly rules: readonly {
    readonly id: string;
    readonly entity: string;
    readonly phase: string;
    readonly lifecycleStage: string;
    readonly severity: { readonly base: string };
    readonly params: Readonly<Record<string, { readonly default: number }>>;
    readonly examples: {
      readonly fires: { readonly patch: Tree; readonly expectedSeverity: string };
      readonly passes: { readonly patch: Tree };
    };
    readonly emptyRecord: "unknown" | "passes";
  }[];
}
const spec: Spec = present
  ? (JSON.parse(readFileSync(path, "utf8")) as Spec)
  : { fixtures: { now: "2026-11-21T00:00:00Z", healthy: {} }, rules: [] };

const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null && !Array.isArray(value);

/** Objects merge, arrays replace, null removes. */
function patched(base: Tree, patch: Tree): Tree {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    const old = result[key];
    if (value === null) delete result[key];
    else result[key] = isTree(value) ? patched(isTree(old) ? old : {}, value) : value;
  }
  return result;
}

function verdictOf(rule: Rule, record: Tree): Verdict {
  const run = rule.entity === "source" ? evaluateSource : evaluate;
  const verdict = run(record as NhiRecord, { now: spec.fixtures.now }).find((found) => found.ruleId === rule.id);
  if (verdict === undefined) throw new Error(`${rule.id} gave no verdict`);
  return verdict;
}

describe.skipIf(!present)("the rules against their specification", () => {
  it("covers every specified id", () => {
    const ids = new Set(rules.map((rule) => rule.id));
    expect(spec.rules.map((rule) => rule.id).filter((id) => !ids.has(id))).toEqual([]);
  });

  it("finds nothing on the healthy identity, and knows it", () => {
    const verdicts = evaluate(spec.fixtures.healthy as NhiRecord, { now: spec.fixtures.now });
    expect(verdicts.filter((verdict) => verdict.state === "fail")).toEqual([]);
  });

  describe.each(spec.rules)("$id", (expected) => {
    const rule = ruleById(expected.id) as Rule;
    const base = expected.entity === "source" ? {} : spec.fixtures.healthy;

    it("has the specified entity, phase, stage and base severity", () => {
      expect(rule).toMatchObject({ entity: expected.entity, phase: expected.phase, stage: expected.lifecycleStage });
      expect(rule.severity.base).toBe(expected.severity.base);
      const defaults = Object.values(rule.params).map((value) => value.default);
      expect(defaults).toEqual(Object.values(expected.params).map((value) => value.default));
    });
    it("fires on its firing example with the expected severity", () => {
      const verdict = verdictOf(rule, patched(base, expected.examples.fires.patch));
      expect([verdict.state, verdict.severity]).toEqual(["fail", expected.examples.fires.expectedSeverity]);
      expect(verdict.evidence.length).toBeGreaterThan(0);
    });
    it("does not fire on its passing example", () => {
      expect(verdictOf(rule, patched(base, expected.examples.passes.patch)).state).toMatch(/^(pass|not_applicable)$/);
    });
    it("judges an empty record as specified", () => {
      const verdict = verdictOf(rule, {});
      expect(verdict.state).toBe(expected.emptyRecord === "unknown" ? "unknown" : "pass");
      if (verdict.state === "unknown") expect(verdict.unknownFields.length).toBeGreaterThan(0);
    });
  });
});
