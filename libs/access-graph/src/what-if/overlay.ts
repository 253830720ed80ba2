import { namedByPolicy } from "../derived-node.ts";
import { byText } from "../order.ts";
import type { AccessGraph, GraphEdge, Ground } from "../types.ts";
import { stateWithout } from "../ways.ts";

export interface Removal {
  readonly grounds: ReadonlySet<Ground>;
  /** Nodes that go with everything that touches them. */
  readonly nodes?: ReadonlySet<number>;
  /** Edges that go although they rest on nothing removable. */
  readonly drops?: (edge: GraphEdge) => boolean;
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
}

/** What a removal does to the edges, looking only at those that rest on it. */
export function edgeChanges(graph: AccessGraph, grounds: ReadonlySet<Ground>): EdgeChanges {
  const byGround = edgesByGround(graph);
  const touched = new Set<number>();
  for (const ground of grounds) for (const edge of byGround.get(ground) ?? []) touched.add(edge);
  const gone: number[] = [];
  const weakened: number[] = [];
  const isDead = (ground: Ground): boolean => grounds.has(ground);
  for (const id of [...touched].sort((a, b) => a - b)) {
    const edge = graph.edges[id]!;
    const state = stateWithout(edge, isDead);
    if (state === "gone") gone.push(id);
    else if (state === "conditional" && !edge.conditional) weakened.push(id);
  }
  return { gone, weakened };
}

/** The graph without what is removed. Nodes keep their numbers; one that loses its place in the inventory stays, alone and weightless. */
export function overlay(graph: AccessGraph, { grounds, nodes, drops }: Removal): AccessGraph {
  const { gone, weakened } = edgeChanges(graph, grounds);
  const [isGone, isWeak] = [new Set(gone), new Set(weakened)];
  const hadWay = new Set<number>();
  const hasWay = new Set<number>();
  const edges: GraphEdge[] = [];
  graph.edges.forEach((edge, id) => {
    hadWay.add(edge.to);
    if (isGone.has(id) || nodes?.has(edge.from) === true || nodes?.has(edge.to) === true || drops?.(edge) === true) return;
    hasWay.add(edge.to);
    edges.push(remaining(edge, grounds, isWeak.has(id)));
  });
  const vanishes = (index: number): boolean =>
    nodes?.has(index) === true ||
    (graph.nodes[index]!.weightReason?.startsWith(namedByPolicy) === true && hadWay.has(index) && !hasWay.has(index));
  const kept = graph.nodes.map((node, index) => (node.weight > 0 && vanishes(index) ? { ...node, weight: 0, tierZero: false } : node));
  return { ...graph, nodes: kept, edges, totalWeight: kept.reduce((sum, node) => sum + 10 * node.weight, 0) };
}

/** The edge with the ways that are left, so that the next question starts from what is true now. */
function remaining(edge: GraphEdge, grounds: ReadonlySet<Ground>, isWeak: boolean): GraphEdge {
  const { ways } = edge.why;
  const rests =
    ways?.some((way) => way.some((need) => need.some((alternative) => alternative.some((ground) => grounds.has(ground))))) === true;
  if (!rests) return edge;
  const left = ways!
    .map((way) => way.map((need) => need.filter((alternative) => !alternative.some((ground) => grounds.has(ground)))))
    .filter((way) => way.every((need) => need.length > 0));
  const conditions = isWeak ? ["what made it certain is removed; what is left holds only under a condition"] : edge.why.conditions;
  return { ...edge, conditional: edge.conditional || isWeak, why: { ...edge.why, conditions, ways: left } };
}

/** Grounds by themselves in one order, for whoever lists them. */
export const sortedGrounds = (grounds: Iterable<Ground>): Ground[] => [...grounds].sort(byText);
