import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { allow, escalationGraph, techniquesOfCaller } from "../testing/escalation-world.ts";
import { awsInventory } from "../testing/index.ts";
import type { GraphInput } from "../types.ts";
import { can } from "./authorize/can.ts";

const account = "111122223333";
const other = "444455556666";
const iam = (rest: string): string => `arn:aws:iam::${account}:${rest}`;
const target = iam("role/target");
const callers = [iam("user/alice"), iam("user/bob"), iam("role/build")];
const document = (...Statement: object[]): object => ({ Version: "2012-10-17", Statement });
const assumes = [{ PolicyName: "own", PolicyDocument: document({ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }) }];

const accountWith = (...trust: object[]): GraphInput =>
  awsInventory({
    UserDetailList: callers.slice(0, 2).map((Arn) => ({ Arn, UserPolicyList: assumes })),
    GroupDetailList: [],
    RoleDetailList: [
      { Arn: target, AssumeRolePolicyDocument: document(...trust) },
      { Arn: callers[2]!, AssumeRolePolicyDocument: document(), RolePolicyList: assumes },
    ],
    Policies: [],
  });

/** What the graph says of everyone who may come to the role, by node key; through hubs too. */
function comers(input: GraphInput): Record<string, "allowed" | "conditional"> {
  const graph = buildGraph(input);
  const end = graph.indexByKey.get(`identity:${target}`)!;
  const found: Record<string, "allowed" | "conditional"> = {};
  for (const [start, node] of graph.nodes.entries()) {
    if (start === end || (node.kind !== "identity" && node.kind !== "external")) continue;
    const arrives = (withOpen: boolean): boolean => {
      const seen = new Set([start]);
      for (const at of seen)
        for (const edge of graph.edges)
          if (
            edge.from === at &&
            edge.kind !== "OWNS" &&
            (at === start || graph.nodes[at]!.subkind === "scope") &&
            (withOpen || !edge.conditional)
          )
            seen.add(edge.to);
      return seen.has(end);
    };
    if (arrives(true)) found[node.key] = arrives(false) ? "allowed" : "conditional";
  }
  return found;
}

const conditions: readonly (object | undefined)[] = [
  undefined,
  { ArnEquals: { "aws:PrincipalArn": iam("user/alice") } },
  { ArnLike: { "aws:PrincipalArn": iam("user/b*") } },
  { ArnNotLike: { "aws:PrincipalArn": iam("user/*") } },
  { StringEquals: { "aws:username": "alice" } },
  { StringNotEqualsIfExists: { "aws:username": "alice" } },
  { StringEquals: { "aws:PrincipalType": "AssumedRole" } },
  { StringEquals: { "aws:PrincipalAccount": account } },
  { StringEquals: { "aws:PrincipalAccount": other } },
  { Bool: { "aws:PrincipalIsAWSService": "true" } },
  { Null: { "aws:username": "true" } },
  { Bool: { "aws:MultiFactorAuthPresent": "true" } },
  { ArnEquals: { "aws:PrincipalArn": iam("user/alice") }, Bool: { "aws:MultiFactorAuthPresent": "true" } },
];
const parties = { "its account": iam("root"), everyone: "*", alice: callers[0]!, build: callers[2]! };

const expected = (input: GraphInput): Record<string, string> =>
  Object.fromEntries(
    callers.flatMap((principal) => {
      const { decision } = can(input, { principal, action: "sts:AssumeRole", resource: target });
      return decision === "allowed" || decision === "conditional" ? [[`identity:${principal}`, decision]] : [];
    }),
  );
const inside = (found: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(found).filter(([key]) => key.startsWith("identity:")));

describe.each(Object.entries(parties))("a role that trusts %s", (_name, party) => {
  it.each(conditions.map((Condition) => [JSON.stringify(Condition ?? "nothing more"), Condition] as const))(
    "if %s",
    (_words, Condition) => {
      const rest = Condition === undefined ? {} : { Condition };
      const trust = { Effect: "Allow", Principal: { AWS: party }, Action: "sts:AssumeRole", ...rest };
      expect(inside(comers(accountWith(trust)))).toEqual(expected(accountWith(trust)));
      const all = { Effect: "Allow", Principal: { AWS: party }, Action: "sts:AssumeRole" };
      const deny = { Effect: "Deny", Principal: { AWS: "*" }, Action: "sts:AssumeRole", ...rest };
      expect(inside(comers(accountWith(all, deny)))).toEqual(expected(accountWith(all, deny)));
    },
  );
  it("except one of them", () => {
    const all = { Effect: "Allow", Principal: { AWS: party }, Action: "sts:AssumeRole" };
    const deny = { Effect: "Deny", Principal: { AWS: callers[0] }, Action: "sts:AssumeRole" };
    const input = accountWith(all, deny);
    expect(inside(comers(input))).toEqual(expected(input));
    expect(comers(input)).not.toHaveProperty([`identity:${callers[0]}`]);
  });
});

describe("a role that trusts everyone", () => {
  const open = (Condition: object): string[] =>
    Object.keys(comers(accountWith({ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole", Condition }))).filter((key) =>
      key.startsWith("external:"),
    );
  it("of one account is not open to the rest of the world", () => {
    expect(open({ StringEquals: { "aws:PrincipalAccount": account } })).toEqual([]);
    expect(open({ StringEquals: { "aws:PrincipalAccount": other } })).toEqual([`external:aws:account:${other}`]);
    expect(open({ ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${other}:role/ci-*` } })).toEqual([`external:aws:account:${other}`]);
  });
  it("of one account is told as open to that account", () => {
    const Condition = { StringEquals: { "aws:PrincipalAccount": [account, other] } };
    const graph = buildGraph(accountWith({ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole", Condition }));
    const { traits } = graph.nodes[graph.indexByKey.get(`identity:${target}`)!]!;
    expect(traits).toMatchObject({ trust: [{ kind: "cross_account", party: other, external: true }] });
  });
  it("of an organisation may be open to anyone", () => {
    expect(open({ StringEquals: { "aws:PrincipalOrgID": "o-1" } })).toEqual(["external:aws:anyone"]);
    expect(open({ StringNotEquals: { "aws:PrincipalAccount": other } })).toEqual(["external:aws:anyone"]);
  });
});

describe("a role to make administrator and then become", () => {
  const found = (name: string): string[] => {
    const Condition = { ArnEquals: { "aws:PrincipalArn": iam(`user/${name}`) } };
    const targetTrust = document({ Effect: "Allow", Principal: { AWS: iam("root") }, Action: "sts:AssumeRole", Condition });
    const graph = escalationGraph({ statements: [allow(["iam:PutRolePolicy", "sts:AssumeRole"], target)], targetTrust });
    return [false, true].flatMap((conditional) => techniquesOfCaller(graph, { conditional }).map((id) => (conditional ? `${id}?` : id)));
  };
  it("must let the caller in", () => {
    expect(found("caller")).toContain("iam-017");
    expect(found("somebody")).toEqual([]);
  });
});

describe("a role that a service may run as", () => {
  const passed = (Condition: object): string => {
    const targetTrust = document({ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole", Condition });
    const statements = [allow(["iam:PassRole"], target), allow(["lambda:CreateFunction", "lambda:InvokeFunction"])];
    const graph = escalationGraph({ statements, targetTrust });
    if (techniquesOfCaller(graph, { conditional: false }).includes("lambda-001")) return "certain";
    return techniquesOfCaller(graph, { conditional: true }).includes("lambda-001") ? "conditional" : "no";
  };
  it.each([
    ["certain", { StringEquals: { "aws:SourceAccount": account } }],
    ["no", { StringEquals: { "aws:SourceAccount": other } }],
    ["conditional", { ArnLike: { "aws:SourceArn": `arn:aws:lambda:*:${account}:function:one` } }],
  ])("%s: %j", (answer, Condition) => {
    expect(passed(Condition)).toBe(answer);
  });
});
