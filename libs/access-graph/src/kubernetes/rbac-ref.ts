/** A ref of the Kubernetes conventions: `k8s:<cluster>/<namespace or _>/<Kind>/<name>`. */
export interface RbacRef {
  readonly cluster: string;
  /** Null for things of the cluster itself. */
  readonly namespace: string | null;
  readonly kind: string;
  readonly name: string;
}

export function parseRbacRef(ref: string): RbacRef | null {
  if (!ref.startsWith(scheme)) return null;
  // Names may contain slashes only in rare user names, cluster names may contain them too: split at the first kind-like part.
  const parts = ref.slice(scheme.length).split("/");
  let kindAt = 2;
  while (kindAt < parts.length && !kindLike.test(parts[kindAt]!)) kindAt++;
  if (kindAt + 1 >= parts.length) return null;
  const [cluster, namespace, name] = [joined(parts, 0, kindAt - 1), parts[kindAt - 1]!, joined(parts, kindAt + 1, parts.length)];
  if (cluster === "" || namespace === "" || name === "") return null;
  return { cluster, namespace: namespace === "_" ? null : namespace, kind: parts[kindAt]!, name };
}

const scheme = "k8s:";
const kindLike = /^[A-Z][A-Za-z]+$/;
/** Nearly always one part. */
const joined = (parts: readonly string[], start: number, end: number): string =>
  end - start === 1 ? parts[start]! : parts.slice(start, end).join("/");

export const rbacRef = ({ cluster, namespace, kind, name }: RbacRef): string => `k8s:${cluster}/${namespace ?? "_"}/${kind}/${name}`;
