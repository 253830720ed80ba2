import { formatRange } from "../range.ts";
import type { Range } from "../range.ts";
import type { TermDefinition } from "../term.ts";
import { weights } from "../weights.ts";

/** Points of a share of reach, rounded down so that they stay integers; never falls as the share grows. */
export function reachPoints(percent: number, tierZero: boolean): number {
  const points = weights.blastRadiusPoints;
  const next = points.findIndex(([at]) => at >= percent);
  const [toAt, toPoints] = points[next === -1 ? points.length - 1 : next] as readonly [number, number];
  const [fromAt, fromPoints] = points[Math.max((next === -1 ? points.length : next) - 1, 0)] as readonly [number, number];
  const share = toAt === fromAt ? 1 : Math.min((percent - fromAt) / (toAt - fromAt), 1);
  const value = Math.floor(fromPoints + share * (toPoints - fromPoints));
  return tierZero ? Math.max(value, weights.tierZeroFloor) : value;
}

export const blastRadius: TermDefinition = {
  id: "blast_radius",
  label: "What it can reach",
  group: "impact",
  cap: weights.caps.blastRadius,
  points: ({ reach }): Range =>
    reach === null
      ? { min: 0, max: weights.caps.blastRadius }
      : { min: reachPoints(reach.pctMin, reach.tierZeroMin), max: reachPoints(reach.pctMax, reach.tierZeroMax) },
  why: ({ reach }) => {
    if (reach === null) return "Its reach has not been computed";
    const share = `Reaches ${formatRange({ min: reach.pctMin, max: reach.pctMax })} % of what is worth protecting`;
    if (reach.tierZeroMin) return `${share}, among it an asset that controls everything else`;
    return reach.tierZeroMax ? `${share}; under conditions an asset that controls everything else` : share;
  },
  evidence: ({ reach }) =>
    reach === null
      ? []
      : [
          { path: "access.blastRadius", value: `${formatRange({ min: reach.pctMin, max: reach.pctMax })} %` },
          { path: "access.tierZero", value: reach.tierZeroMin ? "yes" : reach.tierZeroMax ? "conditional" : "no" },
        ],
};
