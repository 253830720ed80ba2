import type { ScopeKey } from "@rollcall/nhi-model";
import type { ScopedObservation } from "@rollcall/posture-pipeline";
import { clusterOf } from "../estate.ts";
import type { Cluster, Unit, World } from "../estate.ts";
import { resourceIn } from "../statement.ts";
import { unitOf } from "../unit.ts";
import { coreServiceAccounts } from "./core-service-accounts.ts";
import { k8sRef, roleResource, rule } from "./dialect.ts";
import { kubernetesStories } from "./kubernetes-stories.ts";
import { namespaceOf, ordinaryServiceAccount } from "./ordinary-service-account.ts";
import { PLATFORM_NAMESPACES } from "./service-account.ts";

const NAMESPACES_OF_SERVICES = 26;

function* clusterPreamble(world: World, scope: ScopeKey, cluster: Cluster): Generator<ScopedObservation> {
  const own = { provider: "kubernetes", account: cluster.name, environment: cluster.environment } as const;
  const prod = cluster.environment === "prod";
  yield resourceIn(scope, {
    ...own,
    ref: k8sRef(cluster.name, null, "Cluster", cluster.name),
    resourceKind: "cluster",
    name: cluster.name,
    weight: prod ? 90 : 15,
    reason: prod ? "production cluster" : "cluster without production data",
    tierZero: prod,
  });
  const namespaces = [...PLATFORM_NAMESPACES, ...Array.from({ length: NAMESPACES_OF_SERVICES }, (_, n) => namespaceOf(n))];
  for (const namespace of namespaces)
    yield resourceIn(scope, {
      ...own,
      ref: k8sRef(cluster.name, null, "Namespace", namespace),
      resourceKind: "namespace",
      name: namespace,
    });
  yield resourceIn(scope, roleResource(cluster.name, null, "cluster-admin", [rule(["*"], ["*"], ["*"])]));
  yield resourceIn(
    scope,
    roleResource(cluster.name, null, "view", [
      rule(["pods", "services", "configmaps"], ["get", "list", "watch"]),
      rule(["deployments"], ["get", "list", "watch"], ["apps"]),
    ]),
  );
  yield resourceIn(
    scope,
    roleResource(cluster.name, null, "edit", [
      rule(["pods", "services", "configmaps", "secrets"], ["get", "list", "watch", "create", "update", "patch", "delete"]),
      rule(["deployments"], ["get", "list", "create", "update", "patch", "delete"], ["apps"]),
    ]),
  );
}

export const clusterUnit = (world: World, index: number, identities: number): Unit => {
  const cluster = clusterOf(world, index);
  return unitOf(world, {
    connector: "kubernetes",
    account: cluster.name,
    sourceName: `Kubernetes ${cluster.name}`,
    dataset: "objects",
    identities,
    preamble: (scope) => clusterPreamble(world, scope, cluster),
    core: coreServiceAccounts(world, cluster),
    stories: kubernetesStories(world, cluster),
    ordinary: (n) => ordinaryServiceAccount(world, cluster, n),
  });
};
