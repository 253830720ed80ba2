import { derivedNode } from "../derived-node.ts";
import { evidence } from "../edge-builder.ts";
import type { BuildContext } from "../edge-builder.ts";
import type { EdgeKind } from "../types.ts";
import type { ClusterMap, KubernetesThing } from "./cluster-map.ts";

/**
 * Built-in groups: every service account is in three of them, strangers in one, and system:masters is above RBAC. Answers the groups of each
 * service account.
 */
export function groupEdges(context: BuildContext, map: ClusterMap): ReadonlyMap<string, readonly string[]> {
  const groupsOf = new Map<string, string[]>();
  for (const group of map.things) {
    if (group.located.kind !== "resource" || group.at.kind !== "Group") continue;
    addAboveRbac(context, map, group);
    addOutsiders(context, group);
    for (const key of addMembers(context, map, group)) groupsOf.set(key, [...(groupsOf.get(key) ?? []), group.located.key]);
  }
  return groupsOf;
}

function addAboveRbac(context: BuildContext, map: ClusterMap, group: KubernetesThing): void {
  if (group.at.name !== "system:masters") return;
  const to = map.cluster(group.at.cluster);
  add(
    context,
    { from: group.located.key, kind: "OWNS", to },
    { ref: group.located.entity.ref, detail: "system:masters is not limited by RBAC" },
  );
}

/** Groups that hold people nobody listed. */
function addOutsiders(context: BuildContext, { located, at }: KubernetesThing): void {
  const outsider = (key: string, label: string, detail: string): void => {
    const account = key.startsWith("external:k8s:") ? at.cluster : null;
    const provider = account === null ? "gcp" : "kubernetes";
    const from = context.draft.addNode({ ...derivedNode(key, label, { account, provider }), kind: "external", subkind: "external" });
    add(context, { from, kind: "MEMBER_OF", to: located.key }, { ref: located.entity.ref, detail });
  };
  if (at.name === "system:unauthenticated")
    outsider(`external:k8s:${at.cluster}:anonymous`, `anyone who can reach the API server of ${at.cluster}`, "anonymous requests");
  if (at.name === "system:authenticated" && at.cluster.startsWith("gke_"))
    outsider(
      "external:google:anyone",
      "anyone with a Google account",
      "on Google's clusters every signed-in Google account counts as authenticated",
    );
}

/** Answers the service accounts among the members. */
function addMembers(context: BuildContext, map: ClusterMap, { located, at }: KubernetesThing): string[] {
  const ofNamespace = "system:serviceaccounts:";
  const namespace = at.name.startsWith(ofNamespace) ? at.name.slice(ofNamespace.length) : null;
  const isEveryone = at.name === "system:authenticated";
  if (namespace === null && !isEveryone && at.name !== "system:serviceaccounts") return [];
  const members: string[] = [];
  for (const other of map.things) {
    if (other.at.cluster !== at.cluster) continue;
    const isAccount = other.located.kind === "identity" && other.at.kind === "ServiceAccount";
    if (isAccount ? namespace !== null && other.at.namespace !== namespace : !isEveryone || other.at.kind !== "User") continue;
    const detail = isAccount ? "every service account is in this group" : "everyone who is signed in is in this group";
    add(context, { from: other.located.key, kind: "MEMBER_OF", to: located.key }, { ref: located.entity.ref, detail });
    if (isAccount) members.push(other.located.key);
  }
  return members;
}

function add(
  { draft }: BuildContext,
  { from, kind, to }: { from: string; kind: EdgeKind; to: string },
  fact: { readonly ref: string; readonly detail: string },
): void {
  draft.addEdge({ from, to, kind, conditional: false, level: null, why: evidence([fact]) });
}
