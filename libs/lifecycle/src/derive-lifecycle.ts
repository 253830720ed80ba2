import type { IdentityStatus, LifecycleState } from "@rollcall/nhi-model";

/** undefined = not known. Times are RFC 3339. */
export interface LifecycleFacts {
  readonly status?: IdentityStatus;
  readonly registered?: boolean;
  readonly lastUsedAt?: string;
  /** Days of usage evidence: without enough of them an identity is not called dormant. */
  readonly observedDays?: number;
  readonly decommissionedAt?: string;
  readonly missingSince: string | null;
  readonly goneAt: string | null;
}

export interface LifecycleOptions {
  readonly now: string;
  readonly dormantDays?: number;
  readonly minObservedDays?: number;
}

/**
 * Where an identity stands. What the source says about existence goes first, then its state, then its use;
 * registration decides only while no use is known, so that an unregistered identity in use still shows as active.
 */
export function deriveLifecycle(facts: LifecycleFacts, { now, dormantDays = 90, minObservedDays = 60 }: LifecycleOptions): LifecycleState {
  if (facts.goneAt !== null) return "gone";
  if (facts.missingSince !== null) return "missing";
  if (facts.status === "deleted") return "decommissioned";
  const off = facts.status === "disabled" || facts.status === "suspended";
  if (off) return facts.decommissionedAt === undefined ? "disabled" : "decommissioned";
  if (facts.lastUsedAt !== undefined) {
    const idleDays = (Date.parse(now) - Date.parse(facts.lastUsedAt)) / 86_400_000;
    if (idleDays <= dormantDays) return "active";
    if ((facts.observedDays ?? 0) >= minObservedDays) return "dormant";
  }
  return facts.registered === true ? "registered" : "discovered";
}
