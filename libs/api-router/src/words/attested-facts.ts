import type { Fact, FactMap, FactValue } from "@rollcall/nhi-model";
import type { Viewer } from "../context.ts";

export interface AttestedInput {
  readonly ownerLabel?: string;
  readonly ownerEmail?: string;
  readonly purpose?: string;
  readonly environment?: string;
  readonly criticality?: string;
  readonly reviewedNow?: true;
  readonly retirementTrigger?: string;
  /** Why the person states this; kept with it. */
  readonly reason?: string;
}

/** What a person states, as facts with that person as the source. */
export function attestedFacts(input: AttestedInput, viewer: Viewer, at: string): FactMap {
  const facts: Record<string, Fact<FactValue>> = {};
  const state = (path: string, value: FactValue | undefined) => {
    if (value !== undefined) facts[path] = { known: value, source: `attested by ${viewer.name}`, observedAt: at };
  };
  const owner = input.ownerEmail ?? input.ownerLabel;
  state("owner.label", input.ownerLabel ?? input.ownerEmail);
  state("owner.email", input.ownerEmail);
  state("owner.personId", owner);
  // An address belongs to somebody; a bare label is as likely a team.
  state("owner.kind", owner === undefined ? undefined : input.ownerEmail === undefined ? "team" : "person");
  state("owner.status", owner === undefined ? undefined : "active");
  state("purpose", input.purpose);
  state("environment", input.environment);
  state("criticality", input.criticality);
  state("review.lastReviewedAt", input.reviewedNow === true ? at : undefined);
  state("lifecycle.retirementTrigger", input.retirementTrigger);
  state("attestation.reason", input.reason);
  return facts;
}
