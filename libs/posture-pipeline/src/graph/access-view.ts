import { blastRadiusOfAll, exposureOf, reachOf, type AccessGraph } from "@rollcall/access-graph";
import type { AccessLevel } from "@rollcall/nhi-model";
import type { AccessAnswer, KindCount } from "../ports/graph-views.ts";
import type { AccessView, ReachRow } from "../ports/views.ts";
import { controlHops } from "./control-hops.ts";
import { nodeNumber } from "./node-view.ts";

/** Rows a page shows per list; the totals say how many there are. */
export const reachRowLimit = 200;

interface Step {
  readonly node: number;
  readonly level: AccessLevel | null;
  readonly conditional: boolean;
  readonly hops: number;
}

/** What an identity reaches, controls and is reached by, as flat lists. */
export function accessView(graph: AccessGraph, identityId: string): AccessAnswer {
  const node = nodeNumber(graph, identityId);
  const blast = blastRadiusOfAll(graph).at(node);
  const reach = reachOf(graph, node);
  const hops = controlHops(graph, node);
  const control =
    (conditional: boolean) =>
    (each: number): Step => ({ node: each, level: null, conditional, hops: hops.get(each) ?? 0 });
  const controls = [...reach.identities.map(control(false)), ...reach.conditionalIdentities.map(control(true))].sort(
    (a, b) => Number(a.conditional) - Number(b.conditional) || a.hops - b.hops || a.node - b.node,
  );
  const reachedBy = exposureOf(graph, node);
  const rows = (steps: readonly Step[]): readonly ReachRow[] => steps.slice(0, reachRowLimit).map((step) => reachRow(graph, step));
  return {
    blast: {
      min: blast.min,
      max: blast.max,
      pctMin: blast.pctMin,
      pctMax: blast.pctMax,
      severity: blast.severity,
      tierZero: blast.tierZeroMin ? "yes" : blast.tierZeroMax ? "conditional" : "no",
      assets: { min: blast.assetsMin, max: blast.assetsMax },
      identities: { min: blast.identitiesMin, max: blast.identitiesMax },
    },
    atLeast: blast.atLeast === true,
    gaps: blast.atLeast === true ? gapsOf(graph, [node, ...hops.keys()]) : [],
    reaches: rows(reach.assets),
    reachesTotal: reach.assets.length,
    controls: rows(controls),
    controlsTotal: controls.length,
    reachedBy: rows(reachedBy),
    reachedByTotal: reachedBy.length,
    kinds: { reaches: kindsOf(graph, reach.assets), controls: kindsOf(graph, controls), reachedBy: kindsOf(graph, reachedBy) },
  };
}

function kindsOf(graph: AccessGraph, steps: readonly { readonly node: number }[]): readonly KindCount[] {
  const counts = new Map<string, number>();
  for (const { node } of steps) {
    const { subkind } = graph.nodes[node]!;
    counts.set(subkind, (counts.get(subkind) ?? 0) + 1);
  }
  return [...counts].map(([subkind, count]) => ({ subkind, count })).sort((a, b) => b.count - a.count || (a.subkind < b.subkind ? -1 : 1));
}

function reachRow(graph: AccessGraph, { node, level, conditional, hops }: Step): ReachRow {
  const { key, entityId, kind, subkind, label, weight, weightReason, tierZero } = graph.nodes[node]!;
  return { nodeKey: key, entityId, nodeKind: kind, subkind, label, level, conditional, hops, weight, weightReason, tierZero };
}

const gapLimit = 50;

/** The gaps of the identity itself and of what it controls: those that make its numbers lower bounds. */
function gapsOf(graph: AccessGraph, nodes: readonly number[]): AccessView["gaps"] {
  const refs = new Set(nodes.map((node) => refOfKey(graph.nodes[node]!.key)));
  return graph.gaps
    .filter((gap) => refs.has(gap.ref))
    .slice(0, gapLimit)
    .map(({ what, detail }) => ({ what, detail }));
}

/** `identity:arn:...` -> `arn:...` */
const refOfKey = (key: string): string => key.slice(key.indexOf(":") + 1);
