import type { EdgeKind } from "../types.ts";
import type { RbacNeed } from "./rbac-rules.ts";

/**
 * What a technique opens. Kinds of object: all of them in scope, or the named ones. `control` = the namespace, or the cluster when granted
 * cluster-wide. `roles` = what the bound role grants.
 */
export type RbacGain =
  "serviceaccounts" | "workloads" | "secrets" | "nodes" | "users" | "groups" | "clusterroles" | "roles" | "control" | "cluster";

/** What a set of permissions gains. */
export interface RbacTechnique {
  readonly id: string;
  readonly edge: EdgeKind;
  readonly needs: readonly RbacNeed[];
  readonly gains: RbacGain;
  /** The gain exists only when granted cluster-wide: the object is not in a namespace. */
  readonly clusterWideOnly?: boolean;
  /** The object stands in this namespace. */
  readonly onlyIn?: string;
  /** Pods that leave their container are refused where the namespace enforces a Pod Security level. */
  readonly unlessPodSecurity?: boolean;
  /** What else must hold and RBAC does not say. */
  readonly conditions?: readonly string[];
}

const core = "";
const rbac = "rbac.authorization.k8s.io";
const csr = "certificates.k8s.io";
const admission = "admissionregistration.k8s.io";
const need = (apiGroup: string, resource: string, ...verbs: string[]): RbacNeed => ({ apiGroup, resource, verbs });
const narrowed = (each: RbacNeed): RbacNeed => ({ ...each, named: "narrow" });
const anyOne = (each: RbacNeed): RbacNeed => ({ ...each, named: "any" });
const inCluster = (each: RbacNeed): RbacNeed => ({ ...each, inCluster: true });
const oneOf = (each: RbacNeed, ...names: string[]): RbacNeed => ({ ...each, named: "any", names });
const read = ["get", "list", "watch"] as const;
const write = ["create", "update", "patch"] as const;

const runsPods = (id: string, each: RbacNeed): RbacTechnique[] => [
  // A new pod may run as any service account of its namespace and mount any of its secrets; changing one template by name is as good.
  { id, edge: "CAN_CONTROL_COMPUTE", needs: [anyOne(each)], gains: "serviceaccounts" },
  { id, edge: "CAN_READ_SECRET", needs: [anyOne(each)], gains: "secrets" },
  // It may also be privileged, or mount the disk of whatever node it asks for, unless the namespace forbids that.
  { id: "k8s-pod-escape", edge: "CAN_CONTROL_COMPUTE", needs: [anyOne(each)], gains: "nodes", unlessPodSecurity: true },
];

const readingAndTokens: readonly RbacTechnique[] = [
  { id: "k8s-secrets-read", edge: "CAN_READ_SECRET", needs: [narrowed(need(core, "secrets", ...read))], gains: "secrets" },
  {
    id: "k8s-secret-token",
    edge: "CAN_MINT_CREDENTIAL",
    needs: [need(core, "secrets", "create"), need(core, "secrets", ...read)],
    gains: "serviceaccounts",
  },
  {
    id: "k8s-token-request",
    edge: "CAN_MINT_CREDENTIAL",
    needs: [narrowed(need(core, "serviceaccounts/token", "create"))],
    gains: "serviceaccounts",
  },
];

const impersonation: readonly RbacTechnique[] = [
  {
    id: "k8s-impersonate-serviceaccount",
    edge: "CAN_IMPERSONATE",
    needs: [narrowed(need(core, "serviceaccounts", "impersonate"))],
    gains: "serviceaccounts",
  },
  {
    id: "k8s-impersonate-user",
    edge: "CAN_IMPERSONATE",
    needs: [narrowed(need(core, "users", "impersonate"))],
    gains: "users",
    clusterWideOnly: true,
  },
  // A group is impersonated together with a user or a service account; system:masters is above RBAC.
  ...["users", "serviceaccounts"].map((who): RbacTechnique => ({
    id: "k8s-impersonate-group",
    edge: "CAN_IMPERSONATE",
    needs: [
      who === "users" ? inCluster(anyOne(need(core, who, "impersonate"))) : anyOne(need(core, who, "impersonate")),
      inCluster(narrowed(need(core, "groups", "impersonate"))),
    ],
    gains: "groups",
  })),
];

const workloads: readonly RbacTechnique[] = [
  ...runsPods("k8s-pod-create", need(core, "pods", "create")),
  ...runsPods("k8s-deployment-change", need("apps", "deployments", ...write)),
  ...runsPods("k8s-statefulset-change", need("apps", "statefulsets", ...write)),
  ...runsPods("k8s-daemonset-change", need("apps", "daemonsets", ...write)),
  ...runsPods("k8s-replicaset-change", need("apps", "replicasets", ...write)),
  ...runsPods("k8s-replicationcontroller-change", need(core, "replicationcontrollers", ...write)),
  // The pod template of a job cannot be changed afterwards.
  ...runsPods("k8s-job-create", need("batch", "jobs", "create")),
  ...runsPods("k8s-cronjob-change", need("batch", "cronjobs", ...write)),
  ...[
    ["k8s-pod-exec", need(core, "pods/exec", "create", "get")] as const,
    ["k8s-pod-attach", need(core, "pods/attach", "create", "get")] as const,
    ["k8s-pod-debug", need(core, "pods/ephemeralcontainers", "update", "patch")] as const,
    ["k8s-pod-patch", need(core, "pods", "update", "patch")] as const,
  ].map(([id, each]): RbacTechnique => ({ id, edge: "CAN_CONTROL_COMPUTE", needs: [narrowed(each)], gains: "workloads" })),
];

const nodes: readonly RbacTechnique[] = [
  {
    id: "k8s-node-proxy",
    edge: "CAN_CONTROL_COMPUTE",
    needs: [narrowed(need(core, "nodes/proxy", "get", "create"))],
    gains: "nodes",
    clusterWideOnly: true,
  },
  {
    id: "k8s-volume-hostpath",
    edge: "CAN_CONTROL_COMPUTE",
    needs: [
      inCluster(need(core, "persistentvolumes", "create")),
      need(core, "persistentvolumeclaims", "create"),
      need(core, "pods", "create"),
    ],
    gains: "nodes",
  },
  {
    id: "k8s-namespace-relabel",
    edge: "CAN_CONTROL_COMPUTE",
    needs: [anyOne(need(core, "namespaces", "update", "patch")), need(core, "pods", "create")],
    gains: "nodes",
  },
];

const roles: readonly RbacTechnique[] = [
  {
    id: "k8s-role-escalate",
    edge: "CAN_ESCALATE_SELF",
    needs: [need(rbac, "roles", "escalate"), need(rbac, "roles", "update", "patch")],
    gains: "control",
  },
  {
    // Rewriting one named role, or making a new one, helps only through somebody who holds it.
    id: "k8s-role-escalate",
    edge: "CAN_ESCALATE_SELF",
    needs: [anyOne(need(rbac, "roles", "escalate")), anyOne(need(rbac, "roles", ...write))],
    gains: "control",
    conditions: ["the rewritten role is bound to an identity that the holder controls"],
  },
  {
    id: "k8s-clusterrole-escalate",
    edge: "CAN_ESCALATE_SELF",
    needs: [need(rbac, "clusterroles", "escalate"), need(rbac, "clusterroles", "update", "patch")],
    gains: "cluster",
    clusterWideOnly: true,
  },
  {
    id: "k8s-clusterrole-escalate",
    edge: "CAN_ESCALATE_SELF",
    needs: [anyOne(need(rbac, "clusterroles", "escalate")), anyOne(need(rbac, "clusterroles", ...write))],
    gains: "cluster",
    clusterWideOnly: true,
    conditions: ["the rewritten role is bound to an identity that the holder controls"],
  },
  {
    id: "k8s-role-bind",
    edge: "CAN_ESCALATE_SELF",
    needs: [narrowed(need(rbac, "clusterroles", "bind")), need(rbac, "rolebindings", ...write)],
    gains: "clusterroles",
  },
  {
    id: "k8s-namespaced-role-bind",
    edge: "CAN_ESCALATE_SELF",
    needs: [narrowed(need(rbac, "roles", "bind")), need(rbac, "rolebindings", ...write)],
    gains: "roles",
  },
  {
    id: "k8s-clusterrole-bind",
    edge: "CAN_ESCALATE_SELF",
    needs: [narrowed(need(rbac, "clusterroles", "bind")), need(rbac, "clusterrolebindings", ...write)],
    gains: "clusterroles",
    clusterWideOnly: true,
  },
];

/** Approving is what counts: the controller of the cluster signs by itself. The verb `sign` gives nothing without the key of the authority. */
const approving = (id: string, gains: RbacGain, signer: string): RbacTechnique => ({
  id,
  edge: "CAN_MINT_CREDENTIAL",
  needs: [
    need(csr, "certificatesigningrequests", "create"),
    need(csr, "certificatesigningrequests/approval", "update", "patch"),
    oneOf(need(csr, "signers", "approve"), `kubernetes.io/${signer}`, "kubernetes.io/*"),
  ],
  gains,
  clusterWideOnly: true,
});

const clusterObjects: readonly RbacTechnique[] = [
  approving("k8s-certificate-approve", "cluster", "kube-apiserver-client"),
  approving("k8s-node-certificate-approve", "nodes", "kube-apiserver-client-kubelet"),
  {
    id: "k8s-mutating-webhook",
    edge: "CAN_CONTROL_COMPUTE",
    needs: [anyOne(need(admission, "mutatingwebhookconfigurations", ...write))],
    gains: "serviceaccounts",
    clusterWideOnly: true,
  },
  {
    id: "k8s-webhook-secrets",
    edge: "CAN_READ_SECRET",
    needs: [anyOne(need(admission, "validatingwebhookconfigurations", ...write))],
    gains: "secrets",
    clusterWideOnly: true,
    conditions: ["secrets are written while the webhook listens"],
  },
  {
    id: "k8s-aws-auth",
    edge: "CAN_ESCALATE_SELF",
    needs: [oneOf(need(core, "configmaps", "update", "patch"), "aws-auth")],
    gains: "cluster",
    onlyIn: "kube-system",
    conditions: ["the cluster takes its administrators from the config map aws-auth"],
  },
];

export const rbacTechniques: readonly RbacTechnique[] = [
  ...readingAndTokens,
  ...impersonation,
  ...workloads,
  ...nodes,
  ...roles,
  ...clusterObjects,
];

export const modelledRbacTechniques: readonly string[] = [...new Set(rbacTechniques.map((technique) => technique.id))].sort();
