import type { Grant } from "@rollcall/nhi-model";
import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { aGrant, anIdentity, anInput } from "../testing/inventory-builders.ts";
import { aBinding, aK8sResource, aRole, aServiceAccount, k8sRef } from "../testing/kubernetes-cluster.ts";

const arn = (name: string): string => `arn:aws:iam::111122223333:${name}`;
const cluster = k8sRef("Cluster", "c1");
const group = (name: string) => aK8sResource("group", k8sRef("Group", name), { attributes: { subjectKind: "Group" } });
const user = (name: string) => aK8sResource("group", k8sRef("User", name), { attributes: { subjectKind: "User" } });
const entry = (kind: string, from: string, to: string, attributes: Readonly<Record<string, unknown>> = {}): Grant =>
  aGrant(kind, from, to, { dialect: "kubernetes_rbac", ref: `${from}|${kind}|${to}`, attributes: { via: "access_entry", ...attributes } });

/** Edges that begin at a principal of AWS. */
const edgesOf = (grants: readonly Grant[], resources: readonly ReturnType<typeof group>[] = []): string[] => {
  const graph = buildGraph(
    anInput({
      identities: [
        anIdentity(arn("role/team/dev"), { provider: "aws" }),
        aServiceAccount("shop", "orders"),
        aServiceAccount("shop-dev", "orders"),
      ],
      resources: [
        aK8sResource("cluster", cluster, { name: "c1", attributes: { controlPlane: "managed" } }),
        aRole(null, "pods", [["", "pods", "create"]]),
        ...resources,
      ],
      grants,
    }),
  );
  return graph.edges
    .filter((edge) => graph.nodes[edge.from]!.key.includes("arn:aws:iam"))
    .map((edge) => {
      const [from, to] = [graph.nodes[edge.from]!.key, graph.nodes[edge.to]!.key].map((key) =>
        key.replace(/arn:aws:iam::\d+:|k8s:c1\/_\//, ""),
      );
      return `${from} ${edge.kind}${edge.conditional ? "?" : ""} ${to}`;
    });
};

describe("principals of AWS in a cluster", () => {
  it("are members of the groups that an entry names, and of the one of everybody who is signed in", () => {
    const grants = [
      entry("group_member", arn("role/team/dev"), k8sRef("Group", "devs")),
      entry("signs_in_as", arn("role/team/dev"), cluster),
    ];
    expect(edgesOf(grants, [group("devs"), group("system:authenticated")])).toEqual([
      "identity:role/team/dev MEMBER_OF resource:Group/devs",
      "identity:role/team/dev MEMBER_OF resource:Group/system:authenticated",
    ]);
  });
  it.each([
    ["aws_auth, which drops paths", "role/dev", { pathless: true }, "identity:role/team/dev"],
    ["an entry of another role", "role/dev", {}, "external:role/dev"],
    ["a role that no source lists", "role/gone", { pathless: true }, "external:role/gone"],
  ])("are found by %s", (_, name, attributes, from) => {
    expect(edgesOf([entry("group_member", arn(name), k8sRef("Group", "devs"), attributes)], [group("devs")])).toEqual([
      `${from} MEMBER_OF resource:Group/devs`,
    ]);
  });
  it("are the users that bindings name, where their session could be that user's", () => {
    const session = "arn:aws:sts::111122223333:assumed-role/dev/kim";
    const grants = (username: string) => [entry("signs_in_as", arn("role/team/dev"), cluster, { username })];
    const bound = [user(session), user("dev")];
    expect(edgesOf(grants("arn:aws:sts::{{AccountID}}:assumed-role/dev/{{SessionName}}"), bound)).toEqual([
      `identity:role/team/dev FEDERATES_TO? resource:User/${session}`,
    ]);
    expect(edgesOf(grants("dev"), bound)).toEqual(["identity:role/team/dev FEDERATES_TO resource:User/dev"]);
  });
  it("hold access policies in the namespaces that a pattern fits", () => {
    const grants = [entry("role_binding", arn("role/team/dev"), k8sRef("ClusterRole", "pods"), { namespace: "shop-*" })];
    expect(edgesOf(grants)).toEqual(["identity:role/team/dev HAS_ROLE resource:ClusterRole/pods@shop-dev"]);
  });
  it("may be the role of nodes, none of which the control plane runs on", () => {
    expect(edgesOf([entry("node_identity", arn("role/team/dev"), cluster)])).toEqual([
      "identity:role/team/dev CAN_CONTROL_COMPUTE? resource:Scope/nodes",
    ]);
    const graph = buildGraph(
      anInput({
        resources: [aK8sResource("cluster", cluster, { name: "c1", attributes: { controlPlane: "managed" } })],
        grants: [entry("node_identity", arn("role/node"), cluster)],
      }),
    );
    expect(graph.edges.filter(({ kind }) => kind === "OWNS")).toEqual([]);
  });
  it("may be anybody of an account, where a binding names them", () => {
    const grants = [entry("account_signs_in", "aws:account:111122223333", cluster)];
    expect(edgesOf(grants, [user(arn("user/kim")), user("arn:aws:iam::999900001111:user/kim")])).toEqual([
      "external:user/kim FEDERATES_TO resource:User/arn:aws:iam::111122223333:user/kim",
    ]);
  });
  it("carry nothing from one cluster into another", () => {
    const other = (kind: string, name: string): string => k8sRef(kind, name).replace("k8s:c1", "k8s:c2");
    const role = (ref: string, verb: string) =>
      aK8sResource("permission_set", ref, { attributes: { rules: [{ apiGroups: [""], resources: ["secrets"], verbs: [verb] }] } });
    const grants = [
      aBinding(arn("role/team/dev"), k8sRef("ClusterRole", "maker"), null),
      aBinding(arn("role/team/dev"), other("ClusterRole", "reader"), null),
    ];
    const resources = [role(k8sRef("ClusterRole", "maker"), "create"), role(other("ClusterRole", "reader"), "get")];
    expect(edgesOf(grants, resources)).toEqual([
      "identity:role/team/dev HAS_ROLE resource:ClusterRole/maker",
      "identity:role/team/dev HAS_ROLE resource:k8s:c2/_/ClusterRole/reader",
    ]);
  });
});
