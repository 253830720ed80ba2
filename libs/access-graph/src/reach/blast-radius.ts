import { controlComponents } from "./components.ts";
import type { Components } from "./components.ts";
import { condense } from "./condensation.ts";
import { denseBlocks } from "./dense-blocks.ts";
import { componentsWithGap, nodesWithGap } from "./gap-marks.ts";
import { graphIndex } from "./graph-index.ts";
import type { Bound } from "./graph-index.ts";
import { ownEscalations } from "./own-grants.ts";
import { reachItems, stat } from "./reach-items.ts";
import type { ReachItems } from "./reach-items.ts";
import { sharedSets } from "./shared-sets.ts";
import type { AccessGraph, BlastRadius } from "../types.ts";

/** Exact blast radius of every node, columnar: columns are by node number, `at` gives one row as an object. */
export interface BlastRadiusTable {
  /** BR in Gmin / Gmax: sum of weight (0-100) x level (5, 8, 10). */
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly at: (node: number) => BlastRadius;
}

/** How reach sets are united; both are exact. `auto` shares sets and falls back to dense blocks when they do not share. */
export type ReachMethod = "auto" | "shared" | "dense";

interface BoundResult {
  readonly components: Components;
  readonly stats: Float64Array;
  readonly hidden: Uint8Array;
}

const cache = new WeakMap<AccessGraph, BlastRadiusTable>();

/** Blast radius of all nodes as graph.md E3 defines it, in one pass over the condensed graph; computed once per graph. */
export function blastRadiusOfAll(graph: AccessGraph, method: ReachMethod = "auto"): BlastRadiusTable {
  const known = method === "auto" ? cache.get(graph) : undefined;
  if (known !== undefined) return known;
  const items = reachItems(graph);
  const least = boundResult(graph, items, { bound: "min", method });
  const most = graph.edges.some((edge) => edge.conditional) ? boundResult(graph, items, { bound: "max", method }) : least;
  const rowOf = (result: BoundResult, node: number): Float64Array => {
    const c = result.components.of[node]!;
    const row = result.stats.slice(c * items.statCount, (c + 1) * items.statCount);
    // The definition leaves s itself out; s controls itself, so all of its own items are in its set.
    items.whenControlled(node, (item) => items.addTo(row, item, -1));
    return row;
  };
  const column = (result: BoundResult): Float64Array =>
    Float64Array.from(
      graph.nodes,
      (node, index) => result.stats[result.components.of[index]! * items.statCount + stat.radius]! - node.weight * 10,
    );
  const table: BlastRadiusTable = {
    min: column(least),
    max: column(most),
    at: (node) =>
      describe(graph, { node, environments: items.environments, hidden: most.hidden[most.components.of[node]!] === 1 }, [
        rowOf(least, node),
        rowOf(most, node),
      ]),
  };
  if (method === "auto") cache.set(graph, table);
  return table;
}

function boundResult(
  graph: AccessGraph,
  items: ReachItems,
  { bound, method }: { readonly bound: Bound; readonly method: ReachMethod },
): BoundResult {
  const index = graphIndex(graph);
  const components = controlComponents(index, bound);
  const condensed = condense(index, components, { bound, items });
  const stats = (method === "dense" ? null : sharedSets(condensed, items)) ?? denseBlocks(condensed, items);
  return { components, stats, hidden: componentsWithGap(nodesWithGap(graph), components, condensed) };
}

interface Described {
  readonly node: number;
  readonly environments: readonly string[];
  readonly hidden: boolean;
}

function describe(graph: AccessGraph, subject: Described, [least, most]: readonly [Float64Array, Float64Array]): BlastRadius {
  const [min, max] = [least[stat.radius]!, most[stat.radius]!];
  const pctMin = percent(min, graph.totalWeight);
  const pctMax = percent(max, graph.totalWeight);
  const tierZeroMin = least[stat.tierZero]! > 0;
  const tierZeroMax = most[stat.tierZero]! > 0;
  return {
    min,
    max,
    pctMin,
    pctMax,
    tierZeroMin,
    tierZeroMax,
    assetsMin: least[stat.assets]!,
    assetsMax: most[stat.assets]!,
    identitiesMin: least[stat.identities]!,
    identitiesMax: most[stat.identities]!,
    sensitiveMin: least[stat.sensitive]!,
    environments: subject.environments.filter((_, index) => least[stat.firstEnvironment + index]! > 0),
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
