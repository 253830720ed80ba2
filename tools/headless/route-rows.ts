import { administrators, EscalationRoutes, techniqueAliases } from "@rollcall/access-graph";
import type { AccessGraph, EscalationRoute, EscalationWay, ReachedResource } from "@rollcall/access-graph";
import type { References } from "./references.ts";
import type { AdministratorRow, ReachRow, ReportHead, RouteRow, WayRow } from "./report-schema.ts";

export interface Routes {
  readonly administrators: readonly AdministratorRow[];
  readonly escalationPaths: readonly RouteRow[];
  readonly takeOvers: readonly RouteRow[];
  /** Made one by one while they are written. */
  readonly reaches: () => Iterable<ReachRow>;
  readonly leftOut: ReportHead["unknown"]["routesLeftOut"];
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byEnds = (a: RouteRow, b: RouteRow): number =>
  byText(a.from, b.from) || Number(b.certain) - Number(a.certain) || a.hops.length - b.hops.length || byText(a.to, b.to);

/** Every route of every principal, and of everybody outside whom the files name. */
export function routeRows(graph: AccessGraph, references: References, perStart: number): Routes {
  const owners = new Map(administrators(graph).map((each) => [each.node, each]));
  const finder = new EscalationRoutes(graph, { perStart });
  const reached = new Map<number, readonly ReachedResource[]>();
  const routes: Omit<Mutable<Routes>, "administrators" | "reaches"> = { escalationPaths: [], takeOvers: [], leftOut: [] };
  const rowOf = (route: EscalationRoute): RouteRow => {
    const target = graph.nodes[route.to]!;
    const reached = target.tierZero ? [route.to] : (owners.get(route.to)?.owns ?? []);
    return toRow(route, { references, reaches: route.privileged ? reached : [] });
  };
  for (const [node, { kind }] of graph.nodes.entries()) {
    if (kind !== "identity" && kind !== "external") continue;
    const found = finder.from(node);
    for (const route of found.privileged) routes.escalationPaths.push(rowOf(route));
    for (const route of found.takeOvers) routes.takeOvers.push(rowOf(route));
    if (found.resources.length > 0) reached.set(node, found.resources);
    const [paths, takeOvers] = [found.privilegedTargets - found.privileged.length, found.takeOverTargets - found.takeOvers.length];
    const reaches = found.resourceTargets - found.resources.length;
    if (paths + takeOvers + reaches > 0) routes.leftOut.push({ from: references.ofNode(node), escalationPaths: paths, takeOvers, reaches });
  }
  return {
    administrators: [...owners.values()]
      .map(({ node, certain, owns, edges }): AdministratorRow => ({
        ref: references.ofNode(node),
        kind: references.kindOf(node),
        certain,
        owns: owns.map((index) => references.ofNode(index)).sort(byText),
        conditions: [...new Set(edges.flatMap((edge) => edge.why.conditions))],
        facts: edges.flatMap((edge) => edge.why.facts),
      }))
      .sort((a, b) => byText(a.ref, b.ref)),
    escalationPaths: routes.escalationPaths.sort(byEnds),
    takeOvers: routes.takeOvers.sort(byEnds),
    reaches: () => reachRows(reached, references),
    leftOut: routes.leftOut.sort((a, b) => byText(a.from, b.from)),
  };
}

function* reachRows(reached: ReadonlyMap<number, readonly ReachedResource[]>, references: References): Generator<ReachRow> {
  const starts = [...reached.keys()].map((node) => ({ node, from: references.ofNode(node) }));
  for (const { node, from } of starts.sort((a, b) => byText(a.from, b.from) || a.node - b.node))
    for (const { to, level, certain, via } of reached.get(node)!)
      yield {
        from,
        fromKind: references.kindOf(node),
        to: references.ofNode(to),
        toKind: references.kindOf(to),
        level,
        certain,
        via: [...via],
      };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? U[] : T[K] };

function toRow(route: EscalationRoute, { references, reaches }: { references: References; reaches: readonly number[] }): RouteRow {
  const hops = route.hops.map(({ from, to, ways: [best, ...others] }): RouteRow["hops"][number] => {
    const techniques = [...new Set([best, ...others].flatMap((way) => way.technique ?? []))];
    return {
      from: references.ofNode(from),
      to: references.ofNode(to),
      sentence: best.sentence,
      ...wayOf(best),
      techniques,
      alsoKnownAs: techniques.flatMap(techniqueAliases),
      alternatives: others.map(wayOf),
    };
  });
  return {
    from: references.ofNode(route.from),
    fromKind: references.kindOf(route.from),
    to: references.ofNode(route.to),
    toKind: references.kindOf(route.to),
    certain: route.certain,
    reaches: reaches.map((index) => references.ofNode(index)).sort(byText),
    techniques: [...new Set(hops.flatMap((hop) => hop.techniques))],
    hops,
  };
}

const wayOf = ({ kind, technique, conditional, conditions, facts }: EscalationWay): WayRow => ({
  kind,
  technique,
  conditional,
  conditions: [...conditions],
  facts: facts.map((fact) => ({ ref: fact.ref, detail: fact.detail })),
});
