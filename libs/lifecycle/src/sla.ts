import type { Severity } from "@rollcall/nhi-model";
import type { ClockEffect } from "./transition-table.ts";
import type { Task } from "./task.ts";

export type SlaDays = Readonly<Record<Severity, number>>;

/** Days to get a task done, unless the workspace says otherwise. */
export const defaultSlaDays: SlaDays = { critical: 3, high: 14, medium: 45, low: 90, info: 90 };

export const DAY_MS = 86_400_000;
const plusMs = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString();

export function dueAt(severity: Severity, from: string, slaDays: SlaDays = defaultSlaDays): string {
  return plusMs(from, slaDays[severity] * DAY_MS);
}

type Clock = Pick<Task, "dueAt" | "clockStoppedAt">;

/** The SLA clock after an event. Time spent stopped is added to the due date when the clock resumes. */
export function clockAfter(task: Task, effect: ClockEffect, context: { readonly now: string; readonly slaDays?: SlaDays }): Clock {
  if (effect === "restart") return { dueAt: dueAt(task.severity, context.now, context.slaDays), clockStoppedAt: null };
  if (effect === "stop") return { dueAt: task.dueAt, clockStoppedAt: task.clockStoppedAt ?? context.now };
  if (effect === "keep" || task.clockStoppedAt === null) return { dueAt: task.dueAt, clockStoppedAt: task.clockStoppedAt };
  const stoppedMs = Math.max(0, Date.parse(context.now) - Date.parse(task.clockStoppedAt));
  return { dueAt: task.dueAt === null ? null : plusMs(task.dueAt, stoppedMs), clockStoppedAt: null };
}

/** A worse severity may bring the due date forward; a milder one does not postpone what was promised. */
export function dueAtAfterSeverity(task: Task, severity: Severity, context: { readonly now: string; readonly slaDays?: SlaDays }): string {
  const fresh = dueAt(severity, context.now, context.slaDays);
  return task.dueAt === null || Date.parse(fresh) < Date.parse(task.dueAt) ? fresh : task.dueAt;
}

/** Late now, or late at the moment the clock was stopped. Closed tasks are never overdue. */
export function isOverdue(task: Task, now: string): boolean {
  if (task.dueAt === null || task.state === "done" || task.state === "false_positive") return false;
  return Date.parse(task.dueAt) < Date.parse(task.clockStoppedAt ?? now);
}
