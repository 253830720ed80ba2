import type { anInput } from "@rollcall/access-graph/testing";
import type { WorkspaceSnapshot } from "../ports/analysis-store.ts";

/** A workspace of which nothing is known but its inventory. */
export const aSnapshot = (inventory: ReturnType<typeof anInput>): WorkspaceSnapshot => ({
  ...inventory,
  workspaceId: "w",
  basis: null,
  sources: [],
  usage: [],
  ownerClaims: [],
  humans: [],
  attested: new Map(),
});
