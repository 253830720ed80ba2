import { evidence } from "../edge-builder.ts";
import type { BuildContext } from "../edge-builder.ts";
import type { ClusterMap } from "./cluster-map.ts";
import type { RbacRef } from "./rbac-ref.ts";
import { grantedNames, isEverything } from "./rbac-rules.ts";
import type { RbacRule } from "./rbac-rules.ts";
import { rbacTechniques } from "./rbac-techniques.ts";
import type { RbacTechnique } from "./rbac-techniques.ts";

export interface BoundRole {
  readonly key: string;
  readonly ref: string;
  readonly cluster: string;
  /** Null = bound cluster-wide. */
  readonly namespace: string | null;
  readonly rules: readonly RbacRule[];
}

/** What a role gives where it is bound. RBAC only adds, so the role itself can be the hub of everyone who holds it. */
export function roleEdges({ draft }: BuildContext, map: ClusterMap, role: BoundRole): void {
  const { cluster, namespace, key, ref } = role;
  if (role.rules.some(isEverything)) {
    const to = namespace === null ? map.cluster(cluster) : map.namespace(cluster, namespace);
    draft.addEdge({
      from: key,
      to,
      kind: "OWNS",
      conditional: false,
      level: null,
      why: evidence([{ ref, detail: "every verb on every resource" }]),
    });
    return;
  }
  for (const technique of rbacTechniques) {
    if (technique.clusterWideOnly === true && namespace !== null) continue;
    const names = technique.needs.map((need) => grantedNames(role.rules, need));
    if (names.includes(null)) continue;
    const detail = technique.needs.map((need) => `${need.verbs.join(" or ")} ${need.resource}`).join(" and ");
    const why = evidence([{ ref, detail }], technique.id);
    for (const to of targetsOf(map, role, { technique, names: names as ("all" | readonly string[])[] })) {
      draft.addEdge({ from: key, to, kind: technique.edge, conditional: false, level: null, why });
    }
  }
  const writesSecrets = grantedNames(role.rules, { apiGroup: "", resource: "secrets", verbs: ["update", "patch", "delete"] });
  if (writesSecrets === "all") {
    draft.addEdge({
      from: key,
      to: map.scope(cluster, namespace, "secrets"),
      kind: "ACCESSES",
      conditional: false,
      level: "write",
      why: evidence([{ ref, detail: "update, patch or delete secrets" }]),
    });
  }
}

function targetsOf(
  map: ClusterMap,
  { cluster, namespace }: BoundRole,
  { technique, names }: { technique: RbacTechnique; names: readonly ("all" | readonly string[])[] },
): string[] {
  if (technique.gains === "cluster") return names.every((each) => each === "all") ? [map.cluster(cluster)] : [];
  if (technique.gains === "control")
    return names.every((each) => each === "all") ? [namespace === null ? map.cluster(cluster) : map.namespace(cluster, namespace)] : [];
  const narrowed = names.find((each): each is readonly string[] => each !== "all");
  if (narrowed === undefined) return [map.scope(cluster, namespace, technique.gains)];
  if (technique.byName !== true) return [];
  const kind = technique.gains === "secrets" ? "Secret" : "ServiceAccount";
  const places = namespace === null ? map.namespaces(cluster) : [namespace];
  return places.flatMap((place) =>
    narrowed.flatMap((name) => map.named({ cluster, namespace: place, kind, name } satisfies RbacRef) ?? []),
  );
}
