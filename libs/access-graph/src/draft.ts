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
    const used = new Set<string>();
    for (const edge of this.#edges) {
      used.add(edge.from);
      used.add(edge.to);
    }
    const nodes = [...this.#nodes.values()]
      .filter((node) => used.has(node.key) || !this.#unlessUsed.has(node.key))
      .sort((a, b) => byText(a.key, b.key));
    const gaps = [...this.#gaps.keys()].sort(byText).map((key) => this.#gaps.get(key)!);
    const indexByKey = new Map(nodes.map((node, index) => [node.key, index]));
    return graphFromRows(nodes, canonicalEdges(this.#edges, indexByKey), gaps);
  }
}

/** A graph from stored rows: `nodes` in their stored order, edges pointing at positions in it. */
export function graphFromRows(nodes: readonly GraphNode[], edges: readonly GraphEdge[], gaps: readonly GraphGap[]): AccessGraph {
  for (const edge of edges) {
    if (nodes[edge.from] === undefined || nodes[edge.to] === undefined) throw new RangeError(`edge ${edge.kind} points outside the graph`);
  }
  const indexByKey = new Map(nodes.map((node, index) => [node.key, index]));
  const totalWeight = nodes.reduce((sum, node) => sum + 10 * node.weight, 0);
  return { nodes, edges, indexByKey, gaps, totalWeight };
}

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
  const buckets: GraphEdge[][] = Array.from({ length: indexByKey.size }, () => []);
  for (const { from, to, kind, conditional, level, why } of drafts) {
    const [source, target] = [indexByKey.get(from), indexByKey.get(to)];
    if (source === undefined || target === undefined) throw new RangeError(`edge ${kind} from ${from} to ${to} misses a node`);
    buckets[source]!.push({ from: source, to: target, kind, conditional, level, why });
  }
  const edges: GraphEdge[] = [];
  for (const bucket of buckets) {
    bucket.sort(compareEdges);
    let previous: GraphEdge | null = null;
    for (const edge of bucket) {
      // Sorted so that of several reasons for one edge an unconditional one comes first; that one tells the story, the others stay as ways.
      if (previous === null || compareMeaning(previous, edge) !== 0) edges.push((previous = edge));
      else if (previous.why !== edge.why) edges[edges.length - 1] = previous = alsoBy(previous, edge);
    }
  }
  return edges;
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
