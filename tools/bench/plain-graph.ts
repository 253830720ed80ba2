import type { CompactGraph } from "@rollcall/access-graph";

/** What anyone would write first with the graph in typed arrays: the baselines that ours is measured against. Edges are alike, nodes count one. */
export interface PlainGraph {
  readonly nodes: number;
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
}

/** Every edge of the graph, conditional or not. */
export const plainGraph = ({ nodeCount, offsets, targets }: CompactGraph): PlainGraph => ({ nodes: nodeCount, offsets, targets });

/** Breadth-first search from one node; returns how many others it reaches. */
export const searcher = ({ nodes, offsets, targets }: PlainGraph): ((source: number) => number) => {
  const seen = new Int32Array(nodes).fill(-1);
  const queue = new Int32Array(nodes);
  return (source) => {
    let [head, tail] = [0, 1];
    queue[0] = source;
    seen[source] = source;
    while (head < tail) {
      const node = queue[head++]!;
      for (let e = offsets[node]!; e < offsets[node + 1]!; e += 1) {
        const to = targets[e]!;
        if (seen[to] === source) continue;
        seen[to] = source;
        queue[tail++] = to;
      }
    }
    return tail - 1;
  };
};

export interface Condensed {
  readonly components: number;
  readonly sizes: Int32Array;
  readonly componentOf: Int32Array;
  readonly offsets: Int32Array;
  readonly successors: Int32Array;
}

/** Components by Tarjan's algorithm and the distinct edges between them: about the least any exact method has to do. */
export const tarjanAndCondense = (graph: PlainGraph): Condensed => {
  const { nodes, offsets, targets } = graph;
  const componentOf = new Int32Array(nodes).fill(-1);
  const order = new Int32Array(nodes);
  const low = new Int32Array(nodes);
  const cursor = offsets.slice(0, nodes);
  const [open, path, members] = [new Int32Array(nodes), new Int32Array(nodes), new Int32Array(nodes)];
  const starts = new Int32Array(nodes + 1);
  let [openTop, pathTop, clock, components, placed] = [0, 0, 0, 0, 0];
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
        } else if (componentOf[to] === -1 && order[to]! < low[node]!) low[node] = order[to]!;
        continue;
      }
      pathTop -= 1;
      if (pathTop > 0 && low[node]! < low[path[pathTop - 1]!]!) low[path[pathTop - 1]!] = low[node]!;
      if (low[node] === order[node]) {
        while (componentOf[node] === -1) {
          const member = open[--openTop]!;
          componentOf[member] = components;
          members[placed++] = member;
        }
        starts[++components] = placed;
      }
    }
  }
  return { ...edgesBetween(graph, { componentOf, members, starts, components }), components, componentOf };
};

interface Parts {
  readonly componentOf: Int32Array;
  readonly members: Int32Array;
  readonly starts: Int32Array;
  readonly components: number;
}

const edgesBetween = (
  { offsets, targets }: PlainGraph,
  { componentOf, members, starts, components }: Parts,
): Pick<Condensed, "offsets" | "successors" | "sizes"> => {
  const stamp = new Int32Array(components).fill(-1);
  const rows = new Int32Array(components + 1);
  const sizes = new Int32Array(components);
  const successors = new Int32Array(targets.length);
  let count = 0;
  for (let c = 0; c < components; c += 1) {
    for (let m = starts[c]!; m < starts[c + 1]!; m += 1) {
      const node = members[m]!;
      for (let e = offsets[node]!; e < offsets[node + 1]!; e += 1) {
        const next = componentOf[targets[e]!]!;
        if (next === c || stamp[next] === c) continue;
        stamp[next] = c;
        successors[count++] = next;
      }
    }
    sizes[c] = starts[c + 1]! - starts[c]!;
    rows[c + 1] = count;
  }
  return { offsets: rows, successors, sizes };
};

const blockWords = 64;

/** Reach counts by one dense bit row per component, a block of columns at a time; `passes` limits how many blocks are done. Returns the blocks there are. */
export const denseBitset = (graph: Condensed, passes = Infinity): number => {
  const { components, sizes, offsets, successors } = graph;
  const blocks = Math.ceil(components / (blockWords * 32));
  const rows = new Uint32Array(components * blockWords);
  const reach = new Float64Array(components);
  for (let block = 0; block < Math.min(blocks, passes); block += 1) {
    rows.fill(0);
    const first = block * blockWords * 32;
    for (let c = first; c < components; c += 1) {
      const at = c * blockWords;
      if (c < first + blockWords * 32) rows[at + ((c - first) >>> 5)]! |= 1 << ((c - first) & 31);
      for (let s = offsets[c]!; s < offsets[c + 1]!; s += 1) {
        const other = successors[s]! * blockWords;
        if (successors[s]! < first) continue;
        for (let w = 0; w < blockWords; w += 1) rows[at + w]! |= rows[other + w]!;
      }
      for (let w = 0; w < blockWords; w += 1) {
        let bits = rows[at + w]!;
        bits -= (bits >>> 1) & 0x55555555;
        bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
        reach[c]! += (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
      }
    }
  }
  if (sizes.length !== components) throw new Error("sizes and rows differ");
  return blocks;
};
