import { exposureOf, graphIndex, levelPoints } from "@rollcall/access-graph";
import type { AccessGraph } from "@rollcall/access-graph";

/** `out`: from the node along the edges; `in`: from the node against them. */
export type Direction = "out" | "in";

/** Everything one node reaches (or is reached by), each with one way there: what the picture is drawn from. */
export interface ReachTree {
  readonly root: number;
  readonly direction: Direction;
  /** Reached nodes by distance, nearest first, then by number; the root is not among them. */
  readonly order: readonly number[];
  /** Steps from the root; -1 = not reached. */
  readonly hops: Int32Array;
  /** The edge by which each node is reached; -1 for the root and for what is not reached. */
  readonly via: Int32Array;
  /** 1 = reached only if some condition holds. */
  readonly conditional: Uint8Array;
  /** `out`: best level on the node, `in`: best level of the node on the root. 10 = control or admin, 8 = write, 5 = read; certain ways count before conditional ones. */
  readonly points: Uint8Array;
  /** 1 = reached by a last access step only; it leads no further. */
  readonly accessed: Uint8Array;
}

const treesPerGraph = 24;
const cache = new WeakMap<AccessGraph, Map<string, ReachTree>>();

/** Built once per node while the graph is held; the trees used last are kept. */
export function reachTree(graph: AccessGraph, root: number, direction: Direction): ReachTree {
  const trees = cache.get(graph) ?? new Map<string, ReachTree>();
  cache.set(graph, trees);
  const key = `${direction}${root}`;
  const tree = trees.get(key) ?? buildTree(graph, root, direction);
  trees.delete(key);
  trees.set(key, tree);
  for (const oldest of trees.keys()) {
    if (trees.size <= treesPerGraph) break;
    trees.delete(oldest);
  }
  return tree;
}

interface Growing extends Omit<ReachTree, "order"> {
  readonly graph: AccessGraph;
  /** Nodes that lead further, by distance. */
  readonly layers: number[][];
}

/**
 * Breadth first over the unconditional edges, then over all of them for what is left: a certain way is preferred to a shorter one
 * that hangs on a condition, and every node stands one step behind the one it is reached from.
 */
function buildTree(graph: AccessGraph, root: number, direction: Direction): ReachTree {
  const count = graph.nodes.length;
  const growing: Growing = {
    graph,
    root,
    direction,
    hops: new Int32Array(count).fill(-1),
    via: new Int32Array(count).fill(-1),
    conditional: new Uint8Array(count),
    points: new Uint8Array(count),
    accessed: new Uint8Array(count),
    layers: [[root]],
  };
  growing.hops[root] = 0;
  growControl(growing, false);
  growControl(growing, true);
  if (direction === "out") addAccess(growing);
  else addLevels(growing);
  const order: number[] = [];
  for (let node = 0; node < count; node++) if (node !== root && growing.hops[node]! >= 0) order.push(node);
  order.sort((a, b) => growing.hops[a]! - growing.hops[b]! || a - b);
  const { hops, via, conditional, points, accessed } = growing;
  return { root, direction, order, hops, via, conditional, points, accessed };
}

function growControl({ graph, root, direction, hops, via, conditional, points, layers }: Growing, withConditions: boolean): void {
  const index = graphIndex(graph);
  const { offsets, edgeIds } = direction === "out" ? index.outgoing : index.incoming;
  const ends = direction === "out" ? index.to : index.from;
  for (let distance = 0; distance < layers.length; distance++) {
    for (const node of layers[distance]!) {
      for (let e = offsets[node]!; e < offsets[node + 1]!; e++) {
        const edge = edgeIds[e]!;
        if (index.conditional[edge] !== 0 && !withConditions) continue;
        // Access is one last step: forwards it is added afterwards, backwards only the node asked about can be accessed.
        if (index.accessLevel[edge] !== 0 && (direction === "out" || node !== root)) continue;
        const target = ends[edge]!;
        if (hops[target] !== -1) continue;
        hops[target] = distance + 1;
        via[target] = edge;
        conditional[target] = withConditions ? 1 : 0;
        points[target] = 10;
        (layers[distance + 1] ??= []).push(target);
      }
    }
  }
}

/** The last step: assets accessed by what is controlled. Among ways to the same asset a certain one comes before a nearer one. */
function addAccess({ graph, root, hops, via, conditional, points, accessed, layers }: Growing): void {
  const index = graphIndex(graph);
  const { offsets, edgeIds } = index.outgoing;
  const certain = new Uint8Array(graph.nodes.length);
  for (const [distance, layer] of layers.entries()) {
    for (const node of layer) {
      for (let e = offsets[node]!; e < offsets[node + 1]!; e++) {
        const edge = edgeIds[e]!;
        const level = index.accessLevel[edge]!;
        const target = index.to[edge]!;
        if (level === 0 || target === root || graph.nodes[target]!.weight === 0) continue;
        const isCertain = conditional[node] === 0 && index.conditional[edge] === 0;
        const controlled = hops[target] !== -1 && accessed[target] === 0;
        if (controlled) {
          // Controlled if a condition holds, but accessed in any case: it counts as reached.
          if (isCertain && conditional[target] === 1) conditional[target] = 0;
          continue;
        }
        if (hops[target] === -1 || (isCertain && certain[target] === 0)) {
          hops[target] = distance + 1;
          via[target] = edge;
          accessed[target] = 1;
          points[target] = level;
          certain[target] = isCertain ? 1 : 0;
          conditional[target] = isCertain ? 0 : 1;
        } else if (isCertain || certain[target] === 0) points[target] = Math.max(points[target]!, level);
      }
    }
  }
}

/** What each of those who reach the root may do with it. */
function addLevels({ graph, root, points }: Growing): void {
  for (const { node, level } of exposureOf(graph, root, ["identity", "credential", "external", "resource"]))
    points[node] = levelPoints[level];
}
