import type { NhiRecord } from "@rollcall/nhi-model";
import { describe, expect, it } from "vitest";
import { evaluate, explain } from "./evaluate.ts";
import { postureOf } from "./posture.ts";
import { ruleById, rules } from "./rule-set.ts";
import type { Rule } from "./rule.ts";

const now = "2026-11-21T00:00:00Z";
const rule = (id: string): Rule => ruleById(id) as Rule;
const verdict = (id: string, record: NhiRecord, params = {}) => evaluate(record, { now, params }).find((found) => found.ruleId === id);
const old = { status: "active", static: true, lastRotatedAt: "2026-01-01T00:00:00Z" } as const;

describe("evaluate", () => {
  it("names the credential that failed and what decided it", () => {
    const found = verdict("ROT-001", { credentials: [{ ...old, lastRotatedAt: "2026-11-01T00:00:00Z" }, old] });
    expect(found?.evidence).toContainEqual({ path: "credentials[1].lastRotatedAt", value: "2026-01-01T00:00:00Z" });
    expect(found?.evidence.some(({ path }) => path === "credentials[0].lastRotatedAt")).toBe(false);
  });

  it("names the fields whose absence prevents an answer, and only those", () => {
    expect(verdict("ROT-001", { credentials: [{ status: "active", static: true }] })).toMatchObject({
      state: "unknown",
      severity: null,
      unknownFields: ["credentials[].lastRotatedAt"],
    });
    expect(verdict("PRIV-001", { status: "active", access: { admin: false } })?.unknownFields).toEqual(["access.wildcard"]);
  });

  it("lets one known fact decide although others are missing", () => {
    expect(verdict("PRIV-001", { status: "active", access: { admin: true } })?.state).toBe("fail");
    expect(verdict("PRIV-001", { status: "disabled" })?.state).toBe("not_applicable");
    expect(verdict("AGT-001", { status: "active", agent: { isAgent: false } })?.state).toBe("not_applicable");
    expect(verdict("CERT-001", { credentials: [] })?.state).toBe("not_applicable");
  });

  it("never counts an unreadable time as an answer", () => {
    expect(verdict("ROT-001", { credentials: [{ ...old, lastRotatedAt: "yesterday" }] })).toMatchObject({
      state: "unknown",
      unknownFields: ["credentials[].lastRotatedAt"],
    });
  });

  it("takes a workspace's own limits", () => {
    expect(verdict("ROT-001", { credentials: [old] }, { "ROT-001": { rotationDays: 400 } })?.state).toBe("pass");
  });

  it("moves severity by known circumstances only, between low and critical", () => {
    const leak: NhiRecord = { credentials: [{ status: "active", exposure: { state: "confirmed", live: true, audience: "public" } }] };
    expect(verdict("LEAK-001", leak)?.severity).toBe("critical");
    expect(verdict("LEAK-001", { ...leak, criticality: "critical", access: { admin: true } })?.severity).toBe("critical");
    const unowned: NhiRecord = { status: "active", owner: { kind: "none" }, environment: "dev" };
    expect(verdict("OWN-001", unowned)?.severity).toBe("high");
    expect(verdict("OWN-001", { ...unowned, access: { reachableEnvironments: ["dev"] } })?.severity).toBe("medium");
  });

  it("explains a passed check too", () => {
    const found = explain(rule("PRIV-003"), { status: "active", access: { escalationPaths: 0 } }, { now });
    expect(found).toMatchObject({ state: "pass", evidence: expect.arrayContaining([{ path: "access.escalationPaths", value: "0" }]) });
  });

  it("refuses a time it cannot read", () => {
    expect(() => evaluate({}, { now: "soon" })).toThrow(RangeError);
  });

  it("judges thousands of identities per second", () => {
    const record: NhiRecord = { status: "active", credentials: [old, old], access: { admin: true }, trust: [], owner: { kind: "none" } };
    const count = 5_000;
    const start = performance.now();
    for (let index = 0; index < count; index += 1) evaluate(record, { now });
    const perSecond = count / ((performance.now() - start) / 1000);
    // Two orders below what a quiet machine does: only a change of complexity fails this.
    expect(perSecond).toBeGreaterThan(300);
  });
});

describe("the rule set", () => {
  it("declares every parameter that a condition reads, and reads every one it declares", () => {
    for (const each of rules) {
      const conditions = [each.fails, each.appliesTo, ...each.severity.modifiers.map((modifier) => modifier.when)];
      const read = conditions.flatMap((condition) => condition?.params ?? []);
      expect([...new Set(read)].sort()).toEqual(Object.keys(each.params).sort());
    }
  });
  it("says in words what to do, what breaks and when it is done", () => {
    for (const { id, title, rationale, remediation } of rules) {
      expect(title.length, id).toBeLessThanOrEqual(48);
      expect(rationale, id).toMatch(/\.$/);
      expect(remediation.action, id).toMatch(/^[A-Z].*\.$/);
      expect(remediation.steps.length, id).toBeGreaterThan(0);
      expect(remediation.breaks && remediation.verify, id).toMatch(/\.$/);
    }
  });
});

describe("postureOf", () => {
  it("weighs passed checks by severity and leaves unknown ones out", () => {
    const posture = postureOf([
      { ruleId: "OWN-001", pass: 1, fail: 1, unknown: 6, notApplicable: 3 },
      { ruleId: "ROT-001", pass: 5, fail: 0, unknown: 0, notApplicable: 0 },
    ]);
    // high weighs 5, medium 2: (5 + 10) / (10 + 10); 7 of 13 checks answered
    expect(posture).toMatchObject({ score: 75, completeness: 53.8, known: 7, unknown: 6 });
  });
  it("claims nothing when nothing is known", () => {
    expect(postureOf([{ ruleId: "OWN-001", pass: 0, fail: 0, unknown: 4, notApplicable: 0 }])).toMatchObject({
      score: null,
      completeness: 0,
    });
    expect(postureOf([])).toMatchObject({ score: null, completeness: null });
  });
  it("refuses a rule it does not know", () => {
    expect(() => postureOf([{ ruleId: "XXX-001", pass: 1, fail: 0, unknown: 0, notApplicable: 0 }])).toThrow("No rule XXX-001");
  });
});
