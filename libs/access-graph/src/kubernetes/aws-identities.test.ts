import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { awsInventory } from "../testing/aws-account.ts";
import { aGrant, anInput } from "../testing/inventory-builders.ts";
import { aK8sResource, aServiceAccount, k8sRef } from "../testing/kubernetes-cluster.ts";

const arn = "arn:aws:iam::111122223333:role/app";
const eks = "oidc.eks.eu-west-1.amazonaws.com/id/ABC";
const subject = "system:serviceaccount:a:app";
const federated = (conditions: Readonly<Record<string, unknown>>, issuer = eks) => ({
  Effect: "Allow",
  Action: "sts:AssumeRoleWithWebIdentity",
  Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` },
  Condition: conditions,
});
const podService = (conditions: Readonly<Record<string, unknown>>, service = "pods.eks.amazonaws.com") => ({
  Effect: "Allow",
  Action: ["sts:AssumeRole", "sts:TagSession"],
  Principal: { Service: service },
  Condition: conditions,
});

interface World {
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly issuer?: string;
  readonly associated?: boolean | Readonly<Record<string, unknown>>;
  readonly clusterArn?: string;
  /** Issuers of further clusters; null = a cluster of which nobody says. */
  readonly others?: readonly (string | null)[];
}

/** `T`, the open conditions, or null without an edge; `outside` when the role is not in the inventory. */
function signIn(
  statements: readonly unknown[] | null,
  { attributes = {}, issuer, associated = false, clusterArn, others = [] }: World,
): unknown {
  const aws =
    statements === null
      ? anInput({})
      : awsInventory({
          UserDetailList: [],
          GroupDetailList: [],
          Policies: [],
          RoleDetailList: [{ Arn: arn, AssumeRolePolicyDocument: { Statement: statements } }],
        });
  const account = aServiceAccount("a", "app", attributes);
  const graph = buildGraph({
    ...aws,
    identities: [...aws.identities, account],
    resources: [
      ...aws.resources,
      aK8sResource("cluster", k8sRef("Cluster", "c1"), {
        attributes: { ...(issuer === undefined ? {} : { issuer }), ...(clusterArn === undefined ? {} : { arn: clusterArn }) },
      }),
      ...others.map((each, index) =>
        aK8sResource("cluster", `k8s:other-${index}/_/Cluster/other-${index}`, { attributes: each === null ? {} : { issuer: each } }),
      ),
    ],
    grants: [
      ...aws.grants,
      ...(associated === false
        ? []
        : [
            aGrant("pod_identity", account.ref, arn, {
              dialect: "kubernetes_rbac",
              ...(associated === true ? {} : { attributes: associated }),
            }),
          ]),
    ],
  });
  const edges = graph.edges.filter((edge) => edge.from === graph.indexByKey.get(`identity:${account.ref}`));
  expect(edges.length).toBeLessThan(2);
  const [edge] = edges;
  if (edge === undefined) return null;
  const to = graph.nodes[edge.to]!.kind === "external" ? "outside: " : "";
  return `${to}${edge.conditional ? edge.why.conditions.join(" and ") : "T"}`;
}

describe("an account without an annotation, which a role names", () => {
  const trusts = (value: string) => [federated({ StringEquals: { [`${eks}:sub`]: value, [`${eks}:aud`]: "sts.amazonaws.com" } })];
  it.each([
    ["of the cluster's issuer", trusts(subject), `https://${eks}`, "one of its pods asks for a token for AWS"],
    ["of another issuer", trusts(subject), "https://oidc.eks.eu-west-1.amazonaws.com/id/OTHER", null],
    ["where the issuer is not known", trusts(subject), undefined, null],
    ["by another name", trusts("system:serviceaccount:a:other"), `https://${eks}`, null],
  ])("%s", (_, statements, issuer, expected) => {
    expect(signIn(statements, issuer === undefined ? {} : { issuer })).toBe(expected);
  });
});

const annotated = { irsaRoleArn: arn };

describe("an annotation with a role", () => {
  const claim = (operator: string, name: string, value: string | readonly string[]) => ({ [operator]: { [`${eks}:${name}`]: value } });
  it.each([
    ["the very account", [federated(claim("StringEquals", "sub", subject))], "T"],
    ["a pattern that fits", [federated(claim("StringLike", "sub", "system:serviceaccount:a:*"))], "T"],
    ["a pattern, where patterns do not count", [federated(claim("StringEquals", "sub", "system:serviceaccount:a:*"))], null],
    ["another account", [federated(claim("StringEquals", "sub", "system:serviceaccount:b:app"))], null],
    ["any account, with the right audience", [federated(claim("StringEquals", "aud", "sts.amazonaws.com"))], "T"],
    ["another audience", [federated(claim("StringEquals", "aud", "vault"))], null],
    ["all but this account", [federated(claim("StringNotEquals", "sub", subject))], null],
    ["an issuer that is no cluster", [federated({}, "token.actions.githubusercontent.com")], null],
    ["something else as well", [federated({ IpAddress: { "aws:SourceIp": "10.0.0.0/8" } })], "IpAddress aws:SourceIp 10.0.0.0/8"],
  ])("gives a role that trusts %s", (_, statements, expected) => expect(signIn(statements, { attributes: annotated })).toBe(expected));

  it("counts the issuer where it is known, and the audience that the account asks for", () => {
    const trust = [federated({ StringEquals: { [`${eks}:sub`]: subject, [`${eks}:aud`]: "custom" } })];
    expect(signIn(trust, { attributes: { ...annotated, irsaAudience: "custom" }, issuer: `https://${eks}` })).toBe("T");
    expect(signIn(trust, { attributes: { ...annotated, irsaAudience: "custom" }, issuer: "https://elsewhere.example" })).toBeNull();
  });

  it("counts whose issuer it is where the cluster's own is not known", () => {
    const trust = [federated({ StringEquals: { [`${eks}:sub`]: subject } })];
    const among = (...others: (string | null)[]): unknown => signIn(trust, { attributes: annotated, others });
    expect(among("https://oidc.eks.eu-west-1.amazonaws.com/id/OTHER")).toBe("T");
    expect(among(`https://${eks}`)).toBeNull();
    expect(among(null)).toBe("the issuer that the role trusts is that of this cluster");
    expect(signIn(trust, { attributes: annotated, others: [null], issuer: `https://${eks}` })).toBe("T");
  });

  it("stays open for a role that no source lists, and no annotation is no way", () => {
    expect(signIn(null, { attributes: annotated })).toBe("outside: the role's trust policy accepts this service account");
    expect(signIn([federated({ StringEquals: { [`${eks}:sub`]: subject } })], {})).toBeNull();
  });
});

describe("an association with a role", () => {
  const tag = (name: string, value: string) => ({ StringEquals: { [`aws:RequestTag/${name}`]: value } });
  it.each([
    ["trusts the service", [podService({})], "T"],
    ["trusts it for this namespace", [podService(tag("kubernetes-namespace", "a"))], "T"],
    ["trusts it for another namespace", [podService(tag("kubernetes-namespace", "b"))], null],
    ["trusts it for one account", [podService(tag("aws:SourceAccount", "1"))], "StringEquals aws:RequestTag/aws:SourceAccount 1"],
    ["trusts another service", [podService({}, "ec2.amazonaws.com")], null],
  ])("gives a role that %s", (_, statements, expected) => expect(signIn(statements, { associated: true })).toBe(expected));

  it("goes by the cluster's own name, not by what its listing is called, and by tags only where there are some", () => {
    const forCluster = (name: string) => [podService(tag("eks-cluster-name", name))];
    const clusterArn = "arn:aws:eks:eu-west-1:111122223333:cluster/blue";
    expect(signIn(forCluster("c1"), { associated: true })).toBe("StringEquals aws:RequestTag/eks-cluster-name c1");
    expect(signIn(forCluster("blue"), { associated: { clusterName: "blue" } })).toBe("T");
    expect(signIn(forCluster("c1"), { associated: { clusterName: "blue" } })).toBeNull();
    expect(signIn(forCluster("blue"), { associated: true, clusterArn })).toBe("T");
    expect(signIn([podService(tag("eks-cluster-arn", clusterArn))], { associated: true, clusterArn })).toBe("T");
    expect(signIn([podService(tag("eks-cluster-arn", `${clusterArn}-2`))], { associated: true, clusterArn })).toBeNull();
    expect(signIn([podService(tag("kubernetes-namespace", "a"))], { associated: { sessionTags: false } })).toBeNull();
    expect(signIn([podService({})], { associated: { sessionTags: false } })).toBe("T");
  });

  it("stays open for a role that no source lists", () => {
    expect(signIn(null, { associated: true })).toBe("outside: the role's trust policy accepts pods.eks.amazonaws.com");
  });
});
