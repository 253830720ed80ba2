import { routes } from "@rollcall/access-graph";
import type { AccessGraph, Route } from "@rollcall/access-graph";
import type { WorkspaceSnapshot } from "../ports/analysis-store.ts";
import type { RoutesView, RouteView } from "../ports/graph-views.ts";
import { analysisDate } from "../analysis/analyse-snapshot.ts";
import { nodeNumber, nodeView } from "./node-view.ts";

export interface RoutesQuestion {
  readonly from: string;
  readonly to: string;
  /** With it every step says what would end it and who used that. */
  readonly snapshot: WorkspaceSnapshot | null;
}

const shownFixes = 3;

/** Up to three ways from one node to another, hop by hop with the facts each rests on. */
export function answerRoutes(graph: AccessGraph, { from, to, snapshot }: RoutesQuestion): RoutesView {
  const [start, end] = [nodeNumber(graph, from), nodeNumber(graph, to)];
  const known =
    snapshot === null ? {} : { grants: snapshot.grants, usage: snapshot.usage, asOf: analysisDate(snapshot, "1970-01-01T00:00:00.000Z") };
  return {
    from: nodeView(graph.nodes[start]!),
    to: nodeView(graph.nodes[end]!),
    routes: routes(graph, { from: start, to: end }, known).map((route) => routeView(route, snapshot !== null)),
  };
}

function routeView({ hops, conditional }: Route, withFixes: boolean): RouteView {
  return {
    conditional,
    nodes: [...hops.slice(0, 1).map((hop) => hop.from.key), ...hops.map((hop) => hop.to.key)],
    hops: hops.map((hop) => ({
      from: hop.from.key,
      to: hop.to.key,
      sentence: hop.sentence,
      kind: hop.edge.kind,
      technique: hop.technique,
      conditional: hop.edge.conditional,
      conditions: hop.conditions,
      facts: hop.facts,
      fixes: withFixes
        ? hop.fixes.slice(0, shownFixes).map(({ title, changes, sideEffects }) => ({
            title,
            changes,
            affected: sideEffects.affected.length,
            used90d: sideEffects.used90d,
          }))
        : [],
    })),
  };
}
