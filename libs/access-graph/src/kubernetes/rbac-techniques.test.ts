import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { anInput } from "../testing/inventory-builders.ts";
import { aBinding, aK8sResource, aRole, aSecret, aServiceAccount, k8sRef } from "../testing/kubernetes-cluster.ts";
import type { Resource } from "@rollcall/nhi-model";
import { modelledRbacTechniques } from "./rbac-techniques.ts";

type Rule = readonly [apiGroups: string, resources: string, verbs: string, names?: string];
interface Case {
  readonly technique: string;
  /** Where the role is bound; null = cluster-wide. */
  readonly in: string | null;
  readonly rules: readonly Rule[];
  /** What is gained, as `kind name`, with a `?` when something else must hold. */
  readonly gains: readonly string[];
  /** Near misses, each of which must give nothing by this technique. */
  readonly not: readonly { readonly in: string | null; readonly rules: readonly Rule[] }[];
  readonly resources?: readonly Resource[];
}

const caller = k8sRef("ServiceAccount", "caller", "a");
const rbac = "rbac.authorization.k8s.io";
const csr = "certificates.k8s.io";
const hook = "admissionregistration.k8s.io";
const namespace = (name: string, tags?: Readonly<Record<string, string>>): Resource =>
  aK8sResource("namespace", k8sRef("Namespace", name), { name, attributes: tags === undefined ? {} : { tags } });
const guarded = { "pod-security.kubernetes.io/enforce": "restricted" };

function gained({ technique, rules, in: where, resources = [] }: Pick<Case, "technique" | "rules" | "in" | "resources">): string[] {
  const own = resources.map(({ ref }) => ref);
  const graph = buildGraph(
    anInput({
      identities: [aServiceAccount("a", "caller"), aServiceAccount("a", "worker"), aServiceAccount("kube-system", "operator")],
      resources: [
        aK8sResource("cluster", k8sRef("Cluster", "c1"), { tierZero: true, sensitivity: 100, sensitivityReason: "cluster" }),
        ...[namespace("a", guarded), namespace("kube-system", guarded)].filter(({ ref }) => !own.includes(ref)),
        aK8sResource("node", k8sRef("Node", "n1"), { name: "n1" }),
        aK8sResource("group", k8sRef("Group", "auditors"), { name: "auditors" }),
        aK8sResource("group", k8sRef("User", "jo"), { name: "jo" }),
        aK8sResource("workload", k8sRef("Pod", "web-0", "a"), { name: "web-0" }),
        aSecret("a", "db"),
        aRole("a", "powerful", [["", "secrets", "get"]]),
        aRole(null, "reader", [["", "secrets", "list"]]),
        aRole(null, "r", rules),
        ...resources,
      ],
      grants: [aBinding(caller, k8sRef("ClusterRole", "r"), where)],
    }),
  );
  const edges = graph.edges.filter((edge) => edge.why.technique === technique && graph.nodes[edge.from]!.key.includes("/ClusterRole/r"));
  for (const edge of edges) expect(edge.why.facts.map(({ ref }) => ref)).toEqual([k8sRef("ClusterRole", "r")]);
  return edges.map((edge) => `${nameOf(graph.nodes[edge.to]!.key)}${edge.conditional ? "?" : ""}`).sort();
}

const nameOf = (key: string): string => {
  const [place, kind, name] = key.slice(key.indexOf("k8s:c1/") + 7).split("/");
  return `${kind === "Scope" ? "all" : kind} ${name}${place === "_" ? "" : ` in ${place}`}`;
};

const inA = (...rules: Rule[]) => ({ in: "a", rules });
const everywhere = (...rules: Rule[]) => ({ in: null, rules });
/** A change of a pod template: in one namespace only, wrong verb or group. */
const template = (technique: string, group: string, resource: string, verb: string, harmless: string): Case => ({
  technique,
  ...inA([group, resource, verb]),
  gains: ["all secrets in a", "all serviceaccounts in a"],
  not: [inA([group, resource, harmless]), inA(["example.com", resource, verb]), inA([group, `${resource}/status`, verb])],
});

const cases: readonly Case[] = [
  {
    technique: "k8s-secrets-read",
    ...inA(["", "secrets", "get"]),
    gains: ["all secrets in a"],
    not: [inA(["", "secrets", "create,delete,update"]), inA(["", "configmaps", "get"]), inA(["", "secrets", "get", "other"])],
  },
  { technique: "k8s-secrets-read", ...inA(["", "secrets", "list", "db"]), gains: ["Secret db in a"], not: [inA(["", "secret", "watch"])] },
  {
    technique: "k8s-secret-token",
    ...inA(["", "secrets", "create"], ["", "secrets", "get"]),
    gains: ["all serviceaccounts in a"],
    not: [inA(["", "secrets", "create"]), inA(["", "secrets", "get"]), inA(["", "secrets", "create,get", "db"])],
  },
  {
    technique: "k8s-token-request",
    ...inA(["", "serviceaccounts/token", "create"]),
    gains: ["all serviceaccounts in a"],
    not: [inA(["", "serviceaccounts", "create"]), inA(["", "serviceaccounts/token", "get"])],
  },
  {
    technique: "k8s-token-request",
    ...inA(["", "*/token", "create", "worker"]),
    gains: ["ServiceAccount worker in a"],
    not: [inA(["", "serviceaccounts/token", "create", "nobody"])],
  },
  {
    technique: "k8s-impersonate-serviceaccount",
    ...everywhere(["", "serviceaccounts", "impersonate", "operator"]),
    gains: ["ServiceAccount operator in kube-system"],
    not: [inA(["", "serviceaccounts", "impersonate", "operator"]), everywhere(["", "users", "impersonate"])],
  },
  {
    technique: "k8s-impersonate-user",
    ...everywhere(["", "users", "impersonate"]),
    gains: ["all users"],
    not: [inA(["", "users", "impersonate"]), everywhere(["", "groups", "impersonate"]), everywhere(["", "users", "impersonate", "nobody"])],
  },
  { technique: "k8s-impersonate-user", ...everywhere(["", "users", "impersonate", "jo"]), gains: ["User jo"], not: [] },
  {
    technique: "k8s-impersonate-group",
    ...everywhere(["", "users", "impersonate", "jo"], ["", "groups", "impersonate"]),
    gains: ["Cluster c1"],
    not: [everywhere(["", "groups", "impersonate"]), inA(["", "users,groups", "impersonate"])],
  },
  {
    technique: "k8s-impersonate-group",
    ...everywhere(["", "serviceaccounts", "impersonate"], ["", "groups", "impersonate", "auditors"]),
    gains: ["Group auditors"],
    not: [everywhere(["", "users", "impersonate"], ["", "groups", "impersonate", "strangers"])],
  },
  template("k8s-pod-create", "", "pods", "create", "get,list,watch,delete,patch"),
  template("k8s-deployment-change", "apps", "deployments", "patch", "get,delete"),
  template("k8s-statefulset-change", "apps", "statefulsets", "create", "get,delete"),
  template("k8s-daemonset-change", "apps", "daemonsets", "update", "get,delete"),
  template("k8s-replicaset-change", "apps", "replicasets", "create", "get,delete"),
  template("k8s-replicationcontroller-change", "", "replicationcontrollers", "create", "get,delete"),
  template("k8s-job-create", "batch", "jobs", "create", "update,patch"),
  template("k8s-cronjob-change", "batch", "cronjobs", "patch", "get,delete"),
  {
    technique: "k8s-deployment-change",
    ...inA(["apps", "deployments", "patch", "web"]),
    gains: ["all secrets in a", "all serviceaccounts in a"],
    not: [inA(["apps", "deployments", "create", "web"])],
  },
  {
    technique: "k8s-pod-escape",
    ...inA(["", "pods", "create"]),
    resources: [namespace("a", {})],
    gains: ["all nodes"],
    not: [inA(["", "pods", "create"]), inA(["", "pods", "get"])],
  },
  {
    technique: "k8s-pod-escape",
    ...inA(["batch", "jobs", "create"]),
    resources: [namespace("a")],
    gains: ["all nodes?"],
    not: [everywhere(["batch", "jobs", "create"])],
  },
  {
    technique: "k8s-pod-escape",
    ...everywhere(["apps", "daemonsets", "create"]),
    resources: [namespace("b", { "pod-security.kubernetes.io/enforce": "privileged" })],
    gains: ["all nodes"],
    not: [],
  },
  {
    technique: "k8s-pod-exec",
    ...inA(["", "pods/exec", "create"]),
    gains: ["all workloads in a"],
    not: [inA(["", "pods", "create"]), inA(["", "pods/log", "get,create"])],
  },
  {
    technique: "k8s-pod-exec",
    ...inA(["", "pods/exec", "create", "web-0"]),
    gains: ["Pod web-0 in a"],
    not: [inA(["", "pods/exec", "create", "x"])],
  },
  {
    technique: "k8s-pod-attach",
    ...inA(["", "*/attach", "*"]),
    gains: ["all workloads in a"],
    not: [inA(["apps", "pods/attach", "create"])],
  },
  {
    technique: "k8s-pod-debug",
    ...inA(["", "pods/ephemeralcontainers", "patch"]),
    gains: ["all workloads in a"],
    not: [inA(["", "pods/ephemeralcontainers", "get"])],
  },
  { technique: "k8s-pod-patch", ...inA(["", "pods", "patch"]), gains: ["all workloads in a"], not: [inA(["", "pods/status", "patch"])] },
  {
    technique: "k8s-node-proxy",
    ...everywhere(["", "nodes/proxy", "get"]),
    gains: ["all nodes"],
    not: [inA(["", "nodes/proxy", "get"]), everywhere(["", "nodes", "get,create"]), everywhere(["", "nodes/proxy", "get", "n9"])],
  },
  { technique: "k8s-node-proxy", ...everywhere(["", "nodes/proxy", "create", "n1"]), gains: ["Node n1"], not: [] },
  {
    technique: "k8s-volume-hostpath",
    ...everywhere(["", "persistentvolumes,persistentvolumeclaims,pods", "create"]),
    gains: ["all nodes"],
    not: [everywhere(["", "persistentvolumeclaims,pods", "create"]), inA(["", "persistentvolumes,persistentvolumeclaims,pods", "create"])],
  },
  {
    technique: "k8s-namespace-relabel",
    ...inA(["", "namespaces", "patch", "a"], ["", "pods", "create"]),
    gains: ["all nodes"],
    not: [inA(["", "pods", "create"]), inA(["", "namespaces", "get"], ["", "pods", "create"])],
  },
  {
    technique: "k8s-role-escalate",
    ...inA([rbac, "roles", "escalate,update"]),
    gains: ["Namespace a"],
    not: [inA([rbac, "roles", "create,update,patch"]), inA([rbac, "roles", "escalate"]), inA([rbac, "clusterroles", "escalate,update"])],
  },
  { technique: "k8s-role-escalate", ...inA([rbac, "roles", "escalate,create"]), gains: ["Namespace a?"], not: [] },
  { technique: "k8s-role-escalate", ...inA([rbac, "roles", "escalate,patch", "powerful"]), gains: ["Namespace a?"], not: [] },
  {
    technique: "k8s-clusterrole-escalate",
    ...everywhere([rbac, "clusterroles", "escalate,patch"]),
    gains: ["Cluster c1"],
    not: [inA([rbac, "clusterroles", "escalate,patch"]), everywhere([rbac, "clusterroles", "patch"])],
  },
  {
    technique: "k8s-role-bind",
    ...inA([rbac, "clusterroles", "bind"], [rbac, "rolebindings", "create"]),
    gains: ["Namespace a"],
    not: [inA([rbac, "rolebindings", "create"]), inA([rbac, "clusterroles", "bind"])],
  },
  {
    technique: "k8s-role-bind",
    ...inA([rbac, "clusterroles", "bind", "reader"], [rbac, "rolebindings", "create"]),
    gains: ["ClusterRole reader@a"],
    not: [inA([rbac, "clusterroles", "bind", "nowhere"], [rbac, "rolebindings", "create"])],
  },
  {
    technique: "k8s-namespaced-role-bind",
    ...inA([rbac, "roles", "bind"], [rbac, "rolebindings", "create"]),
    gains: ["Role powerful in a"],
    not: [inA([rbac, "roles", "bind", "nowhere"], [rbac, "rolebindings", "create"]), inA([rbac, "roles", "bind"])],
  },
  {
    technique: "k8s-clusterrole-bind",
    ...everywhere([rbac, "clusterroles", "bind"], [rbac, "clusterrolebindings", "patch"]),
    gains: ["Cluster c1"],
    not: [inA([rbac, "clusterroles", "bind"], [rbac, "clusterrolebindings", "patch"]), everywhere([rbac, "clusterrolebindings", "patch"])],
  },
  {
    technique: "k8s-clusterrole-bind",
    ...everywhere([rbac, "clusterroles", "bind", "reader"], [rbac, "clusterrolebindings", "create"]),
    gains: ["ClusterRole reader"],
    not: [],
  },
  {
    technique: "k8s-certificate-approve",
    ...everywhere(
      [csr, "certificatesigningrequests", "create"],
      [csr, "certificatesigningrequests/approval", "update"],
      [csr, "signers", "approve", "kubernetes.io/kube-apiserver-client"],
    ),
    gains: ["Cluster c1"],
    not: [
      everywhere([csr, "certificatesigningrequests", "create"], [csr, "signers", "approve"]),
      everywhere(
        [csr, "certificatesigningrequests", "create"],
        [csr, "certificatesigningrequests/approval", "update"],
        [csr, "signers", "approve", "example.com/own"],
      ),
      everywhere(
        [csr, "certificatesigningrequests", "create"],
        [csr, "certificatesigningrequests/status", "update"],
        [csr, "signers", "sign"],
      ),
    ],
  },
  {
    technique: "k8s-node-certificate-approve",
    ...everywhere(
      [csr, "certificatesigningrequests", "create"],
      [csr, "certificatesigningrequests/approval", "patch"],
      [csr, "signers", "approve", "kubernetes.io/kube-apiserver-client-kubelet"],
    ),
    gains: ["all nodes"],
    not: [everywhere([csr, "certificatesigningrequests", "create"], [csr, "signers", "approve"])],
  },
  {
    technique: "k8s-mutating-webhook",
    ...everywhere([hook, "mutatingwebhookconfigurations", "patch", "sidecar"]),
    gains: ["all serviceaccounts"],
    not: [inA([hook, "mutatingwebhookconfigurations", "patch"]), everywhere([hook, "mutatingwebhookconfigurations", "get,delete"])],
  },
  {
    technique: "k8s-webhook-secrets",
    ...everywhere([hook, "validatingwebhookconfigurations", "create"]),
    gains: ["all secrets?"],
    not: [everywhere([hook, "validatingwebhookconfigurations", "delete"])],
  },
  {
    technique: "k8s-aws-auth",
    in: "kube-system",
    rules: [["", "configmaps", "patch", "aws-auth"]],
    gains: ["Cluster c1?"],
    not: [inA(["", "configmaps", "patch"]), { in: "kube-system", rules: [["", "configmaps", "patch", "coredns"]] }],
  },
];

describe("techniques", () => {
  it.each(cases)("$technique gains $gains with $rules in $in", (example) => {
    expect(gained(example)).toEqual(example.gains);
  });

  it.each(cases.flatMap(({ technique, not }) => not.map((near) => ({ technique, ...near }))))(
    "$technique gains nothing with $rules in $in",
    (near) => expect(gained(near)).toEqual([]),
  );

  it("each have a fixture that shows it and one that does not", () => {
    const shown = new Set(cases.map(({ technique }) => technique));
    const refuted = new Set(cases.flatMap(({ technique, not }) => (not.length > 0 ? [technique] : [])));
    expect([...shown].sort()).toEqual(modelledRbacTechniques);
    expect([...refuted].sort()).toEqual(modelledRbacTechniques);
  });
});
