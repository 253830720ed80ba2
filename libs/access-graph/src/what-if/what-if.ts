import { buildGraph } from "../build-graph.ts";
import { blastRadiusOfAll } from "../reach/blast-radius.ts";
import { reachOf } from "../reach/reach-of.ts";
import { sensitiveFromWeight } from "../reach/worth.ts";
import type { AccessGraph } from "../types.ts";
import { applyChanges } from "./apply-changes.ts";
import { brokenConsumers } from "./broken-consumers.ts";
import { overlay } from "./overlay.ts";
import { removalOf } from "./removal-of.ts";
import { UsageEvidence } from "./usage-of.ts";
import type { Bounds, Change, Entry, FocusResult, LostAsset, NodeKey, WhatIfQuestion, WhatIfResult } from "./what-if-types.ts";

/**
 * What would be if these changes were made: a plan of any number of steps, on a view of the graph that leaves it as it is. Exact, unless
 * `inexact` says why not; with the inventory it always is.
 */
export function whatIf(graph: AccessGraph, changes: readonly Change[], about: WhatIfQuestion): WhatIfResult {
  const { removal, obstacles } = removalOf(graph, changes, about);
  const rebuilds = obstacles.length > 0 && about.inventory !== undefined;
  const after = rebuilds ? buildGraph(applyChanges(about.inventory!, changes)) : overlay(graph, removal);
  const focus = about.focus === undefined ? null : focusResult(graph, after, about.focus, removal.nodes);
  return {
    method: rebuilds ? "rebuilt" : "overlay",
    inexact: rebuilds ? [] : obstacles,
    after,
    risk: { before: riskOf(graph, about.entries), after: riskOf(after, about.entries) },
    focus,
    broken: brokenConsumers(graph, after, new UsageEvidence(about.usage, about.asOf)),
    consumersToUpdate: consumersToUpdate(graph, changes),
    atLeast: focus === null ? after.gaps.length > 0 : isLowerBound(after, focus.node),
  };
}

/** Sum over the entries of points x blast radius (graph.md E5). An entry that is not in the graph adds nothing. */
export function riskOf(graph: AccessGraph, entries: readonly Entry[]): Bounds {
  const table = blastRadiusOfAll(graph);
  const numbers = numbersOf(graph, entries);
  let [min, max] = [0, 0];
  for (let at = 0; at < numbers.length; at++) {
    if (numbers[at]! < 0) continue;
    min += entries[at]!.points * table.min[numbers[at]!]!;
    max += entries[at]!.points * table.max[numbers[at]!]!;
  }
  return { min, max };
}

/** By entry its node, or -1: the same for every plan on one graph. */
const numbersByEntries = new WeakMap<readonly Entry[], { readonly of: AccessGraph["indexByKey"]; readonly numbers: Int32Array }>();

function numbersOf({ indexByKey }: AccessGraph, entries: readonly Entry[]): Int32Array {
  const known = numbersByEntries.get(entries);
  if (known?.of === indexByKey) return known.numbers;
  const numbers = new Int32Array(entries.length);
  entries.forEach(({ node }, at) => (numbers[at] = indexByKey.get(node) ?? -1));
  numbersByEntries.set(entries, { of: indexByKey, numbers });
  return numbers;
}

function radiusAt(graph: AccessGraph, node: NodeKey): Bounds {
  const index = graph.indexByKey.get(node);
  const table = blastRadiusOfAll(graph);
  return index === undefined ? { min: 0, max: 0 } : { min: table.min[index]!, max: table.max[index]! };
}

function focusResult(before: AccessGraph, after: AccessGraph, node: NodeKey, removed: ReadonlySet<number> | undefined): FocusResult {
  const index = before.indexByKey.get(node);
  const remains = after.indexByKey.has(node) && (index === undefined || removed?.has(index) !== true);
  const [had, has] = [assetsOf(before, node), remains ? assetsOf(after, node) : new Map<NodeKey, AssetView>()];
  const lost = [...had].flatMap(([asset, view]): LostAsset[] => {
    const now = has.get(asset);
    if (now !== undefined && now.contribution >= view.contribution && (view.conditional || !now.conditional)) return [];
    return [
      {
        node: asset,
        weight: view.weight,
        before: { level: view.level, conditional: view.conditional },
        after: now === undefined ? null : { level: now.level, conditional: now.conditional },
      },
    ];
  });
  return {
    node,
    remains,
    radius: { before: radiusAt(before, node), after: remains ? radiusAt(after, node) : { min: 0, max: 0 } },
    lost,
    remaining: [...has].flatMap(([asset, { weight, level, conditional, hops, contribution }]) =>
      weight >= sensitiveFromWeight ? [{ node: asset, level, conditional, hops, contribution }] : [],
    ),
  };
}

type AssetView = ReturnType<typeof viewOf>;
const viewOf = (graph: AccessGraph, asset: ReturnType<typeof reachOf>["assets"][number]) => ({
  ...asset,
  weight: graph.nodes[asset.node]!.weight,
});

function assetsOf(graph: AccessGraph, node: NodeKey): Map<NodeKey, AssetView> {
  const index = graph.indexByKey.get(node);
  if (index === undefined) return new Map();
  return new Map(reachOf(graph, index).assets.map((asset) => [graph.nodes[asset.node]!.key, viewOf(graph, asset)]));
}

const isLowerBound = (graph: AccessGraph, node: NodeKey): boolean => {
  const index = graph.indexByKey.get(node);
  return index !== undefined && blastRadiusOfAll(graph).at(index).atLeast === true;
};

/** Where the new value has to go: what stores the credential or uses it, and whoever reads it there. */
function consumersToUpdate(graph: AccessGraph, changes: readonly Change[]): NodeKey[] {
  const holders = (of: ReadonlySet<number>): Set<number> =>
    new Set(
      graph.edges.flatMap((edge) =>
        of.has(edge.to) && graph.nodes[edge.from]!.kind !== "external" && isHolding.has(edge.kind) ? [edge.from] : [],
      ),
    );
  const rotated = new Set(
    changes.flatMap((change) => (change.kind === "rotate_credential" ? (graph.indexByKey.get(change.credential) ?? []) : [])),
  );
  if (rotated.size === 0) return [];
  const stores = holders(rotated);
  return [...new Set([...stores, ...holders(stores)])].map((node) => graph.nodes[node]!.key).sort();
}

const isHolding: ReadonlySet<string> = new Set(["STORES", "CAN_READ_SECRET", "USES_SECRET"]);
