import { namedByPolicy } from "../derived-node.ts";
import { byText } from "../order.ts";
import { graphIndex } from "../reach/graph-index.ts";
import type { AccessGraph, GraphEdge, Ground } from "../types.ts";
import { stateWithout } from "../ways.ts";

export interface Removal {
  readonly grounds: ReadonlySet<Ground>;
  /** Nodes that go with everything that touches them. */
  readonly nodes?: ReadonlySet<number>;
  /** Edges that go although they rest on nothing removable. */
  readonly edges?: readonly number[];
}

/** Which edges rest on a ground. Built once per graph. */
const indexes = new WeakMap<AccessGraph, ReadonlyMap<Ground, readonly number[]>>();

export function edgesByGround(graph: AccessGraph): ReadonlyMap<Ground, readonly number[]> {
  const known = indexes.get(graph);
  if (known !== undefined) return known;
  const byGround = new Map<Ground, number[]>();
  graph.edges.forEach((edge, id) => {
    for (const way of edge.why.ways ?? [])
      for (const need of way)
        for (const alternative of need)
          for (const ground of alternative) {
            const list = byGround.get(ground);
            if (list === undefined) byGround.set(ground, [id]);
            else if (list[list.length - 1] !== id) list.push(id);
          }
  });
  indexes.set(graph, byGround);
  return byGround;
}

export interface EdgeChanges {
  /** Ascending edge numbers. */
  readonly gone: readonly number[];
  /** Edges that were certain and become conditional. */
  readonly weakened: readonly number[];
  /** Edges that lose a way and stay what they are. */
  readonly kept: readonly number[];
}

/** What a removal does to the edges, looking only at those that rest on it. */
export function edgeChanges(graph: AccessGraph, grounds: ReadonlySet<Ground>): EdgeChanges {
  const byGround = edgesByGround(graph);
  const touched = new Set<number>();
  for (const ground of grounds) for (const edge of byGround.get(ground) ?? []) touched.add(edge);
  const [gone, weakened, kept]: [number[], number[], number[]] = [[], [], []];
  const isDead = (ground: Ground): boolean => grounds.has(ground);
  for (const id of [...touched].sort((a, b) => a - b)) {
    const edge = graph.edges[id]!;
    const state = stateWithout(edge, isDead);
    (state === "gone" ? gone : state === "conditional" && !edge.conditional ? weakened : kept).push(id);
  }
  return { gone, weakened, kept };
}

/** The graph without what is removed. Nodes keep their numbers; one that loses its place in the inventory stays, alone and weightless. */
export function overlay(graph: AccessGraph, { grounds, nodes = new Set(), edges = [] }: Removal): AccessGraph {
  const { gone, weakened, kept } = edgeChanges(graph, grounds);
  const dead = new Set([...gone, ...edges]);
  for (const node of nodes) for (const edge of edgesAt(graph, node)) dead.add(edge);
  const weak = new Set(weakened);
  const changed = new Map([...kept, ...weakened].map((id) => [id, remaining(graph.edges[id]!, grounds, weak.has(id))]));
  const after = graph.edges.slice();
  for (const [id, edge] of changed) after[id] = edge;
  const left = dead.size === 0 ? after : after.filter((_, id) => !dead.has(id));
  const vanished = new Set([...nodes, ...namedNoMore(graph, dead)]);
  if (vanished.size === 0) return { ...graph, edges: left };
  const remainingNodes = graph.nodes.slice();
  for (const node of vanished) remainingNodes[node] = { ...graph.nodes[node]!, weight: 0, tierZero: false };
  return { ...graph, nodes: remainingNodes, edges: left, totalWeight: remainingNodes.reduce((sum, { weight }) => sum + 10 * weight, 0) };
}

function edgesAt(graph: AccessGraph, node: number): number[] {
  const { incoming, outgoing } = graphIndex(graph);
  return [incoming, outgoing].flatMap(({ offsets, edgeIds }) => [...edgeIds.subarray(offsets[node], offsets[node + 1])]);
}

/** Nodes that are there because a policy names them, and that nothing leads to any more. */
function namedNoMore(graph: AccessGraph, dead: ReadonlySet<number>): number[] {
  const { to, incoming } = graphIndex(graph);
  const named = new Set([...dead].map((edge) => to[edge]!).filter((node) => graph.nodes[node]!.weightReason?.startsWith(namedByPolicy)));
  return [...named].filter((node) =>
    incoming.edgeIds.subarray(incoming.offsets[node], incoming.offsets[node + 1]).every((edge) => dead.has(edge)),
  );
}

/** The edge with the ways that are left, so that the next question starts from what is true now. */
function remaining(edge: GraphEdge, grounds: ReadonlySet<Ground>, isWeak: boolean): GraphEdge {
  const left = edge.why
    .ways!.map((way) => way.map((need) => need.filter((alternative) => !alternative.some((ground) => grounds.has(ground)))))
    .filter((way) => way.every((need) => need.length > 0));
  const conditions = isWeak ? ["what made it certain is removed; what is left holds only under a condition"] : edge.why.conditions;
  return { ...edge, conditional: edge.conditional || isWeak, why: { ...edge.why, conditions, ways: left } };
}

/** Grounds by themselves in one order, for whoever lists them. */
export const sortedGrounds = (grounds: Iterable<Ground>): Ground[] => [...grounds].sort(byText);
