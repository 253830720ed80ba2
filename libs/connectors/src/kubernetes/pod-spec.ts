import { asObject, asString, objectsIn, stringsIn } from "../input/json-shape.ts";
import type { Json } from "../input/json-shape.ts";
import type { K8sObject } from "./read-objects.ts";

export const workloadKinds = new Set([
  "Pod",
  "Deployment",
  "StatefulSet",
  "DaemonSet",
  "Job",
  "CronJob",
  "ReplicaSet",
  "ReplicationController",
]);

/** The pod specification inside a workload of any kind. */
export function podSpec(object: K8sObject): Json | undefined {
  const spec = asObject(object.raw["spec"]);
  if (object.kind === "Pod") return spec;
  const outer = object.kind === "CronJob" ? asObject(asObject(spec?.["jobTemplate"])?.["spec"]) : spec;
  return asObject(asObject(outer?.["template"])?.["spec"]);
}

export const serviceAccountName = (spec: Json): string =>
  asString(spec["serviceAccountName"]) ?? asString(spec["serviceAccount"]) ?? "default";

const containersOf = (spec: Json): readonly Json[] =>
  ["initContainers", "containers", "ephemeralContainers"].flatMap((list) => objectsIn(spec[list]));

/** Names of the Secrets a pod can read, with the ways it reads them. Values given in plain are not looked at. */
export function secretsOf(spec: Json): ReadonlyMap<string, readonly string[]> {
  const ways = new Map<string, Set<string>>();
  const add = (name: string | undefined, way: string): void => {
    if (name !== undefined) ways.set(name, (ways.get(name) ?? new Set()).add(way));
  };
  for (const volume of objectsIn(spec["volumes"])) {
    add(asString(asObject(volume["secret"])?.["secretName"]), "volume");
    for (const source of objectsIn(asObject(volume["projected"])?.["sources"]))
      add(asString(asObject(source["secret"])?.["name"]), "volume");
  }
  for (const container of containersOf(spec)) {
    for (const entry of objectsIn(container["env"]))
      add(asString(asObject(asObject(entry["valueFrom"])?.["secretKeyRef"])?.["name"]), "environment");
    for (const entry of objectsIn(container["envFrom"])) add(asString(asObject(entry["secretRef"])?.["name"]), "environment");
  }
  for (const pull of objectsIn(spec["imagePullSecrets"])) add(asString(pull["name"]), "image pull");
  return new Map([...ways].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, set]) => [name, [...set].sort()]));
}

/** Settings with which a container reaches its node. */
export function nodeAccess(spec: Json): Record<string, unknown> {
  const mountsHost = objectsIn(spec["volumes"]).some((volume) => asObject(volume["hostPath"]) !== undefined);
  const contexts = containersOf(spec).map((container) => asObject(container["securityContext"]));
  const added = contexts.flatMap((context) => stringsIn(asObject(context?.["capabilities"])?.["add"]));
  const capabilities = [...new Set(added.map((name) => name.toUpperCase().replace(/^CAP_/, "")))].sort();
  const isHostProcess = [asObject(spec["securityContext"]), ...contexts].some(
    (context) => asObject(context?.["windowsOptions"])?.["hostProcess"] === true,
  );
  return {
    ...(capabilities.length === 0 ? {} : { capabilities }),
    ...(isHostProcess ? { hostProcess: true } : {}),
    privileged: contexts.some((context) => context?.["privileged"] === true),
    hostPid: spec["hostPID"] === true,
    hostNetwork: spec["hostNetwork"] === true,
    hostPath: mountsHost,
    ...(mountsHost ? { hostPaths: hostPaths(spec) } : {}),
  };
}

/** Directories of the node that some container mounts: `/path`, or `/path ro` where none of them may write. */
function hostPaths(spec: Json): readonly string[] {
  const mounts = containersOf(spec).flatMap((container) => objectsIn(container["volumeMounts"]));
  return objectsIn(spec["volumes"])
    .flatMap((volume) => {
      const path = asString(asObject(volume["hostPath"])?.["path"]);
      const own = mounts.filter((mount) => mount["name"] === volume["name"]);
      if (path === undefined || own.length === 0) return [];
      return [own.every((mount) => mount["readOnly"] === true) ? `${path} ro` : path];
    })
    .sort();
}

/**
 * Whether the pods hold a token of their service account. A running pod shows it as a volume, whoever decided; a template
 * either says so or leaves it to the account.
 */
export function serviceAccountToken(object: K8sObject, spec: Json): "mounted" | "not_mounted" | "account_default" {
  const sources = objectsIn(spec["volumes"]).flatMap((volume) => objectsIn(asObject(volume["projected"])?.["sources"]));
  if (sources.some((source) => isForCluster(asObject(source["serviceAccountToken"])))) return "mounted";
  const stated = spec["automountServiceAccountToken"];
  if (stated === true) return "mounted";
  return stated === false || (object.kind === "Pod" && object.uid !== undefined && hasMounts(spec)) ? "not_mounted" : "account_default";
}

/** Audiences of clouds and their brokers. What else a token is for may be a name of the API server, which each cluster chooses. */
const elsewhere =
  /^(?:sts\.amazonaws\.com(?:\.cn)?|pods\.eks\.amazonaws\.com|api:\/\/AzureADTokenExchange.*|.*\.svc\.id\.goog|(?:https:)?\/\/iam\.googleapis\.com\/.*)$/;

/** A token for somebody else is refused by the API server. */
function isForCluster(token: Json | undefined): boolean {
  if (token === undefined) return false;
  const audience = asString(token["audience"]);
  return audience === undefined || !elsewhere.test(audience);
}

/** A listing that kept no volumes of its pods says nothing about tokens. */
const hasMounts = (spec: Json): boolean => Array.isArray(spec["volumes"]);

/** Names of environment variables with a plain value: a key may be stored in one. The values stay behind. */
export const plainVariables = (spec: Json): readonly string[] =>
  [
    ...new Set(
      containersOf(spec).flatMap((container) =>
        objectsIn(container["env"]).flatMap((entry) => (typeof entry["value"] === "string" ? (asString(entry["name"]) ?? []) : [])),
      ),
    ),
  ].sort();
