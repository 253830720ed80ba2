import { shortestPath } from "@rollcall/access-graph";
import type { AccessGraph, PathHop } from "@rollcall/access-graph";
import type { RoutesView, RouteView } from "../ports/graph-views.ts";
import { nodeNumber, nodeView } from "./node-view.ts";

/** The ways from one node to another, hop by hop with the facts each rests on. */
export function answerRoutes(graph: AccessGraph, from: string, to: string): RoutesView {
  const [start, end] = [nodeNumber(graph, from), nodeNumber(graph, to)];
  const shortest = shortestPath(graph, start, end);
  return {
    from: nodeView(graph.nodes[start]!),
    to: nodeView(graph.nodes[end]!),
    routes: shortest === null || shortest.length === 0 ? [] : [routeView(shortest)],
  };
}

export function routeView(hops: readonly PathHop[]): RouteView {
  return {
    conditional: hops.some((hop) => hop.edge.conditional),
    nodes: [...hops.slice(0, 1).map((hop) => hop.from.key), ...hops.map((hop) => hop.to.key)],
    hops: hops.map(({ edge, from, to, sentence }) => ({
      from: from.key,
      to: to.key,
      sentence,
      kind: edge.kind,
      technique: edge.why.technique,
      conditional: edge.conditional,
      conditions: edge.why.conditions,
      facts: edge.why.facts,
    })),
  };
}
