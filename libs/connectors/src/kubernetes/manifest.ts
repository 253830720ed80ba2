import type { ConnectorManifest } from "@rollcall/posture-pipeline";

/** Reads objects, never through a verb that changes something. Secrets are listed by metadata only, see the command. */
const policy = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: rollcall-export
rules:
  - apiGroups: [""]
    resources: [serviceaccounts, namespaces, nodes, pods]
    verbs: [get, list]
  - apiGroups: [apps]
    resources: [deployments, statefulsets, daemonsets, replicasets]
    verbs: [get, list]
  - apiGroups: [batch]
    resources: [jobs, cronjobs]
    verbs: [get, list]
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [roles, clusterroles, rolebindings, clusterrolebindings]
    verbs: [get, list]
`;

const list = (resource: string): string => `list ${resource}`;

export const kubernetesManifest: ConnectorManifest = {
  id: "kubernetes",
  title: "Kubernetes",
  summary: "Service accounts, what roles allow them, which workloads run as them and which Secrets those read.",
  accepts: "JSON or YAML of kubectl get (lists or single objects), plain manifests, and answers of aws eks",
  datasets: [
    { id: "cluster", title: "Cluster", emits: ["resource"], permissions: [] },
    { id: "service_accounts", title: "Service accounts", emits: ["identity", "owner"], permissions: [list("serviceaccounts")] },
    { id: "namespaces", title: "Namespaces", emits: ["resource", "identity"], permissions: [list("namespaces")] },
    { id: "nodes", title: "Nodes", emits: ["resource"], permissions: [list("nodes")] },
    {
      id: "pod_identities",
      title: "Pod identity associations",
      emits: ["grant"],
      permissions: [list("podidentityassociations.eks.services.k8s.aws")],
    },
    {
      id: "cloud_access",
      title: "Access of cloud identities",
      emits: ["grant", "resource"],
      permissions: ["eks:DescribeAccessEntry", "eks:ListAssociatedAccessPolicies", "get configmaps aws-auth"],
    },
    { id: "roles", title: "Roles", emits: ["resource"], permissions: [list("roles")] },
    { id: "cluster_roles", title: "Cluster roles", emits: ["resource"], permissions: [list("clusterroles")] },
    { id: "role_bindings", title: "Role bindings", emits: ["grant", "resource", "identity"], permissions: [list("rolebindings")] },
    {
      id: "cluster_role_bindings",
      title: "Cluster role bindings",
      emits: ["grant", "resource", "identity"],
      permissions: [list("clusterrolebindings")],
    },
    {
      id: "workloads",
      title: "Workloads",
      emits: ["resource", "grant", "identity"],
      permissions: [
        list("pods"),
        list("deployments"),
        list("statefulsets"),
        list("daemonsets"),
        list("jobs"),
        list("cronjobs"),
        list("replicasets"),
      ],
    },
    {
      id: "secrets",
      title: "Secrets (names only)",
      emits: ["resource", "credential", "identity", "grant"],
      permissions: [list("secrets")],
    },
  ],
  howToExport: [
    {
      title: "Identities, roles and workloads of all namespaces",
      command:
        "kubectl get namespaces,nodes,serviceaccounts,roles,clusterroles,rolebindings,clusterrolebindings,pods,deployments,statefulsets,daemonsets,jobs,cronjobs -A -o json > my-cluster.json",
    },
    {
      title: "Optional: Secrets without their values (values are dropped on your side)",
      command:
        "kubectl get secrets -A -o json | jq 'del(.items[].data, .items[].metadata.annotations[\"kubectl.kubernetes.io/last-applied-configuration\"], .items[].metadata.managedFields)' > secrets.json",
    },
    {
      title: "EKS: who of AWS may enter (config map)",
      command: "kubectl get configmap aws-auth -n kube-system -o json > aws-auth.json",
    },
    {
      title: "EKS: who of AWS may enter (access entries)",
      command:
        "aws eks describe-cluster --name CLUSTER > eks-cluster.json; for p in $(aws eks list-access-entries --cluster-name CLUSTER --query 'accessEntries[]' --output text); do aws eks describe-access-entry --cluster-name CLUSTER --principal-arn $p; aws eks list-associated-access-policies --cluster-name CLUSTER --principal-arn $p; done > eks-access-entries.json",
    },
  ],
  leastPrivilegePolicy: policy,
};
