import { derivedNode } from "../derived-node.ts";
import type { GraphDraft } from "../draft.ts";
import { evidence, resting } from "../edge-builder.ts";
import type { Inventory } from "../inventory.ts";
import type { EdgeEvidence, Way } from "../types.ts";

export interface Federation {
  readonly from: string;
  readonly to: string;
  readonly facts: EdgeEvidence["facts"];
  /** What has to hold besides and is not known; empty = certain. */
  readonly conditions: readonly string[];
  /** Absent = nothing that could be taken away is known. */
  readonly way?: Way;
}

export type Federate = (federation: Federation) => void;

/** A workload that can come by a token, and an identity that takes it. */
export function addFederatesTo(draft: GraphDraft, { from, to, facts, conditions, way }: Federation): void {
  const found = evidence(facts, null, conditions);
  const why = way === undefined ? found : resting(found, [way]);
  draft.addEdge({ from, to, kind: "FEDERATES_TO", conditional: conditions.length > 0, level: null, why });
}

/** The node of a role that somebody signs in as; where no source lists the role it stands outside of what is known. */
export function namedRole(inventory: Inventory, draft: GraphDraft, { sourceId, arn }: { sourceId: string; arn: string }): string {
  const known = inventory.resolve(sourceId, arn);
  if (known !== undefined) return known.key;
  addUnlistedGap(draft, arn);
  return outsider(draft, arn);
}

/** The node of a role that gains something here, of which only its name is known. */
export function outsider(draft: GraphDraft, arn: string): string {
  const name = arn.slice(arn.lastIndexOf(":") + 1);
  return draft.addNode({ ...derivedNode(`external:${arn}`, name), kind: "external", subkind: "external" });
}

/** Whoever becomes an identity that no source lists reaches at least what is known. */
export const addUnlistedGap = (draft: GraphDraft, ref: string): void =>
  draft.addGap({
    ref,
    what: "unresolved_reference",
    detail: "a workload may sign in as it, but no source lists it: what it reaches is not counted",
  });
