import type { AccessGraph } from "@rollcall/access-graph";

/** The graph as two typed arrays, and what anyone would write first with it: the baselines that ours is measured against. */
export interface PlainGraph {
  readonly nodes: number;
  readonly offsets: Int32Array;
  /** Control edges only, unconditional. */
  readonly targets: Int32Array;
  readonly accessOffsets: Int32Array;
  readonly accessTargets: Int32Array;
}

const rows = (
  nodes: number,
  pairs: readonly (readonly [number, number])[],
): { readonly offsets: Int32Array; readonly targets: Int32Array } => {
  const offsets = new Int32Array(nodes + 1);
  for (const [from] of pairs) offsets[from + 1]! += 1;
  for (let node = 0; node < nodes; node += 1) offsets[node + 1]! += offsets[node]!;
  const next = offsets.slice(0, nodes);
  const targets = new Int32Array(pairs.length);
  for (const [from, to] of pairs) targets[next[from]!++] = to;
  return { offsets, targets };
};

export const plainGraph = (graph: AccessGraph): PlainGraph => {
  const certain = graph.edges.filter((edge) => !edge.conditional);
  const control = rows(
    graph.nodes.length,
    certain.filter((edge) => edge.kind !== "ACCESSES").map((edge) => [edge.from, edge.to] as const),
  );
  const access = rows(
    graph.nodes.length,
    certain.filter((edge) => edge.kind === "ACCESSES").map((edge) => [edge.from, edge.to] as const),
  );
  return { nodes: graph.nodes.length, ...control, accessOffsets: access.offsets, accessTargets: access.targets };
};

/** Breadth-first search from one node; returns how many nodes it reaches (control, then one access step). */
export const searcher = (graph: PlainGraph): ((source: number) => number) => {
  const seen = new Int32Array(graph.nodes).fill(-1);
  const queue = new Int32Array(graph.nodes);
  return (source) => {
    let [head, tail, reached] = [0, 1, 0];
    queue[0] = source;
    seen[source] = source;
    while (head < tail) {
      const node = queue[head++]!;
      for (let e = graph.offsets[node]!; e < graph.offsets[node + 1]!; e += 1) {
        const to = graph.targets[e]!;
        if (seen[to] === source) continue;
        seen[to] = source;
        queue[tail++] = to;
        reached += 1;
      }
    }
    for (let i = 0; i < tail; i += 1) {
      const node = queue[i]!;
      for (let e = graph.accessOffsets[node]!; e < graph.accessOffsets[node + 1]!; e += 1) {
        const to = graph.accessTargets[e]!;
        if (seen[to] === source) continue;
        seen[to] = source;
        reached += 1;
      }
    }
    return reached;
  };
};

/** Components by Tarjan's algorithm and the edges between them: about the least any exact method has to do. Returns their number. */
export const tarjanAndCondense = (graph: PlainGraph): number => {
  const { nodes, offsets, targets } = graph;
  const component = new Int32Array(nodes).fill(-1);
  const order = new Int32Array(nodes);
  const low = new Int32Array(nodes);
  const cursor = offsets.slice(0, nodes);
  const [open, path] = [new Int32Array(nodes), new Int32Array(nodes)];
  let [openTop, pathTop, clock, components] = [0, 0, 0, 0];
  for (let root = 0; root < nodes; root += 1) {
    if (order[root] !== 0) continue;
    order[root] = low[root] = ++clock;
    open[openTop++] = path[pathTop++] = root;
    while (pathTop > 0) {
      const node = path[pathTop - 1]!;
      if (cursor[node]! < offsets[node + 1]!) {
        const to = targets[cursor[node]!++]!;
        if (order[to] === 0) {
          order[to] = low[to] = ++clock;
          open[openTop++] = path[pathTop++] = to;
        } else if (component[to] === -1) low[node] = Math.min(low[node]!, order[to]!);
        continue;
      }
      pathTop -= 1;
      if (pathTop > 0) low[path[pathTop - 1]!] = Math.min(low[path[pathTop - 1]!]!, low[node]!);
      if (low[node] === order[node]) {
        while (component[node] === -1) component[open[--openTop]!] = components;
        components += 1;
      }
    }
  }
  return condensedEdges(graph, component) >= 0 ? components : 0;
};

const condensedEdges = ({ nodes, offsets, targets }: PlainGraph, component: Int32Array): number => {
  const pairs = new Set<number>();
  for (let node = 0; node < nodes; node += 1) {
    for (let e = offsets[node]!; e < offsets[node + 1]!; e += 1) {
      const [from, to] = [component[node]!, component[targets[e]!]!];
      if (from !== to) pairs.add(from * nodes + to);
    }
  }
  return pairs.size;
};
