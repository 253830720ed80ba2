import { describe, expect, it } from "vitest";
import { accessFacts } from "../access-facts.ts";
import { buildGraph } from "../build-graph.ts";
import { reachOf } from "../reach/reach-of.ts";
import { awsInventory } from "../testing/aws-account.ts";
import { aCredential, anIdentity, aResource } from "../testing/inventory-builders.ts";
import type { AccessGraph, GraphInput } from "../types.ts";
import { blastRadiusOfAll } from "../reach/blast-radius.ts";

const account = "111122223333";
const user = (name: string): string => `arn:aws:iam::${account}:user/${name}`;
type Statement = Readonly<Record<string, unknown>>;

function input(policies: Readonly<Record<string, readonly Statement[]>>): GraphInput {
  const made = awsInventory({
    UserDetailList: Object.entries(policies).map(([name, statements]) => ({
      Arn: user(name),
      UserPolicyList: [{ PolicyName: "p", PolicyDocument: { Version: "2012-10-17", Statement: statements } }],
    })),
    GroupDetailList: [],
    RoleDetailList: [],
    Policies: [],
  });
  const bucket = (name: string, environment: string) =>
    aResource(`arn:aws:s3:::${name}`, {
      kind: "data_store",
      provider: "aws",
      account,
      environment,
      sensitivity: 70,
      sensitivityReason: "customer data",
    });
  return { ...made, resources: [...made.resources, bucket("logs-prod", "prod"), bucket("orders", "prod"), bucket("sandbox", "dev")] };
}

const reached = (graph: AccessGraph, name: string): Record<string, string> =>
  Object.fromEntries(
    reachOf(graph, graph.indexByKey.get(`identity:${user(name)}`)!).assets.map((asset) => [
      graph.nodes[asset.node]!.key.replace("resource:", "").replace(`aws:scope:${account}:`, "all "),
      `${asset.level}${asset.conditional ? "?" : ""}`,
    ]),
  );
const statement = (
  Effect: "Allow" | "Deny",
  Action: string | readonly string[],
  Resource: string | readonly string[],
  rest: Statement = {},
): Statement => ({ Effect, Action, Resource, ...rest });

describe("data access", () => {
  const s3 = "arn:aws:s3:::";
  const cases: readonly [name: string, statements: readonly Statement[], expected: Record<string, string>][] = [
    ["reads one bucket by its objects", [statement("Allow", "s3:GetObject", `${s3}orders/*`)], { [`${s3}orders`]: "read" }],
    ["takes the strongest level", [statement("Allow", ["s3:GetObject", "s3:PutObject"], `${s3}orders/*`)], { [`${s3}orders`]: "write" }],
    ["finds known buckets by pattern", [statement("Allow", "s3:Get*", `${s3}logs-*`)], { [`${s3}logs-prod`]: "read" }],
    [
      "writes its objects, whatever it may do on them, but leaves the bucket",
      [statement("Allow", "s3:*", `${s3}orders/*`)],
      { [`${s3}orders`]: "write" },
    ],
    ["holds the bucket without its objects", [statement("Allow", "s3:PutBucketPolicy", `${s3}orders`)], { [`${s3}orders`]: "admin" }],
    ["reads no object of a bucket that is named alone", [statement("Allow", "s3:GetObject", `${s3}orders`)], {}],
    ["reads objects by a pattern that runs on into them", [statement("Allow", "s3:GetObject", `${s3}order*`)], { [`${s3}orders`]: "read" }],
    ["names what the inventory lacks", [statement("Allow", "s3:GetObject", `${s3}elsewhere/*`)], { [`${s3}elsewhere`]: "read" }],
    ["keeps an unknown pattern as one thing", [statement("Allow", "s3:GetObject", `${s3}team-*/*`)], { [`${s3}team-*`]: "read" }],
    [
      "reads everything of a service",
      [statement("Allow", "s3:GetObject", "*")],
      { "all s3": "read", [`${s3}logs-prod`]: "read", [`${s3}orders`]: "read", [`${s3}sandbox`]: "read" },
    ],
    [
      "leaves out what a deny names",
      [statement("Allow", "s3:GetObject", "*"), statement("Deny", "s3:*", [`${s3}orders`, `${s3}orders/*`])],
      { "all s3": "read", [`${s3}logs-prod`]: "read", [`${s3}sandbox`]: "read" },
    ],
    [
      "leaves what a deny of everything else leaves out",
      [statement("Allow", "s3:GetObject", "*"), { Effect: "Deny", Action: "s3:*", NotResource: [`${s3}orders`, `${s3}orders/*`] }],
      { [`${s3}orders`]: "read" },
    ],
    [
      "leaves what a deny of everything else leaves out, in part or by a pattern",
      [statement("Allow", "s3:GetObject", "*"), { Effect: "Deny", Action: "*", NotResource: [`${s3}orders/team/*`, `${s3}logs-*`] }],
      { [`${s3}orders`]: "read", [`${s3}logs-prod`]: "read" },
    ],
    [
      "leaves out what an allow of everything else leaves out",
      [{ Effect: "Allow", Action: "s3:GetObject", NotResource: [`${s3}orders`, `${s3}orders/*`] }],
      { "all s3": "read", [`${s3}logs-prod`]: "read", [`${s3}sandbox`]: "read" },
    ],
    [
      "reads what lies at one path of every bucket",
      [statement("Allow", "s3:GetObject", `${s3}*/public/*`)],
      { [`${s3}logs-prod`]: "read", [`${s3}orders`]: "read", [`${s3}sandbox`]: "read" },
    ],
    [
      "writes the objects of every bucket, and holds none",
      [statement("Allow", "s3:*", `${s3}*/*`)],
      { "all s3": "write", [`${s3}logs-prod`]: "write", [`${s3}orders`]: "write", [`${s3}sandbox`]: "write" },
    ],
    ["gives nothing when everything is denied", [statement("Allow", "s3:*", "*"), statement("Deny", "*", "*")], {}],
    [
      "is conditional under a condition",
      [statement("Allow", "s3:GetObject", `${s3}orders/*`, { Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } })],
      { [`${s3}orders`]: "read?" },
    ],
    [
      "is conditional beside a conditional deny",
      [
        statement("Allow", "s3:GetObject", `${s3}orders/*`),
        statement("Deny", "s3:*", "*", { Condition: { StringNotEquals: { "aws:SourceVpc": "vpc-1" } } }),
      ],
      { [`${s3}orders`]: "read?" },
    ],
    ["does not count listing as reading", [statement("Allow", ["s3:ListAllMyBuckets", "ec2:Describe*", "dynamodb:ListTables"], "*")], {}],
    [
      "resolves the caller's own name",
      [statement("Allow", "s3:GetObject", `${s3}home-\${aws:username}/*`)],
      { [`${s3}home-caller`]: "read" },
    ],
    [
      "cannot resolve what depends on the request",
      [statement("Allow", "s3:GetObject", `${s3}team-\${aws:PrincipalTag/team}/*`)],
      { [`${s3}team-*`]: "read?" },
    ],
    [
      "needs the other account's consent",
      [statement("Allow", "sqs:SendMessage", "arn:aws:sqs:eu-west-1:999988887777:jobs")],
      { "arn:aws:sqs:eu-west-1:999988887777:jobs": "write?" },
    ],
  ];
  for (const [name, statements, expected] of cases) {
    it(name, () => {
      expect(reached(buildGraph(input({ caller: statements })), "caller")).toEqual(expected);
    });
  }

  it("of everything includes what only another policy names", () => {
    const graph = buildGraph(
      input({
        wide: [statement("Allow", "dynamodb:*", "*")],
        narrow: [statement("Allow", "dynamodb:GetItem", `arn:aws:dynamodb:eu-west-1:${account}:table/Orders/index/x`)],
      }),
    );
    expect(reached(graph, "wide")).toEqual({ "all dynamodb": "admin", [`arn:aws:dynamodb:eu-west-1:${account}:table/Orders`]: "admin" });
    expect(reached(graph, "narrow")).toEqual({ [`arn:aws:dynamodb:eu-west-1:${account}:table/Orders`]: "read" });
  });

  it("of an administrator is everything in the account, the other principals included", () => {
    const graph = buildGraph(input({ admin: [statement("Allow", "*", "*")], other: [] }));
    const node = graph.indexByKey.get(`identity:${user("admin")}`)!;
    const row = blastRadiusOfAll(graph).at(node);
    expect([row.pctMin, row.tierZeroMin, row.identitiesMin, row.severity, row.escalations]).toEqual([100, true, 1, "critical", []]);
    expect(accessFacts(graph, node).access).toMatchObject({
      admin: true,
      wildcard: true,
      escalationPaths: 0,
      blastRadius: 100,
      reachableEnvironments: ["dev", "prod"],
    });
    expect(accessFacts(graph, graph.indexByKey.get(`identity:${user("other")}`)!).access).toEqual({
      admin: false,
      wildcard: false,
      escalationPaths: 0,
      sensitiveResourceCount: 0,
      reachableEnvironments: [],
      blastRadius: 0,
    });
  });
});

describe("credentials", () => {
  it("reach what their identity reaches while they are active", () => {
    const base = input({ caller: [statement("Allow", "s3:GetObject", "arn:aws:s3:::orders/*")] });
    const expired = { ...aCredential("expired", user("caller"), { status: "active" }) };
    const graph = buildGraph({
      ...base,
      credentials: [
        aCredential("active", user("caller"), { status: "active" }),
        aCredential("inactive", user("caller"), { status: "inactive" }),
        aCredential("unknown", user("caller")),
        {
          ...expired,
          facts: { ...expired.facts, expiresAt: { known: "2026-05-31T00:00:00Z", source: "s", observedAt: "2026-01-01T00:00:00Z" } },
        },
      ],
    });
    const row = (ref: string) => blastRadiusOfAll(graph).at(graph.indexByKey.get(`credential:${ref}`)!);
    expect([row("active").min, row("inactive").max, row("unknown").min, row("unknown").max, row("expired").max]).toEqual([
      350, 0, 0, 350, 0,
    ]);
  });
});

describe("the graph", () => {
  it("is the same bytes whatever the order of the inventory", () => {
    const made = input({
      a: [statement("Allow", ["s3:*", "iam:PassRole", "lambda:*"], "*")],
      b: [statement("Allow", "s3:GetObject", "arn:aws:s3:::x/*")],
    });
    const reversed = {
      ...made,
      identities: [...made.identities].reverse(),
      resources: [...made.resources].reverse(),
      grants: [...made.grants].reverse(),
    };
    expect(JSON.stringify(buildGraph(reversed))).toBe(JSON.stringify(buildGraph(made)));
  });

  it("leaves out identities that are gone", () => {
    const made = input({ a: [] });
    const graph = buildGraph({ ...made, identities: [...made.identities, anIdentity(user("gone"), { goneAt: "2026-01-01T00:00:00Z" })] });
    expect(graph.indexByKey.has(`identity:${user("gone")}`)).toBe(false);
  });
});

describe("a bucket of another account that a policy names", () => {
  const elsewhere = "444455556666";
  const reads = (from: string): GraphInput => {
    const made = awsInventory({
      UserDetailList: [
        {
          Arn: `arn:aws:iam::${from}:user/ann`,
          UserPolicyList: [
            { PolicyName: "p", PolicyDocument: { Statement: [statement("Allow", "s3:GetObject", "arn:aws:s3:::orders/*")] } },
          ],
        },
      ],
      GroupDetailList: [],
      RoleDetailList: [],
      Policies: [],
    });
    return {
      ...made,
      resources: [...made.resources, aResource("arn:aws:s3:::orders", { kind: "data_store", provider: "aws", account, sensitivity: 70 })],
    };
  };
  const accessOf = (from: string): string[] => {
    const graph = buildGraph(reads(from));
    const ann = graph.indexByKey.get(`identity:arn:aws:iam::${from}:user/ann`)!;
    return reachOf(graph, ann).assets.map((asset) => `${graph.nodes[asset.node]!.key} ${asset.conditional ? "perhaps" : "surely"}`);
  };
  it("is read only if its owner allows that too", () => {
    expect(accessOf(account)).toEqual(["resource:arn:aws:s3:::orders surely"]);
    expect(accessOf(elsewhere)).toEqual(["resource:arn:aws:s3:::orders perhaps"]);
    expect(buildGraph(reads(elsewhere)).nodes.find(({ key }) => key === "resource:arn:aws:s3:::orders")!.account).toBe(account);
  });
});
