import { asObject, asString } from "../../input/json-shape.ts";
import type { Json } from "../../input/json-shape.ts";
import type { K8sContext } from "../context.ts";
import type { K8sObject } from "../read-objects.ts";
import { canonicalArn, isAwsAuth, normaliseAwsAuth } from "./aws-auth.ts";
import { normaliseAccessEntry } from "./cloud-access.ts";

const eksKinds: ReadonlySet<string> = new Set(["AccessEntry", "EksCluster", "PodIdentityAssociation"]);

/** What describe-cluster says of the cluster itself. Nobody's pods run on the machines of a control plane that EKS keeps. */
export function eksFacts(objects: readonly K8sObject[]): Record<string, unknown> {
  const cluster = specOf(objects.find(({ kind }) => kind === "EksCluster"));
  const issuer = asString(asObject(asObject(cluster?.["identity"])?.["oidc"])?.["issuer"]);
  const arn = asString(cluster?.["arn"]);
  const isEks = objects.some((object) => eksKinds.has(object.kind) || isAwsAuth(object));
  return {
    ...(isEks ? { controlPlane: "managed" } : {}),
    ...(arn === undefined ? {} : { arn }),
    ...(issuer === undefined ? {} : { issuer }),
  };
}

/** Who of AWS may enter: access entries first, which outrank the config map for the principals that they name. */
export function normaliseEks(context: K8sContext, objects: readonly K8sObject[]): void {
  const mode = asString(asObject(specOf(objects.find(({ kind }) => kind === "EksCluster"))?.["accessConfig"])?.["authenticationMode"]);
  const entries = objects.filter(({ kind }) => kind === "AccessEntry");
  for (const entry of entries) normaliseAccessEntry(context, entry);
  const named = new Set(entries.flatMap((entry) => canonicalArn(asString(specOf(entry)?.["principalARN"]) ?? "")));
  for (const object of objects.filter(isAwsAuth)) normaliseAwsAuth(context, object, { entries: named, isIgnored: mode === "API" });
  const [other] = objects.flatMap(({ cluster }) => (cluster === undefined || cluster === context.cluster ? [] : [cluster]));
  if (other !== undefined) context.collector.notes.add(`What EKS says of its cluster ${other} was taken to be about this one.`);
  if (mode === "CONFIG_MAP")
    context.collector.notes.add(
      "Whoever created the cluster is its administrator, and with the config map as only list no export names them.",
    );
}

const specOf = (object: K8sObject | undefined): Json | undefined => asObject(object?.raw["spec"]);
