import { describe, expect, it } from "vitest";
import type { Catalogue } from "./catalogue.ts";
import { catalogues } from "./catalogues.ts";
import { coverage, summarise } from "./coverage.ts";
import type { ControlCoverage, RuleState } from "./coverage.ts";

const small: Catalogue = {
  id: "small",
  title: "Small",
  version: "1",
  publisher: "Nobody",
  url: "https://example.org",
  licence: "none",
  controls: [
    { id: "A", label: "Group", assessable: "rules", rules: [] },
    { id: "A.1", label: "Answered", parent: "A", assessable: "rules", rules: ["ONE-001", "TWO-001"] },
    {
      id: "A.2",
      label: "Partly",
      parent: "A",
      assessable: "rules",
      extent: "partial",
      reason: "Only half of it is read.",
      rules: ["ONE-001"],
    },
    { id: "B", label: "Paper", assessable: "manual", reason: "", rules: [] },
    { id: "B.1", label: "By hand", parent: "B", assessable: "manual", reason: "A document shows it.", rules: [] },
    { id: "B.2", label: "Never", parent: "B", assessable: "not_assessable", reason: "Doors are not read.", rules: [] },
    { id: "C", label: "Alone", assessable: "rules", rules: ["TWO-001"] },
  ],
};
const state = (
  ruleId: string,
  [pass, fail, unknown, notApplicable]: readonly [number, number, number, number],
  findings?: number,
): RuleState => ({
  ruleId,
  pass,
  fail,
  unknown,
  notApplicable,
  findings,
});
function covered(states: readonly RuleState[]): (id: string) => ControlCoverage {
  const result = coverage(small, states);
  return (id) => result.find((control) => control.id === id) as ControlCoverage;
}

describe("coverage", () => {
  it("is covered and ok when every check that applies is answered and passes", () => {
    const at = covered([state("ONE-001", [5, 0, 0, 1]), state("TWO-001", [3, 0, 0, 0])]);
    expect(at("A.1")).toMatchObject({ state: "covered", status: "ok", reason: null, findings: 0 });
    expect(at("A.2")).toMatchObject({ state: "partial", status: "ok", reason: "Only half of it is read." });
    expect(at("A")).toMatchObject({ state: "partial", status: "ok", reason: "1 of the 2 items below are not fully covered." });
  });

  it("is partial and says how many checks lack an answer", () => {
    const at = covered([state("ONE-001", [5, 0, 3, 0]), state("TWO-001", [2, 0, 0, 0])]);
    expect(at("A.1")).toMatchObject({ state: "partial", status: "ok", reason: "3 of 10 checks have no answer in the data." });
    expect(at("A.2").reason).toBe("Only half of it is read. 3 of 8 checks have no answer in the data.");
  });

  it("tells at risk from failing by the share of failed checks", () => {
    expect(covered([state("TWO-001", [95, 5, 0, 0])])("C").status).toBe("at_risk");
    expect(covered([state("TWO-001", [90, 10, 0, 0])])("C").status).toBe("failing");
  });

  it("never calls an unanswered control ok", () => {
    expect(covered([])("C")).toMatchObject({ state: "partial", status: "unknown", reason: "No data has been read for it yet." });
    expect(covered([state("TWO-001", [0, 0, 9, 0])])("C")).toMatchObject({ state: "partial", status: "unknown" });
    expect(covered([state("TWO-001", [0, 0, 0, 9])])("C")).toMatchObject({ state: "covered", status: "unknown", reason: null });
  });

  it("leaves manual and unassessable controls unjudged, with their reason", () => {
    const at = covered([state("ONE-001", [0, 9, 0, 0])]);
    expect(at("B.1")).toMatchObject({ state: "manual", status: "not_assessed", reason: "A document shows it." });
    expect(at("B.2")).toMatchObject({ state: "not_assessable", status: "not_assessed" });
    expect(at("B")).toMatchObject({ state: "manual", status: "not_assessed" });
  });

  it("counts a rule once when it stands below a parent twice", () => {
    const at = covered([state("ONE-001", [1, 1, 0, 0], 1), state("TWO-001", [1, 3, 0, 0], 2)]);
    expect(at("A.1").findings).toBe(3);
    expect(at("A")).toMatchObject({ findings: 3, status: "failing" });
    expect(at("A").rules.map((rule) => rule.ruleId)).toEqual(["ONE-001", "TWO-001"]);
  });

  it("sums up leaves only", () => {
    expect(summarise(coverage(small, []))).toEqual({ covered: 0, partial: 3, manual: 1, not_assessable: 1 });
  });

  it.each(catalogues.map((each) => [each.id, each] as const))(
    "gives every control of %s a state, and a reason unless covered",
    (_, each) => {
      const result = coverage(each, []);
      expect(result.map(({ id }) => id)).toEqual(each.controls.map(({ id }) => id));
      for (const control of result) if (control.state !== "covered") expect(control.reason, control.id).toMatch(/\.$/);
    },
  );
});
