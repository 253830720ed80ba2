import { compactGraph } from "./compact-graph.ts";
import { nodesAboveGaps } from "./gap-marks.ts";
import { ownEscalations } from "./own-grants.ts";
import { radiusColumn, reachStats } from "./reach-stats.ts";
import type { BoundStats, ReachMethod, ReachStats } from "./reach-stats.ts";
import { column, ownShare, readCount } from "./worth.ts";
import type { AccessGraph, BlastRadius } from "../types.ts";

/** Exact blast radius of every node, columnar: columns are by node number, `at` gives one row as an object. */
export interface BlastRadiusTable {
  /** BR in Gmin / Gmax: sum of weight (0-100) x level (5, 8, 10). */
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly at: (node: number) => BlastRadius;
}

const cache = new WeakMap<AccessGraph, BlastRadiusTable>();

/** Blast radius of all nodes as graph.md E3 defines it, in one pass over the condensed graph; computed once per graph. */
export function blastRadiusOfAll(graph: AccessGraph, method: ReachMethod = "auto"): BlastRadiusTable {
  const known = method === "auto" ? cache.get(graph) : undefined;
  if (known !== undefined) return known;
  const table = tableOf(graph, reachStats(compactGraph(graph), { method }));
  if (method === "auto") cache.set(graph, table);
  return table;
}

/** `blastRadiusOfAll` of this graph is known from elsewhere, or not any more. */
export const holdRadii = (graph: AccessGraph, stats: ReachStats): void => void cache.set(graph, tableOf(graph, stats));
export const forgetRadii = (graph: AccessGraph): void => void cache.delete(graph);

function tableOf(graph: AccessGraph, stats: ReachStats): BlastRadiusTable {
  const { environments } = compactGraph(graph);
  const { worth } = stats;
  const table = { min: radiusColumn(stats, "min"), max: radiusColumn(stats, "max") };
  let marks: Uint8Array | null = null;
  const countsOf = ({ rowOf, lanes }: BoundStats, node: number): Counts => {
    const [own, at] = [ownShare(worth, node), rowOf[node]! * worth.laneCount];
    return (which) => readCount(lanes, at, which) - readCount(own, 0, which);
  };
  return {
    ...table,
    at: (node) => {
      marks ??= nodesAboveGaps(graph);
      return describe(graph, { node, environments, hidden: marks[node] === 1, min: table.min[node]!, max: table.max[node]! }, [
        countsOf(stats.min, node),
        countsOf(stats.max, node),
      ]);
    },
  };
}

/** By column. */
type Counts = (which: number) => number;

interface Described {
  readonly node: number;
  readonly environments: readonly string[];
  readonly hidden: boolean;
  readonly min: number;
  readonly max: number;
}

function describe(graph: AccessGraph, subject: Described, [least, most]: readonly [Counts, Counts]): BlastRadius {
  const { min, max } = subject;
  const pctMin = percent(min, graph.totalWeight);
  const pctMax = percent(max, graph.totalWeight);
  const tierZeroMin = least(column.tierZero) > 0;
  const tierZeroMax = most(column.tierZero) > 0;
  return {
    min,
    max,
    pctMin,
    pctMax,
    tierZeroMin,
    tierZeroMax,
    assetsMin: least(column.assets),
    assetsMax: most(column.assets),
    identitiesMin: least(column.identities),
    identitiesMax: most(column.identities),
    sensitiveMin: least(column.sensitive),
    environments: subject.environments.filter((_, index) => least(column.firstEnvironment + index) > 0),
    severity: severityOf({ exactPct: graph.totalWeight === 0 ? 0 : (100 * min) / graph.totalWeight, tierZeroMin, tierZeroMax }),
    escalations: ownEscalations(graph, subject.node),
    atLeast: subject.hidden,
  };
}

const percent = (radius: number, totalWeight: number): number => (totalWeight === 0 ? 0 : Math.round((1000 * radius) / totalWeight) / 10);

/** Bands of graph.md E3, version 1. */
function severityOf({
  exactPct,
  tierZeroMin,
  tierZeroMax,
}: {
  exactPct: number;
  tierZeroMin: boolean;
  tierZeroMax: boolean;
}): BlastRadius["severity"] {
  if (tierZeroMin || exactPct >= 25) return "critical";
  if (tierZeroMax || exactPct >= 10) return "high";
  return exactPct >= 2 ? "medium" : "low";
}
