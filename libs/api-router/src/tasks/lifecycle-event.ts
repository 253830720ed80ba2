import type { Task, TaskEvent as LifecycleEvent, TaskEventKind } from "@rollcall/lifecycle";
import type { WorkspaceRole } from "@rollcall/nhi-model";
import type { StoredTask } from "@rollcall/posture-pipeline";
import { AppError } from "@rollcall/platform";
import type { TaskAction, TaskEvent } from "../schemas/task-action.ts";

/** Stored text comes from the same vocabulary: only lifecycle writes tasks. */
export const asTask = (stored: StoredTask): Task => stored as Task;

/** What people ask for, in the words of the state machine: it depends on who asks and where the task stands. */
export function lifecycleKind(event: TaskEvent, task: Pick<StoredTask, "state">, role: WorkspaceRole): TaskEventKind {
  switch (event) {
    case "unclaim":
      return task.state === "verifying" ? "withdraw" : "release";
    case "unsnooze":
      return "wake";
    // An owner asks; who answers for the workspace grants.
    case "except":
      return role === "admin" || role === "analyst" ? "grant_exception" : "request_exception";
    case "false_positive":
      return "mark_false_positive";
    case "reopen":
      return task.state === "exception" ? "end_exception" : task.state === "verifying" ? "withdraw" : "reopen";
    default:
      return event;
  }
}

const required = (value: string | null | undefined, name: string): string => {
  if (value === undefined || value === null || value === "") {
    throw new AppError("invalid_input", `State ${name}`, { fields: [{ pointer: `/${name}`, message: "is required for this action" }] });
  }
  return value;
};

/** The event with what it needs to carry. `actorId` answers for an exception unless somebody has the task. */
export function lifecycleEvent(
  action: TaskAction,
  task: StoredTask,
  actor: { readonly id: string | null; readonly role: WorkspaceRole },
): LifecycleEvent {
  const kind = lifecycleKind(action.event, task, actor.role);
  switch (kind) {
    case "assign":
      return action.assigneeId === null ? { kind: "release" } : { kind, assigneeId: required(action.assigneeId, "assigneeId") };
    case "submit":
    case "reopen":
      return { kind, text: action.reason };
    case "snooze":
      return { kind, until: required(action.until, "until"), text: action.reason };
    case "mark_false_positive":
      return { kind, text: required(action.reason, "reason") };
    case "request_exception": {
      const until = action.expiresAt === undefined ? "" : ` Until ${action.expiresAt.slice(0, 10)}.`;
      const control = action.compensatingControl === undefined ? "" : ` Limited by: ${action.compensatingControl}`;
      return { kind, text: `${required(action.reason, "reason")}${until}${control}` };
    }
    case "grant_exception":
      return {
        kind,
        exception: {
          reason: required(action.reason, "reason"),
          compensatingControl: required(action.compensatingControl, "compensatingControl"),
          expiresAt: required(action.expiresAt, "expiresAt"),
          ownerId: required(task.assigneeId ?? actor.id, "assigneeId"),
        },
      };
    case "claim":
    case "release":
    case "start":
    case "withdraw":
    case "wake":
    case "end_exception":
      return { kind };
    default:
      throw new AppError("invalid_input", "Only a later sync decides this");
  }
}
