import type { StatedFact } from "@rollcall/nhi-model";
import type { Cluster } from "../estate.ts";
import type { Ownership } from "../governance.ts";
import type { Nhi } from "../nhi.ts";
import { uuidOf } from "../random.ts";
import type { GrantStatement, ResourceStatement } from "../statement.ts";
import { k8sRef, mountsSecret, roleBinding, roleResource, runsAs } from "./dialect.ts";
import type { RbacRule } from "./dialect.ts";

export const PLATFORM_NAMESPACES = [
  "kube-system",
  "argocd",
  "monitoring",
  "cert-manager",
  "external-dns",
  "external-secrets",
  "ingress",
  "ci",
  "legacy",
] as const;

export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
  readonly serviceIndex: number;
  readonly bornDaysAgo: number;
  readonly quietSinceDaysAgo?: number | null;
  readonly registered?: boolean;
  readonly ownership?: Ownership;
  readonly facts?: Readonly<Record<string, StatedFact>>;
  /** Rights of its own: one role and one binding of the same name. `cluster` = cluster-wide. */
  readonly rules?: { readonly in: "namespace" | "cluster"; readonly rules: readonly RbacRule[] };
  /** Name of an existing cluster role. */
  readonly clusterRole?: { readonly name: string; readonly in: "namespace" | "cluster" };
  /** Name of the workload that runs as it; none = nothing runs. */
  readonly workload?: string;
  readonly mountsSecret?: boolean;
  /** AWS role it signs in to through the issuer of the cluster. */
  readonly awsRole?: string;
  /** Long-lived token kept in a Secret, by age. */
  readonly tokenDaysAgo?: number;
}

const workloadOf = (
  cluster: Cluster,
  sa: ServiceAccount,
  ref: string,
): { readonly resources: ResourceStatement[]; readonly grants: GrantStatement[] } => {
  if (sa.workload === undefined) return { resources: [], grants: [] };
  const workload = k8sRef(cluster.name, sa.namespace, "Deployment", sa.workload);
  const secret = k8sRef(cluster.name, sa.namespace, "Secret", `${sa.workload}-env`);
  const own = { provider: "kubernetes", account: cluster.name, environment: cluster.environment } as const;
  return {
    resources: [
      {
        ...own,
        ref: workload,
        resourceKind: "workload",
        name: `${sa.namespace}/${sa.workload}`,
        attributes: { namespace: sa.namespace, workloadKind: "Deployment" },
      },
      ...(sa.mountsSecret === true
        ? [
            {
              ...own,
              ref: secret,
              resourceKind: "secret" as const,
              name: `${sa.namespace}/${sa.workload}-env`,
              weight: cluster.environment === "prod" ? 35 : 5,
              reason: "secret of a workload",
              attributes: { namespace: sa.namespace },
            },
          ]
        : []),
    ],
    grants: [runsAs(workload, ref), ...(sa.mountsSecret === true ? [mountsSecret(workload, secret)] : [])],
  };
};

const rightsOf = (
  cluster: Cluster,
  sa: ServiceAccount,
  ref: string,
): { readonly resources: ResourceStatement[]; readonly grants: GrantStatement[] } => {
  const resources: ResourceStatement[] = [];
  const grants: GrantStatement[] = [];
  if (sa.rules !== undefined) {
    const roleNamespace = sa.rules.in === "cluster" ? null : sa.namespace;
    const role = roleResource(cluster.name, roleNamespace, roleNamespace === null ? `${sa.namespace}-${sa.name}` : sa.name, sa.rules.rules);
    resources.push(role);
    grants.push(roleBinding(cluster.name, roleNamespace, { name: role.name, from: ref, to: role.ref }));
  }
  if (sa.clusterRole !== undefined) {
    const to = k8sRef(cluster.name, null, "ClusterRole", sa.clusterRole.name);
    grants.push(
      roleBinding(cluster.name, sa.clusterRole.in === "cluster" ? null : sa.namespace, {
        name: `${sa.name}-${sa.clusterRole.name}`,
        from: ref,
        to,
      }),
    );
  }
  return { resources, grants };
};

export const serviceAccountNhi = (seed: number, cluster: Cluster, sa: ServiceAccount): Nhi => {
  const ref = k8sRef(cluster.name, sa.namespace, "ServiceAccount", sa.name);
  const workload = workloadOf(cluster, sa, ref);
  const rights = rightsOf(cluster, sa, ref);
  const runs = sa.workload !== undefined;
  return {
    ref,
    nativeId: uuidOf(seed, ref),
    identityKind: "workload",
    name: `${sa.namespace}/${sa.name}`,
    provider: "kubernetes",
    account: cluster.name,
    serviceIndex: sa.serviceIndex,
    bornDaysAgo: sa.bornDaysAgo,
    environment: cluster.environment,
    ...(sa.registered === undefined ? {} : { registered: sa.registered }),
    ...(sa.ownership === undefined ? {} : { ownership: sa.ownership }),
    // A cluster keeps no record of use: only a service account with a token in a Secret has a last-used label.
    ...(sa.quietSinceDaysAgo === undefined ? {} : { quietSinceDaysAgo: sa.quietSinceDaysAgo }),
    facts: {
      "usage.lastUsedAt": { unknown: "not_offered" },
      "workload.status": runs ? "running" : { unknown: "not_collected" },
      "access.isDefaultIdentity": sa.name === "default",
      "auth.interactiveLoginEnabled": false,
      "auth.methods": ["service_account_token"],
      "thirdParty.external": false,
      "managed.isPlatformManaged": false,
      "logging.enabled": true,
      "logging.attributable": true,
      ...sa.facts,
    },
    attributes: { namespace: sa.namespace, ...(sa.awsRole === undefined ? {} : { irsaRoleArn: sa.awsRole }) },
    resources: [...workload.resources, ...rights.resources],
    grants: [
      ...workload.grants,
      ...rights.grants,
      ...(sa.awsRole === undefined ? [] : [{ dialect: "direct", grantKind: "FEDERATES_TO", from: ref, to: sa.awsRole } as const]),
    ],
    credentials:
      sa.tokenDaysAgo === undefined
        ? []
        : [
            {
              ref: `${k8sRef(cluster.name, sa.namespace, "Secret", `${sa.name}-token`)}#token`,
              credentialKind: "token",
              name: `${sa.name}-token`,
              bornDaysAgo: sa.tokenDaysAgo,
              rotateEveryDays: 0,
              lifetimeDays: null,
              facts: { storage: "platform", approvedStore: true, rotationAutomated: false },
            },
          ],
  };
};
