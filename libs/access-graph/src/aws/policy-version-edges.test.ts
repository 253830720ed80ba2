import { describe, expect, it } from "vitest";
import { blastRadiusOfAll } from "../reach/blast-radius.ts";
import { allow, deny, escalationGraph, iamArn, techniquesOfCaller, trustIn } from "../testing/escalation-world.ts";
import type { EscalationWorld, Statement } from "../testing/escalation-world.ts";
import { aResource } from "../testing/inventory-builders.ts";
import type { GraphInput } from "../types.ts";

const everything = allow(["*"]);
const setVersion = (resource = "*"): Statement => allow(["iam:SetDefaultPolicyVersion"], resource);
const shared = iamArn("policy/shared");

/** A version of a policy that is not in force. */
const withVersion =
  (policy: string, statements: readonly Statement[], current?: readonly Statement[]) =>
  (input: GraphInput): GraphInput => ({
    ...input,
    resources: input.resources.map((resource) =>
      resource.ref === policy
        ? {
            ...resource,
            attributes: {
              ...resource.attributes,
              ...(current === undefined ? {} : { document: { Statement: current } }),
              otherVersions: [{ versionId: "v1", document: { Statement: statements } }],
            },
          }
        : resource,
    ),
  });

function found(world: EscalationWorld): { reach: "certain" | "conditional" | "no"; techniques: readonly string[] } {
  const graph = escalationGraph({ service: "unrelated.amazonaws.com", ...world });
  const { as } = world;
  const radius = blastRadiusOfAll(graph).at(graph.indexByKey.get(`identity:${iamArn(`${as ?? "user"}/caller`)}`)!);
  const techniques = [false, true].flatMap((conditional) =>
    techniquesOfCaller(graph, { conditional, ...(as === undefined ? {} : { as }) }),
  );
  return { reach: radius.tierZeroMin ? "certain" : radius.tierZeroMax ? "conditional" : "no", techniques };
}

describe("an older version of a policy of its own", () => {
  const admin = withVersion(shared, [everything]);
  it.each(["user", "role"] as const)("makes a %s administrator that may put it in force", (as) => {
    expect(found({ statements: [setVersion(shared)], as, also: admin })).toEqual({ reach: "certain", techniques: ["set-policy-version"] });
  });
  it("leads on to whatever it allows", () => {
    const pass = withVersion(shared, [allow(["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"])]);
    expect(found({ statements: [setVersion()], also: pass, service: "lambda.amazonaws.com" }).reach).toBe("certain");
    const self = withVersion(shared, [allow(["iam:PutUserPolicy"], iamArn("user/caller"))]);
    expect(found({ statements: [setVersion()], also: self }).reach).toBe("certain");
    const role = withVersion(shared, [allow(["sts:AssumeRole"])]);
    expect(found({ statements: [setVersion()], also: role, targetTrust: trustIn({ AWS: iamArn("root") }) }).reach).toBe("certain");
  });
  it("takes a deny away that the one in force has", () => {
    const guard = withVersion(shared, [allow(["s3:ListAllMyBuckets"])], [allow(["s3:ListAllMyBuckets"]), deny("iam:PutUserPolicy")]);
    const statements = [setVersion(shared), allow(["iam:PutUserPolicy"])];
    expect(found({ statements, also: guard }).reach).toBe("certain");
    expect(found({ statements: statements.slice(1), also: guard }).reach).toBe("no");
  });
  it("is nothing without the permission, against a deny, or for another policy", () => {
    for (const statements of [[], [setVersion(), deny("iam:SetDefaultPolicyVersion")], [setVersion(iamArn("policy/target"))]])
      expect(found({ statements, also: admin })).toEqual({ reach: "no", techniques: [] });
  });
  it("is nothing when it allows no more than the one in force", () => {
    for (const statements of [[allow(["s3:ListAllMyBuckets"])], [allow(["s3:ListAllMyBuckets"], "arn:aws:s3:::one")]])
      expect(found({ statements: [setVersion()], also: withVersion(shared, statements) })).toEqual({ reach: "no", techniques: [] });
  });
  it("gives what a boundary or an organisation leaves of it", () => {
    expect(found({ statements: [setVersion()], also: admin, boundary: [setVersion(), allow(["s3:*"])] }).reach).toBe("no");
    expect(found({ statements: [setVersion()], also: admin, scps: [[everything, deny("iam:SetDefaultPolicyVersion")]] }).reach).toBe("no");
    expect(found({ statements: [setVersion()], also: admin, scps: [[everything, deny("iam:PutRolePolicy")]] }).reach).toBe("certain");
    expect(found({ statements: [setVersion()], also: admin, scps: [[everything, deny("iam:*")]] }).reach).toBe("no");
  });
  it("is conditional under a condition that nobody can check", () => {
    const statements = [{ ...setVersion(), Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }];
    expect(found({ statements, also: admin }).reach).toBe("conditional");
  });
});

describe("an older version of a policy of somebody else", () => {
  const admin = (input: GraphInput): GraphInput => {
    const harmless = aResource(iamArn("role/target#inline/all"), { kind: "policy", attributes: { document: { Statement: [] } } });
    const plain = { ...input, resources: input.resources.map((resource) => (resource.ref === harmless.ref ? harmless : resource)) };
    return withVersion(iamArn("policy/target"), [everything])(plain);
  };
  const toAccount = trustIn({ AWS: iamArn("root") });
  const onTarget = setVersion(iamArn("policy/target"));
  it("gives a role that lets the caller in, or whose trust it may rewrite", () => {
    const assume = allow(["sts:AssumeRole"], iamArn("role/target"));
    expect(found({ statements: [onTarget, assume], targetTrust: toAccount, also: admin }).reach).toBe("certain");
    const rewrite = allow(["iam:UpdateAssumeRolePolicy"], iamArn("role/target"));
    expect(found({ statements: [onTarget, rewrite], also: admin }).reach).toBe("certain");
  });
  it("is nothing without a way to become it", () => {
    expect(found({ statements: [onTarget], targetTrust: toAccount, also: admin })).toEqual({ reach: "no", techniques: [] });
    expect(found({ statements: [onTarget, allow(["sts:AssumeRole"])], also: admin })).toEqual({ reach: "no", techniques: [] });
  });
});

describe("limits that their holder may take off", () => {
  const unlimited = allow(["*"]);
  it("are none: a boundary", () => {
    const boundary = [allow(["s3:*", "iam:DeleteUserPermissionsBoundary"])];
    expect(found({ statements: [unlimited], boundary })).toEqual({ reach: "certain", techniques: ["lift-limits"] });
    expect(found({ statements: [unlimited], boundary: [allow(["s3:*"])] })).toEqual({ reach: "no", techniques: [] });
    expect(found({ statements: [unlimited, deny("iam:DeleteUserPermissionsBoundary")], boundary }).reach).toBe("no");
  });
  it("are none: a policy that forbids something", () => {
    const guard = (...NotAction: string[]) => withVersion(shared, [], [{ Effect: "Deny", NotAction, Resource: "*" }]);
    expect(found({ statements: [unlimited], also: guard("s3:*", "iam:DetachUserPolicy") }).reach).toBe("certain");
    expect(found({ statements: [unlimited], also: guard("s3:*") })).toEqual({ reach: "no", techniques: [] });
    expect(found({ statements: [unlimited], also: guard("s3:*", "iam:DetachRolePolicy") }).reach).toBe("no");
  });
});
