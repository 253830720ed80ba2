import type { ParseOptions } from "@rollcall/posture-pipeline";
import type { Collector } from "../observe/collector.ts";
import { k8sRef } from "./refs.ts";
import type { K8sObject } from "./read-objects.ts";

/** What the normalisers of one cluster share. */
export interface K8sContext {
  readonly cluster: string;
  readonly collector: Collector;
  readonly fingerprint: ParseOptions["fingerprint"];
  readonly asOf: string;
  /** Namespace of objects that name none: manifests get theirs when they are applied. */
  readonly homeNamespace: string;
  /** Service accounts by how many workloads run as them; null when no workload is in the export. */
  readonly runsAs: ReadonlyMap<string, number> | null;
  /** Namespaces of which a running cluster lists the service accounts. */
  readonly listsAccountsOf: ReadonlySet<string>;
  readonly environmentOfNamespace: ReadonlyMap<string, string>;
}

const clusterScoped = new Set(["ClusterRole", "ClusterRoleBinding", "Namespace", "Node", "PersistentVolume", "AccessEntry", "EksCluster"]);

export const namespaceOf = (context: { readonly homeNamespace: string }, object: K8sObject): string | null =>
  clusterScoped.has(object.kind) ? null : (object.namespace ?? context.homeNamespace);

export const refOf = (context: K8sContext, object: K8sObject): string =>
  k8sRef(context.cluster, { namespace: namespaceOf(context, object), kind: object.kind, name: object.name });

export const serviceAccountRef = (context: K8sContext, namespace: string, name: string): string =>
  k8sRef(context.cluster, { namespace, kind: "ServiceAccount", name });
