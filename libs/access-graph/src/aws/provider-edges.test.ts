import { describe, expect, it } from "vitest";
import { blastRadiusOfAll } from "../reach/blast-radius.ts";
import { allow, deny, escalationGraph, iamArn, techniquesOfCaller } from "../testing/escalation-world.ts";
import type { EscalationWorld, Statement } from "../testing/escalation-world.ts";

const provider = iamArn("saml-provider/idp");
const trusting = (Federated: string): unknown => ({
  Statement: [
    {
      Effect: "Allow",
      Principal: { Federated },
      Action: "sts:AssumeRoleWithSAML",
      Condition: { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
    },
  ],
});

function found(statements: readonly Statement[], world: Partial<EscalationWorld> = {}): "surely" | "perhaps" | "no" {
  const graph = escalationGraph({ statements, targetTrust: trusting(provider), ...world });
  const [sure, open] = [false, true].map((conditional) => techniquesOfCaller(graph, { conditional }).includes("update-saml-provider"));
  const { tierZeroMin, tierZeroMax } = blastRadiusOfAll(graph).at(graph.indexByKey.get(`identity:${iamArn("user/caller")}`)!);
  expect([tierZeroMin, tierZeroMax], "and with it the account").toEqual([sure, sure || open]);
  return sure ? "surely" : open ? "perhaps" : "no";
}

describe("whoever may change a SAML provider", () => {
  const update = allow(["iam:UpdateSAMLProvider"], provider);
  it("signs anybody in that a role lets it sign in", () => {
    expect(found([update])).toBe("surely");
    expect(found([{ ...update, Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }])).toBe("perhaps");
  });
  it.each<[string, readonly Statement[], Partial<EscalationWorld>]>([
    ["another provider", [allow(["iam:UpdateSAMLProvider"], iamArn("saml-provider/other"))], {}],
    ["a deny", [update, deny("iam:UpdateSAMLProvider")], {}],
    ["a boundary", [update], { boundary: [allow(["s3:*"])] }],
    ["roles that trust no provider", [update], { targetTrust: undefined }],
    [
      "roles that trust another account's",
      [allow(["iam:UpdateSAMLProvider"])],
      { targetTrust: trusting("arn:aws:iam::444455556666:saml-provider/idp") },
    ],
  ])("gains nothing: %s", (_, statements, world) => {
    expect(found(statements, world)).toBe("no");
  });
});
