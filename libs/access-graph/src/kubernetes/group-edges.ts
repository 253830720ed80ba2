import { derivedNode } from "../derived-node.ts";
import { evidence } from "../edge-builder.ts";
import type { BuildContext } from "../edge-builder.ts";
import type { ClusterMap } from "./cluster-map.ts";

/**
 * Built-in groups: every service account is in three of them, strangers in one, and system:masters is above RBAC. Answers the groups of each
 * service account.
 */
export function groupEdges({ draft }: BuildContext, map: ClusterMap): ReadonlyMap<string, readonly string[]> {
  const groupsOf = new Map<string, string[]>();
  for (const { located, at } of map.things) {
    if (located.kind !== "resource" || at.kind !== "Group") continue;
    const add = (from: string, detail: string): void => {
      draft.addEdge({
        from,
        to: located.key,
        kind: "MEMBER_OF",
        conditional: false,
        level: null,
        why: evidence([{ ref: located.entity.ref, detail }]),
      });
    };
    if (at.name === "system:masters") {
      draft.addEdge({
        from: located.key,
        to: map.cluster(at.cluster),
        kind: "OWNS",
        conditional: false,
        level: null,
        why: evidence([{ ref: located.entity.ref, detail: "system:masters is not limited by RBAC" }]),
      });
    }
    if (at.name === "system:authenticated" && at.cluster.startsWith("gke_")) {
      add(
        draft.addNode({
          ...derivedNode("external:google:anyone", "anyone with a Google account"),
          kind: "external",
          subkind: "external",
          provider: "gcp",
        }),
        "on Google's clusters every signed-in Google account counts as authenticated",
      );
    }
    if (at.name === "system:unauthenticated") {
      add(
        draft.addNode({
          ...derivedNode(`external:k8s:${at.cluster}:anonymous`, `anyone who can reach the API server of ${at.cluster}`, {
            account: at.cluster,
          }),
          kind: "external",
          subkind: "external",
          provider: "kubernetes",
        }),
        "anonymous requests",
      );
    }
    const namespace = at.name.startsWith("system:serviceaccounts:") ? at.name.slice("system:serviceaccounts:".length) : null;
    const isEveryAccount = at.name === "system:serviceaccounts" || at.name === "system:authenticated";
    if (namespace === null && !isEveryAccount) continue;
    for (const other of map.things) {
      if (at.name === "system:authenticated" && other.at.kind === "User" && other.at.cluster === at.cluster)
        add(other.located.key, "everyone who is signed in is in this group");
      if (other.located.kind !== "identity" || other.at.cluster !== at.cluster || other.at.kind !== "ServiceAccount") continue;
      if (namespace !== null && other.at.namespace !== namespace) continue;
      add(other.located.key, "every service account is in this group");
      groupsOf.set(other.located.key, [...(groupsOf.get(other.located.key) ?? []), located.key]);
    }
  }
  return groupsOf;
}
