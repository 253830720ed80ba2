import type { TaskAction, TaskRow } from "@/api/views.ts";

export type TaskEvent = TaskAction["event"];

export interface EventWords {
  readonly event: TaskEvent;
  readonly label: string;
  readonly key: string | null;
  /** Said after it happened. */
  readonly done: string;
  /** The event that takes it back, offered as Undo. */
  readonly undo: TaskEvent | null;
  /** Needs words from the person first. */
  readonly asks: boolean;
}

export const EVENTS: readonly EventWords[] = [
  { event: "claim", label: "Claim", key: "1", done: "Yours now", undo: "unclaim", asks: false },
  { event: "assign", label: "Assign", key: "a", done: "Assigned", undo: null, asks: true },
  { event: "start", label: "Start", key: "s", done: "Started", undo: null, asks: false },
  { event: "submit", label: "Submit for verification", key: "v", done: "The next sync verifies it", undo: "reopen", asks: false },
  { event: "snooze", label: "Snooze", key: "h", done: "Snoozed", undo: "unsnooze", asks: true },
  { event: "except", label: "Ask for an exception", key: "e", done: "Exception recorded", undo: "reopen", asks: true },
  { event: "false_positive", label: "False positive", key: "f", done: "Marked as false positive", undo: "reopen", asks: true },
  { event: "unsnooze", label: "Wake up", key: null, done: "Back in the queue", undo: null, asks: false },
  { event: "reopen", label: "Reopen", key: null, done: "Reopened", undo: null, asks: false },
  { event: "unclaim", label: "Give back", key: null, done: "Back in the queue", undo: "claim", asks: false },
];

export function wordsOf(event: TaskEvent): EventWords | undefined {
  return EVENTS.find((words) => words.event === event);
}

/** The one step that moves this task on; everything else is secondary. */
export function nextEvent(task: Pick<TaskRow, "state">): TaskEvent | null {
  if (task.state === "open" || task.state === "reopened") return "claim";
  if (task.state === "claimed") return "start";
  if (task.state === "in_progress") return "submit";
  if (task.state === "snoozed") return "unsnooze";
  if (task.state === "exception" || task.state === "false_positive") return "reopen";
  return null;
}
