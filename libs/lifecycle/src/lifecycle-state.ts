import type { IdentityStatus, LifecycleState } from "@rollcall/nhi-model";

export interface LifecycleInput {
  readonly status: IdentityStatus | null;
  readonly registered: boolean;
  readonly dormant: boolean;
  readonly decommissioned: boolean;
  readonly missingSince: string | null;
  readonly goneAt: string | null;
}

/** Where an identity stands. What the source no longer lists outranks everything else; a disabled one is not dormant. */
export function lifecycleStateOf(input: LifecycleInput): LifecycleState {
  if (input.goneAt !== null) return "gone";
  if (input.missingSince !== null) return "missing";
  if (input.decommissioned) return "decommissioned";
  if (input.status === "disabled" || input.status === "suspended" || input.status === "deleted") return "disabled";
  if (input.dormant) return "dormant";
  if (!input.registered) return "discovered";
  return input.status === "active" ? "active" : "registered";
}
