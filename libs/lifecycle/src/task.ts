import type { Playbook, Severity, WorkspaceRole } from "@rollcall/nhi-model";

export const taskStates = [
  "open",
  "claimed",
  "in_progress",
  "verifying",
  "done",
  "snoozed",
  "exception",
  "false_positive",
  "reopened",
] as const;
export type TaskState = (typeof taskStates)[number];

export interface TaskException {
  readonly reason: string;
  readonly compensatingControl: string;
  readonly expiresAt: string;
  readonly ownerId: string;
}

/** What a task asks for: what clears its findings, or a plan that somebody made. */
export type TaskPlaybook = Playbook | "plan";

/** What one owner is asked to do: one subject, one playbook. Times are RFC 3339. */
export interface Task {
  readonly id: string;
  readonly subjectKind: "identity" | "source" | "plan";
  readonly subjectId: string;
  readonly playbook: TaskPlaybook;
  readonly state: TaskState;
  readonly severity: Severity;
  readonly title: string;
  readonly assigneeId: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly dueAt: string | null;
  /** When the SLA clock was stopped; null = it runs. */
  readonly clockStoppedAt: string | null;
  readonly snoozedUntil: string | null;
  readonly exception: TaskException | null;
  /** Left as it is by every function here: the store compares and raises it. */
  readonly version: number;
}

export interface TaskActor {
  /** null for the system. */
  readonly id: string | null;
  readonly role: WorkspaceRole | "system";
}

/** Who may do what: a workspace role, the person the task is assigned to, or the system after a sync. */
export type TaskParty = "admin" | "analyst" | "owner" | "assignee" | "system";

export type TaskEvent =
  | { readonly kind: "claim" }
  | { readonly kind: "assign"; readonly assigneeId: string }
  | { readonly kind: "release" }
  | { readonly kind: "start" }
  | { readonly kind: "submit"; readonly text?: string }
  | { readonly kind: "withdraw" }
  | { readonly kind: "snooze"; readonly until: string; readonly text?: string }
  | { readonly kind: "wake" }
  | { readonly kind: "request_exception"; readonly text: string }
  | { readonly kind: "grant_exception"; readonly exception: TaskException }
  | { readonly kind: "end_exception" }
  | { readonly kind: "mark_false_positive"; readonly text: string }
  | { readonly kind: "reopen"; readonly text?: string }
  | { readonly kind: "verified" }
  | { readonly kind: "still_failing" };
export type TaskEventKind = TaskEvent["kind"];

/** What is written to the task's history. */
export interface TaskEventRecord {
  readonly actorId: string | null;
  readonly kind: TaskEventKind | "severity_changed";
  readonly text: string | null;
  readonly fromState: TaskState;
  readonly toState: TaskState;
}
