import type { CompactGraph } from "./compact-graph.ts";
import { IncrementalBound } from "./incremental-bound.ts";
import { IncrementalGraph } from "./incremental-graph.ts";
import type { CompactEdge } from "./incremental-graph.ts";
import { reachItems } from "./reach-items.ts";
import type { ReachItems } from "./reach-items.ts";
import type { ReachStats } from "./reach-stats.ts";

export interface AddedNode {
  readonly weight: number;
  readonly flags: number;
  /** A position in `environments`, or -1. */
  readonly environment: number;
}

/** What changed between two states of a graph. A conditional edge that became certain is one removed and one added. */
export interface GraphEdit {
  readonly removed?: readonly CompactEdge[];
  /** Numbers of nodes that are gone: their edges go with them, their number stays unused. */
  readonly removedNodes?: readonly number[];
  /** They get the next numbers; `added` may name them. */
  readonly addedNodes?: readonly AddedNode[];
  readonly added?: readonly CompactEdge[];
}

export interface EditOutcome {
  /** Nodes that reach something else than before, ascending; null when everything was computed again. */
  readonly changed: readonly number[] | null;
  /** Why everything was. */
  readonly rebuilt: "nodes" | "components" | "large" | "worn" | null;
}

/** Above this part of all components a full pass is as quick. */
const largestShare = 0.01;
const fewest = 64;

/** What everything reaches, kept up to date. Made by `startIncrementalReach`, changed by `incrementalReach`. */
export class ReachState {
  graph: IncrementalGraph;
  items: ReachItems;
  min: IncrementalBound;
  max: IncrementalBound;

  constructor(graph: CompactGraph) {
    this.graph = new IncrementalGraph(graph);
    this.items = reachItems(graph, { allLevels: true });
    this.min = new IncrementalBound(this.graph, this.items, "min");
    this.max = new IncrementalBound(this.graph, this.items, "max");
  }

  rebuild(graph: CompactGraph): void {
    Object.assign(this, new ReachState(graph));
  }

  get stats(): ReachStats {
    const { items, min, max } = this;
    return {
      items,
      min: { rowOf: min.components.of, lanes: min.sets.lanes },
      max: { rowOf: max.components.of, lanes: max.sets.lanes },
      method: "shared",
    };
  }
}

export const startIncrementalReach = (graph: CompactGraph): ReachState => new ReachState(graph);

/**
 * Brings the state up to date with the edit. Exactly what a full computation of the changed graph gives: leaf changes in
 * place, others upward until a set stays the same; a full pass where components change or too much would be touched.
 */
export function incrementalReach(state: ReachState, edit: GraphEdit): EditOutcome {
  const removed = [...(edit.removed ?? []), ...(edit.removedNodes ?? []).flatMap((node) => edgesOf(state.graph, node))];
  if ((edit.addedNodes ?? []).length > 0) return withNewNodes(state, removed, edit);
  const changed = new Set<number>();
  for (const [edges, adding] of [
    [removed, false],
    [edit.added ?? [], true],
  ] as const) {
    const keepsOrder = edges.every((edge) => state.min.keepsOrder(edge, adding) && state.max.keepsOrder(edge, adding));
    for (const edge of edges)
      if (adding) state.graph.add(edge);
      else state.graph.remove(edge);
    const touched = keepsOrder ? touch(state, edges, adding) : null;
    if (touched !== null) {
      for (const node of touched) changed.add(node);
      continue;
    }
    if (!adding) for (const edge of edit.added ?? []) state.graph.add(edge);
    state.rebuild(state.graph.flatten());
    return { changed: null, rebuilt: keepsOrder ? "large" : "components" };
  }
  if (state.min.isWorn || state.max.isWorn) {
    state.rebuild(state.graph.flatten());
    return { changed: [...changed].sort((a, b) => a - b), rebuilt: "worn" };
  }
  return { changed: [...changed].sort((a, b) => a - b), rebuilt: null };
}

/** Nodes whose sets changed, in either bound; null when there would be too many. */
function touch(state: ReachState, edges: readonly CompactEdge[], adding: boolean): number[] | null {
  const nodes: number[] = [];
  for (const bound of [state.min, state.max]) {
    const budget = Math.max(fewest, Math.ceil(bound.components.count * largestShare));
    const components = bound.update(edges, adding, budget);
    if (components === null) return null;
    for (const c of components) nodes.push(...bound.membersOf(c));
  }
  return nodes;
}

function edgesOf(graph: IncrementalGraph, node: number): CompactEdge[] {
  const edges: CompactEdge[] = [];
  graph.each(node, (to, tag) => edges.push({ from: node, to, tag }));
  for (let from = 0; from < graph.base.nodeCount; from++)
    graph.each(from, (to, tag) => {
      if (to === node && from !== node) edges.push({ from, to, tag });
    });
  return edges;
}

function withNewNodes(state: ReachState, removed: readonly CompactEdge[], { addedNodes = [], added = [] }: GraphEdit): EditOutcome {
  for (const edge of removed) state.graph.remove(edge);
  for (const edge of added) state.graph.add(edge);
  const { nodeCount, weights, flags, environmentOf, environments } = state.graph.base;
  state.rebuild(
    state.graph.flatten({
      nodeCount: nodeCount + addedNodes.length,
      weights: Uint8Array.from([...weights, ...addedNodes.map((node) => node.weight)]),
      flags: Uint8Array.from([...flags, ...addedNodes.map((node) => node.flags)]),
      environmentOf: Int32Array.from([...environmentOf, ...addedNodes.map((node) => node.environment)]),
      environments,
    }),
  );
  return { changed: null, rebuilt: "nodes" };
}
