import type { Bound, GraphIndex } from "./graph-index.ts";

/** Strongly connected components of the control edges. Numbered so that every edge between components goes from a higher to a lower number. */
export interface Components {
  readonly count: number;
  readonly of: Int32Array;
}

/** Tarjan's algorithm with an explicit stack: real graphs are deeper than the call stack. */
export function controlComponents(index: GraphIndex, bound: Bound): Components {
  const {
    nodeCount,
    to,
    conditional,
    accessLevel,
    outgoing: { offsets, edgeIds },
  } = index;
  const of = new Int32Array(nodeCount).fill(-1);
  const order = new Int32Array(nodeCount);
  const low = new Int32Array(nodeCount);
  const cursor = offsets.slice(0, nodeCount);
  const open = new Int32Array(nodeCount);
  const path = new Int32Array(nodeCount);
  let [openCount, pathCount, visited, count] = [0, 0, 0, 0];
  const enter = (node: number): void => {
    order[node] = low[node] = ++visited;
    open[openCount++] = node;
    path[pathCount++] = node;
  };
  for (let root = 0; root < nodeCount; root++) {
    if (order[root] !== 0) continue;
    enter(root);
    while (pathCount > 0) {
      const node = path[pathCount - 1]!;
      if (cursor[node]! < offsets[node + 1]!) {
        const edge = edgeIds[cursor[node]!++]!;
        if (accessLevel[edge] !== 0 || (bound === "min" && conditional[edge] !== 0)) continue;
        const target = to[edge]!;
        if (order[target] === 0) enter(target);
        else if (of[target] === -1 && order[target]! < low[node]!) low[node] = order[target]!;
        continue;
      }
      pathCount--;
      if (pathCount > 0 && low[node]! < low[path[pathCount - 1]!]!) low[path[pathCount - 1]!] = low[node]!;
      if (low[node] !== order[node]) continue;
      let member: number;
      do {
        member = open[--openCount]!;
        of[member] = count;
      } while (member !== node);
      count++;
    }
  }
  return { count, of };
}
