import type { FactMap } from "@rollcall/nhi-model";
import type { TaskPlan } from "./task-plan.ts";

/** A stored task in the shape lifecycle's transition table works on (dates RFC 3339). */
export interface StoredTask {
  readonly id: string;
  readonly subjectKind: "identity" | "source" | "plan";
  readonly subjectId: string;
  readonly playbook: string;
  readonly state: string;
  readonly severity: string;
  readonly title: string;
  readonly assigneeId: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly dueAt: string | null;
  /** When the SLA clock was stopped (verifying, exception), null = running. */
  readonly clockStoppedAt: string | null;
  readonly snoozedUntil: string | null;
  readonly exception: {
    readonly reason: string;
    readonly compensatingControl: string;
    readonly expiresAt: string;
    readonly ownerId: string;
  } | null;
  readonly version: number;
}

export interface TaskEventDraft {
  readonly actorId: string | null;
  readonly kind: string;
  readonly text: string | null;
  readonly fromState: string | null;
  readonly toState: string | null;
}

export interface OpenedPlan {
  readonly taskId: string;
  /** False when a task for these steps was there already. */
  readonly opened: boolean;
}

export interface TriageStore {
  /** Every task of the workspace, done ones too (a finding that comes back reopens its task). */
  allTasks(workspaceId: string): Promise<readonly StoredTask[]>;
  task(workspaceId: string, taskId: string): Promise<StoredTask | null>;
  taskEvents(
    workspaceId: string,
    taskId: string,
  ): Promise<
    readonly { readonly id: string; readonly at: string; readonly actor: string; readonly kind: string; readonly text: string | null }[]
  >;
  /** Compare-and-set on `version`; false = somebody was faster. */
  saveTask(workspaceId: string, task: StoredTask, event: TaskEventDraft): Promise<boolean>;
  /** The plans of unfinished tasks and of those done, with the id of their task. */
  plans(workspaceId: string): Promise<readonly { readonly taskId: string; readonly plan: TaskPlan }[]>;
  plan(workspaceId: string, taskId: string): Promise<TaskPlan | null>;
  /** Stores a task for a plan, unless its subject has one. */
  openPlan(
    workspaceId: string,
    task: StoredTask,
    opening: { readonly plan: TaskPlan; readonly actorId: string | null },
  ): Promise<OpenedPlan>;
  /** Removes the task of a plan that is not to be carried out; the audit log keeps that it was there. False = somebody was faster. */
  withdrawPlan(workspaceId: string, target: { readonly taskId: string; readonly version: number }): Promise<boolean>;
  addTaskEvent(workspaceId: string, taskId: string, event: TaskEventDraft): Promise<void>;
  /**
   * States facts about identities by a person (owner, purpose, environment, review): merged over what sources say, written to the change
   * log, an analysis announced. Returns the ids of those that exist in this workspace.
   */
  attestMany(workspaceId: string, identityIds: readonly string[], facts: FactMap, actorId: string): Promise<readonly string[]>;
  members(
    workspaceId: string,
  ): Promise<readonly { readonly userId: string; readonly name: string; readonly email: string; readonly role: string }[]>;
}
