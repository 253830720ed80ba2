import { ago } from "../estate.ts";
import type { Cluster, World } from "../estate.ts";
import { presentOwner } from "../governance.ts";
import type { Story } from "../unit.ts";
import { rule } from "./dialect.ts";
import { serviceAccountNhi } from "./service-account.ts";
import type { ServiceAccount } from "./service-account.ts";

type ClusterStory = Omit<Story, "nhi"> & { readonly sa: (present: boolean) => ServiceAccount };

const argocdClusterAdminStory = (world: World): ClusterStory => ({
  id: "argocd-cluster-admin",
  title: "argocd-application-controller is cluster administrator",
  ruleIds: ["PRIV-001"],
  reachesTierZero: true,
  sinceDaysAgo: 400,
  sa: () => ({
    namespace: "argocd",
    name: "argocd-application-controller",
    serviceIndex: 4,
    bornDaysAgo: 420,
    registered: true,
    ownership: presentOwner(world, 110),
    workload: "argocd-application-controller",
    mountsSecret: true,
    clusterRole: { name: "cluster-admin", in: "cluster" },
  }),
});

const orphanSecretReaderStory = (world: World): ClusterStory => ({
  id: "orphan-secret-reader",
  title: "legacy-config-reader reads every secret, its workload is gone and nobody owns it",
  ruleIds: ["OWN-001", "OFF-002"],
  sinceDaysAgo: 65,
  sa: (present) => ({
    namespace: "legacy",
    name: "legacy-config-reader",
    serviceIndex: 22,
    bornDaysAgo: 890,
    registered: false,
    ownership: { by: "nobody" },
    ...(present ? {} : { workload: "legacy-config" }),
    tokenDaysAgo: 880,
    rules: { in: "cluster", rules: [rule(["secrets", "configmaps"], ["get", "list", "watch"])] },
    facts: present ? { "workload.status": "missing", "workload.retiredAt": ago(world, 65) } : ({} as NonNullable<ServiceAccount["facts"]>),
  }),
});

const defaultInUseStory = (): ClusterStory => ({
  id: "default-in-use",
  title: "Workloads in the storefront namespace run as its default service account",
  ruleIds: ["REUSE-002"],
  sinceDaysAgo: 280,
  sa: () => ({
    namespace: "storefront",
    name: "default",
    serviceIndex: 21,
    bornDaysAgo: 420,
    quietSinceDaysAgo: 0,
    workload: "storefront-legacy-banner",
    facts: { "usage.distinctWorkloads": 3 },
  }),
});

const runnerCanBindStory = (world: World): ClusterStory => ({
  id: "runner-can-bind",
  title: "ci/gitops-runner may create pods and bind roles, which is a way to cluster administrator",
  ruleIds: ["PRIV-003"],
  reachesTierZero: true,
  sinceDaysAgo: 190,
  sa: () => ({
    namespace: "ci",
    name: "gitops-runner",
    serviceIndex: 9,
    bornDaysAgo: 310,
    registered: true,
    ownership: presentOwner(world, 114),
    workload: "gitops-runner",
    facts: { "pipeline.isPipeline": true },
    rules: {
      in: "cluster",
      rules: [
        rule(["pods"], ["create", "get", "list"]),
        rule(["clusterroles", "roles"], ["bind", "escalate"], ["rbac.authorization.k8s.io"]),
        rule(["clusterrolebindings", "rolebindings"], ["create"], ["rbac.authorization.k8s.io"]),
      ],
    },
  }),
});

const standingDebugAdminStory = (world: World): ClusterStory => ({
  id: "standing-debug-admin",
  title: "debug-toolbox held cluster administration, until it was taken away",
  ruleIds: ["PRIV-001"],
  sinceDaysAgo: 200,
  fixedDaysAgo: 14,
  sa: (present) => ({
    namespace: "ci",
    name: "debug-toolbox",
    serviceIndex: 9,
    bornDaysAgo: 200,
    registered: true,
    ownership: presentOwner(world, 118),
    workload: "debug-toolbox",
    clusterRole: present ? { name: "cluster-admin", in: "cluster" } : { name: "view", in: "namespace" },
  }),
});

const prodStories = (world: World): readonly ClusterStory[] => [
  argocdClusterAdminStory(world),
  orphanSecretReaderStory(world),
  defaultInUseStory(),
  runnerCanBindStory(world),
  standingDebugAdminStory(world),
];

export const kubernetesStories = (world: World, cluster: Cluster): readonly Story[] => {
  if (cluster.index !== 0) return [];
  return prodStories(world).map(({ sa, ...story }) => ({
    ...story,
    nhi: (present) => serviceAccountNhi(world.seed, cluster, sa(present)),
  }));
};
