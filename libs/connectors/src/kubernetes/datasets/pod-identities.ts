import { asObject, asString } from "../../input/json-shape.ts";
import { grantRef } from "../../observe/collector.ts";
import type { K8sContext } from "../context.ts";
import { serviceAccountRef } from "../context.ts";
import type { K8sObject } from "../read-objects.ts";

/** An EKS Pod Identity association kept as an object of the cluster (the AWS controllers do): the service account is given the role. */
export function normalisePodIdentity(context: K8sContext, object: K8sObject): void {
  const spec = asObject(object.raw["spec"]);
  if (spec !== undefined && spec["roleARN"] === undefined && object.cluster !== undefined) {
    context.collector.notes.add(
      "list-pod-identity-associations does not name the roles: export each with describe-pod-identity-association too.",
    );
    return;
  }
  const [namespace, name, role] = [asString(spec?.["namespace"]), asString(spec?.["serviceAccount"]), asString(spec?.["roleARN"])];
  if (namespace === undefined || name === undefined || role === undefined) {
    context.collector.reject(object.where, "invalid_record", `${object.kind} ${object.name} names no service account or no role`);
    return;
  }
  const from = serviceAccountRef(context, namespace, name);
  context.collector.add(
    "pod_identities",
    {
      kind: "grant",
      ref: grantRef(from, "pod_identity", role),
      dialect: "kubernetes_rbac",
      grantKind: "pod_identity",
      from,
      to: role,
      attributes: {
        ...(object.cluster === undefined ? {} : { clusterName: object.cluster }),
        ...(spec?.["disableSessionTags"] === true ? { sessionTags: false } : {}),
      },
    },
    object.where,
  );
}
