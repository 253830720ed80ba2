import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { awsGrant, awsInventory } from "../testing/aws-account.ts";
import { aResource } from "../testing/inventory-builders.ts";

const [home, partner] = ["111122223333", "444455556666"];
const role = `arn:aws:iam::${home}:role/target`;
const user = (account: string): string => `arn:aws:iam::${account}:user/u`;
const organisation = "arn:aws:organizations::999999999999:policy/o-home1";
const document = (...Statement: object[]): object => ({ Version: "2012-10-17", Statement });
const denies = (Condition?: object, rest: object = {}): object =>
  document({
    Effect: "Deny",
    Principal: "*",
    Action: "sts:AssumeRole*",
    Resource: "*",
    ...(Condition === undefined ? {} : { Condition }),
    ...rest,
  });
const perimeter = { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-home1" }, BoolIfExists: { "aws:PrincipalIsAWSService": "false" } };

type Answer = "certain" | "conditional" | "no";

/** Who gets in: a user of the account, one of another account of the inventory, a stranger, everybody at an identity provider. */
function entries(rcp: object | null, members: readonly string[] = [home]): Record<string, Answer> {
  const may = [{ PolicyName: "own", PolicyDocument: document({ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }) }];
  const input = awsInventory({
    UserDetailList: [home, partner].map((account) => ({ Arn: user(account), UserPolicyList: may })),
    GroupDetailList: [],
    RoleDetailList: [
      {
        Arn: role,
        AssumeRolePolicyDocument: document(
          { Effect: "Allow", Principal: { AWS: [home, partner, "777777777777"] }, Action: "sts:AssumeRole" },
          { Effect: "Allow", Principal: { Federated: "accounts.example.com" }, Action: "sts:AssumeRoleWithWebIdentity" },
        ),
      },
    ],
    Policies: [],
  });
  const accounts = [home, partner].map((account) => aResource(`aws:account:${account}`, { kind: "account", provider: "aws", account }));
  const scp = aResource(`${organisation}/service_control_policy/p-all`, {
    kind: "policy",
    attributes: { document: document({ Effect: "Allow", Action: "*", Resource: "*" }) },
  });
  const own = aResource(`${organisation}/resource_control_policy/p-own`, { kind: "policy", attributes: { document: rcp } });
  const full = "arn:aws:organizations::aws:policy/resource_control_policy/p-RCPFullAWSAccess";
  const graph = buildGraph({
    ...input,
    resources: [...input.resources, ...accounts, scp, ...(rcp === null ? [] : [own])],
    grants: [
      ...input.grants,
      ...members.map((account) => awsGrant("scp", `aws:account:${account}`, scp.ref, { level: 0 })),
      awsGrant("rcp", `aws:account:${home}`, full, { level: 0 }),
      ...(rcp === null ? [] : [awsGrant("rcp", `aws:account:${home}`, own.ref, { level: 0 })]),
    ],
  });
  const target = graph.indexByKey.get(`identity:${role}`)!;
  const into = (key: string): Answer => {
    const from = graph.indexByKey.get(key);
    const hubs = graph.edges.filter((edge) => edge.from === from && graph.nodes[edge.to]!.subkind === "scope").map((edge) => edge.to);
    const edges = graph.edges.filter((edge) => edge.to === target && (edge.from === from || hubs.includes(edge.from)));
    return edges.some((edge) => !edge.conditional) ? "certain" : edges.length > 0 ? "conditional" : "no";
  };
  return {
    home: into(`identity:${user(home)}`),
    partner: into(`identity:${user(partner)}`),
    stranger: into("external:aws:account:777777777777"),
    federated: into("external:oidc:accounts.example.com:*"),
  };
}

const everyone = { home: "certain", partner: "certain", stranger: "certain", federated: "certain" };

describe("who may become a role, under resource control policies", () => {
  it("is whom the trust policy lets in, where none denies", () => {
    expect(entries(null)).toEqual(everyone);
    expect(entries(denies(undefined, { Resource: `${role}-other` }))).toEqual(everyone);
    expect(entries(denies(undefined, { Action: "s3:*" }))).toEqual(everyone);
  });
  it("is nobody where one denies for everyone", () => {
    expect(entries(denies())).toEqual({ home: "no", partner: "no", stranger: "no", federated: "no" });
    expect(entries(denies(undefined, { Resource: role, Action: "sts:AssumeRole" }))).toEqual({
      home: "no",
      partner: "no",
      stranger: "no",
      federated: "certain",
    });
  });
  it("is for certain who is of the organisation, and of others nothing is certain", () => {
    expect(entries(denies(perimeter))).toEqual({
      home: "certain",
      partner: "conditional",
      stranger: "conditional",
      federated: "conditional",
    });
    expect(entries(denies(perimeter), [home, partner])).toMatchObject({ home: "certain", partner: "certain", stranger: "conditional" });
  });
  it("is not another account that is denied by its number", () => {
    const only = denies({ StringNotEquals: { "aws:PrincipalAccount": home } }, { Action: "sts:AssumeRole" });
    expect(entries(only)).toEqual({ home: "certain", partner: "no", stranger: "no", federated: "certain" });
  });
});
