import type { AccessGraph } from "../types.ts";
import { forgetRadii, holdRadii } from "./blast-radius.ts";
import { compactGraph } from "./compact-graph.ts";
import type { CompactGraph } from "./compact-graph.ts";
import type { CompactEdge } from "./incremental-graph.ts";
import { incrementalReach, startIncrementalReach } from "./incremental-reach.ts";
import type { EditOutcome, ReachState } from "./incremental-reach.ts";

/** What following a graph came to. */
export interface Followed {
  /** Edges that went or came. */
  readonly edges: number;
  /** Why everything was computed again; null when only what the edges touch was. */
  readonly rebuilt: EditOutcome["rebuilt"];
}

/**
 * What the graph of a workspace reaches, kept from one version to the next: where they have the same nodes, only what the changed edges
 * touch is computed again. `blastRadiusOfAll` of the version followed last answers from here, exactly as a full computation would.
 */
export class HeldReach {
  #graph: AccessGraph;
  #state: ReachState;

  constructor(graph: AccessGraph) {
    this.#graph = graph;
    this.#state = startIncrementalReach(compactGraph(graph));
    holdRadii(graph, this.#state.stats);
  }

  /** Goes on to the next version. The one before is answered from nothing again. */
  follow(graph: AccessGraph): Followed {
    const [before, after] = [compactGraph(this.#graph), compactGraph(graph)];
    const isSame = sameNodes(this.#graph, graph) && sameAttributes(before, after);
    const edit = isSame ? edgesBetween(before, after) : null;
    forgetRadii(this.#graph);
    this.#graph = graph;
    let rebuilt: Followed["rebuilt"] = "nodes";
    if (edit === null) this.#state = startIncrementalReach(after);
    else rebuilt = edit.removed.length + edit.added.length === 0 ? null : incrementalReach(this.#state, edit).rebuilt;
    holdRadii(graph, this.#state.stats);
    return { edges: edit === null ? after.targets.length : edit.removed.length + edit.added.length, rebuilt };
  }
}

const sameNodes = (a: AccessGraph, b: AccessGraph): boolean =>
  a.nodes.length === b.nodes.length && a.nodes.every((node, index) => node.key === b.nodes[index]!.key);

const sameAttributes = (a: CompactGraph, b: CompactGraph): boolean =>
  sameNumbers(a.weights, b.weights) &&
  sameNumbers(a.flags, b.flags) &&
  sameNumbers(a.environmentOf, b.environmentOf) &&
  a.environments.join("\n") === b.environments.join("\n");

const sameNumbers = (a: ArrayLike<number>, b: ArrayLike<number>): boolean => {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
};

/** Edges are alike by their ends and tag; of equal ones as many count as there are. */
function edgesBetween(before: CompactGraph, after: CompactGraph): { readonly removed: CompactEdge[]; readonly added: CompactEdge[] } {
  const [removed, added]: [CompactEdge[], CompactEdge[]] = [[], []];
  const balance = new Map<number, number>();
  for (let node = 0; node < before.nodeCount; node++) {
    if (sameRow(before, after, node)) continue;
    balance.clear();
    count(before, node, -1, balance);
    count(after, node, 1, balance);
    for (const [key, copies] of balance) {
      const edge = { from: node, to: Math.floor(key / tagRoom), tag: key % tagRoom };
      for (let copy = 0; copy < Math.abs(copies); copy++) (copies < 0 ? removed : added).push(edge);
    }
  }
  return { removed, added };
}

const tagRoom = 256;

function count({ offsets, targets, tags }: CompactGraph, node: number, by: 1 | -1, balance: Map<number, number>): void {
  for (let e = offsets[node]!; e < offsets[node + 1]!; e++) {
    const key = targets[e]! * tagRoom + tags[e]!;
    balance.set(key, (balance.get(key) ?? 0) + by);
  }
}

function sameRow(a: CompactGraph, b: CompactGraph, node: number): boolean {
  const [first, other] = [a.offsets[node]!, b.offsets[node]!];
  const size = a.offsets[node + 1]! - first;
  if (b.offsets[node + 1]! - other !== size) return false;
  for (let at = 0; at < size; at++)
    if (a.targets[first + at] !== b.targets[other + at] || a.tags[first + at] !== b.tags[other + at]) return false;
  return true;
}
