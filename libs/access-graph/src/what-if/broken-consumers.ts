import { byText } from "../order.ts";
import { lossesBetween } from "./losses-between.ts";
import { graphIndex, levelPoints } from "../reach/graph-index.ts";
import type { AccessGraph, GraphEdge } from "../types.ts";
import type { UsageEvidence } from "./usage-of.ts";
import type { BrokenConsumer } from "./what-if-types.ts";

/** Beyond this many sources every lost edge counts, without asking whether another way leads to the same place. */
const checkedSources = 1_000;

/** Whoever loses something it can do today by an edge of its own, and cannot do as surely in another way afterwards. */
export function brokenConsumers(before: AccessGraph, after: AccessGraph, usage: UsageEvidence): BrokenConsumer[] {
  const lost = Map.groupBy(
    lossesBetween(before, after).lost.map((edge) => before.edges[edge]!),
    (edge) => edge.from,
  );
  const mayCheck = lost.size <= checkedSources;
  const broken: BrokenConsumer[] = [];
  for (const [node, edges] of lost) {
    const { key, kind, entityId } = before.nodes[node]!;
    // Hubs stand for others; those others are listed themselves.
    if (entityId === null && kind === "resource") continue;
    const really = mayCheck ? edges.filter((edge) => !stillGained(before, after, edge)) : edges;
    if (really.length > 0) broken.push({ node: key, edges: really.length, ...usage.of(before, node, really) });
  }
  const order = { used: 0, unknown: 1, unused: 2 } as const;
  return broken.sort((a, b) => order[a.used] - order[b.used] || b.edges - a.edges || byText(a.node, b.node));
}

/** Does another way give the same, at least as surely and at least as much? A hub that came into being counts by what it leads to. */
function stillGained(before: AccessGraph, after: AccessGraph, edge: GraphEdge): boolean {
  const from = after.indexByKey.get(before.nodes[edge.from]!.key);
  const to = after.indexByKey.get(before.nodes[edge.to]!.key);
  if (from === undefined || to === undefined) return false;
  const points = edge.kind === "ACCESSES" ? levelPoints[edge.level ?? "read"] : 0;
  const { to: targets, conditional, accessLevel, outgoing } = graphIndex(after);
  const seen = new Set([from]);
  for (const node of seen) {
    if (node === to) return true;
    for (let e: number = outgoing.offsets[node]!; e < outgoing.offsets[node + 1]!; e++) {
      const id = outgoing.edgeIds[e]!;
      if (!edge.conditional && conditional[id] !== 0) continue;
      if (accessLevel[id] === 0) seen.add(targets[id]!);
      else if (points > 0 && accessLevel[id]! >= points && targets[id] === to) return true;
    }
  }
  return false;
}
