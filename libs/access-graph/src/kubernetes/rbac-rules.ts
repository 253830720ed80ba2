import { isRecord } from "../is-record.ts";

export interface RbacRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Empty = every name. */
  readonly resourceNames: readonly string[];
}

/** One permission asked for: any of the verbs on the resource (`pods`, `pods/exec`). */
export interface RbacNeed {
  readonly apiGroup: string;
  readonly resource: string;
  readonly verbs: readonly string[];
}

/** Null when the value is not a list of rules. Rules on URLs instead of resources are dropped: they reach no object. */
export function readRules(value: unknown): RbacRule[] | null {
  if (!Array.isArray(value)) return null;
  return value
    .filter(isRecord)
    .filter((rule) => Array.isArray(rule["resources"]))
    .map((rule) => ({
      apiGroups: texts(rule["apiGroups"]),
      resources: texts(rule["resources"]),
      verbs: texts(rule["verbs"]),
      resourceNames: texts(rule["resourceNames"]),
    }));
}

export const isEverything = (rule: RbacRule): boolean =>
  rule.verbs.includes("*") && rule.resources.includes("*") && rule.apiGroups.includes("*") && rule.resourceNames.length === 0;

export const isWildcard = (rule: RbacRule): boolean =>
  rule.verbs.includes("*") || rule.resources.includes("*") || rule.apiGroups.includes("*");

/** Names for which the rules grant the need: "all", some names, or null for none. */
export function grantedNames(rules: readonly RbacRule[], need: RbacNeed): "all" | readonly string[] | null {
  const names = new Set<string>();
  for (const rule of rules) {
    if (!grants(rule, need)) continue;
    if (rule.resourceNames.length === 0) return "all";
    for (const name of rule.resourceNames) names.add(name);
  }
  return names.size === 0 ? null : [...names].sort();
}

function grants(rule: RbacRule, { apiGroup, resource, verbs }: RbacNeed): boolean {
  if (!rule.apiGroups.includes("*") && !rule.apiGroups.includes(apiGroup)) return false;
  if (!rule.verbs.includes("*") && !verbs.some((verb) => rule.verbs.includes(verb))) return false;
  const subresource = resource.includes("/") ? `*/${resource.slice(resource.indexOf("/") + 1)}` : null;
  return (
    rule.resources.includes("*") || rule.resources.includes(resource) || (subresource !== null && rule.resources.includes(subresource))
  );
}

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

export const defaultClusterRole = (name: string): readonly RbacRule[] | null => defaultRoles[name] ?? null;

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : []);
