import fc from "fast-check";
import type { Human, OwnerClaim } from "@rollcall/nhi-model";
import { describe, expect, it } from "vitest";
import { humanDirectory, inferOwner } from "./infer-owner.ts";

const claim = (label: string, signal: string, weight: number, changes: Partial<OwnerClaim> = {}): OwnerClaim => ({
  identityId: "i-1",
  ownerKind: "person",
  personRef: `p:${label}`,
  label,
  signal,
  weight,
  observedAt: "2026-11-20T00:00:00Z",
  ...changes,
});
const human = (name: string, changes: Partial<Human> = {}): Human => ({
  ref: `p:${name}`,
  name: `${name} Example`,
  email: `${name}@example.org`,
  status: "active",
  departedAt: null,
  ...changes,
});
const humans = humanDirectory([human("ada"), human("bob", { status: "departed", departedAt: "2026-10-01T00:00:00Z" })]);

describe("inferOwner", () => {
  it("adds independent signals up and takes the best supported", () => {
    const result = inferOwner([claim("ada", "tag:owner", 0.5), claim("ada", "codeowners", 0.5), claim("bob", "creator", 0.3)], humans);
    expect(result).toMatchObject({
      ownerKind: "person",
      personRef: "p:ada",
      label: "ada Example",
      status: "active",
      disagreement: false,
      runnerUp: { personRef: "p:bob", support: 0.3 },
    });
    expect(result?.candidates[0]?.support).toBe(0.75);
    expect(result?.confidence).toBeCloseTo(0.75 * (0.75 / 1.05), 3);
    expect(result?.sentence).toBe("Signals point to ada (codeowners, tag:owner).");
  });

  it("shows disagreement and lowers its confidence", () => {
    const result = inferOwner([claim("ada", "tag:owner", 0.6), claim("bob", "creator", 0.5)], humans);
    expect(result).toMatchObject({ disagreement: true, runnerUp: { label: "bob" } });
    expect(result?.confidence).toBeLessThan(0.4);
    expect(result?.sentence).toContain("but also to bob (creator)");
  });

  it("keeps the one who left as owner: that is what has to be seen", () => {
    expect(inferOwner([claim("bob", "tag:owner", 0.9)], humans)).toMatchObject({
      personRef: "p:bob",
      status: "departed",
      departedAt: "2026-10-01T00:00:00Z",
    });
  });

  it("recognises a person by mail address", () => {
    const byMail = claim("ADA@example.org", "tag:contact", 0.4, { personRef: null });
    expect(inferOwner([byMail, claim("ada", "creator", 0.4)], humans)?.candidates).toHaveLength(1);
  });

  it("counts a repeated signal once, and no claim for nothing", () => {
    expect(inferOwner([claim("ada", "tag:owner", 0.5), claim("ada", "tag:owner", 0.5)], humans)?.confidence).toBe(0.5);
    expect(inferOwner([], humans)).toBeNull();
  });

  it("says nobody only when nobody else is named", () => {
    const none = claim("none", "cmdb", 1, { ownerKind: "none", personRef: null });
    expect(inferOwner([none], humans)).toMatchObject({ ownerKind: "none", personRef: null, status: "unknown" });
    expect(inferOwner([none, claim("ada", "creator", 0.1)], humans)).toMatchObject({ ownerKind: "person", runnerUp: null });
  });

  it("prefers a person to a team when both are equally supported", () => {
    const team = claim("platform", "tag:team", 0.5, { ownerKind: "team", personRef: null });
    expect(inferOwner([team, claim("ada", "creator", 0.5)], humans)).toMatchObject({
      ownerKind: "person",
      runnerUp: { ownerKind: "team" },
    });
  });

  it("does not depend on the order of claims, and more support never lowers confidence", () => {
    const claims = fc.array(
      fc.tuple(fc.constantFrom("ada", "bob", "cy"), fc.constantFrom("tag", "creator", "code"), fc.integer({ min: 1, max: 10 })),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(claims, (list) => {
        const made = list.map(([label, signal, weight]) => claim(label, signal, weight / 10));
        const result = inferOwner(made, humans);
        expect(inferOwner([...made].reverse(), humans)).toEqual(result);
        const winner = result?.candidates[0]?.label as string;
        const more = inferOwner([...made, claim(winner, "another", 0.5)], humans);
        expect(more?.confidence).toBeGreaterThanOrEqual(result?.confidence as number);
        expect(result?.confidence).toBeLessThanOrEqual(1);
      }),
    );
  });
});
