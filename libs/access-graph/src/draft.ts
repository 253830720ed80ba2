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

/** Collects nodes, edges and gaps in any order; `finish` makes the one canonical graph of them. */
export class GraphDraft {
  readonly #nodes = new Map<string, GraphNode>();
  readonly #unlessUsed = new Set<string>();
  readonly #edges: EdgeDraft[] = [];
  readonly #gaps = new Map<string, GraphGap>();

  /** Adds a node, or merges it into the one of the same key: the more sensitive description wins. */
  addNode(node: GraphNode): string {
    const known = this.#nodes.get(node.key);
    this.#nodes.set(node.key, known === undefined ? node : mergeNodes(known, node));
    return node.key;
  }

  /** Adds a node that is left out again when no edge touches it (a policy, a role definition). */
  addNodeIfUsed(node: GraphNode): string {
    this.#unlessUsed.add(node.key);
    return this.addNode(node);
  }

  hasNode(key: string): boolean {
    return this.#nodes.has(key);
  }

  setTraits(key: string, traits: NodeTraits): void {
    const node = this.#nodes.get(key);
    if (node !== undefined) this.#nodes.set(key, { ...node, traits: { ...node.traits, ...traits } });
  }

  addEdge(edge: EdgeDraft): void {
    if (edge.from !== edge.to) this.#edges.push(edge);
  }

  addGap(gap: GraphGap): void {
    this.#gaps.set(`${gap.ref}\n${gap.what}\n${gap.detail}`, gap);
  }

  finish(): AccessGraph {
    const unused = this.#unusedNodes();
    const nodes = [...this.#nodes.values()].filter((node) => !unused.has(node.key)).sort((a, b) => byText(a.key, b.key));
    const gaps = [...this.#gaps.keys()].sort(byText).map((key) => this.#gaps.get(key)!);
    const indexByKey = indexOf(nodes);
    return { nodes, edges: canonicalEdges(this.#edges, indexByKey), indexByKey, gaps, totalWeight: totalWeightOf(nodes) };
  }

  #unusedNodes(): ReadonlySet<string> {
    const unused = new Set(this.#unlessUsed);
    for (const { from, to } of this.#edges) {
      unused.delete(from);
      unused.delete(to);
    }
    return unused;
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
    ...((first.traits ?? second.traits) ? { traits: { ...second.traits, ...first.traits } } : {}),
  };
}

const preference = (node: GraphNode): string =>
  `${node.entityId === null ? "1" : "0"}${node.entityId ?? ""}\n${node.account ?? "\uffff"}\n${node.label}\n${node.weightReason ?? ""}`;

function canonicalEdges(drafts: readonly EdgeDraft[], indexByKey: ReadonlyMap<string, number>): GraphEdge[] {
  const edges: GraphEdge[] = [];
  for (const ofSource of edgesBySource(drafts, indexByKey)) {
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

function* edgesBySource(drafts: readonly EdgeDraft[], indexByKey: ReadonlyMap<string, number>): Generator<GraphEdge[], void> {
  const starts = new Int32Array(indexByKey.size + 1);
  const placed = drafts.map(({ from, to, kind, conditional, level, why }): GraphEdge => {
    const [source, target] = [indexByKey.get(from), indexByKey.get(to)];
    if (source === undefined || target === undefined) throw new RangeError(`edge ${kind} from ${from} to ${to} misses a node`);
    starts[source + 1]!++;
    return { from: source, to: target, kind, conditional, level, why };
  });
  for (let at = 1; at < starts.length; at++) starts[at]! += starts[at - 1]!;
  const next = starts.slice();
  const ordered = Array.from<GraphEdge>({ length: placed.length });
  for (const edge of placed) ordered[next[edge.from]!++] = edge;
  for (let source = 0; source < indexByKey.size; source++)
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
