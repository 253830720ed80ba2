import { describe, expect, test } from "vitest";
import { countPlaywright } from "./e2e-stage.ts";
import { runStages } from "./run-stages.ts";
import { selectStages } from "./select-stages.ts";
import type { Stage, StageContext, StageResult } from "./stage.ts";
import { countVitest } from "./vitest-stages.ts";

const said: string[] = [];
const context: StageContext = { root: "/", filter: null, reportDir: "/", isCi: false, say: (text) => void said.push(text) };
const stage = (name: string, run: () => Promise<StageResult | null>): Stage => ({ name, run });
const count = (passed: number, failed: number): StageResult => ({ passed, failed, skipped: 0 });

describe("running stages", () => {
  test("goes on after a failure, counts a crash as one, leaves out what does not match", async () => {
    const stages = [
      stage("a", async () => count(1, 0)),
      stage("b", async () => count(3, 2)),
      stage("c", async () => Promise.reject(new Error("boom"))),
      stage("d", async () => null),
      stage("e", async () => count(1, 0)),
    ];
    expect(await runStages(stages, context)).toEqual({ passed: 5, failed: 3 });
    expect(said.join("\n")).toContain("boom");
  });

  test("selects by stage name, else filters by path", () => {
    const all = [stage("format", async () => null), stage("unit", async () => null)];
    expect(selectStages(all, ["unit"])).toEqual({ stages: [all[1]], filter: null });
    expect(selectStages(all, ["libs/jobs"])).toEqual({ stages: all, filter: "libs/jobs" });
    expect(selectStages(all, ["unit", "libs/jobs"])).toEqual({ stages: [all[1]], filter: "libs/jobs" });
  });
});

describe("counting", () => {
  const report = { numPassedTests: 4, numFailedTests: 1, numPendingTests: 2, numTodoTests: 0, success: false };
  const file = (status: string, ...statuses: string[]) => ({
    name: "f",
    status,
    message: "",
    assertionResults: statuses.map((one) => ({ status: one })),
  });

  test("a file that does not load is a failure of its own", () => {
    expect(countVitest({ ...report, testResults: [file("failed", "failed"), file("failed"), file("passed", "passed")] }, false)).toEqual({
      passed: 4,
      failed: 2,
      skipped: 2,
    });
  });

  test("a run that ends badly is never green", () => {
    expect(countVitest({ ...report, numFailedTests: 0, testResults: [file("passed", "passed")] }, false).failed).toBe(1);
    expect(countPlaywright({ stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 0 }, errors: [] }, false).failed).toBe(1);
  });

  test("a flaky journey counts as failed", () => {
    expect(countPlaywright({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 1 }, errors: [] }, false)).toEqual({
      passed: 3,
      failed: 2,
      skipped: 1,
    });
  });
});
