import type { StatedFact } from "@rollcall/nhi-model";
import { asString, objectsIn } from "../../input/json-shape.ts";
import { readInstant } from "../../input/read-instant.ts";
import { environmentOf, ownerClaims, shownTags, tagFacts } from "../../observe/tag-facts.ts";
import type { Tags } from "../../observe/tag-facts.ts";
import type { K8sContext } from "../context.ts";
import { namespaceOf, refOf, serviceAccountRef } from "../context.ts";
import type { K8sObject } from "../read-objects.ts";

const dataset = "service_accounts";
/** Annotations that hold the whole applied object, or are noise. Kubectl's copy can hold secret values. */
const skippedAnnotations = /^(?:kubectl\.kubernetes\.io\/|deployment\.kubernetes\.io\/|meta\.helm\.sh\/|checksum\/)/;

/** Labels and annotations as one set of tags; labels win. */
export function tagsOf(object: K8sObject): Tags {
  const annotations = [...object.annotations].filter(([key, value]) => !skippedAnnotations.test(key) && value.length <= 1024);
  return new Map([...annotations, ...object.labels].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

export function normaliseServiceAccount(context: K8sContext, object: K8sObject): void {
  const { collector, cluster } = context;
  const ref = refOf(context, object);
  const namespace = namespaceOf(context, object) ?? context.homeNamespace;
  const tags = tagsOf(object);
  const createdAt = readInstant(object.createdAt);
  collector.add(
    dataset,
    {
      kind: "identity",
      ref,
      ...(object.uid === undefined ? {} : { nativeId: object.uid }),
      identityKind: "workload",
      name: `${namespace}/${object.name}`,
      provider: "kubernetes",
      account: cluster,
      facts: {
        ...tagFacts(tags, true),
        ...environmentFact(context, namespace, tags),
        ...standingFacts(context, ref, object.name),
        createdAt: createdAt ?? { unknown: "not_collected" },
      },
      attributes: { namespace, tags: shownTags(tags), ...serviceAccountAttributes(object) },
    },
    object.where,
  );
  for (const claim of ownerClaims(ref, tags)) collector.add(dataset, claim, object.where);
}

/** Every namespace has a service account `default`, listed or not; a pod that names none runs as it. */
export const addImplicitDefault = (context: K8sContext, namespace: string, source: { dataset: string; where: string }): void =>
  addUnlisted(context, { namespace, name: "default", attributes: { implicit: true } }, source);

/** An account that a binding or a pod names. Where a running cluster lists the accounts of its namespace without it, there is none. */
export function addNamedAccount(
  context: K8sContext,
  { namespace, name }: { namespace: string; name: string },
  source: { dataset: string; where: string },
): void {
  if (name === "default") addImplicitDefault(context, namespace, source);
  else if (!context.listsAccountsOf.has(namespace)) addUnlisted(context, { namespace, name, attributes: { listed: false } }, source);
}

function addUnlisted(
  context: K8sContext,
  { namespace, name, attributes }: { namespace: string; name: string; attributes: Readonly<Record<string, boolean>> },
  source: { dataset: string; where: string },
): void {
  const ref = serviceAccountRef(context, namespace, name);
  if (accountDatasets.some((each) => context.collector.has(each, "identity", ref))) return;
  context.collector.ensure(
    source.dataset,
    {
      kind: "identity",
      ref,
      identityKind: "workload",
      name: `${namespace}/${name}`,
      provider: "kubernetes",
      account: context.cluster,
      facts: {
        ...environmentFact(context, namespace, new Map()),
        ...standingFacts(context, ref, name),
        createdAt: { unknown: "not_collected" },
      },
      attributes: { namespace, ...attributes },
    },
    source.where,
  );
}

/** Every dataset that may state a service account, in the order in which they are read. */
const accountDatasets: readonly string[] = [dataset, "namespaces", "role_bindings", "cluster_role_bindings", "workloads"];

function environmentFact(context: K8sContext, namespace: string, tags: Tags): Record<string, StatedFact> {
  const environment = environmentOf(tags) ?? context.environmentOfNamespace.get(namespace) ?? environmentOf(new Map([["env", namespace]]));
  return { environment: environment ?? { unknown: "not_offered" } };
}

/** What holds for every service account. The cluster's objects do not record use: the audit log does. */
function standingFacts(context: K8sContext, ref: string, name: string): Record<string, StatedFact> {
  const workloads = context.runsAs?.get(ref) ?? 0;
  return {
    status: "active",
    "auth.interactiveLoginEnabled": false,
    "auth.methods": ["service_account_token"],
    "usage.lastUsedAt": { unknown: "not_collected" },
    "usage.observedDays": { unknown: "not_collected" },
    "usage.distinctWorkloads": context.runsAs === null ? { unknown: "not_collected" } : workloads,
    "workload.status": workloads > 0 ? "running" : { unknown: "not_collected" },
    "access.isDefaultIdentity": name === "default",
  };
}

function serviceAccountAttributes(object: K8sObject): Record<string, unknown> {
  const linked = (annotation: string): string | undefined => object.annotations.get(annotation);
  const irsaRoleArn = linked("eks.amazonaws.com/role-arn");
  const irsaAudience = linked("eks.amazonaws.com/audience");
  const gcpServiceAccount = linked("iam.gke.io/gcp-service-account");
  const azureClientId = linked("azure.workload.identity/client-id");
  const managedBy = object.labels.get("app.kubernetes.io/managed-by");
  const names = (list: string): readonly string[] =>
    objectsIn(object.raw[list])
      .flatMap((item) => asString(item["name"]) ?? [])
      .sort();
  return {
    automountToken: object.raw["automountServiceAccountToken"] !== false,
    secrets: names("secrets"),
    imagePullSecrets: names("imagePullSecrets"),
    ...(irsaRoleArn === undefined ? {} : { irsaRoleArn }),
    ...(irsaAudience === undefined ? {} : { irsaAudience }),
    ...(gcpServiceAccount === undefined ? {} : { gcpServiceAccount }),
    ...(azureClientId === undefined ? {} : { azureClientId }),
    ...(managedBy === undefined ? {} : { managedBy }),
  };
}
