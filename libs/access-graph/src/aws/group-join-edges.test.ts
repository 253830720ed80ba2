import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { blastRadiusOfAll } from "../reach/blast-radius.ts";
import { awsInventory } from "../testing/aws-account.ts";
import { allow, deny, escalationGraph, iamArn, techniquesOfCaller } from "../testing/escalation-world.ts";
import type { EscalationWorld, Statement } from "../testing/escalation-world.ts";
import type { AccessGraph } from "../types.ts";
import { whatIf } from "../what-if/what-if.ts";

const join = allow(["iam:AddUserToGroup"], iamArn("group/other"));
const fill = allow(["iam:PutGroupPolicy"], iamArn("group/other"));
const fillAny = allow(["iam:AttachGroupPolicy"], iamArn("group/*"));
const harmless = [allow(["s3:ListAllMyBuckets"])];

interface Case {
  readonly own: readonly Statement[];
  readonly group?: readonly Statement[];
  readonly boundary?: readonly Statement[];
  readonly answer: "yes" | "conditional" | "no";
}

const cases: Readonly<Record<string, Case>> = {
  "a group without policies, filled and joined": { own: [join, fill], answer: "yes" },
  "a group with harmless policies": { own: [join, fillAny], group: harmless, answer: "yes" },
  "a group that may be joined only": { own: [join], group: harmless, answer: "no" },
  "a group that may be filled only": { own: [fill], group: harmless, answer: "no" },
  "one group to join and another to fill": { own: [join, allow(["iam:PutGroupPolicy"], iamArn("group/mine"))], answer: "no" },
  "joining is denied": { own: [join, fill, deny("iam:AddUserToGroup")], answer: "no" },
  "filling is denied to its members, who are none before they join": {
    own: [join, fill],
    group: [deny("iam:PutGroupPolicy")],
    answer: "yes",
  },
  "its members are denied everything": { own: [join, fillAny], group: [deny("*")], answer: "no" },
  "its members are denied everything, by a policy that may be written anew": { own: [join, fill], group: [deny("*")], answer: "yes" },
  "joining asks for a second factor": {
    own: [{ ...join, Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }, fill],
    answer: "conditional",
  },
  "a boundary leaves nothing of it": { own: [join, fill], boundary: [join, fill], answer: "no" },
};

const graphOf = ({ own, group, boundary }: Case) =>
  buildGraph(
    awsInventory(
      {
        UserDetailList: [
          {
            Arn: iamArn("user/caller"),
            UserPolicyList: [{ PolicyName: "own", PolicyDocument: { Statement: own } }],
            ...(boundary === undefined ? {} : { PermissionsBoundary: { PermissionsBoundaryArn: iamArn("policy/boundary") } }),
          },
        ],
        GroupDetailList: [
          { Arn: iamArn("group/mine"), GroupName: "mine" },
          {
            Arn: iamArn("group/other"),
            GroupName: "other",
            ...(group === undefined ? {} : { GroupPolicyList: [{ PolicyName: "its", PolicyDocument: { Statement: group } }] }),
          },
        ],
        RoleDetailList: [],
        Policies: [],
      },
      { [iamArn("policy/boundary")]: { Statement: boundary ?? [] } },
    ),
  );

describe("administrator by a group that one may join and fill", () => {
  it.each(Object.entries(cases))("%s", (_, world) => {
    const graph = graphOf(world);
    const { tierZeroMin, tierZeroMax } = blastRadiusOfAll(graph).at(graph.indexByKey.get(`identity:${iamArn("user/caller")}`)!);
    expect(tierZeroMin ? "yes" : tierZeroMax ? "conditional" : "no").toBe(world.answer);
  });

  it("names both permissions", () => {
    const graph = graphOf(cases["a group without policies, filled and joined"]!);
    const edge = graph.edges.find(({ why }) => why.technique === "iam-011")!;
    expect(edge.why.facts.map(({ detail }) => detail.split(" ")[0]).sort()).toEqual(["iam:AddUserToGroup", "iam:PutGroupPolicy"]);
  });
});

describe("an administrator by one group who may join another with the same policy", () => {
  const everything = iamArn("policy/everything");
  const attached = { AttachedManagedPolicies: [{ PolicyArn: everything, PolicyName: "everything" }] };
  const inventory = awsInventory({
    UserDetailList: [
      {
        Arn: iamArn("user/caller"),
        GroupList: ["one"],
        UserPolicyList: [{ PolicyName: "own", PolicyDocument: { Statement: [allow(["iam:AddUserToGroup"])] } }],
      },
    ],
    GroupDetailList: [
      // Without a deny the membership would not rest on the policy alone, and the administrator not be looked at beside it.
      {
        Arn: iamArn("group/one"),
        GroupName: "one",
        ...attached,
        GroupPolicyList: [{ PolicyName: "its", PolicyDocument: { Statement: [deny("s3:*")] } }],
      },
      { Arn: iamArn("group/two"), GroupName: "two", ...attached },
    ],
    RoleDetailList: [],
    Policies: [
      {
        Arn: everything,
        PolicyVersionList: [{ IsDefaultVersion: true, Document: { Statement: [allow(["*"])] } }],
      },
    ],
  });
  it("stays one without the first group's", () => {
    const graph = buildGraph(inventory);
    const grant = inventory.grants.find(({ from, to }) => from === iamArn("group/one") && to === everything)!;
    const { after } = whatIf(graph, [{ kind: "remove_grant", grant: grant.id }], { entries: [], inventory, asOf: "2026-01-01T00:00:00Z" });
    const row = (each: AccessGraph) => blastRadiusOfAll(each).at(each.indexByKey.get(`identity:${iamArn("user/caller")}`)!);
    expect(row(graph).tierZeroMin).toBe(true);
    expect(row(after).tierZeroMin).toBe(true);
  });
});

describe("a group of its own making", () => {
  const made = (statements: readonly Statement[], world: Partial<EscalationWorld> = {}): boolean =>
    techniquesOfCaller(escalationGraph({ statements, ...world }), { conditional: false, as: world.as ?? "user" }).includes("new-group");
  const join = ["iam:CreateGroup", "iam:PutGroupPolicy", "iam:AddUserToGroup"];
  it("makes an administrator of the user who joins it, within what its limits leave", () => {
    expect(made([allow(join, iamArn("group/team/*"))])).toBe(true);
    const graph = escalationGraph({ statements: [allow(join)], boundary: [allow([...join, "s3:*"])] });
    const row = blastRadiusOfAll(graph).at(graph.indexByKey.get(`identity:${iamArn("user/caller")}`)!);
    expect(row.tierZeroMax).toBe(false);
  });
  it("is nothing to a role, or where one of the steps is for another group", () => {
    expect(made([allow(join)], { as: "role" })).toBe(false);
    expect(made([allow(join.slice(0, 2), iamArn("group/one")), allow(join.slice(2), iamArn("group/other"))])).toBe(false);
  });
});
