import { describe, expect, it } from "vitest";
import { accessFacts } from "../access-facts.ts";
import { buildGraph } from "../build-graph.ts";
import { blastRadiusOfAll } from "../reach/blast-radius.ts";
import { reachOf } from "../reach/reach-of.ts";
import { shortestPath } from "../reach/shortest-path.ts";
import { awsInventory } from "../testing/aws-account.ts";
import { aGrant, anInput } from "../testing/inventory-builders.ts";
import { aBinding, aK8sResource, aRole, aSecret, aServiceAccount, k8sRef } from "../testing/kubernetes-cluster.ts";
import type { AccessGraph, GraphInput } from "../types.ts";

const caller = k8sRef("ServiceAccount", "caller", "a");
const world = (parts: Partial<GraphInput>): AccessGraph =>
  buildGraph(
    anInput({
      ...parts,
      identities: [
        aServiceAccount("a", "caller"),
        aServiceAccount("a", "neighbour"),
        aServiceAccount("b", "stranger"),
        ...(parts.identities ?? []),
      ],
      resources: [
        aK8sResource("cluster", k8sRef("Cluster", "c1"), { tierZero: true, sensitivity: 100, sensitivityReason: "cluster" }),
        aSecret("a", "near"),
        aSecret("b", "far"),
        aK8sResource("workload", k8sRef("Deployment", "app", "a")),
        aK8sResource("workload", k8sRef("Deployment", "app", "b")),
        ...(parts.resources ?? []),
      ],
      grants: [
        aGrant("runs_as", k8sRef("Deployment", "app", "a"), k8sRef("ServiceAccount", "neighbour", "a"), { dialect: "kubernetes_rbac" }),
        aGrant("runs_as", k8sRef("Deployment", "app", "b"), k8sRef("ServiceAccount", "stranger", "b"), { dialect: "kubernetes_rbac" }),
        ...(parts.grants ?? []),
      ],
    }),
  );
const nodeOf = (graph: AccessGraph, key: string): number => {
  const index = graph.indexByKey.get(key);
  if (index === undefined) throw new Error(`no node ${key}`);
  return index;
};
const reached = (graph: AccessGraph, ref = caller): string[] => {
  const { assets, identities } = reachOf(graph, nodeOf(graph, `identity:${ref}`));
  return [
    ...assets.filter((asset) => !asset.conditional).map((asset) => graph.nodes[asset.node]!.key),
    ...identities.map((index) => graph.nodes[index]!.key),
  ].sort();
};
const withRole = (namespace: string | null, rules: Parameters<typeof aRole>[2], bindIn: string | null): AccessGraph =>
  world({
    resources: [aRole(namespace, "r", rules)],
    grants: [aBinding(caller, k8sRef(namespace === null ? "ClusterRole" : "Role", "r", namespace), bindIn)],
  });

const near = `resource:${k8sRef("Secret", "near", "a")}`;
const far = `resource:${k8sRef("Secret", "far", "b")}`;
const neighbour = `identity:${k8sRef("ServiceAccount", "neighbour", "a")}`;
const stranger = `identity:${k8sRef("ServiceAccount", "stranger", "b")}`;
const cluster = `resource:${k8sRef("Cluster", "c1")}`;

describe("bindings", () => {
  it("of a Role reach only its namespace, of a ClusterRole only where they bind it", () => {
    const read = [["", "secrets", "get"]] as const;
    expect(reached(withRole("a", read, "a"))).toEqual([near]);
    expect(reached(withRole(null, read, "b"))).toEqual([far]);
    expect(reached(withRole(null, read, null))).toEqual([near, far].sort());
  });

  it("by name reach only the named secret, and list is not narrowed by another rule", () => {
    expect(reached(withRole(null, [["", "secrets", "get", "far"]], null))).toEqual([far]);
    expect(reached(withRole(null, [["", "secrets", "get", "nothing"]], null))).toEqual([]);
  });

  it("need the right group, resource and verb", () => {
    for (const rule of [
      ["apps", "secrets", "get"],
      ["", "configmaps", "get"],
      ["", "secrets", "delete"],
    ] as const) {
      expect(reached(withRole(null, [rule], null)).filter((key) => key === near && rule[2] !== "delete")).toEqual([]);
    }
  });

  it("of everything own the cluster, or just the namespace", () => {
    const everything = [["*", "*", "*"]] as const;
    expect(reached(withRole(null, everything, null))).toEqual([cluster, near, far, neighbour, stranger].sort());
    expect(reached(withRole(null, everything, "a"))).toEqual([near, neighbour].sort());
    const graph = withRole(null, everything, null);
    expect(accessFacts(graph, nodeOf(graph, `identity:${caller}`)).access).toMatchObject({ admin: true, wildcard: true });
  });

  it("of the built-in cluster-admin need no definition; of an unknown role leave a gap", () => {
    expect(reached(world({ grants: [aBinding(caller, k8sRef("ClusterRole", "cluster-admin"), null)] }))).toContain(cluster);
    const unknown = world({ grants: [aBinding(caller, k8sRef("ClusterRole", "custom"), null)] });
    expect(unknown.gaps).toEqual([
      {
        ref: caller,
        what: "policy_document_missing",
        detail: "it is bound to ClusterRole custom of cluster c1, whose rules are not known",
      },
    ]);
    expect(accessFacts(unknown, nodeOf(unknown, `identity:${caller}`)).access).toEqual({});
  });

  it("of an aggregated role use the rules of its parts", () => {
    const graph = world({
      resources: [
        aRole(null, "sum", [], { aggregationLabels: [{ part: "of-sum" }] }),
        aRole(null, "part", [["", "secrets", "list"]], { labels: { part: "of-sum", other: "x" } }),
        aRole(null, "else", [["*", "*", "*"]], { labels: { part: "of-else" } }),
      ],
      grants: [aBinding(caller, k8sRef("ClusterRole", "sum"), "a")],
    });
    expect(reached(graph)).toEqual([near]);
  });
});

describe("techniques", () => {
  it("run code as neighbours: creating pods, or executing in theirs", () => {
    expect(reached(withRole("a", [["", "pods", "create"]], "a"))).toEqual([near, neighbour].sort());
    expect(reached(withRole("a", [["", "pods/exec", "create"]], "a"))).toEqual([neighbour]);
    expect(reached(withRole("a", [["", "pods", "get,list"]], "a"))).toEqual([]);
  });
});

describe("groups and secrets", () => {
  it("give every service account what its built-in groups hold, and strangers what is anonymous", () => {
    const group = (name: string) => aK8sResource("group", k8sRef("Group", name));
    const graph = world({
      resources: [group("system:serviceaccounts:b"), group("system:unauthenticated"), aRole(null, "r", [["", "secrets", "get"]])],
      grants: [
        aBinding(k8sRef("Group", "system:serviceaccounts:b"), k8sRef("ClusterRole", "r"), null),
        aBinding(k8sRef("Group", "system:unauthenticated"), k8sRef("ClusterRole", "r"), "a"),
      ],
    });
    expect(reached(graph)).toEqual([]);
    expect(reached(graph, k8sRef("ServiceAccount", "stranger", "b"))).toEqual([near, far].sort());
    expect(blastRadiusOfAll(graph).at(nodeOf(graph, "external:k8s:c1:anonymous")).assetsMin).toBe(1);
  });

  it("continue through a stored token", () => {
    const graph = world({
      resources: [
        aSecret("a", "token", { serviceAccountRef: k8sRef("ServiceAccount", "stranger", "b") }),
        aRole("a", "r", [["", "secrets", "get"]]),
      ],
      grants: [aBinding(caller, k8sRef("Role", "r", "a"), "a")],
    });
    expect(reached(graph)).toContain(stranger);
  });
});

describe("pod to cloud", () => {
  const arn = "arn:aws:iam::111122223333:role/app";
  const cloud = (subject: string): AccessGraph => {
    const aws = awsInventory({
      UserDetailList: [],
      GroupDetailList: [],
      Policies: [],
      RoleDetailList: [
        {
          Arn: arn,
          RolePolicyList: [
            {
              PolicyName: "p",
              PolicyDocument: { Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::data/*" }] },
            },
          ],
          AssumeRolePolicyDocument: {
            Statement: [
              {
                Sid: "Irsa",
                Effect: "Allow",
                Action: "sts:AssumeRoleWithWebIdentity",
                Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC" },
                Condition: {
                  StringEquals: {
                    "oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub": subject,
                    "oidc.eks.eu-west-1.amazonaws.com/id/ABC:aud": "sts.amazonaws.com",
                  },
                },
              },
            ],
          },
        },
      ],
    });
    return world({
      identities: [...aws.identities, aServiceAccount("a", "irsa", { irsaRoleArn: arn })],
      grants: [...aws.grants, aBinding(caller, k8sRef("Role", "r", "a"), "a")],
      resources: [...aws.resources, aRole("a", "r", [["", "pods", "create"]])],
    });
  };

  it("goes from creating a pod over its service account and the cloud role to the bucket", () => {
    const graph = cloud("system:serviceaccount:a:irsa");
    const path = shortestPath(graph, nodeOf(graph, `identity:${caller}`), nodeOf(graph, "resource:arn:aws:s3:::data"))!;
    expect(path.map((hop) => hop.edge.kind)).toEqual(["HAS_ROLE", "CAN_CONTROL_COMPUTE", "CONTAINS", "FEDERATES_TO", "ACCESSES"]);
    expect(path.at(-2)!.sentence).toBe(
      `a/irsa can sign in as app (annotated with ${arn}; trust policy Irsa accepts system:serviceaccount:a:irsa)`,
    );
    expect(path.every((hop) => !hop.edge.conditional)).toBe(true);
  });

  it("ends at the service account when the role trusts another subject", () => {
    const graph = cloud("system:serviceaccount:a:other");
    expect(shortestPath(graph, nodeOf(graph, `identity:${caller}`), nodeOf(graph, "resource:arn:aws:s3:::data"))).toBeNull();
  });
});
