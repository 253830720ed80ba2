import type { GrantStatement, ResourceStatement } from "../statement.ts";

/** References and grants as the Kubernetes connector states them. `_` stands for "no namespace". */
export const k8sRef = (cluster: string, namespace: string | null, kind: string, name: string): string =>
  `k8s:${cluster}/${namespace ?? "_"}/${kind}/${name}`;

export interface RbacRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

export const rule = (resources: readonly string[], verbs: readonly string[], apiGroups: readonly string[] = [""]): RbacRule => ({
  apiGroups,
  resources,
  verbs,
});

export const roleResource = (cluster: string, namespace: string | null, name: string, rules: readonly RbacRule[]): ResourceStatement => ({
  ref: k8sRef(cluster, namespace, namespace === null ? "ClusterRole" : "Role", name),
  resourceKind: "permission_set",
  name,
  provider: "kubernetes",
  account: cluster,
  attributes: { roleKind: namespace === null ? "ClusterRole" : "Role", namespace, rules, rulesSource: "export", labels: {} },
});

/** A binding of a subject to a role. `namespace` null = in the whole cluster. */
export const roleBinding = (
  cluster: string,
  namespace: string | null,
  binding: { readonly name: string; readonly from: string; readonly to: string },
): GrantStatement => ({
  dialect: "kubernetes_rbac",
  grantKind: "role_binding",
  from: binding.from,
  to: binding.to,
  mark: binding.name,
  attributes: { binding: k8sRef(cluster, namespace, namespace === null ? "ClusterRoleBinding" : "RoleBinding", binding.name), namespace },
});

export const runsAs = (workload: string, serviceAccount: string): GrantStatement => ({
  dialect: "kubernetes_rbac",
  grantKind: "runs_as",
  from: workload,
  to: serviceAccount,
});
export const mountsSecret = (workload: string, secret: string): GrantStatement => ({
  dialect: "kubernetes_rbac",
  grantKind: "mounts_secret",
  from: workload,
  to: secret,
});
