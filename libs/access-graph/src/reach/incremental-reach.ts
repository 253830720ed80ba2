import { pointsMask } from "./compact-graph.ts";
import type { CompactGraph } from "./compact-graph.ts";
import type { Bound } from "./graph-index.ts";
import { IncrementalBound } from "./incremental-bound.ts";
import { IncrementalGraph } from "./incremental-graph.ts";
import type { CompactEdge } from "./incremental-graph.ts";
import { reachItems } from "./reach-items.ts";
import type { ReachItems } from "./reach-items.ts";
import type { ReachStats } from "./reach-stats.ts";
import { reachWorth } from "./worth.ts";
import type { ReachWorth } from "./worth.ts";

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
  /** Nodes that reach something else than before, each once; null when everything was computed again. */
  readonly changed: readonly number[] | null;
  /** Why everything was. */
  readonly rebuilt: "nodes" | "components" | "large" | "worn" | null;
}

const bounds = ["min", "max"] as const satisfies readonly Bound[];

/** What everything reaches, kept up to date. Made by `startIncrementalReach`, changed by `incrementalReach`. */
export class ReachState {
  graph: IncrementalGraph;
  items: ReachItems;
  worth: ReachWorth;
  min: IncrementalBound;
  max: IncrementalBound;
  /** How many edits there were; by node, the last one whose outcome names it. */
  edits = 0;
  named: Int32Array;

  constructor(graph: CompactGraph) {
    this.named = new Int32Array(graph.nodeCount);
    this.graph = new IncrementalGraph(graph);
    this.items = reachItems(graph, { allLevels: true });
    this.worth = reachWorth(graph);
    this.min = new IncrementalBound(this.graph, this.items, "min");
    this.max = new IncrementalBound(this.graph, this.items, "max");
  }

  rebuild(graph: CompactGraph): void {
    Object.assign(this, new ReachState(graph));
  }

  get stats(): ReachStats {
    const { worth, min, max } = this;
    return {
      worth,
      min: { rowOf: min.components.of, lanes: min.sets.lanes },
      max: { rowOf: max.components.of, lanes: max.sets.lanes },
      method: "shared",
    };
  }
}

export const startIncrementalReach = (graph: CompactGraph): ReachState => new ReachState(graph);

/**
 * Brings the state up to date with the edit. Exactly what a full computation of the changed graph gives: access edges in
 * place, control edges upward until a set stays the same; a full pass where components change or too much would be touched.
 */
export function incrementalReach(state: ReachState, edit: GraphEdit): EditOutcome {
  const removed = [...(edit.removed ?? []), ...(edit.removedNodes ?? []).flatMap((node) => edgesOf(state.graph, node))];
  const added = edit.added ?? [];
  if ((edit.addedNodes ?? []).length > 0) return withNewNodes(state, removed, edit);
  const touched: Touched = { min: new Set(), max: new Set() };
  for (const edge of removed) if (isAccess(edge) && state.graph.remove(edge)) changeAccess(state, { edge, adding: false, touched });
  let rebuilt: EditOutcome["rebuilt"] = null;
  for (const [edges, adding] of [
    [removed.filter(isControl), false],
    [added.filter(isControl), true],
  ] as const)
    rebuilt = changeControl(state, edges, { adding, touched, rebuilt });
  if (rebuilt !== null) {
    for (const edge of added) if (isAccess(edge)) state.graph.add(edge);
    state.rebuild(state.graph.flatten());
    return { changed: null, rebuilt };
  }
  for (const edge of added) {
    if (!isAccess(edge)) continue;
    changeAccess(state, { edge, adding: true, touched });
    state.graph.add(edge);
  }
  const changed = membersOf(state, touched);
  if (!state.min.isWorn && !state.max.isWorn) return { changed, rebuilt: null };
  state.rebuild(state.graph.flatten());
  return { changed, rebuilt: "worn" };
}

const isAccess = ({ tag }: CompactEdge): boolean => (tag & pointsMask) !== 0;
const isControl = (edge: CompactEdge): boolean => !isAccess(edge);

/** By bound, the components whose sets changed. */
type Touched = Readonly<Record<Bound, Set<number>>>;

interface AccessChange {
  readonly edge: CompactEdge;
  readonly adding: boolean;
  readonly touched: Touched;
}

function changeAccess(state: ReachState, { edge, adding, touched }: AccessChange): void {
  for (const bound of bounds) state[bound].changeAccess(edge, adding, (component) => touched[bound].add(component));
}

interface ControlChange {
  readonly adding: boolean;
  readonly touched: Touched;
  /** A full pass is due anyway, so that only the edges have to be right. */
  readonly rebuilt: EditOutcome["rebuilt"];
}

/** Why a full pass is due after it, if one is. */
function changeControl(state: ReachState, edges: readonly CompactEdge[], change: ControlChange): EditOutcome["rebuilt"] {
  const { adding, touched, rebuilt } = change;
  const keepsOrder = edges.every((edge) => bounds.every((bound) => state[bound].keepsOrder(edge, adding)));
  for (const edge of edges)
    if (adding) state.graph.add(edge);
    else state.graph.remove(edge);
  if (rebuilt !== null || edges.length === 0) return rebuilt;
  if (!keepsOrder) return "components";
  for (const bound of bounds) {
    const components = state[bound].update(edges);
    if (components === null) return "large";
    for (const component of components) touched[bound].add(component);
  }
  return null;
}

/** The nodes of all these components, each once. */
function membersOf(state: ReachState, touched: Touched): readonly number[] {
  const nodes: number[] = [];
  const { named } = state;
  const edit = ++state.edits;
  for (const bound of bounds) {
    const { members, starts } = state[bound].components;
    for (const component of touched[bound])
      for (let m = starts[component]!; m < starts[component + 1]!; m++) {
        const node = members[m]!;
        if (named[node] === edit) continue;
        named[node] = edit;
        nodes.push(node);
      }
  }
  return nodes;
}

function edgesOf(graph: IncrementalGraph, node: number): CompactEdge[] {
  const edges: CompactEdge[] = [];
  graph.each(node, (to, tag) => edges.push({ from: node, to, tag }));
  graph.eachTo(node, (from, tag) => {
    if (from !== node) edges.push({ from, to: node, tag });
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
