/** A ref of the Kubernetes conventions: `k8s:<cluster>/<namespace or _>/<Kind>/<name>`. */
export interface RbacRef {
  readonly cluster: string;
  /** Null for things of the cluster itself. */
  readonly namespace: string | null;
  readonly kind: string;
  readonly name: string;
}

export function parseRbacRef(ref: string): RbacRef | null {
  const match = /^k8s:(.+)\/([^/]+)\/([A-Za-z]+)\/(.+)$/.exec(ref);
  if (match === null) return null;
  // Names may contain slashes only in rare user names, cluster names may contain them too: split at the first kind-like part.
  const parts = ref.slice("k8s:".length).split("/");
  const kindAt = parts.findIndex((part, index) => index >= 2 && /^[A-Z][A-Za-z]+$/.test(part));
  if (kindAt === -1 || kindAt + 1 >= parts.length) return null;
  const namespace = parts[kindAt - 1]!;
  return {
    cluster: parts.slice(0, kindAt - 1).join("/"),
    namespace: namespace === "_" ? null : namespace,
    kind: parts[kindAt]!,
    name: parts.slice(kindAt + 1).join("/"),
  };
}

export const rbacRef = ({ cluster, namespace, kind, name }: RbacRef): string => `k8s:${cluster}/${namespace ?? "_"}/${kind}/${name}`;
