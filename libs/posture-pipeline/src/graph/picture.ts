import { decayed, edgePhrase, graphIndex } from "@rollcall/access-graph";
import type { AccessGraph } from "@rollcall/access-graph";
import type { Certainty, Picture, PictureLink, PictureUnit } from "../ports/graph-views.ts";
import { groupsOf } from "./groups.ts";
import { levelOfPoints, nodeView, pointsOf } from "./node-view.ts";
import type { ReachTree } from "./reach-tree.ts";

export interface PictureOptions {
  /** Groups shown member by member, as far as there is room. */
  readonly open: readonly string[];
  /** Nodes shown by themselves: those of a path that is looked at. */
  readonly show: readonly string[];
}

/** Members of an opened group that are drawn; the rest stays one mark and is read in the list. */
const openedMembers = 7;

export const rootUnit = "root";

interface Gathering {
  readonly id: string;
  readonly group: string;
  readonly rest: boolean;
  readonly members: number[];
}

/** The reach of one node as marks and links between them: few, however much is reached. */
export function picture(graph: AccessGraph, tree: ReachTree, { open, show }: PictureOptions): Picture {
  const unitOf = new Map<number, string>([[tree.root, rootUnit]]);
  const gatherings = gather(graph, tree, { open: new Set(open), show: new Set(show) });
  for (const { id, members } of gatherings) for (const member of members) unitOf.set(member, id);
  const units = gatherings.map((gathering) => unitView(graph, tree, gathering));
  units.sort(
    (a, b) =>
      a.hop - b.hop || Number(b.tierZero) - Number(a.tierZero) || b.points - a.points || b.count - a.count || (a.id < b.id ? -1 : 1),
  );
  return {
    root: nodeView(graph.nodes[tree.root]!),
    direction: tree.direction,
    units,
    links: linksBetween(graph, tree, unitOf),
    nodes: tree.order.length,
    longestHop: tree.order.length === 0 ? 0 : tree.hops[tree.order.at(-1)!]!,
  };
}

function gather(
  graph: AccessGraph,
  tree: ReachTree,
  { open, show }: { readonly open: ReadonlySet<string>; readonly show: ReadonlySet<string> },
): readonly Gathering[] {
  return [...groupsOf(graph, tree)].flatMap(([group, members]) => split(graph, tree, { group, members, open: open.has(group), show }));
}

function split(
  graph: AccessGraph,
  tree: ReachTree,
  { group, members, open, show }: { group: string; members: readonly number[]; open: boolean; show: ReadonlySet<string> },
): readonly Gathering[] {
  const alone = (node: number): Gathering => ({ id: graph.nodes[node]!.key, group, rest: false, members: [node] });
  if (members.length === 1) return [alone(members[0]!)];
  const ranked = open ? ranking(graph, tree, members) : [];
  const single = new Set(open ? ranked.slice(0, members.length <= openedMembers + 1 ? members.length : openedMembers) : []);
  if (show.size > 0) for (const node of members) if (show.has(graph.nodes[node]!.key)) single.add(node);
  const rest = members.filter((node) => !single.has(node));
  const singles = [...single].map(alone);
  return rest.length === 0
    ? singles
    : [...singles, { id: single.size === 0 ? group : `${group}|rest`, group, rest: single.size > 0, members: rest }];
}

/** What is certain first, then what adds most, what is far off a little less; the rest makes the order always the same. */
export function ranking(graph: AccessGraph, tree: ReachTree, members: readonly number[]): readonly number[] {
  const worth = new Map(members.map((node) => [node, rankOf(graph, tree, node)]));
  return [...members].sort(
    (a, b) =>
      tree.conditional[a]! - tree.conditional[b]! ||
      worth.get(b)! - worth.get(a)! ||
      Number(tree.accessed[a]) - Number(tree.accessed[b]) ||
      a - b,
  );
}

const rankOf = (graph: AccessGraph, tree: ReachTree, node: number): number =>
  tree.direction === "out" ? decayed(pointsOf(graph, tree, node), tree.hops[node]!) : pointsOf(graph, tree, node);

function unitView(graph: AccessGraph, tree: ReachTree, { id, group, rest, members }: Gathering): PictureUnit {
  const first = graph.nodes[members[0]!]!;
  let [conditional, points, best, accessed] = [0, 0, 0, 0];
  for (const node of members) {
    conditional += tree.conditional[node]!;
    points += pointsOf(graph, tree, node);
    accessed += tree.accessed[node]!;
    best = Math.max(best, tree.points[node]!);
  }
  return {
    id,
    group,
    hop: tree.hops[members[0]!]!,
    kind: first.kind,
    subkind: common(graph, members, "subkind"),
    environment: common(graph, members, "environment"),
    tierZero: first.tierZero,
    count: members.length,
    node: members.length === 1 ? nodeView(first) : null,
    certainty: certaintyOf(conditional, members.length),
    level: tree.direction === "in" || accessed === members.length ? levelOfPoints(best) : null,
    points,
    rest,
  };
}

const common = (graph: AccessGraph, members: readonly number[], field: "subkind" | "environment"): string | null => {
  const value = graph.nodes[members[0]!]![field];
  return members.every((node) => graph.nodes[node]![field] === value) ? value : null;
};

const certaintyOf = (conditional: number, count: number): Certainty =>
  conditional === 0 ? "certain" : conditional === count ? "conditional" : "some";

function linksBetween(graph: AccessGraph, tree: ReachTree, unitOf: ReadonlyMap<number, string>): readonly PictureLink[] {
  const index = graphIndex(graph);
  const found = new Map<string, { from: string; to: string; count: number; conditional: number; phrases: Map<string, number> }>();
  for (const node of tree.order) {
    const edge = tree.via[node]!;
    const [from, to] = [unitOf.get(index.from[edge]!)!, unitOf.get(index.to[edge]!)!];
    const key = `${from}\n${to}`;
    let link = found.get(key);
    if (link === undefined) found.set(key, (link = { from, to, count: 0, conditional: 0, phrases: new Map() }));
    link.count += 1;
    if (tree.conditional[node] === 1) link.conditional += 1;
    const { kind, level } = graph.edges[edge]!;
    const phrase = kind === "ACCESSES" ? `has ${level ?? "read"} access to` : edgePhrase(kind);
    link.phrases.set(phrase, (link.phrases.get(phrase) ?? 0) + 1);
  }
  return [...found.values()].map(({ from, to, count, conditional, phrases }) => ({
    from,
    to,
    count,
    certainty: certaintyOf(conditional, count),
    phrases: [...phrases].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([phrase]) => phrase),
  }));
}
