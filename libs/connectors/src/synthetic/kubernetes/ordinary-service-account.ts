import type { Cluster, World } from "../estate.ts";
import { ordinaryLife } from "../governance.ts";
import { DOMAINS, serviceDomain, serviceName } from "../names.ts";
import type { Nhi } from "../nhi.ts";
import { k8sRef, rule } from "./dialect.ts";
import { serviceAccountNhi } from "./service-account.ts";
import type { ServiceAccount } from "./service-account.ts";

export const namespaceOf = (n: number): string => DOMAINS[n % DOMAINS.length] as string;

/** What services ask of the API server, from nothing to too much, with its share. */
const RIGHTS = [
  { share: 0.57, rights: {} },
  { share: 0.2, rights: { rules: { in: "namespace", rules: [rule(["configmaps"], ["get", "list", "watch"])] } } },
  {
    share: 0.1,
    rights: {
      rules: { in: "namespace", rules: [rule(["configmaps", "leases"], ["get", "create", "update"], ["", "coordination.k8s.io"])] },
    },
  },
  { share: 0.06, rights: { clusterRole: { name: "view", in: "namespace" } } },
  { share: 0.03, rights: { rules: { in: "namespace", rules: [rule(["secrets"], ["get", "list"])] } } },
  { share: 0.02, rights: { clusterRole: { name: "edit", in: "namespace" } } },
  { share: 0.02, rights: { clusterRole: { name: "cluster-admin", in: "cluster" } } },
] as const satisfies readonly { share: number; rights: Pick<ServiceAccount, "rules" | "clusterRole"> }[];

const rightsAt = (roll: number): Pick<ServiceAccount, "rules" | "clusterRole"> => {
  let sum = 0;
  for (const { share, rights } of RIGHTS) {
    sum += share;
    if (roll < sum) return rights;
  }
  return {};
};

export const ordinaryServiceAccount = (world: World, cluster: Cluster, n: number): Nhi => {
  // Clusters of one environment run different services; the stride keeps neighbours apart.
  const serviceIndex = (cluster.index * 17 + n) % (world.services * 4);
  const service = serviceName(serviceIndex);
  const namespace = serviceDomain(serviceIndex);
  const ref = k8sRef(cluster.name, namespace, "ServiceAccount", service);
  const random = world.random("sa", ref);
  const life = ordinaryLife(world, ref);
  const runs = life.quietSinceDaysAgo === 0;
  return serviceAccountNhi(world.seed, cluster, {
    namespace,
    name: service,
    serviceIndex,
    bornDaysAgo: life.bornDaysAgo,
    ...rightsAt(random.next()),
    ...(runs ? { workload: service, mountsSecret: random.chance(0.4) } : {}),
    ...(random.chance(0.12) ? { tokenDaysAgo: life.bornDaysAgo } : {}),
  });
};
