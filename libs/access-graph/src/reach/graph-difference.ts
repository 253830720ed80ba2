import type { AccessGraph, GraphEdge } from "../types.ts";
import { graphIndex } from "./graph-index.ts";

/** Two states of one workspace, compared by the keys of nodes and by what edges mean. */
export interface GraphDifference {
  /** By node of the first: its number in the second, or -1. */
  readonly numberIn: Int32Array;
  /** Edges of the first, by number, that the second lacks or has only under a condition. */
  readonly lost: readonly number[];
  /** Edges of the second, by number, that the first lacks or has only under a condition. */
  readonly gained: readonly number[];
}

/** Costs one look at every edge; words are made only for nodes whose edges differ. */
export function graphDifference(before: AccessGraph, after: AccessGraph): GraphDifference {
  const numberIn = numbersIn(before, after);
  const [rowsBefore, rowsAfter] = [graphIndex(before).outgoing, graphIndex(after).outgoing];
  const [lost, gained]: [number[], number[]] = [[], []];
  const known = new Uint8Array(after.nodes.length);
  for (let node = 0; node < before.nodes.length; node++) {
    const now = numberIn[node]!;
    const mine = rowsBefore.edgeIds.subarray(rowsBefore.offsets[node], rowsBefore.offsets[node + 1]);
    if (now < 0) {
      for (const edge of mine) lost.push(edge);
      continue;
    }
    known[now] = 1;
    const theirs = rowsAfter.edgeIds.subarray(rowsAfter.offsets[now], rowsAfter.offsets[now + 1]);
    if (sameEdges({ before, after, numberIn }, mine, theirs)) continue;
    for (const edge of weaker(before, mine, strongest(after, theirs))) lost.push(edge);
    for (const edge of weaker(after, theirs, strongest(before, mine))) gained.push(edge);
  }
  for (let node = 0; node < known.length; node++) {
    if (known[node] === 1) continue;
    for (const edge of rowsAfter.edgeIds.subarray(rowsAfter.offsets[node], rowsAfter.offsets[node + 1])) gained.push(edge);
  }
  return { numberIn, lost, gained };
}

function numbersIn(before: AccessGraph, after: AccessGraph): Int32Array {
  if (before.indexByKey === after.indexByKey) return Int32Array.from({ length: before.nodes.length }, (_, node) => node);
  return Int32Array.from(before.nodes, ({ key }) => after.indexByKey.get(key) ?? -1);
}

/** Both in canonical order, as edges of one node always are. */
function sameEdges(
  { before, after, numberIn }: { readonly before: AccessGraph; readonly after: AccessGraph; readonly numberIn: Int32Array },
  mine: Int32Array,
  theirs: Int32Array,
): boolean {
  if (mine.length !== theirs.length) return false;
  for (let at = 0; at < mine.length; at++) {
    const [a, b] = [before.edges[mine[at]!]!, after.edges[theirs[at]!]!];
    if (numberIn[a.to] !== b.to) return false;
    if (a === b) continue;
    if (a.conditional !== b.conditional || a.kind !== b.kind || a.level !== b.level || a.why.technique !== b.why.technique) return false;
  }
  return true;
}

/** By meaning: is it there under a condition only? */
function strongest(graph: AccessGraph, edges: Int32Array): ReadonlyMap<string, boolean> {
  const conditional = new Map<string, boolean>();
  for (const id of edges) {
    const edge = graph.edges[id]!;
    const meaning = meaningOf(graph, edge);
    conditional.set(meaning, edge.conditional && conditional.get(meaning) !== false);
  }
  return conditional;
}

const weaker = (graph: AccessGraph, edges: Int32Array, there: ReadonlyMap<string, boolean>): Int32Array =>
  edges.filter((id) => {
    const edge = graph.edges[id]!;
    const conditional = there.get(meaningOf(graph, edge));
    return conditional === undefined || (conditional && !edge.conditional);
  });

/** Of an edge among those that leave one node. */
const meaningOf = ({ nodes }: AccessGraph, { to, kind, level, why }: GraphEdge): string =>
  `${nodes[to]!.key}\n${kind}\n${level ?? ""}\n${why.technique ?? ""}`;
