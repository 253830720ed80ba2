import { expect, test } from "vitest";
import { controlViews, controlsOfRule, frameworkSummaries, frameworkView, rulesOfControl } from "./framework-words.ts";

const tally = (ruleId: string, counts: Partial<{ pass: number; fail: number; unknown: number; notApplicable: number }>) => ({
  ruleId,
  pass: 0,
  fail: 0,
  unknown: 0,
  notApplicable: 0,
  ...counts,
});

test("a control counts the open findings of its rules, not its failed checks", () => {
  const views = controlViews("owasp-nhi-2025", [tally("LEAK-001", { pass: 5, fail: 5 })], { "LEAK-001": 3 });
  const leakage = views.find((view) => view.id === "NHI2:2025");
  expect(leakage).toMatchObject({ openFindings: 3, status: "failing" });
  expect(leakage?.rules.find((rule) => rule.ruleId === "LEAK-001")).toMatchObject({ pass: 5, fail: 5 });
  expect(leakage?.rules.every((rule) => rule.title !== "")).toBe(true);
});

test("the first ten of OWASP are all there", () => {
  expect(controlViews("owasp-nhi-2025", [], {})).toHaveLength(10);
});

test("an unknown framework is null, a known one carries its licence", () => {
  expect(frameworkView("nothing", [], {})).toBeNull();
  expect(frameworkView("nist-csf-2.0", [], {})?.licence).not.toBe("");
});

test("summaries count every leaf once in both ways", () => {
  for (const { summary, statuses } of frameworkSummaries([])) {
    const total = (counts: object): number => Object.values(counts).reduce<number>((sum, count: number) => sum + count, 0);
    expect(total(statuses)).toBe(total(summary));
  }
});

test("a control in a filter becomes its rules, by id, alias or with its framework", () => {
  const byId = rulesOfControl({ control: "owasp-nhi-2025/NHI2:2025" });
  expect(byId.rule).toContain("LEAK-001");
  expect(byId).not.toHaveProperty("control");
  expect(rulesOfControl({ control: "NHI2" })).toEqual(byId);
});

test("rule and control together narrow, and what does not exist matches nothing", () => {
  expect(rulesOfControl({ control: "NHI2", rule: ["LEAK-001", "OWN-001"] }).rule).toEqual(["LEAK-001"]);
  expect(rulesOfControl({ control: "NHI2", rule: ["no such rule"] }).rule).toEqual(["none"]);
  expect(rulesOfControl({ control: "no such control" }).rule).toEqual(["none"]);
});

test("a parent stands for everything below it", () => {
  const parent = frameworkView("nist-csf-2.0", [], {})?.controls.find((control) => control.parent === null && control.rules.length > 0);
  expect(rulesOfControl({ control: `nist-csf-2.0/${parent?.id}` }).rule).toEqual(parent?.rules.map((rule) => rule.ruleId));
});

test("a rule names its controls with their framework", () => {
  expect(controlsOfRule("LEAK-001")).toContainEqual(expect.objectContaining({ frameworkId: "owasp-nhi-2025", controlId: "NHI2:2025" }));
});
