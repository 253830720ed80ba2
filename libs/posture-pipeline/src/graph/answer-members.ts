import type { AccessGraph } from "@rollcall/access-graph";
import type { ReachedPage } from "../ports/graph-views.ts";
import { groupsOf } from "./groups.ts";
import { nodeNumber, reachedNode } from "./node-view.ts";
import { ranking } from "./picture.ts";
import { reachTree } from "./reach-tree.ts";
import type { Direction, ReachTree } from "./reach-tree.ts";

export interface MembersQuestion {
  readonly node: string;
  readonly direction: Direction;
  /** A group of the picture; null = everything reached. */
  readonly group: string | null;
  readonly search: string;
  readonly offset: number;
  readonly limit: number;
}

const rankedOf = new WeakMap<ReachTree, Map<string, readonly number[]>>();

/** What stands behind one mark of the picture, or behind all of it, a page at a time. */
export function answerMembers(graph: AccessGraph, question: MembersQuestion): ReachedPage {
  const tree = reachTree(graph, nodeNumber(graph, question.node), question.direction);
  const ranked = rankedMembers(graph, tree, question.group);
  const wanted = question.search.toLowerCase();
  const members = wanted === "" ? ranked : ranked.filter((node) => matches(graph, node, wanted));
  const end = question.offset + question.limit;
  return {
    items: members.slice(question.offset, end).map((node) => reachedNode(graph, tree, node)),
    nextCursor: end < members.length ? String(end) : null,
    total: members.length,
  };
}

function rankedMembers(graph: AccessGraph, tree: ReachTree, group: string | null): readonly number[] {
  const ranked = rankedOf.get(tree) ?? new Map<string, readonly number[]>();
  rankedOf.set(tree, ranked);
  const name = group ?? "";
  const known = ranked.get(name);
  if (known !== undefined) return known;
  const made = ranking(graph, tree, group === null ? tree.order : (groupsOf(graph, tree).get(group) ?? []));
  ranked.set(name, made);
  return made;
}

function matches(graph: AccessGraph, node: number, wanted: string): boolean {
  const { label, key, subkind } = graph.nodes[node]!;
  return label.toLowerCase().includes(wanted) || key.toLowerCase().includes(wanted) || subkind.includes(wanted);
}
