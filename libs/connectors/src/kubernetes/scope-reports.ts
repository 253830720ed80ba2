import type { ScopeReport } from "@rollcall/nhi-model";
import type { K8sObject } from "./read-objects.ts";

export const datasetOfKind: ReadonlyMap<string, string> = new Map([
  ["ServiceAccount", "service_accounts"],
  ["Role", "roles"],
  ["ClusterRole", "cluster_roles"],
  ["RoleBinding", "role_bindings"],
  ["ClusterRoleBinding", "cluster_role_bindings"],
  ["Secret", "secrets"],
  ["Namespace", "namespaces"],
  ["Node", "nodes"],
  ["PodIdentityAssociation", "pod_identities"],
  ["AccessEntry", "cloud_access"],
  ["EksCluster", "cluster"],
  ...["Pod", "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "ReplicaSet", "ReplicationController"].map(
    (kind) => [kind, "workloads"] as const,
  ),
]);

/** Objects that every running cluster has. A listing without them was filtered, or is a manifest. */
const sentinels: Readonly<Record<string, string>> = {
  ClusterRole: "cluster-admin",
  ClusterRoleBinding: "cluster-admin",
  Namespace: "kube-system",
};
const namespacedLists = ["ServiceAccount", "Role", "RoleBinding", "Secret"] as const;

export interface Listing {
  readonly objects: readonly K8sObject[];
  readonly truncated: boolean;
  readonly problems: number;
  readonly observedAt: string;
}

/**
 * Whether each kind was listed completely. A file cannot tell how it was made, so completeness is proven from its content:
 * objects of a live cluster (they have a uid), the objects every cluster has, and for namespaced kinds the service account
 * `default` of every listed namespace, which shows that the listing covered all namespaces. Workloads come and go between
 * kinds of object, so they are never complete unless pods are listed.
 */
export function scopeReports(listing: Listing): ReadonlyMap<string, Omit<ScopeReport, "scope">> {
  const byKind = Map.groupBy(listing.objects, (object) => object.kind);
  const reports = new Map<string, Omit<ScopeReport, "scope">>();
  for (const [kind, objects] of byKind) {
    const dataset = datasetOfKind.get(kind);
    if (dataset === undefined || dataset === "workloads" || dataset === "cluster") continue;
    reports.set(dataset, outcomeOf(reasonIncomplete(kind, objects, { listing, byKind }), listing.observedAt));
  }
  const workloads = listing.objects.filter((object) => datasetOfKind.get(object.kind) === "workloads");
  if (workloads.length > 0) reports.set("workloads", outcomeOf(workloadReason(workloads, { listing, byKind }), listing.observedAt));
  return reports;
}

interface Evidence {
  readonly listing: Listing;
  readonly byKind: ReadonlyMap<string, readonly K8sObject[]>;
}

const outcomeOf = (reason: string | null, observedAt: string): Omit<ScopeReport, "scope"> =>
  reason === null ? { outcome: "complete", observedAt } : { outcome: "partial", observedAt, note: reason };

function reasonIncomplete(kind: string, objects: readonly K8sObject[], evidence: Evidence): string | null {
  if (kind === "AccessEntry") return "Answers about single entries do not show that there are no others.";
  const general = generalReason(objects, evidence.listing);
  if (general !== null) return general;
  const sentinel = sentinels[kind];
  if (sentinel !== undefined)
    return objects.some(({ name }) => name === sentinel)
      ? null
      : `The listing lacks ${kind} ${sentinel}, which every cluster has: it was filtered.`;
  return (namespacedLists as readonly string[]).includes(kind) ? namespacesReason(evidence) : "This kind is not proven complete.";
}

function generalReason(objects: readonly K8sObject[], { truncated, problems }: Listing): string | null {
  if (truncated) return "The listing has further pages.";
  if (problems > 0) return "Parts of the files could not be read.";
  return objects.every(({ uid }) => uid !== undefined) ? null : "These are manifests, not a listing of a running cluster.";
}

function namespacesReason({ listing, byKind }: Evidence): string | null {
  const namespaces = byKind.get("Namespace") ?? [];
  if (generalReason(namespaces, listing) !== null || !namespaces.some(({ name }) => name === "kube-system")) {
    return "Without the cluster's Namespace objects it cannot be told whether all namespaces were listed.";
  }
  const withDefault = new Set(
    (byKind.get("ServiceAccount") ?? []).filter(({ name }) => name === "default").map(({ namespace }) => namespace),
  );
  const missing = namespaces.filter(({ name }) => !withDefault.has(name));
  return missing.length === 0
    ? null
    : `Service account default of ${missing.length} namespaces is not listed: not all namespaces were read.`;
}

function workloadReason(workloads: readonly K8sObject[], evidence: Evidence): string | null {
  const general = generalReason(workloads, evidence.listing) ?? namespacesReason(evidence);
  if (general !== null) return general;
  const listed = ["Pod", "Deployment", "DaemonSet"].every((kind) => evidence.byKind.has(kind));
  return listed ? null : "Pods, Deployments and DaemonSets are not all listed.";
}
