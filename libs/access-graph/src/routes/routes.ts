import { hopOf, shortestEdges } from "../reach/shortest-path.ts";
import type { AccessGraph, GraphEdge, Ground } from "../types.ts";
import { byText } from "../order.ts";
import { stateWithout } from "../ways.ts";
import { changeOf, Fixes, sideEffects } from "../what-if/fixes.ts";
import { UsageEvidence } from "../what-if/usage-of.ts";
import type { HopFix, Route, RouteHop, RouteOptions } from "./route-types.ts";

const mostRoutes = 3;

/**
 * Up to three ways from one node to another that share no edge: the shortest, then the shortest without its edges, and so on. By fewest hops,
 * fewest conditional hops, smallest edge numbers. Empty when there is none.
 */
export function routes(
  graph: AccessGraph,
  { from, to }: { readonly from: number; readonly to: number },
  options: RouteOptions = {},
): Route[] {
  const used = new Set<number>();
  const found: Route[] = [];
  const hopFixes = hopFixer(graph, options);
  while (from !== to && found.length < Math.min(options.max ?? mostRoutes, mostRoutes)) {
    const edges = shortestEdges(graph, { from, to }, used);
    if (edges === null) break;
    for (const edge of edges) used.add(edge);
    const hops = edges.map((id): RouteHop => {
      const edge = graph.edges[id]!;
      const { technique, facts, conditions } = edge.why;
      return { ...hopOf(graph, edge), technique, facts, conditions, fixes: hopFixes(edge) };
    });
    found.push({ hops, conditional: hops.some((hop) => hop.edge.conditional) });
  }
  return found;
}

/** The single removable grounds without which the edge is gone. */
export function endingGrounds({ why, ...edge }: GraphEdge): Ground[] {
  const [first] = why.ways ?? [];
  // Whatever ends the edge ends its first way, so it is in there.
  const candidates = new Set(first?.flatMap((need) => need.flat()) ?? []);
  return [...candidates]
    .filter((ground) => changeOf(ground) !== null && stateWithout({ ...edge, why }, (each) => each === ground) === "gone")
    .sort(byText);
}

function hopFixer(graph: AccessGraph, options: RouteOptions): (edge: GraphEdge) => readonly HopFix[] {
  const fixes = new Fixes(graph, options.grants);
  const usage = new UsageEvidence(options.usage, options.asOf);
  return (edge) =>
    endingGrounds(edge)
      .map((ground): HopFix => ({ ...fixes.of([ground]), sideEffects: sideEffects(graph, [ground], usage) }))
      .sort(
        (a, b) =>
          (a.sideEffects.used90d ?? 0) - (b.sideEffects.used90d ?? 0) ||
          a.sideEffects.affected.length - b.sideEffects.affected.length ||
          byText(a.title, b.title),
      );
}
