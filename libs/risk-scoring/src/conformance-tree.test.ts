import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import type { NhiRecord } from "@rollcall/nhi-model";
import { describe, expect, it } from "vitest";
import { evaluate, evaluateSource } from "./evaluate.ts";
import { ruleById } from "./rule-set.ts";

/**
 * Holds each rule written as code against the specification's own condition tree, read by a small interpreter, on
 * records mutated at random. It catches what the two examples per rule cannot: a wrong branch, a wrong unknown.
 */
const path = fileURLToPath(new URL("../../../../shared/frameworks/rules.json", import.meta.url));
const present = existsSync(path);

type Tree = Record<string, unknown>;
type Tri = boolean | undefined;
interface SpecRule {
  readonly id: string;
  readonly entity: string;
  readonly condition: Tree;
  readonly severity: { readonly base: string; readonly modifiers: readonly { readonly by: number; readonly when: Tree }[] };
  readonly params: Record<string, { default: number }>;
  readonly examples: { readonly fires: { readonly patch: Tree }; readonly passes: { readonly patch: Tree } };
}
interface Spec {
  readonly fixtures: { readonly now: string; readonly healthy: Tree };
  readonly rules: readonly SpecRule[];
}
const spec: Spec = present
  ? (JSON.parse(readFileSync(path, "utf8")) as Spec)
  : { fixtures: { now: "2026-11-21T00:00:00Z", healthy: {} }, rules: [] };
const nowMs = Date.parse(spec.fixtures.now);

const at = (subject: unknown, field: string): unknown =>
  field.split(".").reduce<unknown>((value, key) => (value as Tree | undefined)?.[key] ?? undefined, subject);

function and(values: readonly Tri[]): Tri {
  return values.includes(false) ? false : values.includes(undefined) ? undefined : true;
}
function negate(value: Tri): Tri {
  return value === undefined ? undefined : !value;
}

function interpret(node: Tree, subject: Tree, rule: { readonly root: Tree; readonly params: SpecRule["params"] }): Tri {
  const children = (key: string): Tri[] => (node[key] as Tree[]).map((child) => interpret(child, subject, rule));
  if (node.all !== undefined) return and(children("all"));
  if (node.any !== undefined) return negate(and(children("any").map(negate)));
  if (node.not !== undefined) return negate(interpret(node.not as Tree, subject, rule));
  if (node.some !== undefined) {
    const items = at(subject, node.some as string) as Tree[] | undefined;
    if (items === undefined) return undefined;
    return negate(and(items.map((item) => negate(interpret(node.where as Tree, item, rule)))));
  }
  const look = (field: string): unknown => (field.startsWith("$.") ? at(rule.root, field.slice(2)) : at(subject, field));
  const value = node.value as { param?: string; field?: string } | undefined;
  const isRef = typeof value === "object" && value !== null && !Array.isArray(value);
  const right = isRef ? (value.param ? rule.params[value.param]?.default : look(value.field as string)) : value;
  return compare(node.op as string, look(node.field as string), right);
}

function compare(op: string, left: unknown, right: unknown): Tri {
  if (op === "missing") return left === undefined;
  if (op === "present") return left !== undefined;
  if (left === undefined || (right === undefined && op !== "past")) return undefined;
  const [a, b] = [left as number, right as number];
  const time = Date.parse(left as string);
  const table: Record<string, () => boolean> = {
    eq: () => left === right,
    ne: () => left !== right,
    in: () => (right as unknown[]).includes(left),
    gt: () => a > b,
    gte: () => a >= b,
    lt: () => a < b,
    containsAny: () => (left as unknown[]).some((item) => (right as unknown[]).includes(item)),
    countGte: () => (left as unknown[]).length >= b,
    olderThanDays: () => time < nowMs - b * 86_400_000,
    olderThanHours: () => time < nowMs - b * 3_600_000,
    withinNextDays: () => time >= nowMs && time <= nowMs + b * 86_400_000,
    past: () => time < nowMs,
    before: () => time < Date.parse(right as string),
  };
  const run = table[op];
  if (run === undefined) throw new Error(`Unknown operator ${op}`);
  return run();
}

const scale = ["info", "low", "medium", "high", "critical"];
function severityBySpec(rule: SpecRule, record: Tree): string | undefined {
  const moves = rule.severity.modifiers.filter(
    (modifier) => interpret(modifier.when, record, { root: record, params: rule.params }) === true,
  );
  const rank = moves.reduce((sum, { by }) => sum + by, scale.indexOf(rule.severity.base));
  return scale[Math.min(Math.max(rank, 1), 4)];
}

/** Every value the specification ever gives to a field, plus "not known": the alphabet of the mutations. */
const alphabet = new Map<string, unknown[]>();
function collect(tree: Tree, prefix: string): void {
  for (const [key, value] of Object.entries(tree)) {
    const field = prefix + key;
    if (typeof value === "object" && value !== null && !Array.isArray(value)) collect(value as Tree, `${field}.`);
    else alphabet.set(field, [...(alphabet.get(field) ?? [undefined]), value ?? undefined]);
  }
}
function conditionValues(node: Tree): void {
  for (const key of ["all", "any"]) for (const child of (node[key] as Tree[] | undefined) ?? []) conditionValues(child);
  for (const key of ["not", "where"]) if (node[key] !== undefined) conditionValues(node[key] as Tree);
  if (node.field === undefined || String(node.field).startsWith("$.")) return;
  const values = Array.isArray(node.value) && node.op === "in" ? node.value : node.op === "eq" ? [node.value] : [];
  alphabet.set(node.field as string, [...(alphabet.get(node.field as string) ?? [undefined]), ...values]);
}
collect(spec.fixtures.healthy, "");
for (const rule of spec.rules) {
  collect(rule.examples.fires.patch, "");
  collect(rule.examples.passes.patch, "");
  conditionValues(rule.condition);
}
// A source never says "unknown" to us: the field is left out instead.
alphabet.set(
  "environment",
  (alphabet.get("environment") ?? []).filter((value) => value !== "unknown"),
);

function assign(record: Tree, field: string, value: unknown): void {
  const keys = field.split(".");
  const last = keys.pop() as string;
  const parent = keys.reduce<Tree>((tree, key) => (tree[key] = { ...(tree[key] as Tree) }), record);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
}

const fields = [...alphabet.keys()];
const mutation = fc.nat(Math.max(fields.length - 1, 0)).chain((index) => {
  const field = fields[index] as string;
  return fc.constantFrom(...(alphabet.get(field) ?? [undefined])).map((value) => [field, value] as const);
});

describe.skipIf(!present)("the rules against their condition trees", () => {
  it.each(spec.rules)("$id agrees on mutated records", (rule) => {
    const relevant = ruleById(rule.id)?.fails.fields.map((field) => field.split("[]")[0] as string) ?? [];
    const own = fc
      .constantFrom(...relevant)
      .chain((field) => fc.constantFrom(...(alphabet.get(field) ?? [undefined])).map((value) => [field, value] as const));
    const dropped = fc.record({
      element: fc.constantFrom("credentials", "trust"),
      key: fc.constantFrom("status", "static", "lastRotatedAt", "kind", "expiresAt", "hasExpiry", "subjectMatch", "exposure"),
    });
    fc.assert(
      fc.property(fc.boolean(), fc.array(fc.oneof(mutation, own), { maxLength: 8 }), fc.option(dropped), (fires, mutations, drop) => {
        const record: Tree = structuredClone(rule.entity === "source" ? {} : spec.fixtures.healthy);
        const patches = new Map<string, unknown>();
        const flatten = (tree: Tree, prefix: string): void => {
          for (const [key, value] of Object.entries(tree)) {
            if (typeof value === "object" && value !== null && !Array.isArray(value)) flatten(value as Tree, `${prefix}${key}.`);
            else patches.set(prefix + key, value ?? undefined);
          }
        };
        if (fires) flatten(rule.examples.fires.patch, "");
        for (const [field, value] of [...patches, ...mutations]) assign(record, field, structuredClone(value));
        if (drop !== null) for (const item of (record[drop.element] as Tree[] | undefined) ?? []) delete item[drop.key];
        const expected = interpret(rule.condition, record, { root: record, params: rule.params });
        const run = rule.entity === "source" ? evaluateSource : evaluate;
        const verdict = run(record as NhiRecord, { now: spec.fixtures.now }).find((found) => found.ruleId === rule.id);
        const actual = verdict?.state === "fail" ? true : verdict?.state === "unknown" ? undefined : false;
        expect(actual).toBe(expected);
        if (verdict?.state === "fail") expect(verdict.severity).toBe(severityBySpec(rule, record));
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
