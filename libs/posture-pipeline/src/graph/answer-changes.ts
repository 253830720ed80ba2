import { changeOf, graphIndex, isAccountRoot } from "@rollcall/access-graph";
import type { AccessGraph, Change } from "@rollcall/access-graph";
import type { OfferedChange } from "../ports/graph-views.ts";
import { changeTitle } from "./change-title.ts";
import type { Names } from "./change-title.ts";
import { nodeNumber, refOfKey } from "./node-view.ts";

const offeredGrants = 60;

/** What somebody could change about one node: its credentials, itself, and what its own access rests on, most edges first. */
export function answerChanges(names: Names, reference: string): readonly OfferedChange[] {
  const { graph } = names;
  const number = nodeNumber(graph, reference);
  const node = graph.nodes[number]!;
  const offer = (group: OfferedChange["group"], note: string, change: Change): OfferedChange => ({
    group,
    note,
    change,
    title: changeTitle(change, names),
  });
  const ofCredential = (credential: string): readonly OfferedChange[] => [
    offer("credential", "it stops working", { kind: "revoke_credential", credential }),
    offer("credential", "copies of the old value stop working, the identity keeps its reach", { kind: "rotate_credential", credential }),
  ];
  if (node.kind === "credential") return ofCredential(node.key);
  const deletion =
    node.kind === "identity" && !isAccountRoot(refOfKey(node.key))
      ? [offer("identity", "with its credentials and grants", { kind: "delete_identity", identity: node.key })]
      : [];
  return [
    ...credentialsOf(graph, number).flatMap(ofCredential),
    ...deletion,
    ...ownGrounds(graph, number).map(([ground, edges]) => {
      const change = changeOfGround(ground)!;
      return offer("grant", edges === 1 ? "1 step rests on it" : `${edges.toLocaleString("en")} steps rest on it`, change);
    }),
  ];
}

function credentialsOf(graph: AccessGraph, identity: number): readonly string[] {
  const { offsets, edgeIds } = graphIndex(graph).incoming;
  const keys: string[] = [];
  for (let e = offsets[identity]!; e < offsets[identity + 1]!; e++) {
    const edge = graph.edges[edgeIds[e]!]!;
    if (edge.kind === "AUTHENTICATES_AS") keys.push(graph.nodes[edge.from]!.key);
  }
  return keys;
}

function ownGrounds(graph: AccessGraph, number: number): readonly (readonly [ground: string, edges: number])[] {
  const { offsets, edgeIds } = graphIndex(graph).outgoing;
  const counts = new Map<string, number>();
  for (let e = offsets[number]!; e < offsets[number + 1]!; e++) {
    const ways = graph.edges[edgeIds[e]!]!.why.ways ?? [];
    for (const ground of new Set(ways.flat(3))) {
      if (changeOfGround(ground) !== null) counts.set(ground, (counts.get(ground) ?? 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, offeredGrants);
}

/** The step that takes a ground away; null for what no single step takes away. */
export function changeOfGround(ground: string): Change | null {
  // Credentials are offered by themselves, with what else can be done about them.
  return ground.startsWith("credential:") ? null : changeOf(ground);
}
