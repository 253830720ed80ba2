import { describe, expect, it } from "vitest";
import { readTrust } from "./trust-facts.ts";

const own = "111111111111";
const github = `arn:aws:iam::${own}:oidc-provider/token.actions.githubusercontent.com`;
const trust = (principal: unknown, condition?: unknown) =>
  readTrust(
    {
      Statement: {
        Effect: "Allow",
        Principal: principal,
        Action: "sts:AssumeRole",
        ...(condition === undefined ? {} : { Condition: condition }),
      },
    },
    own,
    new Set([own, "222222222222"]),
  );
const subject = (operator: string, value: unknown) =>
  trust({ Federated: github }, { [operator]: { "token.actions.githubusercontent.com:sub": value } }).entries[0]?.subjectMatch;

describe("readTrust", () => {
  it.each([
    ["StringEquals", "repo:acme/app:ref:refs/heads/main", "exact"],
    ["StringLike", "repo:acme/app:ref:refs/heads/main", "exact"],
    ["StringLike", "repo:acme/*", "wildcard"],
    ["StringLike", ["repo:acme/app:*", "repo:acme/web:ref:refs/heads/main"], "wildcard"],
    ["StringLike", "*", "none"],
    ["StringEquals", "repo:acme/*", "exact"],
    ["ForAnyValue:StringEquals", ["repo:acme/app:environment:prod"], "exact"],
    ["StringEqualsIfExists", "repo:acme/app:ref:refs/heads/main", "none"],
    ["StringNotEquals", "repo:evil/app", "none"],
  ])("pins a subject with %s %j: %s", (operator, value, expected) => {
    expect(subject(operator, value)).toBe(expected);
  });
  it("needs the audience of this issuer", () => {
    const aud = (key: string) => trust({ Federated: github }, { StringEquals: { [key]: "sts.amazonaws.com" } }).entries[0]?.audiencePinned;
    expect(aud("token.actions.githubusercontent.com:aud")).toBe(true);
    expect(aud("gitlab.com:aud")).toBe(false);
  });
  it("does not guess whether an unknown issuer is shared", () => {
    const entry = trust({ Federated: `arn:aws:iam::${own}:oidc-provider/login.example.com` }).entries[0];
    expect(entry).toMatchObject({ kind: "oidc", subjectMatch: "none" });
    expect(entry).not.toHaveProperty("issuerShared");
    expect(trust({ Federated: `arn:aws:iam::${own}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC` }).entries[0]?.issuerShared).toBe(
      false,
    );
  });
  it.each([
    [{ AWS: "*" }, undefined, { account: "*", external: true, externalIdRequired: false }],
    [
      { AWS: "333333333333" },
      { StringEquals: { "sts:ExternalId": "x" } },
      { account: "333333333333", external: true, externalIdRequired: true },
    ],
    [{ AWS: "arn:aws:iam::222222222222:role/ci" }, undefined, { external: false }],
    ["*", { StringEquals: { "aws:PrincipalOrgID": "o-1" } }, { external: false }],
    ["*", { StringLike: { "aws:PrincipalOrgID": "*" } }, { external: true }],
  ])("judges a foreign account %j %j", (principal, condition, expected) => {
    expect(trust(principal, condition).entries[0]).toMatchObject({ kind: "cross_account", ...expected });
  });
  it("ignores denials and the own account", () => {
    expect(trust({ AWS: `arn:aws:iam::${own}:root` })).toEqual({ entries: [], services: [], trustsOwnAccount: true });
    expect(readTrust({ Statement: [{ Effect: "Deny", Principal: "*" }] }, own, new Set()).entries).toEqual([]);
  });
});
