import type { GraphNode } from "./types.ts";

/** A node the graph derives itself: a scope, a hub, an outsider. AWS unless said otherwise. */
export const derivedNode = (key: string, label: string, rest: Partial<GraphNode> = {}): GraphNode => ({
  key,
  kind: "resource",
  subkind: "scope",
  entityId: null,
  label,
  provider: "aws",
  account: null,
  environment: null,
  weight: 0,
  weightReason: null,
  tierZero: false,
  ...rest,
});

/** How the weight of a node begins that nothing but policies speaks of: without them nobody would know of it. */
export const namedByPolicy = "named by a policy";
