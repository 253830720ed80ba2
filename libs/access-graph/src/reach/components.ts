import { notControl } from "./compact-graph.ts";
import type { CompactGraph } from "./compact-graph.ts";
import type { Bound } from "./graph-index.ts";

/** Strongly connected components of the control edges. Numbered so that every edge between components goes from a higher to a lower number. */
export interface Components {
  readonly count: number;
  readonly of: Int32Array;
  /** Those below were numbered before and keep their number. */
  readonly first: number;
  /** Nodes of component c, from `first` on: `members[starts[c - first]] .. members[starts[c - first + 1] - 1]`. */
  readonly members: Int32Array;
  readonly starts: Int32Array;
  /** By component from `first` on: how many edges arrive from other components, repetitions counted. */
  readonly readers: Int32Array;
}

/**
 * Tarjan's algorithm with an explicit stack: real graphs are deeper than the call stack. With `kept`, only nodes marked -1
 * there are numbered, which are so many as are `missing`; the others must not reach them.
 */
export function controlComponents(
  graph: CompactGraph,
  bound: Bound,
  kept?: { readonly of: Int32Array; readonly count: number; readonly missing: number },
): Components {
  const { nodeCount, offsets, targets, tags } = graph;
  const skip = notControl[bound];
  const of = kept?.of ?? new Int32Array(nodeCount).fill(-1);
  const [order, low] = [new Int32Array(nodeCount), new Int32Array(nodeCount)];
  const cursor = offsets.slice(0, nodeCount);
  const { count: first, missing } = kept ?? { count: 0, missing: nodeCount };
  const [open, path, members] = [new Int32Array(missing), new Int32Array(missing), new Int32Array(missing)];
  const [starts, readers] = [new Int32Array(missing + 1), new Int32Array(missing)];
  let [openCount, pathCount, visited, count, placed] = [0, 0, 0, first, 0];
  for (let root = 0; root < nodeCount; root++) {
    if (of[root] !== -1) continue;
    order[root] = low[root] = ++visited;
    open[openCount++] = path[pathCount++] = root;
    while (pathCount > 0) {
      const node = path[pathCount - 1]!;
      const end = offsets[node + 1]!;
      let at = cursor[node]!;
      let lowest = low[node]!;
      let entered = -1;
      for (; at < end; at++) {
        if ((tags[at]! & skip) !== 0) continue;
        const target = targets[at]!;
        if (of[target] !== -1) {
          if (of[target]! >= first) readers[of[target]! - first]!++;
          continue;
        }
        if (order[target] === 0) {
          entered = target;
          at++;
          break;
        }
        if (order[target]! < lowest) lowest = order[target]!;
      }
      cursor[node] = at;
      low[node] = lowest;
      if (entered !== -1) {
        order[entered] = low[entered] = ++visited;
        open[openCount++] = path[pathCount++] = entered;
        continue;
      }
      pathCount--;
      if (pathCount > 0 && lowest < low[path[pathCount - 1]!]!) low[path[pathCount - 1]!] = lowest;
      if (lowest !== order[node]) continue;
      let member: number;
      do {
        member = open[--openCount]!;
        of[member] = count;
        members[placed++] = member;
      } while (member !== node);
      // The edge by which it was entered; all others are met when it has its number.
      if (pathCount > 0) readers[count - first]!++;
      starts[++count - first] = placed;
    }
  }
  return { count, of, first, members, starts, readers };
}
