import type { RbacRule } from "./rbac-rules.ts";

/** Default roles every cluster has and exports often leave out, reduced to what matters here. */
const workloadKinds = ["deployments", "statefulsets", "daemonsets", "replicasets"];
const change = ["create", "update", "patch", "delete"];
const rule = (apiGroups: string[], resources: string[], verbs: string[]): RbacRule => ({ apiGroups, resources, verbs, resourceNames: [] });
const editing: readonly RbacRule[] = [
  rule([""], ["secrets"], ["get", "list", "watch", ...change]),
  rule([""], ["pods", "configmaps", "services"], ["get", "list", "watch", ...change]),
  rule([""], ["pods/exec", "pods/attach", "pods/portforward"], ["get", "create"]),
  rule([""], ["serviceaccounts"], ["impersonate", ...change]),
  rule([""], ["serviceaccounts/token"], ["create"]),
  rule(["apps"], workloadKinds, ["get", "list", "watch", ...change]),
  rule(["batch"], ["jobs", "cronjobs"], ["get", "list", "watch", ...change]),
];
const defaultRoles: Readonly<Record<string, readonly RbacRule[]>> = {
  "cluster-admin": [rule(["*"], ["*"], ["*"])],
  admin: [...editing, rule(["rbac.authorization.k8s.io"], ["roles", "rolebindings"], ["get", "list", "watch", ...change])],
  edit: editing,
  view: [rule([""], ["pods", "configmaps", "services", "serviceaccounts"], ["get", "list", "watch"])],
  "system:auth-delegator": [
    rule(["authentication.k8s.io"], ["tokenreviews"], ["create"]),
    rule(["authorization.k8s.io"], ["subjectaccessreviews"], ["create"]),
  ],
  "system:discovery": [],
  "system:basic-user": [],
  "system:public-info-viewer": [],
};

export const defaultClusterRole = (name: string): readonly RbacRule[] | null =>
  Object.hasOwn(defaultRoles, name) ? defaultRoles[name]! : null;

/**
 * The labels by which further cluster roles add their rules to one of the three user-facing ones. View carries the label of edit and edit
 * that of admin, so what is added to one is in the wider ones too.
 */
export function aggregationLabelsOf(name: string): readonly string[] {
  const narrower = userFacing.indexOf(name);
  return narrower === -1 ? [] : userFacing.slice(0, narrower + 1).map((each) => `rbac.authorization.k8s.io/aggregate-to-${each}`);
}

/** Each is part of the next. */
const userFacing: readonly string[] = ["view", "edit", "admin"];
