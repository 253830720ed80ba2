import { derivedNode } from "../derived-node.ts";
import { evidence } from "../edge-builder.ts";
import type { BuildContext } from "../edge-builder.ts";
import type { EdgeKind } from "../types.ts";
import type { ClusterMap, KubernetesThing } from "./cluster-map.ts";

/**
 * Built-in groups: every service account is in three of them, strangers in one, and system:masters is above RBAC. Answers the groups of each
 * service account, and what strangers are: the anonymous user and its group.
 */
export function groupEdges(context: BuildContext, map: ClusterMap): ReadonlyMap<string, readonly string[]> {
  const groupsOf = new Map<string, string[]>();
  const subjects = new Subjects(map);
  for (const subject of map.things) {
    if (subject.located.kind !== "resource") continue;
    const outsider = addOutsiders(context, subject);
    if (outsider !== null) groupsOf.set(outsider, [...(groupsOf.get(outsider) ?? []), subject.located.key]);
    if (subject.at.kind !== "Group") continue;
    addAboveRbac(context, map, subject);
    for (const key of addMembers(context, subjects, subject)) groupsOf.set(key, [...(groupsOf.get(key) ?? []), subject.located.key]);
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

/** Users and groups that stand for people nobody listed; answers the node of those people. */
function addOutsiders(context: BuildContext, { located, at }: KubernetesThing): string | null {
  const outsider = (key: string, label: string, detail: string): string => {
    const account = key.startsWith("external:k8s:") ? at.cluster : null;
    const provider = account === null ? "gcp" : "kubernetes";
    const from = context.draft.addNode({ ...derivedNode(key, label, { account, provider }), kind: "external", subkind: "external" });
    add(context, { from, kind: "MEMBER_OF", to: located.key }, { ref: located.entity.ref, detail });
    return from;
  };
  if (isAnonymous(at) || (at.kind === "Group" && at.name === "system:unauthenticated"))
    return outsider(`external:k8s:${at.cluster}:anonymous`, `anyone who can reach the API server of ${at.cluster}`, "anonymous requests");
  if (at.kind === "Group" && at.name === "system:authenticated" && at.cluster.startsWith("gke_"))
    return outsider(
      "external:google:anyone",
      "anyone with a Google account",
      "on Google's clusters every signed-in Google account counts as authenticated",
    );
  return null;
}

/** Whom the API server takes a request without credentials for: the one user who is not signed in. */
const isAnonymous = ({ kind, name }: KubernetesThing["at"]): boolean => kind === "User" && name === "system:anonymous";

/** Who may be in a built-in group, sorted out once for each cluster. */
class Subjects {
  readonly #map: ClusterMap;
  readonly #byCluster = new Map<
    string,
    { readonly everyone: readonly KubernetesThing[]; readonly accounts: ReadonlyMap<string | null, readonly KubernetesThing[]> }
  >();

  constructor(map: ClusterMap) {
    this.#map = map;
  }

  /** Service accounts of a namespace, or of all when it is null. */
  accounts(cluster: string, namespace: string | null): readonly KubernetesThing[] {
    const { everyone, accounts } = this.#of(cluster);
    return namespace === null ? everyone.filter(isAccount) : (accounts.get(namespace) ?? []);
  }

  /** Service accounts and users, without those who are not signed in. */
  everyone(cluster: string): readonly KubernetesThing[] {
    return this.#of(cluster).everyone;
  }

  #of(cluster: string) {
    let known = this.#byCluster.get(cluster);
    if (known === undefined) {
      const everyone = this.#map
        .thingsOf(cluster)
        .filter((thing) => isAccount(thing) || (thing.at.kind === "User" && !isAnonymous(thing.at)));
      known = { everyone, accounts: Map.groupBy(everyone.filter(isAccount), ({ at }) => at.namespace) };
      this.#byCluster.set(cluster, known);
    }
    return known;
  }
}

const isAccount = ({ located, at }: KubernetesThing): boolean => located.kind === "identity" && at.kind === "ServiceAccount";

/** Answers the service accounts among the members. */
function addMembers(context: BuildContext, subjects: Subjects, { located, at }: KubernetesThing): string[] {
  const ofNamespace = "system:serviceaccounts:";
  const namespace = at.name.startsWith(ofNamespace) ? at.name.slice(ofNamespace.length) : null;
  const isEveryone = at.name === "system:authenticated";
  if (namespace === null && !isEveryone && at.name !== "system:serviceaccounts") return [];
  const members: string[] = [];
  for (const other of isEveryone ? subjects.everyone(at.cluster) : subjects.accounts(at.cluster, namespace)) {
    const detail = isAccount(other) ? "every service account is in this group" : "everyone who is signed in is in this group";
    add(context, { from: other.located.key, kind: "MEMBER_OF", to: located.key }, { ref: located.entity.ref, detail });
    if (isAccount(other)) members.push(other.located.key);
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
