import type { Bindings } from "./bindings.ts";
import { rbacRef } from "./rbac-ref.ts";
import type { RbacGain, RbacTechnique } from "./rbac-techniques.ts";

export interface TechniqueTarget {
  readonly key: string;
  readonly conditions: readonly string[];
}

/** A technique where a role carries it. */
interface Carried {
  readonly technique: RbacTechnique;
  readonly names: "all" | readonly string[];
  readonly cluster: string;
  /** Null = cluster-wide. */
  readonly namespace: string | null;
  readonly sourceId: string;
}

const certain: readonly string[] = [];
const objectKinds: Partial<Record<RbacGain, string>> = { serviceaccounts: "ServiceAccount", workloads: "Pod", users: "User" };

/** The nodes a technique opens, each with what else must hold. */
export function techniqueTargets(bindings: Bindings, carried: Carried): TechniqueTarget[] {
  const own = carried.technique.conditions ?? certain;
  return targets(bindings, carried).map(({ key, conditions }) => ({ key, conditions: [...own, ...conditions] }));
}

function targets(bindings: Bindings, carried: Carried): TechniqueTarget[] {
  const { map } = bindings;
  const { technique, names, cluster, namespace } = carried;
  const sure = (...keys: string[]): TechniqueTarget[] => keys.map((key) => ({ key, conditions: certain }));
  switch (technique.gains) {
    case "cluster":
      return sure(map.cluster(cluster));
    case "control":
      return sure(namespace === null ? map.cluster(cluster) : map.namespace(cluster, namespace));
    case "nodes":
      return nodes(bindings, carried);
    case "groups":
      if (names === "all" || names.includes("system:masters")) return sure(map.cluster(cluster));
      return sure(...names.flatMap((name) => map.named({ cluster, namespace: null, kind: "Group", name }) ?? []));
    case "users":
      if (names === "all") return sure(map.users(cluster));
      return sure(...names.flatMap((name) => map.named({ cluster, namespace: null, kind: "User", name }) ?? []));
    case "clusterroles":
    case "roles":
      return roles(bindings, carried);
    case "serviceaccounts":
    case "workloads":
    case "secrets":
      if (names === "all") return sure(map.scope(cluster, namespace, technique.gains));
      return sure(...namedObjects(bindings, carried, names));
  }
}

function namedObjects({ map }: Bindings, { technique, cluster, namespace }: Carried, names: readonly string[]): string[] {
  const places = namespace === null ? map.namespaces(cluster) : [namespace];
  return places.flatMap((place) =>
    names.flatMap((name) => {
      if (technique.gains === "secrets")
        return (
          (namespace === null ? map.named({ cluster, namespace: place, kind: "Secret", name }) : map.namedSecret(cluster, place, name)) ??
          []
        );
      return map.named({ cluster, namespace: place, kind: objectKinds[technique.gains]!, name }) ?? [];
    }),
  );
}

/** Machines: the named ones, or all; a pod only where the namespace, or some namespace of the cluster, lets it leave its container. */
function nodes({ map, nodes: machines }: Bindings, { technique, names, cluster, namespace }: Carried): TechniqueTarget[] {
  if (names !== "all")
    return names.flatMap((name) => {
      const key = map.named({ cluster, namespace: null, kind: "Node", name });
      return key === undefined ? [] : [{ key, conditions: certain }];
    });
  if (technique.unlessPodSecurity !== true) return [{ key: machines.all(cluster), conditions: certain }];
  const levels = (namespace === null ? map.namespaces(cluster) : [namespace]).map((place) => map.podSecurity(cluster, place));
  if (levels.includes("allowed")) return [{ key: machines.all(cluster), conditions: certain }];
  if (!levels.includes("unknown")) return [];
  const condition =
    namespace === null ? "some namespace of the cluster admits privileged pods" : `namespace ${namespace} admits privileged pods`;
  return [{ key: machines.all(cluster), conditions: [condition] }];
}

/** What one may bind to oneself: every role there is (one of them is cluster-admin), or the named ones. */
function roles(bindings: Bindings, { technique, names, cluster, namespace, sourceId }: Carried): TechniqueTarget[] {
  const { map } = bindings;
  const isClusterRole = technique.gains === "clusterroles";
  if (isClusterRole && (names === "all" || names.includes("cluster-admin")))
    return [{ key: namespace === null ? map.cluster(cluster) : map.namespace(cluster, namespace), conditions: certain }];
  const places = isClusterRole || namespace !== null ? [namespace] : map.namespaces(cluster);
  return places.flatMap((place) => {
    const wanted = names === "all" ? bindings.roles.listed(cluster, "Role", place).map((role) => role.name) : names;
    return wanted.flatMap((name) => {
      const ref = rbacRef({ cluster, namespace: isClusterRole ? null : place, kind: isClusterRole ? "ClusterRole" : "Role", name });
      const role = bindings.at(sourceId, ref, place);
      return role === null ? [] : [{ key: role.key, conditions: certain }];
    });
  });
}
