import type { AccessGraph, GraphNode } from "@rollcall/access-graph";
import type { AccessLevel } from "@rollcall/nhi-model";
import { AppError } from "@rollcall/platform";
import type { GraphNodeView, ReachedNode } from "../ports/graph-views.ts";
import type { ReachTree } from "./reach-tree.ts";

export function nodeView(node: GraphNode): GraphNodeView {
  const { key, entityId, kind, subkind, label, provider, account, environment, weight, weightReason, tierZero } = node;
  return { key, entityId, kind, subkind, label, provider, account, environment, weight, weightReason, tierZero };
}

export const levelOfPoints = (points: number): AccessLevel => (points >= 10 ? "admin" : points >= 8 ? "write" : "read");

/** What a node adds to the blast radius of the root. */
export const pointsOf = (graph: AccessGraph, tree: ReachTree, node: number): number =>
  tree.direction === "out" ? graph.nodes[node]!.weight * tree.points[node]! : tree.points[node]!;

export function reachedNode(graph: AccessGraph, tree: ReachTree, node: number): ReachedNode {
  return {
    ...nodeView(graph.nodes[node]!),
    hop: tree.hops[node]!,
    conditional: tree.conditional[node] === 1,
    level: tree.direction === "in" || tree.accessed[node] === 1 ? levelOfPoints(tree.points[node]!) : null,
    points: pointsOf(graph, tree, node),
  };
}

/** `identity:arn:...` -> `arn:...` */
export const refOfKey = (key: string): string => key.slice(key.indexOf(":") + 1);

const byEntity = new WeakMap<AccessGraph, ReadonlyMap<string, number>>();

/** A node by its key, or by the id of the inventory row it stands for. */
export function nodeNumber(graph: AccessGraph, reference: string): number {
  const byKey = graph.indexByKey.get(reference);
  if (byKey !== undefined) return byKey;
  let entities = byEntity.get(graph);
  if (entities === undefined) {
    const numbers = new Map<string, number>();
    graph.nodes.forEach((node, number) => {
      if (node.entityId !== null) numbers.set(node.entityId, number);
    });
    byEntity.set(graph, (entities = numbers));
  }
  const found = entities.get(reference);
  if (found === undefined) throw new AppError("not_found", "The access graph knows nothing by this name");
  return found;
}
