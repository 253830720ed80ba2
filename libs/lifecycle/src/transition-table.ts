import type { TaskEventKind, TaskParty, TaskState } from "./task.ts";

/** What an event does to the SLA clock. */
export type ClockEffect = "keep" | "stop" | "resume" | "restart";

export interface TransitionRow {
  readonly from: readonly TaskState[];
  /** "same" leaves the state; "back" returns to claimed when somebody has the task, else to open. */
  readonly to: TaskState | "same" | "back";
  readonly who: readonly TaskParty[];
  readonly clock: ClockEffect;
  /** Completes "You cannot ... " in a refusal. */
  readonly verb: string;
}

const waiting: readonly TaskState[] = ["open", "reopened"];
const working: readonly TaskState[] = ["claimed", "in_progress"];
const unresolved: readonly TaskState[] = [...waiting, ...working, "snoozed", "verifying"];

/**
 * The whole state machine. `done` is reached by `verified` only, and only the system sends that: no click closes a task.
 * SLA time runs in every state except verifying, exception, false_positive and done; snoozing does not stop it.
 */
export const transitionTable: Readonly<Record<TaskEventKind, TransitionRow>> = {
  claim: { from: waiting, to: "claimed", who: ["admin", "analyst", "owner"], clock: "keep", verb: "claim this task" },
  assign: { from: [...waiting, "claimed"], to: "claimed", who: ["admin", "analyst"], clock: "keep", verb: "assign this task" },
  release: { from: working, to: "open", who: ["assignee", "admin", "analyst"], clock: "keep", verb: "give this task back" },
  start: { from: ["claimed"], to: "in_progress", who: ["assignee"], clock: "keep", verb: "start this task" },
  submit: {
    from: working,
    to: "verifying",
    who: ["assignee", "admin", "analyst"],
    clock: "stop",
    verb: "submit this task for verification",
  },
  withdraw: {
    from: ["verifying"],
    to: "in_progress",
    who: ["assignee", "admin", "analyst"],
    clock: "resume",
    verb: "take this task back into work",
  },
  snooze: { from: [...waiting, ...working], to: "snoozed", who: ["assignee", "admin", "analyst"], clock: "keep", verb: "snooze this task" },
  wake: { from: ["snoozed"], to: "back", who: ["assignee", "admin", "analyst", "system"], clock: "keep", verb: "wake this task" },
  request_exception: {
    from: unresolved,
    to: "same",
    who: ["assignee", "admin", "analyst", "owner"],
    clock: "keep",
    verb: "ask for an exception",
  },
  grant_exception: { from: unresolved, to: "exception", who: ["admin", "analyst"], clock: "stop", verb: "grant an exception" },
  end_exception: { from: ["exception"], to: "reopened", who: ["admin", "analyst", "system"], clock: "restart", verb: "end the exception" },
  mark_false_positive: {
    from: unresolved,
    to: "false_positive",
    who: ["admin", "analyst"],
    clock: "stop",
    verb: "mark this as a false positive",
  },
  reopen: {
    from: ["false_positive", "done"],
    to: "reopened",
    who: ["admin", "analyst", "system"],
    clock: "restart",
    verb: "reopen this task",
  },
  verified: { from: [...unresolved, "exception"], to: "done", who: ["system"], clock: "stop", verb: "close this task" },
  still_failing: { from: ["verifying"], to: "in_progress", who: ["system"], clock: "resume", verb: "refuse the verification" },
};
