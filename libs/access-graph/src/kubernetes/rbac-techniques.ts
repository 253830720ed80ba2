import type { EdgeKind } from "../types.ts";
import type { ScopeKind } from "./cluster-map.ts";
import type { RbacNeed } from "./rbac-rules.ts";

/** What a set of permissions gains. `control` = the namespace, or the cluster when granted cluster-wide. */
export interface RbacTechnique {
  readonly id: string;
  readonly edge: EdgeKind;
  readonly needs: readonly RbacNeed[];
  readonly gains: ScopeKind | "control" | "cluster";
  /** The gain exists only when granted cluster-wide. */
  readonly clusterWideOnly?: boolean;
  /** Object names in the rule narrow the gain to those names; otherwise names make it useless. */
  readonly byName?: boolean;
}

const core = "";
const rbac = "rbac.authorization.k8s.io";
const need = (apiGroup: string, resource: string, ...verbs: string[]): RbacNeed => ({ apiGroup, resource, verbs });
const runsPods = (id: string, ...needs: RbacNeed[]): RbacTechnique[] => [
  // A new pod may run as any service account of its namespace and mount any of its secrets.
  { id, edge: "CAN_CONTROL_COMPUTE", needs, gains: "serviceaccounts" },
  { id, edge: "CAN_READ_SECRET", needs, gains: "secrets" },
];

export const rbacTechniques: readonly RbacTechnique[] = [
  {
    id: "k8s-secrets-read",
    edge: "CAN_READ_SECRET",
    needs: [need(core, "secrets", "get", "list", "watch")],
    gains: "secrets",
    byName: true,
  },
  {
    id: "k8s-secret-token",
    edge: "CAN_MINT_CREDENTIAL",
    needs: [need(core, "secrets", "create"), need(core, "secrets", "get", "list", "watch")],
    gains: "serviceaccounts",
  },
  {
    id: "k8s-token-request",
    edge: "CAN_MINT_CREDENTIAL",
    needs: [need(core, "serviceaccounts/token", "create")],
    gains: "serviceaccounts",
    byName: true,
  },
  {
    id: "k8s-impersonate-serviceaccount",
    edge: "CAN_IMPERSONATE",
    needs: [need(core, "serviceaccounts", "impersonate")],
    gains: "serviceaccounts",
    byName: true,
  },
  {
    id: "k8s-impersonate-group",
    edge: "CAN_IMPERSONATE",
    needs: [need(core, "users", "impersonate"), need(core, "groups", "impersonate")],
    gains: "cluster",
    clusterWideOnly: true,
  },
  ...runsPods("k8s-pod-create", need(core, "pods", "create")),
  ...runsPods("k8s-deployment-change", need("apps", "deployments", "create", "update", "patch")),
  ...runsPods("k8s-statefulset-change", need("apps", "statefulsets", "create", "update", "patch")),
  ...runsPods("k8s-daemonset-change", need("apps", "daemonsets", "create", "update", "patch")),
  ...runsPods("k8s-replicaset-change", need("apps", "replicasets", "create", "update", "patch")),
  ...runsPods("k8s-replicationcontroller-change", need(core, "replicationcontrollers", "create", "update", "patch")),
  ...runsPods("k8s-job-create", need("batch", "jobs", "create")),
  ...runsPods("k8s-cronjob-change", need("batch", "cronjobs", "create", "update", "patch")),
  { id: "k8s-pod-exec", edge: "CAN_CONTROL_COMPUTE", needs: [need(core, "pods/exec", "create", "get")], gains: "workloads" },
  { id: "k8s-pod-attach", edge: "CAN_CONTROL_COMPUTE", needs: [need(core, "pods/attach", "create", "get")], gains: "workloads" },
  {
    id: "k8s-pod-debug",
    edge: "CAN_CONTROL_COMPUTE",
    needs: [need(core, "pods/ephemeralcontainers", "update", "patch")],
    gains: "workloads",
  },
  { id: "k8s-pod-patch", edge: "CAN_CONTROL_COMPUTE", needs: [need(core, "pods", "update", "patch")], gains: "workloads" },
  {
    id: "k8s-node-proxy",
    edge: "CAN_CONTROL_COMPUTE",
    needs: [need(core, "nodes/proxy", "get", "create")],
    gains: "workloads",
    clusterWideOnly: true,
  },
  {
    id: "k8s-role-escalate",
    edge: "CAN_ESCALATE_SELF",
    needs: [need(rbac, "roles", "escalate"), need(rbac, "roles", "create", "update", "patch")],
    gains: "control",
  },
  {
    id: "k8s-clusterrole-escalate",
    edge: "CAN_ESCALATE_SELF",
    needs: [need(rbac, "clusterroles", "escalate"), need(rbac, "clusterroles", "update", "patch")],
    gains: "cluster",
    clusterWideOnly: true,
  },
  {
    id: "k8s-role-bind",
    edge: "CAN_ESCALATE_SELF",
    needs: [need(rbac, "clusterroles", "bind"), need(rbac, "rolebindings", "create", "update", "patch")],
    gains: "control",
  },
  {
    id: "k8s-clusterrole-bind",
    edge: "CAN_ESCALATE_SELF",
    needs: [need(rbac, "clusterroles", "bind"), need(rbac, "clusterrolebindings", "create", "update", "patch")],
    gains: "cluster",
    clusterWideOnly: true,
  },
  {
    id: "k8s-certificate-approve",
    edge: "CAN_MINT_CREDENTIAL",
    needs: [
      need("certificates.k8s.io", "certificatesigningrequests", "create"),
      need("certificates.k8s.io", "certificatesigningrequests/approval", "update", "patch"),
      need("certificates.k8s.io", "signers", "approve"),
    ],
    gains: "cluster",
    clusterWideOnly: true,
  },
];

export const modelledRbacTechniques: readonly string[] = [...new Set(rbacTechniques.map((technique) => technique.id))].sort();
