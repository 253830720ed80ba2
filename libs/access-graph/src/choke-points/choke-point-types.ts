import type { Grant, Usage } from "@rollcall/nhi-model";
import type { Bounds, Fix, NodeKey } from "../what-if/what-if-types.ts";
import type { SideEffects } from "../routes/route-types.ts";

export interface ChokePointOptions {
  /** How many fixes to rank. Default 20. */
  readonly limit?: number;
  /** Length of the greedy plan; default 0 = none. */
  readonly planSteps?: number;
  /** How many fixes that cut nothing alone to explain. Default 10. */
  readonly redundantLimit?: number;
  readonly grants?: readonly Grant[];
  readonly usage?: readonly Usage[];
  readonly asOf?: string;
}

export interface ChokePoints {
  /** Total over the entries. */
  readonly risk: Bounds;
  /** Exact; largest cut in Gmin first, then in Gmax, then fewest users in 90 days, then ground. Cut > 0. */
  readonly ranked: readonly ChokePoint[];
  /** Each step is the best fix after the ones before it: greedy, not the best plan of its length. */
  readonly plan: readonly PlanStep[];
  /** Fixes on busy ground that alone cut nothing. */
  readonly redundant: readonly RedundantFix[];
  /** How the answer was found: candidates, exact evaluations, pruned by an upper bound. */
  readonly work: { readonly candidates: number; readonly evaluated: number; readonly pruned: number };
}

export interface ChokePoint {
  readonly fix: Fix;
  /** Other single changes with exactly the same effect: detaching a policy of one statement, or removing that statement. */
  readonly alike: readonly Fix[];
  /**
   * Risk(G) - Risk(G without the fix), exact. One thing the graph does not know: another version of a policy may give more than what is left of
   * it when one of its statements goes. `whatIf` with the inventory takes that into account.
   */
  readonly cut: Bounds;
  /** 0-100, one decimal, of the risk in Gmin (Gmax when that is 0). */
  readonly cutPct: number;
  readonly sideEffects: SideEffects;
}

export interface PlanStep extends ChokePoint {
  /** Risk that remains after this step. */
  readonly remaining: Bounds;
}

export interface RedundantFix {
  readonly fix: Fix;
  /** What keeps the way open, in words: the hops of another route. */
  readonly alsoVia: readonly string[];
  /** A second fix that cuts together with this one although neither does alone; null = none found. */
  readonly pair: { readonly fix: Fix; readonly cut: Bounds } | null;
}

/** A vault, broker, CI system or identity provider as an identity itself. */
export interface ControlPlane {
  readonly node: NodeKey;
  readonly role: "vault" | "pipeline" | "identity_provider" | "cluster" | "account" | "platform";
  readonly radius: Bounds;
  /** 0-100, one decimal, of everything there is to reach. */
  readonly radiusPct: Bounds;
  /** Identities it controls (Gmax), and how many can take it over (Gmax). */
  readonly controls: number;
  readonly controlledBy: number;
}
