import type { Grant } from "@rollcall/nhi-model";
import type { GraphDraft } from "./draft.ts";
import type { Inventory } from "./inventory.ts";
import type { EdgeEvidence, Way } from "./types.ts";
import { simplest } from "./ways.ts";

export interface BuildContext {
  readonly inventory: Inventory;
  /** Only the grants of the builder's own dialect, in canonical order. */
  readonly grants: readonly Grant[];
  readonly draft: GraphDraft;
  /** RFC 3339. */
  readonly asOf: string;
}

/** Turns the grants of one dialect into edges. One folder each; add a line to the registry in build-graph.ts. */
export interface EdgeBuilder {
  readonly dialect: string;
  readonly build: (context: BuildContext) => void;
}

export const evidence = (
  facts: EdgeEvidence["facts"],
  technique: string | null = null,
  conditions: readonly string[] = certain,
): EdgeEvidence => ({ technique, facts, conditions });

const certain: readonly string[] = [];

/** The same evidence, resting on grounds that a fix can take away. */
export const resting = (why: EdgeEvidence, ways: readonly Way[]): EdgeEvidence => {
  const simple = simplest(ways, why.conditions.length > 0);
  return simple === undefined ? why : { technique: why.technique, facts: why.facts, conditions: why.conditions, ways: simple };
};
