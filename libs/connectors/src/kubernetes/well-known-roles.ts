export interface RbacRule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs: readonly string[];
}

const readVerbs = ["get", "list", "watch"];
const writeVerbs = ["create", "delete", "deletecollection", "patch", "update"];
const workloads: readonly RbacRule[] = [
  { apiGroups: ["apps"], resources: ["daemonsets", "deployments", "replicasets", "statefulsets"], verbs: readVerbs },
  { apiGroups: ["batch"], resources: ["cronjobs", "jobs"], verbs: readVerbs },
  {
    apiGroups: [""],
    resources: [
      "configmaps",
      "endpoints",
      "persistentvolumeclaims",
      "pods",
      "pods/log",
      "replicationcontrollers",
      "serviceaccounts",
      "services",
      "namespaces",
      "events",
    ],
    verbs: readVerbs,
  },
  { apiGroups: ["networking.k8s.io"], resources: ["ingresses", "networkpolicies"], verbs: readVerbs },
];
const edits: readonly RbacRule[] = [
  {
    apiGroups: [""],
    resources: ["pods/attach", "pods/exec", "pods/portforward", "pods/proxy", "secrets", "services/proxy"],
    verbs: readVerbs,
  },
  { apiGroups: [""], resources: ["serviceaccounts"], verbs: ["impersonate"] },
  { apiGroups: [""], resources: ["serviceaccounts/token"], verbs: ["create"] },
  {
    apiGroups: [""],
    resources: [
      "pods",
      "pods/attach",
      "pods/exec",
      "pods/portforward",
      "pods/proxy",
      "pods/eviction",
      "configmaps",
      "persistentvolumeclaims",
      "replicationcontrollers",
      "secrets",
      "serviceaccounts",
      "services",
      "services/proxy",
    ],
    verbs: writeVerbs,
  },
  { apiGroups: ["apps"], resources: ["daemonsets", "deployments", "replicasets", "statefulsets"], verbs: writeVerbs },
  { apiGroups: ["batch"], resources: ["cronjobs", "jobs"], verbs: writeVerbs },
  { apiGroups: ["networking.k8s.io"], resources: ["ingresses", "networkpolicies"], verbs: writeVerbs },
];

/**
 * What the four user-facing cluster roles of every cluster allow, shortened to what matters for reach. Extensions may
 * aggregate more rules into admin, edit and view, so these are a floor.
 */
export const wellKnownRoles: Readonly<Record<string, readonly RbacRule[]>> = {
  "cluster-admin": [
    { apiGroups: ["*"], resources: ["*"], verbs: ["*"] },
    { nonResourceURLs: ["*"], verbs: ["*"] },
  ],
  admin: [
    ...workloads,
    ...edits,
    { apiGroups: ["rbac.authorization.k8s.io"], resources: ["rolebindings", "roles"], verbs: [...readVerbs, ...writeVerbs] },
    { apiGroups: ["authorization.k8s.io"], resources: ["localsubjectaccessreviews"], verbs: ["create"] },
  ],
  edit: [...workloads, ...edits],
  view: workloads,
};
