import { routes } from "@rollcall/access-graph";
import type { Route, RouteHop as GraphHop } from "@rollcall/access-graph";
import type { WorkspaceSnapshot } from "../ports/analysis-store.ts";
import type { RouteHop, RoutesView, RouteView } from "../ports/graph-views.ts";
import type { SourceReading } from "../ports/read-store.ts";
import { analysisDate } from "../analysis/analyse-snapshot.ts";
import { nodeNumber, nodeView } from "./node-view.ts";
import type { ReadGraph } from "./source-lags.ts";

export interface RoutesQuestion {
  readonly from: string;
  readonly to: string;
  /** With it every step says what would end it and who used that. */
  readonly snapshot: WorkspaceSnapshot | null;
}

const shownFixes = 3;

/** Up to three ways from one node to another, hop by hop with the facts each rests on. */
export function answerRoutes({ graph, readings }: ReadGraph, { from, to, snapshot }: RoutesQuestion): RoutesView {
  const byId = new Map(readings.map((reading) => [reading.id, reading]));
  const [start, end] = [nodeNumber(graph, from), nodeNumber(graph, to)];
  const known =
    snapshot === null ? {} : { grants: snapshot.grants, usage: snapshot.usage, asOf: analysisDate(snapshot, "1970-01-01T00:00:00.000Z") };
  return {
    from: nodeView(graph.nodes[start]!),
    to: nodeView(graph.nodes[end]!),
    routes: routes(graph, { from: start, to: end }, known).map((route) => routeView(route, { byId, withFixes: snapshot !== null })),
  };
}

interface Shown {
  readonly byId: ReadonlyMap<string, SourceReading>;
  readonly withFixes: boolean;
}

function readingsOf({ from, to }: GraphHop, byId: Shown["byId"]): RouteHop["readings"] {
  return [...new Set([...(from.sourceIds ?? []), ...(to.sourceIds ?? [])])].flatMap((id) => {
    const reading = byId.get(id);
    return reading === undefined ? [] : [{ source: reading.name, asOf: reading.asOf, syncId: reading.syncId }];
  });
}

function routeView({ hops, conditional }: Route, { byId, withFixes }: Shown): RouteView {
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
      readings: readingsOf(hop, byId),
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
