import { describe, expect, it } from "vitest";
import { blastRadiusOfAll } from "../reach/blast-radius.ts";
import { awsGrant } from "../testing/aws-account.ts";
import { allow, deny, escalationAccount, escalationGraph, iamArn } from "../testing/escalation-world.ts";
import type { Statement } from "../testing/escalation-world.ts";
import { aGrant, aResource } from "../testing/inventory-builders.ts";
import type { GraphInput } from "../types.ts";

const fn = `arn:aws:lambda:eu-west-1:${escalationAccount}:function:job`;
const grants = (Principal: unknown, Action: readonly string[], rest: object = {}): Statement => ({
  Effect: "Allow",
  Principal,
  Action,
  Resource: fn,
  ...rest,
});
const control = ["lambda:UpdateFunctionCode", "lambda:InvokeFunction"];

/** A function that runs as the administrator, with a policy of its own. */
const reach = (policy: readonly Statement[], statements: readonly Statement[] = [], from = `identity:${iamArn("user/caller")}`) => {
  const also = (input: GraphInput): GraphInput => ({
    ...input,
    resources: [...input.resources, aResource(fn, { kind: "function", provider: "aws", account: escalationAccount })],
    grants: [
      ...input.grants,
      aGrant("RUNS_AS", fn, iamArn("role/target")),
      awsGrant("resource_policy", fn, fn, { document: { Version: "2012-10-17", Statement: policy } }),
    ],
  });
  const graph = escalationGraph({ statements, also });
  const node = graph.indexByKey.get(from);
  if (node === undefined) return "nobody";
  const { tierZeroMin, tierZeroMax } = blastRadiusOfAll(graph).at(node);
  return tierZeroMin ? "certain" : tierZeroMax ? "conditional" : "no";
};

describe("the policy of a function", () => {
  const caller = { AWS: iamArn("user/caller") };
  it("gives control of it to whom it names, and so its role", () => {
    expect(reach([grants(caller, control)])).toBe("certain");
    expect(reach([grants({ AWS: iamArn("user/someone") }, control)])).toBe("no");
    expect(reach([grants(caller, ["lambda:InvokeFunction"])])).toBe("no");
    // Without a call of its own it waits for somebody else's.
    expect(reach([grants(caller, ["lambda:UpdateFunctionCode"])])).toBe("conditional");
  });
  it("adds to what identity policies give", () => {
    expect(reach([grants(caller, ["lambda:InvokeFunction"])], [allow(["lambda:UpdateFunctionCode"], fn)])).toBe("certain");
    expect(reach([grants({ AWS: iamArn("root") }, control)])).toBe("no");
    expect(reach([grants({ AWS: iamArn("root") }, control)], [allow(control, fn)])).toBe("certain");
  });
  it("may deny, and so may the caller's own policies", () => {
    const denied: Statement = { ...grants("*", ["lambda:UpdateFunctionCode"]), Effect: "Deny" };
    expect(reach([denied], [allow(control, fn)])).toBe("no");
    expect(reach([grants(caller, control)], [deny("lambda:InvokeFunction"), deny("lambda:UpdateFunctionCode")])).toBe("no");
  });
  it("lets outsiders in, unless it only lets a service call the function", () => {
    const stranger = "999999999999";
    expect(reach([grants({ AWS: stranger }, control)], [], `external:aws:account:${stranger}`)).toBe("certain");
    expect(reach([grants("*", control)], [], "external:aws:everyone")).toBe("certain");
    expect(reach([grants("*", ["lambda:InvokeFunction"])], [], "external:aws:everyone")).toBe("no");
    const byTopic = grants({ Service: "sns.amazonaws.com" }, ["lambda:InvokeFunction"]);
    expect(reach([byTopic], [allow(control, fn)])).toBe("certain");
    expect(reach([byTopic])).toBe("no");
  });
  it("is conditional under a condition that nobody can check", () => {
    expect(reach([grants(caller, control, { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } })])).toBe("conditional");
  });
});
