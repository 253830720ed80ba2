import { evidence, resting } from "../edge-builder.ts";
import type { GraphDraft } from "../draft.ts";
import type { Chains, PrincipalChains } from "./chains.ts";
import type { Guise, Guises } from "./guises.ts";
import type { PrincipalClasses } from "./principal-classes.ts";
import type { RaisedPowers } from "./raised-powers.ts";
import type { Selected } from "./target-class.ts";
import type { AwsPrincipal, AwsWorld } from "./world.ts";

/** What the builders of self-escalation share. */
export interface SelfEscalation {
  readonly draft: GraphDraft;
  readonly world: AwsWorld;
  readonly classes: PrincipalClasses;
  readonly chains: Chains;
  /** Node keys of the accounts. */
  readonly accounts: ReadonlyMap<string, string>;
  readonly powers: RaisedPowers;
  readonly guises: Guises;
}

export interface Caller {
  readonly principal: AwsPrincipal;
  readonly chains: PrincipalChains;
}

/** CAN_ESCALATE_SELF to an account or to a guise. */
export function escalate(
  draft: GraphDraft,
  { from, to, technique }: { readonly from: string; readonly to: string; readonly technique: string },
  { facts, conditions, ways }: Selected,
): void {
  draft.addEdge({
    from,
    to,
    kind: "CAN_ESCALATE_SELF",
    conditional: conditions.length > 0,
    level: null,
    why: resting(evidence(facts, technique, conditions), ways),
  });
}

/** An edge to what somebody gains who made a principal unlimited: the account, or what its limits leave. */
export function gain(
  work: SelfEscalation,
  { principal, technique }: { readonly principal: AwsPrincipal; readonly technique: string },
  { selected, guise }: { readonly selected: Selected; readonly guise: Guise | null },
): void {
  const to = guise === null ? work.accounts.get(principal.account)! : work.guises.enter(guise);
  escalate(work.draft, { from: principal.key, to, technique }, selected);
}
