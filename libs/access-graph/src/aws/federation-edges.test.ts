import { describe, expect, it } from "vitest";
import { accessFacts } from "../access-facts.ts";
import { buildGraph } from "../build-graph.ts";
import { awsInventory } from "../testing/aws-account.ts";

const role = "arn:aws:iam::111122223333:role/deploy";
const github = "token.actions.githubusercontent.com";
const oidc = (issuer: string, conditions: Readonly<Record<string, unknown>>) => ({
  Effect: "Allow",
  Action: "sts:AssumeRoleWithWebIdentity",
  Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` },
  Condition: conditions,
});

function trusted(statement: unknown) {
  const graph = buildGraph(
    awsInventory({
      UserDetailList: [],
      GroupDetailList: [],
      Policies: [],
      RoleDetailList: [{ Arn: role, AssumeRolePolicyDocument: { Statement: [statement] } }],
    }),
  );
  const node = graph.indexByKey.get(`identity:${role}`)!;
  const edges = graph.edges.filter((edge) => edge.to === node && graph.nodes[edge.from]!.kind === "external");
  return {
    from: edges.map((edge) => `${graph.nodes[edge.from]!.label}${edge.conditional ? "?" : ""}`),
    trust: accessFacts(graph, node).trust,
  };
}

describe("federated trust", () => {
  it("with an exact subject is that subject", () => {
    expect(
      trusted(
        oidc(github, { StringEquals: { [`${github}:sub`]: "repo:acme/app:ref:refs/heads/main", [`${github}:aud`]: "sts.amazonaws.com" } }),
      ),
    ).toEqual({
      from: [`repo:acme/app:ref:refs/heads/main at ${github}`],
      trust: [{ kind: "oidc", issuerShared: true, subjectMatch: "exact", audiencePinned: true }],
    });
  });

  it("with a wildcard subject is anyone who matches it", () => {
    expect(trusted(oidc(github, { StringLike: { [`${github}:sub`]: "repo:acme/*" } }))).toEqual({
      from: [`anyone matching repo:acme/* at ${github}`],
      trust: [{ kind: "oidc", issuerShared: true, subjectMatch: "wildcard", audiencePinned: false }],
    });
  });

  it("with a pattern where patterns do not count lets nobody in by it", () => {
    const subjects = (...values: readonly string[]) => trusted(oidc(github, { StringEquals: { [`${github}:sub`]: values } }));
    expect(subjects("repo:acme/app:*")).toMatchObject({ from: [], trust: [{ subjectMatch: "exact" }] });
    expect(subjects("*").from).toEqual([]);
    expect(subjects("*", "repo:acme/app:pull_request").from).toEqual([`repo:acme/app:pull_request at ${github}`]);
  });

  it("without a subject is anyone at the issuer, and other claims make it conditional", () => {
    expect(trusted(oidc(github, { StringEquals: { [`${github}:aud`]: "sts.amazonaws.com" } })).from).toEqual(["any GitHub repository"]);
    expect(trusted(oidc(github, { StringLike: { [`${github}:sub`]: "repo:*" } })).from).toEqual(["any GitHub repository"]);
    expect(trusted(oidc("gitlab.com", {})).from).toEqual(["anyone at gitlab.com"]);
    expect(trusted(oidc(github, { StringEquals: { [`${github}:repository_owner`]: "acme" } })).from).toEqual(["any GitHub repository?"]);
  });

  it("of another account is external, and an external id is noticed", () => {
    expect(
      trusted({
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { AWS: "999988887777" },
        Condition: { StringEquals: { "sts:ExternalId": "x" } },
      }),
    ).toEqual({
      from: ["AWS account 999988887777?"],
      trust: [{ kind: "cross_account", external: true, externalIdRequired: true }],
    });
  });

  it("of a service or of the own account is no outside trust", () => {
    for (const principal of [
      { Service: "ec2.amazonaws.com" },
      { AWS: "arn:aws:iam::111122223333:root" },
      { AWS: "AIDAEXAMPLEDELETEDUSER" },
    ]) {
      expect(trusted({ Effect: "Allow", Action: "sts:AssumeRole", Principal: principal })).toEqual({ from: [], trust: [] });
    }
  });
});
