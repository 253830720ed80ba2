export { taskStates } from "./task.ts";
export type {
  Task,
  TaskActor,
  TaskEvent,
  TaskEventKind,
  TaskEventRecord,
  TaskException,
  TaskParty,
  TaskPlaybook,
  TaskState,
} from "./task.ts";
export { transitionTable } from "./transition-table.ts";
export type { ClockEffect, TransitionRow } from "./transition-table.ts";
export { allowedEvents, maxSnoozeDays, timedEvent, transition } from "./transition.ts";
export type { TransitionContext, TransitionResult } from "./transition.ts";
export { defaultSlaDays, dueAt, isOverdue } from "./sla.ts";
export type { SlaDays } from "./sla.ts";
export { exceptionBudget, exceptionRefusal, maxExceptionDays } from "./exception.ts";
export type { ExceptionBudget } from "./exception.ts";
export { groupFindings, taskKey, taskTitle } from "./group-findings.ts";
export type { TaskFinding, TaskGroup } from "./group-findings.ts";
export { reconcileTasks } from "./reconcile-tasks.ts";
export type { ReconcileContext, Reconciliation, TaskChange, TaskDraft } from "./reconcile-tasks.ts";
export { humanDirectory, inferOwner } from "./infer-owner.ts";
export type { HumanDirectory, OwnerCandidate, OwnerInference } from "./infer-owner.ts";
export { deriveLifecycle } from "./derive-lifecycle.ts";
export type { LifecycleFacts, LifecycleOptions } from "./derive-lifecycle.ts";
export { absenceState, minHoursBetweenAbsences } from "./absence.ts";
export type { AbsenceState, Presence, Sighting } from "./absence.ts";
export { decideRemovals, removalLimits } from "./decide-removals.ts";
export type { RemovalDecision, ScopeRemoval } from "./decide-removals.ts";
