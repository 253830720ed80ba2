import { levelPoints } from "../reach/graph-index.ts";
import type { AccessGraph, GraphEdge } from "../types.ts";
import type { LostEdge, LostEdges } from "./what-if-types.ts";

/** More say nothing new about whether a plan was carried out, and would fill the store. */
const keptEdges = 2_000;

type Strength = LostEdge["keeps"][number];

const strengthOf = ({ kind, level, conditional }: GraphEdge): Strength => ({
  points: kind === "ACCESSES" ? levelPoints[level ?? "read"] : 0,
  conditional,
});
const meaningOf = ({ nodes }: AccessGraph, { from, to, kind, why }: GraphEdge): string =>
  nameOf({ from: nodes[from]!.key, to: nodes[to]!.key, kind, technique: why.technique });
const nameOf = ({ from, to, kind, technique }: Omit<LostEdge, "keeps">): string => `${from}\n${to}\n${kind}\n${technique ?? ""}`;

/** Whether what is left gives as much, as surely. */
const covers = (left: readonly Strength[], edge: Strength): boolean =>
  left.some(({ points, conditional }) => points >= edge.points && (edge.conditional || !conditional));

function strengths(graph: AccessGraph): Map<string, Strength[]> {
  const byMeaning = new Map<string, Strength[]>();
  for (const edge of graph.edges) {
    const known = byMeaning.get(meaningOf(graph, edge));
    if (known === undefined) byMeaning.set(meaningOf(graph, edge), [strengthOf(edge)]);
    else known.push(strengthOf(edge));
  }
  return byMeaning;
}

/**
 * Edges of the first graph that the second lacks or has only weaker, in words that outlive both. Evenly chosen where there are too many
 * to keep.
 */
export function lostEdges(before: AccessGraph, after: AccessGraph): LostEdges {
  const left = strengths(after);
  const lost = new Map<string, LostEdge>();
  for (const edge of before.edges) {
    const meaning = meaningOf(before, edge);
    const keeps = left.get(meaning) ?? [];
    if (covers(keeps, strengthOf(edge))) continue;
    const { kind, why } = edge;
    lost.set(meaning, { from: before.nodes[edge.from]!.key, to: before.nodes[edge.to]!.key, kind, technique: why.technique, keeps });
  }
  const edges = [...lost.values()];
  const step = Math.max(1, edges.length / keptEdges);
  const kept = edges.length <= keptEdges ? edges : Array.from({ length: keptEdges }, (_, index) => edges[Math.floor(index * step)]!);
  return { edges: kept, total: edges.length };
}

/** Those of the edges that the graph still has, or has again, stronger than they were to be left. */
export function standingEdges(graph: AccessGraph, { edges }: LostEdges): readonly LostEdge[] {
  const wanted = new Map(edges.map((edge) => [nameOf(edge), edge]));
  const standing = new Set<LostEdge>();
  for (const edge of graph.edges) {
    const lost = wanted.get(meaningOf(graph, edge));
    if (lost !== undefined && !covers(lost.keeps, strengthOf(edge))) standing.add(lost);
  }
  return [...standing];
}
