import { asArray, asObject, asString, stringsIn } from "../../input/json-shape.ts";
import { parseYaml } from "../../input/parse-yaml.ts";
import { fitRef } from "../../observe/collector.ts";
import type { K8sContext } from "../context.ts";
import type { K8sObject } from "../read-objects.ts";
import { k8sRef } from "../refs.ts";
import { addCloudAccess, cloudAccessDataset } from "./cloud-access.ts";

export const isAwsAuth = ({ kind, name, namespace }: K8sObject): boolean =>
  kind === "ConfigMap" && name === "aws-auth" && (namespace === null || namespace === "kube-system");

/** What else EKS says of the cluster and that outranks the config map. */
export interface AwsAuthLimits {
  /** Principals with an access entry, as `canonicalArn`. */
  readonly entries: ReadonlySet<string>;
  /** The cluster takes access entries only. */
  readonly isIgnored: boolean;
}

/** How the config map names a principal: roles without their path, in any case of letters. */
export const canonicalArn = (arn: string): string => arn.toLowerCase().replace(/:role\/.*\//, ":role/");

/** The config map by which a cluster of EKS lets principals of AWS in. */
export function normaliseAwsAuth(context: K8sContext, object: K8sObject, limits: AwsAuthLimits): void {
  const data = asObject(object.raw["data"]) ?? {};
  if (limits.isIgnored) {
    context.collector.notes.add("The cluster takes access entries only, so its config map aws-auth lets nobody in.");
    return;
  }
  for (const [field, arnField] of [
    ["mapRoles", "rolearn"],
    ["mapUsers", "userarn"],
  ] as const)
    for (const raw of listIn(context, object, data[field])) {
      const entry = asObject(raw) ?? {};
      const named = Object.entries(entry).find(([name]) => name.toLowerCase() === arnField);
      const principal = asString(named?.[1])?.trim();
      if (principal === undefined || !/^arn:aws[a-z-]*:iam::\d{12}:/i.test(principal)) {
        context.collector.reject(object.where, "invalid_record", `an entry of ${field} in aws-auth names no principal of AWS`);
        continue;
      }
      addMapped(context, { entry, principal, where: object.where, limits });
    }
  for (const account of listIn(context, object, data["mapAccounts"])) addAccount(context, String(account), object.where);
}

function addMapped(
  context: K8sContext,
  {
    entry,
    principal,
    where,
    limits,
  }: { entry: Readonly<Record<string, unknown>>; principal: string; where: string; limits: AwsAuthLimits },
): void {
  if (/:role\/.*\//.test(principal)) {
    context.collector.notes.add(`aws-auth names ${principal} with its path: no session of a role shows one, so the entry lets nobody in.`);
    return;
  }
  if (limits.entries.has(canonicalArn(principal))) return;
  const groups = stringsIn(entry["groups"]);
  addCloudAccess(context, {
    principal,
    via: "aws_auth",
    username: asString(entry["username"]),
    groups,
    isNode: groups.includes("system:nodes"),
    where,
  });
}

/** Everybody of the account may sign in, under the name of their ARN and without groups. */
function addAccount(context: K8sContext, account: string, where: string): void {
  const id = account.padStart(12, "0");
  if (!/^\d{12}$/.test(id)) {
    context.collector.reject(where, "invalid_record", "an entry of mapAccounts in aws-auth is no account of AWS");
    return;
  }
  const to = k8sRef(context.cluster, { namespace: null, kind: "Cluster", name: context.cluster });
  const from = `aws:account:${id}`;
  context.collector.add(
    cloudAccessDataset,
    {
      kind: "grant",
      ref: fitRef(`${from}|account_signs_in|${to}`),
      dialect: "kubernetes_rbac",
      grantKind: "account_signs_in",
      from,
      to,
      attributes: { via: "aws_auth" },
    },
    where,
  );
}

/** The lists are YAML inside a text; hand-written manifests sometimes hold them as they are. */
function listIn({ collector }: K8sContext, { where }: K8sObject, value: unknown): readonly unknown[] {
  if (typeof value !== "string") return asArray(value);
  const parsed = parseYaml(value);
  if (!parsed.ok) collector.reject(where, "invalid_yaml", "a list in aws-auth is not valid YAML");
  return parsed.ok ? asArray(parsed.value) : [];
}
