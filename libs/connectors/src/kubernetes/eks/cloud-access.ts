import { asObject, asString, objectsIn, stringsIn } from "../../input/json-shape.ts";
import type { Json } from "../../input/json-shape.ts";
import { fitRef } from "../../observe/collector.ts";
import type { K8sContext } from "../context.ts";
import type { K8sObject } from "../read-objects.ts";
import { k8sRef } from "../refs.ts";
import { accessPolicyRules } from "./access-policies.ts";

export const cloudAccessDataset = "cloud_access";

/** How a principal of AWS comes into the cluster, however EKS was told. */
export interface CloudAccess {
  readonly principal: string;
  readonly via: "access_entry" | "aws_auth";
  readonly username: string | undefined;
  readonly groups: readonly string[];
  /** The machines of the cluster sign in with this role. */
  readonly isNode: boolean;
  readonly where: string;
}

interface Stated {
  readonly from: string;
  readonly to: string;
  readonly grantKind: string;
  readonly attributes: Record<string, unknown>;
  readonly where: string;
}

/** One grant for each thing that the entry gives: a group, a user name, the place of a node. */
export function addCloudAccess(context: K8sContext, { principal, via, username, groups, isNode, where }: CloudAccess): void {
  const pathless = via === "aws_auth" && /:role\//.test(principal) ? { pathless: true } : {};
  const attributes = { via, ...pathless };
  for (const group of groups) {
    const to = ensureSubject(context, "Group", { name: group, where });
    addGrant(context, { from: principal, to, grantKind: "group_member", attributes, where });
  }
  const to = k8sRef(context.cluster, { namespace: null, kind: "Cluster", name: context.cluster });
  if (isNode) addGrant(context, { from: principal, to, grantKind: "node_identity", attributes, where });
  // Every principal that is let in counts as signed in, whatever its name there.
  addGrant(context, {
    from: principal,
    to,
    grantKind: "signs_in_as",
    attributes: { ...attributes, ...(username === undefined ? {} : { username }) },
    where,
  });
}

/** An access entry, as the answer of AWS or as the object of its controllers; its policies may come in an answer of their own. */
export function normaliseAccessEntry(context: K8sContext, object: K8sObject): void {
  const spec = asObject(object.raw["spec"]) ?? {};
  const principal = asString(spec["principalARN"]);
  if (principal === undefined || !/^arn:aws[a-z-]*:iam::\d{12}:/.test(principal)) {
    context.collector.reject(object.where, "invalid_record", `${object.kind} ${object.name} names no principal of AWS`);
    return;
  }
  if (spec["part"] === "name") {
    context.collector.notes.add(
      "list-access-entries names who may sign in and not as what: export each with describe-access-entry and list-associated-access-policies too.",
    );
    return;
  }
  for (const policy of objectsIn(spec["accessPolicies"])) addAccessPolicy(context, principal, { policy, where: object.where });
  if (spec["part"] === "policies") return;
  const type = asString(spec["type"]) ?? "STANDARD";
  addCloudAccess(context, {
    principal,
    via: "access_entry",
    username: asString(spec["username"]) ?? (type === "STANDARD" ? standardName(principal) : undefined),
    groups: stringsIn(spec["kubernetesGroups"]),
    isNode: type !== "STANDARD",
    where: object.where,
  });
}

/** The name that EKS gives where an entry states none. */
function standardName(principal: string): string {
  const role = /^arn:(aws[a-z-]*):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(principal);
  return role === null ? principal : `arn:${role[1]}:sts::${role[2]}:assumed-role/${role[3]}/{{SessionName}}`;
}

function addAccessPolicy(context: K8sContext, principal: string, { policy, where }: { policy: Json; where: string }): void {
  const arn = asString(policy["policyARN"]);
  if (arn === undefined) return;
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  const scope = asObject(policy["accessScope"]);
  const ref = k8sRef(context.cluster, { namespace: null, kind: "AccessPolicy", name });
  const rules = accessPolicyRules(name);
  context.collector.ensure(
    cloudAccessDataset,
    {
      kind: "resource",
      ref,
      resourceKind: "permission_set",
      name,
      provider: "kubernetes",
      account: context.cluster,
      attributes: { roleKind: "AccessPolicy", ...(rules === undefined ? { rulesMissing: true } : { rules, rulesSource: "well-known" }) },
    },
    where,
  );
  const places = scope?.["type"] === "namespace" ? stringsIn(scope["namespaces"]) : [null];
  for (const namespace of places)
    addGrant(context, {
      from: principal,
      to: ref,
      grantKind: "role_binding",
      attributes: { binding: `access policy ${name}`, namespace },
      where,
    });
}

function ensureSubject(context: K8sContext, kind: "Group" | "User", { name, where }: { name: string; where: string }): string {
  const ref = k8sRef(context.cluster, { namespace: null, kind, name });
  context.collector.ensure(
    cloudAccessDataset,
    {
      kind: "resource",
      ref,
      resourceKind: "group",
      name,
      provider: "kubernetes",
      account: context.cluster,
      attributes: { subjectKind: kind },
    },
    where,
  );
  return ref;
}

function addGrant({ collector }: K8sContext, { from, to, grantKind, attributes, where }: Stated): void {
  const place = attributes["namespace"] ?? attributes["username"] ?? "";
  const ref = fitRef(`${from}|${grantKind}|${to}|${typeof place === "string" ? place : ""}`);
  if (!collector.has(cloudAccessDataset, "grant", ref))
    collector.add(cloudAccessDataset, { kind: "grant", ref, dialect: "kubernetes_rbac", grantKind, from, to, attributes }, where);
}
