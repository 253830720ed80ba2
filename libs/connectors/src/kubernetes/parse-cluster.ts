import type { ParsedImport, ParseOptions } from "@rollcall/posture-pipeline";
import { resolveAsOf } from "../input/as-of.ts";
import { asObject, asString, objectsIn } from "../input/json-shape.ts";
import { latestInstant, readInstant } from "../input/read-instant.ts";
import { Collector, compare } from "../observe/collector.ts";
import { environmentOf } from "../observe/tag-facts.ts";
import type { K8sContext } from "./context.ts";
import { namespaceOf } from "./context.ts";
import { normaliseBinding } from "./datasets/bindings.ts";
import { normaliseNamespace } from "./datasets/namespaces.ts";
import { normaliseNode } from "./datasets/nodes.ts";
import { normalisePodIdentity } from "./datasets/pod-identities.ts";
import { normaliseRole } from "./datasets/roles.ts";
import { normaliseSecret } from "./datasets/secrets.ts";
import { normaliseServiceAccount, tagsOf } from "./datasets/service-accounts.ts";
import { normaliseWorkload } from "./datasets/workloads.ts";
import { isAwsAuth } from "./eks/aws-auth.ts";
import { eksFacts, normaliseEks } from "./eks/eks-cluster.ts";
import { podSpec, serviceAccountName, workloadKinds } from "./pod-spec.ts";
import type { K8sObject, ReadFile } from "./read-objects.ts";
import { k8sRef } from "./refs.ts";
import { datasetOfKind, scopeReports } from "./scope-reports.ts";

export function parseCluster(cluster: string, read: readonly ReadFile[], options: ParseOptions): ParsedImport {
  const collector = new Collector("kubernetes", cluster);
  const objects = read
    .flatMap((file) => file.objects)
    .toSorted(
      (a, b) =>
        compare(a.kind, b.kind) || compare(a.namespace ?? "", b.namespace ?? "") || compare(a.name, b.name) || compare(a.where, b.where),
    );
  const problems = read.flatMap((file) => file.problems);
  for (const { where, code, message } of problems) collector.reject(where, code, message);
  const { asOf, basis } = resolveAsOf(options, {
    stated: [],
    newestFact: latestInstant(objects.map((object) => readInstant(object.createdAt))),
    files: read.map(({ file }) => file),
  });
  const homeNamespace = findHomeNamespace(objects);
  const context = buildContext(
    { cluster, collector, fingerprint: options.fingerprint, asOf, homeNamespace: homeNamespace ?? "default" },
    objects,
  );
  addCluster(context, objects);
  normaliseAll(context, objects);
  for (const [dataset, report] of scopeReports({
    objects,
    truncated: read.some(({ truncated }) => truncated),
    problems: problems.length,
    observedAt: asOf,
  }))
    collector.report(dataset, report);
  addNotes(collector, objects, homeNamespace);
  collector.finish(asOf);
  return {
    connector: "kubernetes",
    account: cluster,
    sourceName: `Kubernetes ${cluster}`,
    asOf,
    asOfBasis: basis,
    ...collector.stated(),
    totals: totalsOf(objects),
  };
}

function buildContext(
  base: Omit<K8sContext, "runsAs" | "environmentOfNamespace" | "listsAccountsOf">,
  objects: readonly K8sObject[],
): K8sContext {
  const environments = objects
    .filter(({ kind }) => kind === "Namespace")
    .flatMap((object) => {
      const environment = environmentOf(tagsOf(object));
      return environment === undefined ? [] : [[object.name, environment] as const];
    });
  // What a controller made runs as the same account as its controller: count the thing that somebody deployed.
  const workloads = objects.filter((object) => workloadKinds.has(object.kind) && object.controller === undefined);
  const runsAs = new Map<string, number>();
  for (const object of workloads) {
    const spec = podSpec(object);
    if (spec === undefined) continue;
    const ref = k8sRef(base.cluster, { namespace: namespaceOf(base, object), kind: "ServiceAccount", name: serviceAccountName(spec) });
    runsAs.set(ref, (runsAs.get(ref) ?? 0) + 1);
  }
  const listed = objects.filter(({ kind, uid }) => kind === "ServiceAccount" && uid !== undefined);
  return {
    ...base,
    runsAs: workloads.length === 0 ? null : runsAs,
    environmentOfNamespace: new Map(environments),
    listsAccountsOf: new Set(listed.flatMap((object) => namespaceOf(base, object) ?? [])),
  };
}

/**
 * Manifests leave the namespace to whoever applies them, but their cluster role bindings have to name it. When these agree
 * on one namespace for service accounts that the files list without any, that is where the files belong.
 */
function findHomeNamespace(objects: readonly K8sObject[]): string | null {
  const homeless = new Set(
    objects.filter(({ kind, namespace }) => kind === "ServiceAccount" && namespace === null).map(({ name }) => name),
  );
  const named = new Set<string>();
  for (const object of objects) {
    if (object.kind !== "ClusterRoleBinding") continue;
    for (const subject of objectsIn(object.raw["subjects"])) {
      const namespace = asString(subject["namespace"]);
      if (subject["kind"] === "ServiceAccount" && namespace !== undefined && homeless.has(asString(subject["name"]) ?? ""))
        named.add(namespace);
    }
  }
  const [only] = named;
  return named.size === 1 && only !== undefined ? only : null;
}

function addCluster({ collector, cluster, asOf }: K8sContext, objects: readonly K8sObject[]): void {
  collector.add(
    "cluster",
    {
      kind: "resource",
      ref: k8sRef(cluster, { namespace: null, kind: "Cluster", name: cluster }),
      resourceKind: "cluster",
      name: cluster,
      provider: "kubernetes",
      account: cluster,
      sensitivity: { weight: 100, reason: "Control of the cluster is control of everything that runs in it", tierZero: true },
      attributes: eksFacts(objects),
    },
    cluster,
  );
  collector.report("cluster", { outcome: "complete", observedAt: asOf });
}

/** Listed things first: what bindings, namespaces and pods imply is added only where the listing lacks it. */
function normaliseAll(context: K8sContext, objects: readonly K8sObject[]): void {
  const each = (kinds: readonly string[], normalise: (object: K8sObject) => void): void => {
    for (const object of objects) if (kinds.includes(object.kind)) normalise(object);
  };
  const missingRoles = new Set<string>();
  each(["ServiceAccount"], (object) => normaliseServiceAccount(context, object));
  each(["Namespace"], (object) => normaliseNamespace(context, object));
  each(["Role", "ClusterRole"], (object) => normaliseRole(context, object));
  each(["RoleBinding", "ClusterRoleBinding"], (object) => normaliseBinding(context, object, missingRoles));
  each(["Secret"], (object) => normaliseSecret(context, object));
  each(["Node"], (object) => normaliseNode(context, object));
  each(["PodIdentityAssociation"], (object) => normalisePodIdentity(context, object));
  normaliseEks(context, objects);
  each([...workloadKinds], (object) => normaliseWorkload(context, object));
  if (missingRoles.size > 0)
    context.collector.notes.add(
      `${missingRoles.size} roles are bound but not in the files; what they allow is unknown: ${[...missingRoles].sort().slice(0, 10).join(", ")}${missingRoles.size > 10 ? ", ..." : ""}`,
    );
}

function addNotes(collector: Collector, objects: readonly K8sObject[], homeNamespace: string | null): void {
  if (homeNamespace !== null)
    collector.notes.add(
      `Objects without a namespace were taken to belong to ${homeNamespace}, the namespace their cluster role bindings name.`,
    );
  const others = new Map<string, number>();
  for (const object of objects) {
    const { kind } = object;
    if (!datasetOfKind.has(kind) && !isAwsAuth(object)) others.set(kind, (others.get(kind) ?? 0) + 1);
  }
  if (others.size > 0)
    collector.notes.add(
      `Not needed and left out: ${[...others]
        .sort(([a], [b]) => compare(a, b))
        .map(([kind, count]) => `${count} ${kind}`)
        .join(", ")}.`,
    );
  if (
    objects.some((object) => object.kind === "Secret" && (asObject(object.raw["data"]) ?? asObject(object.raw["stringData"])) !== undefined)
  ) {
    collector.notes.add("The files contain values of Secrets. They were not stored; export without them next time (see the commands).");
  }
}

function totalsOf(objects: readonly K8sObject[]): Record<string, number> {
  const totals = new Map<string, number>();
  for (const { kind } of objects) totals.set(kind, (totals.get(kind) ?? 0) + 1);
  return Object.fromEntries([...totals].sort(([a], [b]) => compare(a, b)));
}
