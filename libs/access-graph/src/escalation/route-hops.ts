import { graphIndex } from "../reach/graph-index.ts";
import { hopSentence } from "../reach/shortest-path.ts";
import type { AccessGraph, EdgeEvidence, EdgeKind, GraphEdge } from "../types.ts";

/** One way to take a hop. */
export interface EscalationWay {
  readonly kind: EdgeKind;
  readonly technique: string | null;
  readonly conditional: boolean;
  readonly facts: EdgeEvidence["facts"];
  readonly conditions: readonly string[];
  readonly sentence: string;
}

/** From one thing to the next. Scopes that stand for a class ("all roles that trust the service") are folded into the hop. */
export interface EscalationHop {
  readonly from: number;
  readonly to: number;
  /** The best one first: certain before conditional, then by technique. */
  readonly ways: readonly [EscalationWay, ...EscalationWay[]];
}

/** Edges of a path as hops, each with every other way of taking it. */
export function routeHops(graph: AccessGraph, edges: readonly GraphEdge[]): readonly EscalationHop[] {
  const hops: EscalationHop[] = [];
  for (let at = 0; at < edges.length; at++) {
    const first = edges[at]!;
    const second = edges[at + 1];
    const folded = second !== undefined && foldable(graph, first, second) ? second : null;
    if (folded !== null) at += 1;
    const chosen = stepOf(graph, first, folded);
    const to = (folded ?? first).to;
    const others = waysBetween(graph, first.from, to).filter((way) => meaning(way) !== meaning(chosen));
    hops.push({ from: first.from, to, ways: bestFirst([chosen, ...others]) });
  }
  return hops;
}

/** A derived scope between two nodes says nothing by itself: one of its two edges carries the technique. */
const foldable = (graph: AccessGraph, first: GraphEdge, second: GraphEdge): boolean =>
  isScope(graph, first.to) && (first.why.technique === null || second.why.technique === null);

const isScope = (graph: AccessGraph, node: number): boolean => {
  const { entityId, subkind, tierZero } = graph.nodes[node]!;
  return entityId === null && subkind === "scope" && !tierZero;
};

function stepOf(graph: AccessGraph, first: GraphEdge, second: GraphEdge | null): EscalationWay {
  const lead = second !== null && first.why.technique === null && second.kind !== "CONTAINS" ? second : first;
  const facts = [...first.why.facts, ...(second?.why.facts ?? [])];
  const conditions = [...new Set([...first.why.conditions, ...(second?.why.conditions ?? [])])];
  const conditional = first.conditional || second?.conditional === true;
  const technique = first.why.technique ?? second?.why.technique ?? null;
  const [from, to] = [graph.nodes[first.from]!, graph.nodes[(second ?? first).to]!];
  const sentence = hopSentence({ ...lead, conditional, why: { technique, facts, conditions } }, from, to);
  return { kind: lead.kind, technique, conditional, facts, conditions, sentence };
}

/** Every way from one node to another in one hop, straight or through one scope. */
function waysBetween(graph: AccessGraph, from: number, to: number): EscalationWay[] {
  const { outgoing } = graphIndex(graph);
  const ways: EscalationWay[] = [];
  for (let e = outgoing.offsets[from]!; e < outgoing.offsets[from + 1]!; e++) {
    const edge = graph.edges[outgoing.edgeIds[e]!]!;
    if (edge.kind === "ACCESSES") continue;
    if (edge.to === to) ways.push(stepOf(graph, edge, null));
    else if (isScope(graph, edge.to)) {
      for (const member of edgesBetween(graph, edge.to, to)) if (foldable(graph, edge, member)) ways.push(stepOf(graph, edge, member));
    }
  }
  return bestFirst(ways);
}

/** Edges are kept sorted by source, then target: the run of one target is found by halving. */
function edgesBetween(graph: AccessGraph, from: number, to: number): GraphEdge[] {
  const { outgoing } = graphIndex(graph);
  let [low, high] = [outgoing.offsets[from]!, outgoing.offsets[from + 1]!];
  const end = high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (graph.edges[outgoing.edgeIds[middle]!]!.to < to) low = middle + 1;
    else high = middle;
  }
  const found: GraphEdge[] = [];
  for (let e = low; e < end && graph.edges[outgoing.edgeIds[e]!]!.to === to; e++) {
    const edge = graph.edges[outgoing.edgeIds[e]!]!;
    if (edge.kind !== "ACCESSES") found.push(edge);
  }
  return found;
}

const meaning = (way: EscalationWay): string => `${way.kind}\n${way.technique ?? ""}`;

/** One way per kind and technique; of several the certain one. */
function bestFirst(ways: readonly EscalationWay[]): [EscalationWay, ...EscalationWay[]] {
  const sorted = ways.toSorted((a, b) => Number(a.conditional) - Number(b.conditional));
  const seen = new Set<string>();
  return sorted.filter((way) => !seen.has(meaning(way)) && seen.add(meaning(way)) !== undefined) as [EscalationWay, ...EscalationWay[]];
}
