import type { AccessGraph } from "../types.ts";

/**
 * What a reach set is made of. Levels are nested, so each asset is three items (read, write, admin) worth 5, 3 and 2
 * times its weight: the union of items then takes the maximum level by itself. Each identity is one more item.
 */
export interface ReachItems {
  readonly count: number;
  /** Statistics kept per set: the columns below, then one per environment. */
  readonly statCount: number;
  readonly environments: readonly string[];
  readonly whenControlled: (node: number, take: (item: number) => void) => void;
  /** `points` 5, 8 or 10. */
  readonly whenAccessed: (node: number, points: number, take: (item: number) => void) => void;
  /** Adds the item's contribution to a statistics row, times `sign`. */
  readonly addTo: (stats: Float64Array, item: number, sign: 1 | -1) => void;
}

export const stat = { radius: 0, assets: 1, identities: 2, sensitive: 3, tierZero: 4, firstEnvironment: 5 } as const;

/** From this weight on an asset counts as sensitive (0-100). */
export const sensitiveFromWeight = 50;

const shareOfLevel = [5, 3, 2] as const;

export function reachItems(graph: AccessGraph): ReachItems {
  const assets = graph.nodes.flatMap((node, index) => (node.weight > 0 ? [index] : []));
  const identities = graph.nodes.flatMap((node, index) => (node.kind === "identity" ? [index] : []));
  const environments = [...new Set(assets.flatMap((index) => graph.nodes[index]!.environment ?? []))].sort();
  const assetNumber = new Int32Array(graph.nodes.length).fill(-1);
  assets.forEach((node, number) => {
    assetNumber[node] = number;
  });
  const identityNumber = new Int32Array(graph.nodes.length).fill(-1);
  identities.forEach((node, number) => {
    identityNumber[node] = number;
  });
  const firstIdentity = assets.length * 3;
  const environmentOf = assets.map((index) => environments.indexOf(graph.nodes[index]!.environment ?? ""));
  const weightOf = Float64Array.from(assets, (index) => graph.nodes[index]!.weight);
  const tierZero = Uint8Array.from(assets, (index) => (graph.nodes[index]!.tierZero ? 1 : 0));
  return {
    count: firstIdentity + identities.length,
    statCount: stat.firstEnvironment + environments.length,
    environments,
    whenControlled: (node, take) => {
      const asset = assetNumber[node]!;
      if (asset >= 0) {
        take(asset * 3);
        take(asset * 3 + 1);
        take(asset * 3 + 2);
      }
      if (identityNumber[node]! >= 0) take(firstIdentity + identityNumber[node]!);
    },
    whenAccessed: (node, points, take) => {
      const asset = assetNumber[node]!;
      if (asset < 0) return;
      take(asset * 3);
      if (points >= 8) take(asset * 3 + 1);
      if (points >= 10) take(asset * 3 + 2);
    },
    addTo: (stats, item, sign) => {
      if (item >= firstIdentity) {
        stats[stat.identities]! += sign;
        return;
      }
      const asset = Math.trunc(item / 3);
      const level = item - asset * 3;
      stats[stat.radius]! += sign * weightOf[asset]! * shareOfLevel[level]!;
      if (level !== 0) return;
      stats[stat.assets]! += sign;
      if (weightOf[asset]! >= sensitiveFromWeight) stats[stat.sensitive]! += sign;
      stats[stat.tierZero]! += sign * tierZero[asset]!;
      if (environmentOf[asset]! >= 0) stats[stat.firstEnvironment + environmentOf[asset]!]! += sign;
    },
  };
}
