import type { AccessLevel } from "@rollcall/nhi-model";
import { byText } from "../order.ts";
import type { AccessGraph, ReachedAsset } from "../types.ts";
import { graphIndex } from "./graph-index.ts";
import type { Bound } from "./graph-index.ts";

export interface Reach {
  /** By contribution, largest first; rows that are not conditional add up to the lower blast radius. */
  readonly assets: readonly ReachedAsset[];
  /** Identities it controls without conditions, by node number, without itself. */
  readonly identities: readonly number[];
  /** Identities it controls only if some condition holds. */
  readonly conditionalIdentities: readonly number[];
}

/** Everything one node reaches, by breadth-first search over the control edges and one last access step. */
export function reachOf(graph: AccessGraph, node: number): Reach {
  const [least, most] = [search(graph, node, "min"), search(graph, node, "max")];
  const assets = [...most.points.keys()].map((asset): ReachedAsset => {
    const found = least.points.get(asset) ?? most.points.get(asset)!;
    return {
      node: asset,
      level: levelOf(found.points),
      conditional: !least.points.has(asset),
      hops: found.hops,
      contribution: graph.nodes[asset]!.weight * found.points,
    };
  });
  assets.sort(
    (a, b) =>
      b.contribution - a.contribution ||
      Number(a.conditional) - Number(b.conditional) ||
      byText(graph.nodes[a.node]!.key, graph.nodes[b.node]!.key),
  );
  const controlled = (hops: Int32Array): number[] =>
    graph.nodes.flatMap((each, index) => (each.kind === "identity" && index !== node && hops[index]! >= 0 ? [index] : []));
  const identities = controlled(least.hops);
  return { assets, identities, conditionalIdentities: controlled(most.hops).filter((index) => least.hops[index]! < 0) };
}

/** A rule of thumb (graph.md E3): what an asset adds shrinks by `factor` per hop after the first. It orders lists and is never a score. */
export const decayed = (contribution: number, hops: number, factor = 0.8): number => contribution * factor ** Math.max(0, hops - 1);

const levelOf = (points: number): AccessLevel => (points >= 10 ? "admin" : points >= 8 ? "write" : "read");

interface Found {
  points: number;
  hops: number;
}

function search(graph: AccessGraph, start: number, bound: Bound): { hops: Int32Array; points: Map<number, Found> } {
  const {
    nodeCount,
    to,
    conditional,
    accessLevel,
    outgoing: { offsets, edgeIds },
  } = graphIndex(graph);
  const hops = new Int32Array(nodeCount).fill(-1);
  const points = new Map<number, Found>();
  const note = (asset: number, found: Found): void => {
    if (asset === start || graph.nodes[asset]!.weight === 0) return;
    const known = points.get(asset);
    if (known === undefined) points.set(asset, found);
    else {
      known.points = Math.max(known.points, found.points);
      known.hops = Math.min(known.hops, found.hops);
    }
  };
  const queue = [start];
  hops[start] = 0;
  for (const node of queue) {
    note(node, { points: 10, hops: hops[node]! });
    for (let e = offsets[node]!; e < offsets[node + 1]!; e++) {
      const edge = edgeIds[e]!;
      if (bound === "min" && conditional[edge] !== 0) continue;
      const target = to[edge]!;
      if (accessLevel[edge] !== 0) note(target, { points: accessLevel[edge]!, hops: hops[node]! + 1 });
      else if (hops[target] === -1) {
        hops[target] = hops[node]! + 1;
        queue.push(target);
      }
    }
  }
  return { hops, points };
}
