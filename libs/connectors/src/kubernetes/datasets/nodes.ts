import type { K8sContext } from "../context.ts";
import { refOf } from "../context.ts";
import type { K8sObject } from "../read-objects.ts";

const roleLabel = "node-role.kubernetes.io/";

/** A machine of the cluster, and whether the control plane runs on it. */
export function normaliseNode(context: K8sContext, object: K8sObject): void {
  const roles = [...object.labels.keys()].flatMap((label) => (label.startsWith(roleLabel) ? [label.slice(roleLabel.length)] : []));
  context.collector.add(
    "nodes",
    {
      kind: "resource",
      ref: refOf(context, object),
      resourceKind: "node",
      name: object.name,
      provider: "kubernetes",
      account: context.cluster,
      attributes: { controlPlane: roles.includes("control-plane") || roles.includes("master") },
    },
    object.where,
  );
}
