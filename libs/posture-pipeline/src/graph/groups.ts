import type { AccessGraph } from "@rollcall/access-graph";
import type { ReachTree } from "./reach-tree.ts";

/** Marks that a column of the picture holds before kinds are gathered more coarsely. */
const groupsPerHop = 14;

type Fineness = "environment" | "subkind" | "kind";
const finenesses: readonly Fineness[] = ["environment", "subkind", "kind"];

const cache = new WeakMap<ReachTree, ReadonlyMap<string, readonly number[]>>();

/**
 * What is gathered in one mark: same distance, same kind of thing, same environment; what controls everything stands apart. Where
 * that makes more marks than a column holds, the environments of a kind go together, then the kinds.
 */
export function groupsOf(graph: AccessGraph, tree: ReachTree): ReadonlyMap<string, readonly number[]> {
  const known = cache.get(tree);
  if (known !== undefined) return known;
  const byHop: number[][] = [];
  for (const node of tree.order) (byHop[tree.hops[node]!] ??= []).push(node);
  const groups = new Map<string, readonly number[]>();
  for (const nodes of byHop) {
    if (nodes === undefined) continue;
    for (const fineness of finenesses) {
      const column = gather(graph, tree, { nodes, fineness });
      if (column.size > groupsPerHop && fineness !== "kind") continue;
      for (const [group, members] of column) groups.set(group, members);
      break;
    }
  }
  cache.set(tree, groups);
  return groups;
}

function gather(
  graph: AccessGraph,
  tree: ReachTree,
  { nodes, fineness }: { readonly nodes: readonly number[]; readonly fineness: Fineness },
): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const node of nodes) {
    const { kind, subkind, environment, tierZero } = graph.nodes[node]!;
    const parts = [tree.hops[node], kind, tierZero ? "tier0" : ""];
    if (fineness !== "kind") parts.push(subkind);
    if (fineness === "environment") parts.push(environment ?? "");
    const group = parts.join("|");
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [node]);
    else members.push(node);
  }
  return groups;
}
