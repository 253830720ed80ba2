/** Words of file names that say what is listed, not where from. */
const generic = new Set([
  "kubernetes",
  "k8s",
  "kubectl",
  "cluster",
  "all",
  "export",
  "exports",
  "dump",
  "rbac",
  "manifest",
  "manifests",
  "objects",
  "resources",
  "list",
  "output",
  "get",
  "service",
  "serviceaccount",
  "serviceaccounts",
  "account",
  "accounts",
  "sa",
  "role",
  "roles",
  "clusterrole",
  "clusterroles",
  "binding",
  "bindings",
  "rolebinding",
  "rolebindings",
  "clusterrolebinding",
  "clusterrolebindings",
  "pod",
  "pods",
  "deployment",
  "deployments",
  "deploy",
  "statefulset",
  "statefulsets",
  "daemonset",
  "daemonsets",
  "replicaset",
  "replicasets",
  "job",
  "jobs",
  "cronjob",
  "cronjobs",
  "secret",
  "secrets",
  "namespace",
  "namespaces",
  "ns",
  "workload",
  "workloads",
  "iam",
  "identities",
  "aws",
  "auth",
  "configmap",
  "configmaps",
  "access",
  "entry",
  "entries",
]);

/**
 * The name of the cluster a file is about: given by the sender; else the file's own name (`prod-eu.json`); else, for names that only say
 * what is listed (`pods.yaml`), the folder; else `kubernetes`. A kubectl listing does not contain the name of its cluster.
 */
export function clusterNameOf(fileName: string, hint: string | null): string {
  if (hint !== null && hint.trim() !== "") return tidy(hint.trim());
  const segments = fileName.split(/[\\/]/);
  for (const segment of segments.reverse().slice(0, 2)) {
    const stem = segment.replace(/\.(?:json|ya?ml|zip|gz|txt)$/gi, "");
    if (stem !== "" && !isGeneric(stem)) return tidy(stem);
  }
  return nameless;
}

const nameless = "kubernetes";
export const isNamelessCluster = (name: string): boolean => name === nameless;

const isGeneric = (stem: string): boolean =>
  stem
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .every((word) => word === "" || generic.has(word) || /^\d+$/.test(word));
/** A slash would break references apart. */
const tidy = (name: string): string => name.replace(/[/\s|#]+/g, "-").slice(0, 128);
