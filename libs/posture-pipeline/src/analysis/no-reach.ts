import type { BlastRadius } from "@rollcall/access-graph";

/** The blast radius of what is not in the graph. */
export const noReach: BlastRadius = {
  min: 0,
  max: 0,
  pctMin: 0,
  pctMax: 0,
  tierZeroMin: false,
  tierZeroMax: false,
  assetsMin: 0,
  assetsMax: 0,
  identitiesMin: 0,
  identitiesMax: 0,
  sensitiveMin: 0,
  environments: [],
  severity: "low",
  escalations: [],
};
