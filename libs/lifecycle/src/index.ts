export { absenceState, breakerLimits, confirmAbsenceAfterMs, decideRemovals } from "./absence.ts";
export type { Presence, RemovalDecision, ScopeAbsence } from "./absence.ts";
export { lifecycleStateOf } from "./lifecycle-state.ts";
export type { LifecycleInput } from "./lifecycle-state.ts";
export { inferOwner } from "./infer-owner.ts";
export type { OwnerInference } from "./infer-owner.ts";
