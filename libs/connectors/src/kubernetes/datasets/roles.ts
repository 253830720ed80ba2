import { asObject, asString, objectsIn, stringsIn } from "../../input/json-shape.ts";
import type { K8sContext } from "../context.ts";
import { namespaceOf, refOf } from "../context.ts";
import type { K8sObject } from "../read-objects.ts";
import { k8sRef } from "../refs.ts";
import { wellKnownRoles } from "../well-known-roles.ts";
import type { RbacRule } from "../well-known-roles.ts";

export const rolesDataset = (kind: string): string => (kind === "ClusterRole" ? "cluster_roles" : "roles");

export function normaliseRole(context: K8sContext, object: K8sObject): void {
  const aggregation = objectsIn(asObject(object.raw["aggregationRule"])?.["clusterRoleSelectors"]);
  context.collector.add(
    rolesDataset(object.kind),
    {
      kind: "resource",
      ref: refOf(context, object),
      resourceKind: "permission_set",
      name: object.name,
      provider: "kubernetes",
      account: context.cluster,
      attributes: {
        roleKind: object.kind,
        namespace: namespaceOf(context, object),
        rules: objectsIn(object.raw["rules"]).map(readRule),
        rulesSource: "export",
        labels: Object.fromEntries(object.labels),
        ...(aggregation.length === 0 ? {} : { aggregationLabels: aggregation.map(readSelector) }),
      },
    },
    object.where,
  );
}

function readSelector(selector: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const expressions = objectsIn(selector["matchExpressions"]).map(({ key, operator, values }) => ({
    key,
    operator,
    values: stringsIn(values),
  }));
  return { ...asObject(selector["matchLabels"]), ...(expressions.length === 0 ? {} : { matchExpressions: expressions }) };
}

function readRule(raw: Readonly<Record<string, unknown>>): RbacRule {
  const optional = (["apiGroups", "resources", "resourceNames", "nonResourceURLs"] as const).flatMap((field) => {
    const values = stringsIn(raw[field]);
    return values.length === 0 ? [] : [[field, values] as const];
  });
  return { ...Object.fromEntries(optional), verbs: stringsIn(raw["verbs"]) };
}

/** A role that a binding names but no file contains: with the rules every cluster ships it with, or marked as missing. */
export function addNamedRole(
  context: K8sContext,
  role: { kind: string; name: string; namespace: string | null },
  source: { dataset: string; where: string },
): "known" | "resolved" | "missing" {
  const ref = k8sRef(context.cluster, role);
  const { collector } = context;
  if (collector.has(rolesDataset(role.kind), "resource", ref)) return "known";
  const rules = role.kind === "ClusterRole" ? wellKnownRoles[asString(role.name) ?? ""] : undefined;
  collector.ensure(
    source.dataset,
    {
      kind: "resource",
      ref,
      resourceKind: "permission_set",
      name: role.name,
      provider: "kubernetes",
      account: context.cluster,
      attributes: {
        roleKind: role.kind,
        namespace: role.namespace,
        ...(rules === undefined ? { rulesMissing: true } : { rules, rulesSource: "well-known" }),
      },
    },
    source.where,
  );
  return rules === undefined ? "missing" : "resolved";
}
