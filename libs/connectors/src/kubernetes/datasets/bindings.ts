import { asObject, asString, objectsIn } from "../../input/json-shape.ts";
import { fitRef } from "../../observe/collector.ts";
import type { K8sContext } from "../context.ts";
import { namespaceOf, refOf, serviceAccountRef } from "../context.ts";
import type { K8sObject } from "../read-objects.ts";
import { k8sRef } from "../refs.ts";
import { addNamedRole } from "./roles.ts";
import { addNamedAccount } from "./service-accounts.ts";

export const bindingsDataset = (kind: string): string => (kind === "ClusterRoleBinding" ? "cluster_role_bindings" : "role_bindings");

/** One grant per subject of a binding. A RoleBinding to a ClusterRole grants it inside its namespace only: `attributes.namespace` says so. */
export function normaliseBinding(context: K8sContext, object: K8sObject, missingRoles: Set<string>): void {
  const { collector, cluster } = context;
  const dataset = bindingsDataset(object.kind);
  const namespace = namespaceOf(context, object);
  const roleRef = asObject(object.raw["roleRef"]);
  const roleName = asString(roleRef?.["name"]);
  const roleKind = asString(roleRef?.["kind"]) ?? impliedKind(object, roleRef);
  if (roleName === undefined || (roleKind !== "Role" && roleKind !== "ClusterRole")) {
    collector.reject(object.where, "invalid_record", `${object.kind} ${object.name} names no role`);
    return;
  }
  const role = { kind: roleKind, name: roleName, namespace: roleKind === "Role" ? namespace : null };
  if (addNamedRole(context, role, { dataset, where: object.where }) === "missing") missingRoles.add(`${roleKind}/${roleName}`);
  const to = k8sRef(cluster, role);
  const binding = refOf(context, object);
  for (const subject of objectsIn(object.raw["subjects"])) {
    const from = subjectRef(context, subject, { namespace, dataset, where: object.where });
    if (from === null) {
      collector.reject(object.where, "invalid_record", `${object.kind} ${object.name} has a subject of unknown kind or without a name`);
      continue;
    }
    collector.add(
      dataset,
      {
        kind: "grant",
        ref: fitRef(`${binding}|${from}`),
        dialect: "kubernetes_rbac",
        grantKind: "role_binding",
        from,
        to,
        attributes: { binding, namespace },
      },
      object.where,
    );
  }
}

/** OpenShift's own bindings name no kind: a role with a namespace is one of that namespace. */
const impliedKind = ({ raw }: K8sObject, roleRef: Readonly<Record<string, unknown>> | undefined): string | undefined =>
  asString(raw["apiVersion"])?.startsWith("authorization.openshift.io/") !== true
    ? undefined
    : asString(roleRef?.["namespace"]) === undefined
      ? "ClusterRole"
      : "Role";

function subjectRef(
  context: K8sContext,
  subject: Readonly<Record<string, unknown>>,
  source: { namespace: string | null; dataset: string; where: string },
): string | null {
  const kind = asString(subject["kind"])?.replace(/^System(?=User$|Group$)/, "");
  const name = asString(subject["name"]);
  if (name === undefined || kind === undefined) return null;
  const account = (namespace: string, own: string): string => {
    addNamedAccount(context, { namespace, name: own }, source);
    return serviceAccountRef(context, namespace, own);
  };
  if (kind === "ServiceAccount") return account(asString(subject["namespace"]) ?? source.namespace ?? context.homeNamespace, name);
  if (kind !== "User" && kind !== "Group") return null;
  // A user name can stand for a service account: it is the same principal.
  const serviceAccount = kind === "User" ? /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name) : null;
  if (serviceAccount?.[1] !== undefined && serviceAccount[2] !== undefined) return account(serviceAccount[1], serviceAccount[2]);
  const ref = k8sRef(context.cluster, { namespace: null, kind, name });
  context.collector.ensure(
    source.dataset,
    {
      kind: "resource",
      ref,
      resourceKind: "group",
      name,
      provider: "kubernetes",
      account: context.cluster,
      attributes: { subjectKind: kind },
    },
    source.where,
  );
  return ref;
}
