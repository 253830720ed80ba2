import { byText } from "./order.ts";
import type { AccessGraph, EdgeEvidence, EdgeKind, GraphEdge, GraphGap, GraphNode, NodeTraits, Way } from "./types.ts";
import { openNeed, simplest } from "./ways.ts";

/** An edge between node keys, before nodes have their final numbers. */
export interface EdgeDraft {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  readonly conditional: boolean;
  readonly level: GraphEdge["level"];
  readonly why: EdgeEvidence;
}

/** An edge whose ends are places of the draft until the graph is finished, and nodes of it then. */
interface PlacedEdge extends GraphEdge {
  from: number;
  to: number;
}

/** Collects nodes, edges and gaps in any order; `finish` makes the one canonical graph of them. */
export class GraphDraft {
  /** Null = so far only edges name it. */
  readonly #nodes: (GraphNode | null)[] = [];
  /** In `#nodes`, by key. */
  readonly #places = new Map<string, number>();
  readonly #unlessUsed = new Set<string>();
  readonly #edges: PlacedEdge[] = [];
  readonly #gaps = new Map<string, GraphGap>();

  /** Adds a node, or merges it into the one of the same key: the more sensitive description wins. */
  addNode(node: GraphNode): string {
    const place = this.#placeOf(node.key);
    const known = this.#nodes[place]!;
    this.#nodes[place] = known === null ? node : mergeNodes(known, node);
    return node.key;
  }

  /** Adds a node that is left out again when no edge touches it (a policy, a role definition). */
  addNodeIfUsed(node: GraphNode): string {
    this.#unlessUsed.add(node.key);
    return this.addNode(node);
  }

  hasNode(key: string): boolean {
    return this.#nodeOf(key) !== null;
  }

  setTraits(key: string, traits: NodeTraits): void {
    const node = this.#nodeOf(key);
    if (node !== null) this.#nodes[this.#placeOf(key)] = { ...node, traits: { ...node.traits, ...traits } };
  }

  addEdge({ from, to, kind, conditional, level, why }: EdgeDraft): void {
    if (from !== to) this.#edges.push({ from: this.#placeOf(from), to: this.#placeOf(to), kind, conditional, level, why });
  }

  addGap(gap: GraphGap): void {
    this.#gaps.set(`${gap.ref}\n${gap.what}\n${gap.detail}`, gap);
  }

  /** Uses the draft up. */
  finish(): AccessGraph {
    const nodes = this.#nodesInOrder();
    const gaps = [...this.#gaps.keys()].sort(byText).map((key) => this.#gaps.get(key)!);
    const indexByKey = indexOf(nodes);
    const numbers = Int32Array.from(this.#nodes, (node) => (node === null ? -1 : (indexByKey.get(node.key) ?? -1)));
    for (const edge of this.#edges) {
      edge.from = numbers[edge.from]!;
      edge.to = numbers[edge.to]!;
    }
    return { nodes, edges: canonicalEdges(this.#edges, nodes.length), indexByKey, gaps, totalWeight: totalWeightOf(nodes) };
  }

  #nodesInOrder(): readonly GraphNode[] {
    const isUsed = new Uint8Array(this.#nodes.length);
    for (const { from, to } of this.#edges) isUsed[from] = isUsed[to] = 1;
    const kept = this.#nodes.filter((node, place): node is GraphNode => {
      if (node === null) throw new RangeError(`an edge misses the node ${[...this.#places.keys()][place]}`);
      return isUsed[place] === 1 || !this.#unlessUsed.has(node.key);
    });
    return kept.sort((a, b) => byText(a.key, b.key));
  }

  #placeOf(key: string): number {
    let place = this.#places.get(key);
    if (place === undefined) this.#places.set(key, (place = this.#nodes.push(null) - 1));
    return place;
  }

  #nodeOf(key: string): GraphNode | null {
    const place = this.#places.get(key);
    return place === undefined ? null : this.#nodes[place]!;
  }
}

/** A graph from stored rows: `nodes` in their stored order, edges pointing at positions in it. */
export function graphFromRows(nodes: readonly GraphNode[], edges: readonly GraphEdge[], gaps: readonly GraphGap[]): AccessGraph {
  for (const edge of edges) {
    if (nodes[edge.from] === undefined || nodes[edge.to] === undefined) throw new RangeError(`edge ${edge.kind} points outside the graph`);
  }
  return { nodes, edges, indexByKey: indexOf(nodes), gaps, totalWeight: totalWeightOf(nodes) };
}

function indexOf(nodes: readonly GraphNode[]): ReadonlyMap<string, number> {
  const indexByKey = new Map<string, number>();
  nodes.forEach(({ key }, index) => indexByKey.set(key, index));
  return indexByKey;
}

const totalWeightOf = (nodes: readonly GraphNode[]): number => nodes.reduce((sum, node) => sum + 10 * node.weight, 0);

function mergeNodes(a: GraphNode, b: GraphNode): GraphNode {
  // Both orders must give the same node: describe by the entity row with the smaller id, weigh by the heavier.
  const [first, second] = preference(a) <= preference(b) ? [a, b] : [b, a];
  const heavier = first.weight >= second.weight ? first : second;
  return {
    ...first,
    account: first.account ?? second.account,
    environment: first.environment ?? second.environment,
    weight: heavier.weight,
    weightReason: heavier.weightReason,
    tierZero: a.tierZero || b.tierZero,
    ...sourcesOfBoth(a, b),
    ...((first.traits ?? second.traits) ? { traits: { ...second.traits, ...first.traits } } : {}),
  };
}

function sourcesOfBoth({ sourceIds: a }: GraphNode, { sourceIds: b }: GraphNode): Pick<GraphNode, "sourceIds"> {
  if (a === undefined || b === undefined) return a === b ? {} : { sourceIds: (a ?? b)! };
  return { sourceIds: a === b ? a : [...new Set([...a, ...b])].sort(byText) };
}

const preference = (node: GraphNode): string =>
  `${node.entityId === null ? "1" : "0"}${node.entityId ?? ""}\n${node.account ?? "\uffff"}\n${node.label}\n${node.weightReason ?? ""}`;

function canonicalEdges(all: readonly GraphEdge[], nodeCount: number): GraphEdge[] {
  const edges: GraphEdge[] = [];
  for (const ofSource of edgesBySource(all, nodeCount)) {
    if (ofSource.length > 1) ofSource.sort(compareEdges);
    let previous: GraphEdge | null = null;
    for (const edge of ofSource) {
      // Sorted so that of several reasons for one edge an unconditional one comes first; that one tells the story, the others stay as ways.
      if (previous === null || compareMeaning(previous, edge) !== 0) edges.push((previous = edge));
      else if (previous.why !== edge.why) edges[edges.length - 1] = previous = alsoBy(previous, edge);
    }
  }
  return edges;
}

function* edgesBySource(edges: readonly GraphEdge[], nodeCount: number): Generator<GraphEdge[], void> {
  const starts = new Int32Array(nodeCount + 1);
  for (const { from } of edges) starts[from + 1]!++;
  for (let at = 1; at < starts.length; at++) starts[at]! += starts[at - 1]!;
  const next = starts.slice();
  const ordered = Array.from<GraphEdge>({ length: edges.length });
  for (const edge of edges) ordered[next[edge.from]!++] = edge;
  for (let source = 0; source < nodeCount; source++)
    if (starts[source]! < starts[source + 1]!) yield ordered.slice(starts[source], starts[source + 1]);
}

function alsoBy(edge: GraphEdge, other: GraphEdge): GraphEdge {
  const { ways: _ways, ...why } = edge.why;
  const ways = simplest([...waysOf(edge), ...waysOf(other)], edge.conditional);
  return { ...edge, why: ways === undefined ? why : { ...why, ways } };
}

const waysOf = ({ why, conditional }: GraphEdge): readonly Way[] => why.ways ?? [conditional ? [openNeed] : []];

const compareMeaning = (a: GraphEdge, b: GraphEdge): number =>
  a.to - b.to || byText(a.kind, b.kind) || byText(a.level ?? "", b.level ?? "") || byText(a.why.technique ?? "", b.why.technique ?? "");

const compareEdges = (a: GraphEdge, b: GraphEdge): number =>
  compareMeaning(a, b) ||
  Number(a.conditional) - Number(b.conditional) ||
  (a.why === b.why ? 0 : byText(JSON.stringify(a.why), JSON.stringify(b.why)));
