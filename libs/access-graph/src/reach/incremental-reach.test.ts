import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { conditionalTag } from "./compact-graph.ts";
import type { CompactGraph } from "./compact-graph.ts";
import type { CompactEdge } from "./incremental-graph.ts";
import { incrementalReach, startIncrementalReach } from "./incremental-reach.ts";
import type { AddedNode, GraphEdit, ReachState } from "./incremental-reach.ts";
import { radiusColumn, reachStats } from "./reach-stats.ts";
import type { ReachStats } from "./reach-stats.ts";
import { column, ownShare, readCount } from "./worth.ts";

const environments = ["dev", "prod"];

function compact(nodes: readonly AddedNode[], edges: readonly CompactEdge[]): CompactGraph {
  const offsets = new Int32Array(nodes.length + 1);
  const sorted = [...edges].sort((a, b) => a.from - b.from);
  for (const edge of sorted) offsets[edge.from + 1]!++;
  for (let node = 0; node < nodes.length; node++) offsets[node + 1]! += offsets[node]!;
  return {
    nodeCount: nodes.length,
    offsets,
    targets: Int32Array.from(sorted, (edge) => edge.to),
    tags: Uint8Array.from(sorted, (edge) => edge.tag),
    weights: Uint8Array.from(nodes, (node) => node.weight),
    flags: Uint8Array.from(nodes, (node) => node.flags),
    environmentOf: Int32Array.from(nodes, (node) => node.environment),
    environments,
  };
}

/** Everything the statistics say about every node, itself left out. */
function answers(stats: ReachStats): unknown {
  const columns = [
    column.assets,
    column.identities,
    column.sensitive,
    column.tierZero,
    column.firstEnvironment,
    column.firstEnvironment + 1,
  ];
  return (["min", "max"] as const).map((bound) => {
    const { rowOf, lanes } = stats[bound];
    return [
      [...radiusColumn(stats, bound)],
      Array.from(rowOf, (row, node) => {
        const own = ownShare(stats.worth, node);
        return columns.map((which) => readCount(lanes, row * stats.worth.laneCount, which) - readCount(own, 0, which));
      }),
    ];
  });
}

const node = fc.record({
  weight: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 100 })),
  flags: fc.integer({ min: 0, max: 3 }),
  environment: fc.integer({ min: -1, max: 1 }),
});
const edgeOf = (size: number): fc.Arbitrary<CompactEdge> =>
  fc
    .record({ from: fc.nat(size - 1), to: fc.nat(size - 1), points: fc.constantFrom(0, 0, 0, 5, 8, 10), conditional: fc.boolean() })
    .filter(({ from, to }) => from !== to)
    .map(({ from, to, points, conditional }) => ({ from, to, tag: points + (conditional ? conditionalTag : 0) }));

/** A state beside the plain lists that say what it should be the state of. */
interface Twin {
  readonly state: ReachState;
  nodes: AddedNode[];
  edges: CompactEdge[];
}

function apply(twin: Twin, edit: GraphEdit): ReturnType<typeof incrementalReach> {
  const gone = new Set(edit.removedNodes ?? []);
  for (const edge of edit.removed ?? []) {
    const at = twin.edges.findIndex(({ from, to, tag }) => from === edge.from && to === edge.to && tag === edge.tag);
    if (at >= 0) twin.edges.splice(at, 1);
  }
  twin.edges = twin.edges.filter(({ from, to }) => !gone.has(from) && !gone.has(to));
  twin.nodes = [...twin.nodes, ...(edit.addedNodes ?? [])];
  twin.edges.push(...(edit.added ?? []));
  return incrementalReach(twin.state, edit);
}

function draw(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function randomEdit(twin: Twin, pick: (below: number) => number): GraphEdit {
  const size = twin.nodes.length;
  const edge = (): CompactEdge => {
    const from = pick(size);
    const to = (from + 1 + pick(size - 1)) % size;
    return { from, to, tag: [0, 5, 8, 10][pick(4)]! + (pick(4) === 0 ? conditionalTag : 0) };
  };
  const some = twin.edges.length === 0 ? [] : [twin.edges[pick(twin.edges.length)]!];
  switch (pick(12)) {
    case 0:
      return { removedNodes: [pick(size)] };
    case 1:
      return { addedNodes: [{ weight: pick(100), flags: pick(4), environment: pick(3) - 1 }], added: [{ ...edge(), to: size }] };
    case 2:
    case 3:
      return { removed: some, added: some.map((each) => ({ ...each, tag: each.tag ^ conditionalTag })) };
    case 4:
    case 5:
    case 6:
    case 7:
      return { removed: some };
    default:
      return { added: [edge(), ...(pick(3) === 0 ? [edge()] : [])] };
  }
}

/** Three accounts: a root that controls all of it, administrators who control the root, groups that many are in and that have much access. */
function accounts(size: number): CompactEdge[] {
  const edges: CompactEdge[] = [];
  const of = Math.floor(size / 3);
  for (let first = 0; first + of <= size; first += of) {
    const root = first + of - 1;
    for (let node = first; node < root; node++) {
      const group = first + of - 2 - (node % 3);
      edges.push({ from: root, to: node, tag: 0 });
      if (node > first + 200 && node < group) edges.push({ from: node, to: group, tag: 0 });
      if (node < first + 200) edges.push({ from: group, to: node, tag: 5 + 3 * (node % 2) });
    }
    edges.push({ from: first + 300, to: root, tag: 0 }, { from: first + 301, to: root, tag: conditionalTag });
  }
  return edges;
}

/** Mostly access, as in real life: it comes and goes again; now and then control, from above to below so that no circle closes. */
function likelyEdit(twin: Twin, pick: (below: number) => number): GraphEdit {
  const size = twin.nodes.length;
  const [a, b] = [pick(size), pick(size - 1)];
  const [from, to] = b < a ? [a, b] : [b + 1, a];
  const conditional = pick(6) === 0 ? conditionalTag : 0;
  const some = twin.edges[pick(twin.edges.length)]!;
  switch (pick(12)) {
    case 0:
      return { added: [{ from, to, tag: conditional }] };
    case 1:
      return { removed: [some], added: [{ ...some, tag: some.tag ^ conditionalTag }] };
    case 2:
      return { removed: [some] };
    case 3:
    case 4:
    case 5: {
      const access = twin.edges.findLast(({ tag }) => (tag & 15) !== 0);
      return { removed: access === undefined ? [] : [access] };
    }
    default:
      return { added: [{ from, to, tag: [5, 8, 10][pick(3)]! + conditional }] };
  }
}

// Many full computations to compare with: slow on a busy machine.
describe("incremental reach", { timeout: 90_000 }, () => {
  it("equals a full computation after any one edit", () => {
    const graphs = fc.integer({ min: 2, max: 40 }).chain((size) =>
      fc.record({
        nodes: fc.array(node, { minLength: size, maxLength: size }),
        edges: fc.array(edgeOf(size), { maxLength: size * 2 }),
        added: fc.array(edgeOf(size), { maxLength: 3 }),
        pick: fc.nat(),
      }),
    );
    fc.assert(
      fc.property(graphs, ({ nodes, edges, added, pick }) => {
        const twin: Twin = { state: startIncrementalReach(compact(nodes, edges)), nodes, edges: [...edges] };
        apply(twin, { removed: edges.length === 0 ? [] : [edges[pick % edges.length]!], added });
        expect(answers(twin.state.stats)).toEqual(answers(reachStats(compact(twin.nodes, twin.edges))));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    { shape: "sparse", size: 60, perNode: 1, seed: 1 },
    { shape: "tangled", size: 60, perNode: 3, seed: 2 },
    { shape: "layered", size: 400, perNode: 2, seed: 3 },
    { shape: "wide", size: 600, perNode: 2, seed: 4 },
    { shape: "like an estate", size: 1500, perNode: 1, seed: 5 },
  ] as const)("equals a full computation after each of 500 random edits of a graph that is $shape", ({ shape, size, perNode, seed }) => {
    const pick = draw(seed);
    const nodes = Array.from({ length: size }, (): AddedNode => ({
      weight: shape === "like an estate" ? 1 + pick(99) : pick(2) * pick(100),
      flags: pick(4),
      environment: pick(3) - 1,
    }));
    const edges = Array.from({ length: size * perNode }, (): CompactEdge => {
      const [a, b] = [pick(size), pick(size)];
      const ordered = shape !== "sparse" && shape !== "tangled";
      return {
        from: ordered ? Math.max(a, b) : a,
        to: ordered ? Math.min(a, b) : b,
        tag: [0, 5, 8, 10][pick(4)]! + (pick(8) === 0 ? conditionalTag : 0),
      };
    }).filter(({ from, to }) => from !== to);
    if (shape === "like an estate") edges.push(...accounts(size));
    const twin: Twin = { state: startIncrementalReach(compact(nodes, edges)), nodes, edges };
    const outcomes = new Map<string | null, number>();
    for (let round = 0; round < 500; round++) {
      const looked = round % 10 === 0 || size < 100;
      const before = looked ? (answers(twin.state.stats) as unknown[][][]) : [];
      const { changed, rebuilt } = apply(twin, shape === "like an estate" ? likelyEdit(twin, pick) : randomEdit(twin, pick));
      outcomes.set(rebuilt, (outcomes.get(rebuilt) ?? 0) + 1);
      if (!looked) continue;
      const after = answers(twin.state.stats) as unknown[][][];
      expect(after).toEqual(answers(reachStats(compact(twin.nodes, twin.edges))));
      if (changed === null) continue;
      // Whoever is not named reaches what it reached.
      const named = new Set(changed);
      after[0]![0]!.forEach((radius, index) => {
        if (!named.has(index) && (radius !== before[0]![0]![index] || after[1]![0]![index] !== before[1]![0]![index]))
          expect.fail(`node ${index} is not named and reaches something else`);
      });
    }
    expect(answers(twin.state.stats)).toEqual(answers(reachStats(compact(twin.nodes, twin.edges))));
    // Most edits of these graphs must be done in place, or nothing was tested.
    expect(outcomes.get(null) ?? 0).toBeGreaterThan(shape === "tangled" ? 100 : 250);
  });
});
