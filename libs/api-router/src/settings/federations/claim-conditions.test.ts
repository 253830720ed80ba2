import { describe, expect, it } from "vitest";
import { claimCondition, globMatches, missingPin, unmetCondition } from "./claim-conditions.ts";

const github = "https://token.actions.githubusercontent.com";

describe("globs", () => {
  it.each([
    ["acme/shop", "acme/shop", true],
    ["acme/*", "acme/shop", true],
    ["acme/*", "acme/shop/other", false],
    ["acme/*", "acme-evil/shop", false],
    ["repo:acme/*:ref:refs/heads/main", "repo:acme/shop:ref:refs/heads/main", true],
    ["repo:acme/*:ref:refs/heads/main", "repo:acme/shop:environment:x:ref:refs/heads/main", false],
    ["refs/heads/release-*", "refs/heads/release-1.2", true],
    ["refs/heads/**", "refs/heads/feature/one", true],
    ["refs/heads/*", "refs/heads/feature/one", false],
    ["refs/heads/*", "refs/heads/", true],
    ["*main", "main", true],
    ["a.c", "abc", false],
    ["acme/*", "ACME/shop", false],
  ])("%s and %s: %s", (glob, text, expected) => expect(globMatches(glob, text)).toBe(expected));
  it("are never slow", () => {
    // With backtracking this would not end within the time of any test.
    expect(globMatches("**a**a**a**a**a**a**a**a**b", "a".repeat(1_024))).toBe(false);
  });
});

describe("conditions", () => {
  const exact = (claim: string, value: string) => ({ claim, match: "exact", value }) as const;
  it("have to hold all of them", () => {
    const both = [exact("repository", "acme/shop"), exact("ref", "refs/heads/main")];
    expect(unmetCondition(both, { repository: "acme/shop", ref: "refs/heads/main" })).toBeNull();
    expect(unmetCondition(both, { repository: "acme/shop", ref: "refs/heads/dev" })).toBe(both[1]);
    expect(unmetCondition(both, {})).toBe(both[0]);
  });
  it("read numbers, booleans and lists, and nothing that is inherited", () => {
    expect(unmetCondition([exact("repository_id", "42")], { repository_id: 42 })).toBeNull();
    expect(unmetCondition([exact("groups", "ops")], { groups: ["dev", "ops"] })).toBeNull();
    expect(unmetCondition([exact("groups", "ops")], { groups: { 0: "ops" } })).not.toBeNull();
    expect(unmetCondition([exact("toString", "x")], {})).not.toBeNull();
    expect(unmetCondition([{ claim: "sub", match: "glob", value: "abc**" }], { sub: `abc${"x".repeat(2_000)}` })).not.toBeNull();
  });
  it("must say who, where the issuer signs for everybody", () => {
    expect(missingPin(github, [exact("ref", "refs/heads/main")])).toMatch(/everybody/);
    expect(missingPin(github, [exact("repository", "acme/shop")])).toBeNull();
    expect(missingPin("https://ci.example.org", [exact("ref", "x")])).toBeNull();
  });
  it("may not be a wildcard alone", () => {
    expect(claimCondition.safeParse({ claim: "sub", match: "glob", value: "**" }).success).toBe(false);
    expect(claimCondition.safeParse({ claim: "sub", match: "glob", value: "acme/*" }).success).toBe(true);
  });
});
