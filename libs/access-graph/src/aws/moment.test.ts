import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { blastRadiusOfAll } from "../reach/blast-radius.ts";
import { allow, deny, escalationInput, iamArn, trustIn } from "../testing/escalation-world.ts";
import type { EscalationWorld, Statement } from "../testing/escalation-world.ts";

const asOf = "2026-06-01T00:00:00Z";
const before = (date: string) => ({ DateLessThan: { "aws:CurrentTime": date } });
const after = (date: string) => ({ DateGreaterThan: { "aws:CurrentTime": date } });
const under = (statement: Statement, Condition: object): Statement => ({ ...statement, Condition });
const toOwn = (rest: object = {}): unknown => ({
  Statement: [{ Effect: "Allow", Principal: { AWS: iamArn("root") }, Action: "sts:AssumeRole", ...rest }],
});

function reach(world: EscalationWorld): "certain" | "conditional" | "no" {
  const graph = buildGraph({ ...escalationInput({ service: "unrelated.amazonaws.com", ...world }), asOf });
  const row = blastRadiusOfAll(graph).at(graph.indexByKey.get(`identity:${iamArn(`${world.as ?? "user"}/caller`)}`)!);
  return row.tierZeroMin ? "certain" : row.tierZeroMax ? "conditional" : "no";
}

describe("conditions on the encryption of the request", () => {
  const put = allow(["iam:PutUserPolicy"], iamArn("user/caller"));
  it.each([
    ["refuse nobody who encrypts", [put, under(deny("*"), { Bool: { "aws:SecureTransport": "false" } })], "certain"],
    ["are met by whoever encrypts", [under(put, { Bool: { "aws:SecureTransport": "true" } })], "certain"],
    ["ask for the newest version", [put, under(deny("*"), { NumericLessThan: { "s3:TlsVersion": "1.2" } })], "certain"],
    ["leave others open", [under(put, { Bool: { "aws:SecureTransport": "true", "aws:ViaAWSService": "true" } })], "conditional"],
  ] as const)("%s", (_, statements, expected) => {
    expect(reach({ statements })).toBe(expected);
  });
});

describe("conditions on the time, as of the date of the data", () => {
  const put = allow(["iam:PutUserPolicy"], iamArn("user/caller"));
  it("end a permission, and begin it", () => {
    expect(reach({ statements: [under(put, before("2026-05-01T00:00:00Z"))] })).toBe("no");
    expect(reach({ statements: [under(put, before("2026-07-01T00:00:00Z"))] })).toBe("certain");
    expect(reach({ statements: [under(put, after("2026-07-01T00:00:00Z"))] })).toBe("no");
    expect(reach({ statements: [under(put, { NumericLessThan: { "aws:EpochTime": "1000" } })] })).toBe("no");
  });
  it("end a deny", () => {
    expect(reach({ statements: [put, under(deny("iam:*"), before("2026-05-01T00:00:00Z"))] })).toBe("certain");
    expect(reach({ statements: [put, under(deny("iam:*"), after("2026-05-01T00:00:00Z"))] })).toBe("no");
  });
  it("end a trust", () => {
    const statements = [allow(["sts:AssumeRole"])];
    expect(reach({ statements, targetTrust: toOwn({ Condition: before("2026-05-01T00:00:00Z") }) })).toBe("no");
    expect(reach({ statements, targetTrust: toOwn({ Condition: before("2026-07-01T00:00:00Z") }) })).toBe("certain");
  });
  it("leave the other conditions of a statement open", () => {
    const both = { ...before("2026-07-01T00:00:00Z"), Bool: { "aws:MultiFactorAuthPresent": "true" } };
    expect(reach({ statements: [under(put, both)] })).toBe("conditional");
  });
  it("do not stop whoever becomes a role after its older sessions were revoked", () => {
    const own = allow(["iam:PutRolePolicy"], iamArn("role/caller"));
    const revoked = (date: string): Statement => under(deny("*"), { DateLessThan: { "aws:TokenIssueTime": date } });
    expect(
      reach({ as: "role", statements: [own, revoked("2026-05-01T00:00:00Z")], targetTrust: trustIn({ Service: "x.amazonaws.com" }) }),
    ).toBe("certain");
    expect(reach({ as: "role", statements: [own, revoked("2026-07-01T00:00:00Z")] })).toBe("no");
  });
});
