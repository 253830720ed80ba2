import { exceptionRefusal, isExpired } from "./exception.ts";
import { clockAfter, DAY_MS } from "./sla.ts";
import type { SlaDays } from "./sla.ts";
import type { Task, TaskActor, TaskEvent, TaskEventKind, TaskEventRecord, TaskParty, TaskState } from "./task.ts";
import { transitionTable } from "./transition-table.ts";
import type { TransitionRow } from "./transition-table.ts";

export interface TransitionContext {
  readonly now: string;
  readonly actor: TaskActor;
  readonly slaDays?: SlaDays;
}

export type TransitionResult =
  | { readonly task: Task; readonly event: TaskEventRecord; readonly refusal?: undefined }
  | { readonly refusal: string; readonly task?: undefined; readonly event?: undefined };

export const maxSnoozeDays = 30;

const stateNames: Readonly<Record<TaskState, string>> = {
  open: "open",
  claimed: "claimed",
  in_progress: "in progress",
  verifying: "being verified",
  done: "done",
  snoozed: "snoozed",
  exception: "under an exception",
  false_positive: "marked as a false positive",
  reopened: "reopened",
};

/** The task after the event with the record for its history, or a sentence saying why not. The task given is not changed. */
export function transition(task: Task, event: TaskEvent, context: TransitionContext): TransitionResult {
  const row = transitionTable[event.kind];
  const refusal = refusalOf(task, event.kind, context.actor) ?? payloadRefusal(task, event, context.now);
  if (refusal !== null) return { refusal };
  const state = targetState(task, row);
  const changed: Task = {
    ...task,
    state,
    updatedAt: context.now,
    ...clockAfter(task, row.clock, context),
    assigneeId: assigneeAfter(task, event, context.actor),
    snoozedUntil: event.kind === "snooze" ? event.until : state === "snoozed" ? task.snoozedUntil : null,
    exception: event.kind === "grant_exception" ? event.exception : state === "exception" ? task.exception : null,
  };
  return {
    task: changed,
    event: { actorId: context.actor.id, kind: event.kind, text: textOf(event), fromState: task.state, toState: state },
  };
}

/** Every event with the reason why this actor may not send it now, or null where it is allowed. */
export function allowedEvents(task: Task, actor: TaskActor): readonly { readonly event: TaskEventKind; readonly refusal: string | null }[] {
  const kinds = Object.keys(transitionTable) as TaskEventKind[];
  const offered = kinds.filter((kind) => actor.role === "system" || transitionTable[kind].who.some((party) => party !== "system"));
  return offered.map((event) => ({ event, refusal: refusalOf(task, event, actor) }));
}

function refusalOf(task: Task, kind: TaskEventKind, actor: TaskActor): string | null {
  const row = transitionTable[kind];
  if (kind === "mark_false_positive" && task.playbook === "plan") return "No rule found this: a plan that is not wanted is withdrawn.";
  if (!row.who.some((party) => isParty(party, task, actor))) return roleRefusal(row, actor);
  if (row.from.includes(task.state)) return null;
  return `You cannot ${row.verb} while it is ${stateNames[task.state]}.`;
}

function isParty(party: TaskParty, task: Task, actor: TaskActor): boolean {
  // An auditor reads only, even a task that was once assigned to that person.
  if (party === "assignee") return actor.role !== "auditor" && actor.id !== null && actor.id === task.assigneeId;
  return party === actor.role;
}

const partyNames: Readonly<Record<TaskParty, string>> = {
  admin: "an administrator",
  analyst: "an analyst",
  owner: "an owner",
  assignee: "the person it is assigned to",
  system: "a later sync",
};

function roleRefusal(row: TransitionRow, actor: TaskActor): string {
  if (actor.role === "auditor") return `You cannot ${row.verb}: auditors read only.`;
  const names = row.who.filter((party) => party !== "system" || row.who.length === 1).map((party) => partyNames[party]);
  const list = names.length === 1 ? names[0] : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
  return `You cannot ${row.verb}: only ${list} can.`;
}

function payloadRefusal(task: Task, event: TaskEvent, now: string): string | null {
  if (event.kind === "grant_exception") return exceptionRefusal(event.exception, now);
  if (event.kind === "assign" && event.assigneeId.trim() === "") return "Name the person to assign this task to.";
  if ((event.kind === "mark_false_positive" || event.kind === "request_exception") && event.text.trim() === "") return "Give a reason.";
  if (event.kind !== "snooze") return null;
  const days = (Date.parse(event.until) - Date.parse(now)) / DAY_MS;
  if (Number.isNaN(days) || days <= 0) return "Snooze until a time in the future.";
  return days > maxSnoozeDays ? `A task can be snoozed for ${maxSnoozeDays} days at most; ask for an exception instead.` : null;
}

function targetState(task: Task, row: TransitionRow): TaskState {
  if (row.to === "same") return task.state;
  if (row.to === "back") return task.assigneeId === null ? "open" : "claimed";
  return row.to;
}

function assigneeAfter(task: Task, event: TaskEvent, actor: TaskActor): string | null {
  if (event.kind === "claim") return actor.id;
  if (event.kind === "assign") return event.assigneeId;
  return event.kind === "release" ? null : task.assigneeId;
}

function textOf(event: TaskEvent): string | null {
  if (event.kind === "grant_exception") {
    const { reason, compensatingControl, expiresAt } = event.exception;
    return `${reason} Until ${expiresAt.slice(0, 10)}, limited by: ${compensatingControl}`;
  }
  return "text" in event ? (event.text ?? null) : null;
}

/** What time alone brings about: the end of a snooze or of an exception. */
export function timedEvent(task: Task, now: string): TaskEvent | null {
  if (task.state === "snoozed" && task.snoozedUntil !== null && Date.parse(task.snoozedUntil) <= Date.parse(now)) return { kind: "wake" };
  if (task.state === "exception" && task.exception !== null && isExpired(task.exception, now)) return { kind: "end_exception" };
  return null;
}
