import { lossesBetween } from "./losses-between.ts";
import { graphIndex, levelPoints } from "../reach/graph-index.ts";
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

/**
 * Edges of the first graph that the second lacks or has only weaker, in words that outlive both. Evenly chosen where there are too many
 * to keep.
 */
export function lostEdges(before: AccessGraph, after: AccessGraph): LostEdges {
  const { lost: ids, numberIn } = lossesBetween(before, after);
  const { offsets, edgeIds } = graphIndex(after).outgoing;
  const lost = new Map<string, LostEdge>();
  const left = new Map<number, Map<string, Strength[]>>();
  for (const id of ids) {
    const edge = before.edges[id]!;
    const now = numberIn[edge.from]!;
    if (now >= 0 && !left.has(now)) left.set(now, strengths(after, edgeIds.subarray(offsets[now], offsets[now + 1])));
    const meaning = meaningOf(before, edge);
    const keeps = left.get(now)?.get(meaning) ?? [];
    if (covers(keeps, strengthOf(edge))) continue;
    const { kind, why } = edge;
    lost.set(meaning, { from: before.nodes[edge.from]!.key, to: before.nodes[edge.to]!.key, kind, technique: why.technique, keeps });
  }
  const edges = [...lost.values()];
  const step = Math.max(1, edges.length / keptEdges);
  const kept = edges.length <= keptEdges ? edges : Array.from({ length: keptEdges }, (_, index) => edges[Math.floor(index * step)]!);
  return { edges: kept, total: edges.length };
}

function strengths(graph: AccessGraph, edges: Int32Array): Map<string, Strength[]> {
  const byMeaning = new Map<string, Strength[]>();
  for (const id of edges) {
    const edge = graph.edges[id]!;
    const meaning = meaningOf(graph, edge);
    const known = byMeaning.get(meaning);
    if (known === undefined) byMeaning.set(meaning, [strengthOf(edge)]);
    else known.push(strengthOf(edge));
  }
  return byMeaning;
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
