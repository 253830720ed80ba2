import { awsAccountOf } from "../estate.ts";
import type { Cluster, World } from "../estate.ts";
import { presentOwner } from "../governance.ts";
import type { Nhi } from "../nhi.ts";
import { CLOUD_SERVICE_ACCOUNTS, irsaRoleName } from "../aws/core-principals.ts";
import { iamArn } from "../aws/policy.ts";
import { rule } from "./dialect.ts";
import { serviceAccountNhi } from "./service-account.ts";
import type { ServiceAccount } from "./service-account.ts";

const cloudRights: Readonly<Record<(typeof CLOUD_SERVICE_ACCOUNTS)[number]["role"], NonNullable<ServiceAccount["rules"]>>> = {
  "external-dns": {
    in: "cluster",
    rules: [rule(["services", "nodes"], ["get", "list", "watch"]), rule(["ingresses"], ["get", "list", "watch"], ["networking.k8s.io"])],
  },
  "cert-manager": {
    in: "cluster",
    rules: [
      rule(["secrets"], ["get", "list", "watch", "create", "update"]),
      rule(["certificates", "issuers"], ["get", "list", "watch", "update"], ["cert-manager.io"]),
    ],
  },
  "cluster-autoscaler": { in: "cluster", rules: [rule(["nodes", "pods"], ["get", "list", "watch", "update"])] },
  "external-secrets": {
    in: "cluster",
    rules: [rule(["secrets"], ["get", "list", "watch", "create", "update", "delete"]), rule(["serviceaccounts/token"], ["create"])],
  },
};

type Platform = Pick<ServiceAccount, "serviceIndex" | "bornDaysAgo" | "registered" | "ownership">;

const platformAccounts = (platform: Platform): readonly ServiceAccount[] => [
  {
    ...platform,
    namespace: "kube-system",
    name: "coredns",
    workload: "coredns",
    rules: { in: "cluster", rules: [rule(["services", "pods", "namespaces"], ["list", "watch"])] },
  },
  {
    ...platform,
    namespace: "kube-system",
    name: "metrics-server",
    workload: "metrics-server",
    rules: { in: "cluster", rules: [rule(["nodes/metrics"], ["get"]), rule(["pods", "nodes"], ["get", "list", "watch"])] },
  },
  {
    ...platform,
    namespace: "kube-system",
    name: "generic-garbage-collector",
    rules: { in: "cluster", rules: [rule(["*"], ["get", "list", "watch", "delete"], ["*"])] },
    facts: { "managed.isPlatformManaged": true },
  },
  {
    ...platform,
    namespace: "monitoring",
    name: "prometheus-k8s",
    workload: "prometheus",
    rules: { in: "cluster", rules: [rule(["nodes", "services", "endpoints", "pods"], ["get", "list", "watch"])] },
  },
  {
    ...platform,
    namespace: "monitoring",
    name: "fluent-bit",
    workload: "fluent-bit",
    rules: { in: "cluster", rules: [rule(["namespaces", "pods"], ["get", "list", "watch"])] },
  },
  {
    ...platform,
    namespace: "ingress",
    name: "ingress-nginx",
    workload: "ingress-nginx-controller",
    mountsSecret: true,
    rules: { in: "cluster", rules: [rule(["secrets", "services", "endpoints"], ["get", "list", "watch"])] },
  },
  { ...platform, namespace: "argocd", name: "argocd-repo-server", workload: "argocd-repo-server", mountsSecret: true },
  {
    ...platform,
    namespace: "argocd",
    name: "argocd-server",
    workload: "argocd-server",
    rules: { in: "cluster", rules: [rule(["*"], ["get", "delete", "patch"], ["*"])] },
  },
];

/** What every cluster of the company runs. */
export const coreServiceAccounts = (world: World, cluster: Cluster): readonly Nhi[] => {
  const account = awsAccountOf(world, cluster.awsAccount.index);
  const platform = { serviceIndex: 4, bornDaysAgo: 420, registered: true, ownership: presentOwner(world, 100 + cluster.index) } as const;
  const accounts: ServiceAccount[] = [
    ...CLOUD_SERVICE_ACCOUNTS.map((sa): ServiceAccount => ({
      ...platform,
      namespace: sa.namespace,
      name: sa.name,
      workload: sa.name,
      rules: cloudRights[sa.role],
      awsRole: iamArn(account.id, "role", irsaRoleName(cluster.name, sa.role)),
    })),
    ...platformAccounts(platform),
  ];
  return accounts.map((sa) => serviceAccountNhi(world.seed, cluster, sa));
};
