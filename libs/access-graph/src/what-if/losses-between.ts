import type { AccessGraph, GraphEdge } from "../types.ts";
import { graphIndex } from "../reach/graph-index.ts";
import type { EdgeRows } from "../reach/graph-index.ts";

/** What the second of two states of one workspace lacks, compared by the keys of nodes and by what edges mean. */
export interface Losses {
  /** By node of the first: its number in the second, or -1. */
  readonly numberIn: Int32Array;
  /** Edges of the first, by number, that the second lacks or has only under a condition. */
  readonly lost: readonly number[];
}

/** Costs one look at every edge; words are made only for nodes whose edges differ. */
export function lossesBetween(before: AccessGraph, after: AccessGraph): Losses {
  const numberIn = numbersIn(before, after);
  const [rowsBefore, rowsAfter] = [graphIndex(before).outgoing, graphIndex(after).outgoing];
  const both = { before, after, rowsBefore, rowsAfter, numberIn };
  const lost: number[] = [];
  for (let node = 0; node < before.nodes.length; node++) {
    const now = numberIn[node]!;
    if (now >= 0 && sameEdges(both, node)) continue;
    const there = strongest(after, now < 0 ? [] : rowOf(rowsAfter, now));
    for (const edge of rowOf(rowsBefore, node)) if (isLost(before, edge, there)) lost.push(edge);
  }
  return { numberIn, lost };
}

const rowOf = ({ offsets, edgeIds }: EdgeRows, node: number): readonly number[] => [...edgeIds.subarray(offsets[node], offsets[node + 1])];

function numbersIn(before: AccessGraph, after: AccessGraph): Int32Array {
  const isSame = before.indexByKey === after.indexByKey;
  const numbers = new Int32Array(before.nodes.length);
  before.nodes.forEach(({ key }, node) => (numbers[node] = isSame ? node : (after.indexByKey.get(key) ?? -1)));
  return numbers;
}

interface Compared {
  readonly before: AccessGraph;
  readonly after: AccessGraph;
  readonly rowsBefore: EdgeRows;
  readonly rowsAfter: EdgeRows;
  readonly numberIn: Int32Array;
}

/** Both in canonical order, as edges of one node always are. */
function sameEdges({ before, after, rowsBefore: mine, rowsAfter: theirs, numberIn }: Compared, node: number): boolean {
  const [first, other] = [mine.offsets[node]!, theirs.offsets[numberIn[node]!]!];
  const count = mine.offsets[node + 1]! - first;
  if (theirs.offsets[numberIn[node]! + 1]! - other !== count) return false;
  for (let at = 0; at < count; at++) {
    const [a, b] = [before.edges[mine.edgeIds[first + at]!]!, after.edges[theirs.edgeIds[other + at]!]!];
    if (numberIn[a.to] !== b.to) return false;
    if (a === b) continue;
    if (a.conditional !== b.conditional || a.kind !== b.kind || a.level !== b.level || a.why.technique !== b.why.technique) return false;
  }
  return true;
}

/** By meaning: is it there under a condition only? */
function strongest(graph: AccessGraph, edges: readonly number[]): ReadonlyMap<string, boolean> {
  const conditional = new Map<string, boolean>();
  for (const id of edges) {
    const edge = graph.edges[id]!;
    const meaning = meaningOf(graph, edge);
    conditional.set(meaning, edge.conditional && conditional.get(meaning) !== false);
  }
  return conditional;
}

function isLost(graph: AccessGraph, id: number, there: ReadonlyMap<string, boolean>): boolean {
  const edge = graph.edges[id]!;
  const conditional = there.get(meaningOf(graph, edge));
  return conditional === undefined || (conditional && !edge.conditional);
}

/** Of an edge among those that leave one node. */
const meaningOf = ({ nodes }: AccessGraph, { to, kind, level, why }: GraphEdge): string =>
  `${nodes[to]!.key}\n${kind}\n${level ?? ""}\n${why.technique ?? ""}`;
