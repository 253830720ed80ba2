import type { Grant, Usage } from "@rollcall/nhi-model";
import type { Fix, NodeKey, UseConfidence } from "../what-if/what-if-types.ts";
import type { EdgeEvidence, PathHop } from "../types.ts";

export interface RouteOptions {
  /** 1 to 3 pairwise edge-disjoint routes. Default 3. */
  readonly max?: number;
  /** Names grants in the fixes. */
  readonly grants?: readonly Grant[];
  readonly usage?: readonly Usage[];
  /** RFC 3339; needed with usage. */
  readonly asOf?: string;
}

export interface Route {
  readonly hops: readonly RouteHop[];
  /** Some hop holds only under a condition. */
  readonly conditional: boolean;
}

export interface RouteHop extends PathHop {
  readonly technique: string | null;
  readonly facts: EdgeEvidence["facts"];
  readonly conditions: readonly string[];
  /** Single actions that each end this hop, fewest users first. Empty: it rests on several grounds at once, or on nothing removable. */
  readonly fixes: readonly HopFix[];
}

export interface HopFix extends Fix {
  readonly sideEffects: SideEffects;
}

/** Who else stands on the same ground. */
export interface SideEffects {
  /** Edges that go or become conditional with it, this hop included. */
  readonly edges: number;
  /** Nodes that lose an edge of their own. */
  readonly affected: readonly NodeKey[];
  /** How many of them used it within 90 days; null = usage not known. */
  readonly used90d: number | null;
  readonly confidence: UseConfidence;
}
