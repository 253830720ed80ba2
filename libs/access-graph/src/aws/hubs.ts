import { derivedNode } from "../derived-node.ts";
import type { GraphDraft } from "../draft.ts";
import { evidence, resting } from "../edge-builder.ts";
import type { EdgeKind } from "../types.ts";
import { allWays, openNeed } from "../ways.ts";
import type { PrincipalChains } from "./chains.ts";
import type { Selected, Selection, TargetClass } from "./target-class.ts";

/** One node that stands for all members of a class, so that a grant to everyone is one edge. Made when first used. */
export class Hubs {
  readonly #draft: GraphDraft;
  readonly #made = new Set<string>();

  constructor(draft: GraphDraft) {
    this.#draft = draft;
  }

  keyOf(targets: TargetClass): string {
    const key = `resource:aws:scope:${targets.account}:${targets.id}`;
    if (this.#made.has(key)) return key;
    this.#made.add(key);
    this.#draft.addNode(derivedNode(key, targets.label, { account: targets.account }));
    for (const member of targets.members) {
      this.#draft.addEdge({
        from: key,
        to: member.key,
        kind: "CONTAINS",
        conditional: member.conditions.length > 0,
        level: null,
        why: resting(evidence(member.facts, null, member.conditions), member.ways),
      });
    }
    return key;
  }
}

export interface GrantedEdge {
  readonly from: string;
  readonly kind: EdgeKind;
  readonly technique: string | null;
  /** Open conditions besides those of the policies. */
  readonly conditions?: readonly string[];
  readonly chains: PrincipalChains;
}

/** Edges from one principal to a selection: one to the hub, or one to each selected member. */
export function addSelectionEdges(
  draft: GraphDraft,
  edge: GrantedEdge,
  { selection, targets, hubs }: { selection: Selection; targets: TargetClass; hubs: Hubs },
): void {
  const extra = edge.conditions ?? [];
  const add = (to: string, { facts, conditions, ways }: Selected): void => {
    draft.addEdge({
      from: edge.from,
      to,
      kind: edge.kind,
      conditional: conditions.length > 0,
      level: null,
      why: resting(evidence(facts, edge.technique, conditions), ways),
    });
  };
  const localise = ({ ways }: Selected) => ways.map(edge.chains.localise).map((way) => (extra.length > 0 ? [...way, openNeed] : way));
  const { everyone, some } = selection;
  if (everyone !== null)
    add(hubs.keyOf(targets), { ...everyone, conditions: [...everyone.conditions, ...extra], ways: localise(everyone) });
  for (const { member, selected } of some) {
    add(member.key, {
      facts: [...selected.facts, ...member.facts],
      conditions: [...selected.conditions, ...member.conditions, ...extra],
      ways: allWays(localise(selected), member.ways),
    });
  }
}
