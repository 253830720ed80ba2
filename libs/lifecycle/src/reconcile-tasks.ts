import { groupFindings, taskKey } from "./group-findings.ts";
import type { TaskFinding, TaskGroup } from "./group-findings.ts";
import { dueAt, dueAtAfterSeverity } from "./sla.ts";
import type { SlaDays } from "./sla.ts";
import type { Task, TaskEvent, TaskEventRecord } from "./task.ts";
import { timedEvent, transition } from "./transition.ts";

export interface ReconcileContext {
  readonly now: string;
  /** Whether what the task is about was listed completely this time; only then may missing findings close it. */
  readonly complete: boolean | ((task: Task) => boolean);
  /** The date the data speaks of. A submitted task is refused only by data newer than its submission. Default: now. */
  readonly observedAt?: string;
  readonly slaDays?: SlaDays;
  /** Ids of tasks of the playbook `plan` whose plan is not carried out, as far as the data tells. Findings say nothing about these. */
  readonly standingPlans?: ReadonlySet<string>;
}

/** A task to be created; the caller gives it an id. */
export type TaskDraft = Omit<Task, "id" | "version">;

export interface TaskChange {
  readonly task: Task;
  readonly events: readonly TaskEventRecord[];
}

export interface Reconciliation {
  readonly opened: readonly TaskDraft[];
  /** Only tasks that did change. */
  readonly changed: readonly TaskChange[];
}

/** Brings tasks in line with the findings of a run. `existing` holds every task, closed ones too. Running it twice changes nothing more. */
export function reconcileTasks(existing: readonly Task[], findings: readonly TaskFinding[], context: ReconcileContext): Reconciliation {
  const groups = new Map(groupFindings(findings).map((group) => [taskKey(group), group]));
  const known = new Set(existing.map(taskKey));
  const changed = existing.flatMap((task) => {
    const change = reconcileTask(task, groups.get(taskKey(task)), context);
    return change.events.length === 0 ? [] : [change];
  });
  const opened = [...groups.values()].filter((group) => !known.has(taskKey(group))).map((group) => draftOf(group, context));
  return { opened, changed };
}

function draftOf(group: TaskGroup, { now, slaDays }: ReconcileContext): TaskDraft {
  return {
    subjectKind: group.subjectKind,
    subjectId: group.subjectId,
    playbook: group.playbook,
    severity: group.severity,
    title: group.title,
    state: "open",
    assigneeId: null,
    createdAt: now,
    updatedAt: now,
    dueAt: dueAt(group.severity, now, slaDays),
    clockStoppedAt: null,
    snoozedUntil: null,
    exception: null,
  };
}

function reconcileTask(task: Task, group: TaskGroup | undefined, context: ReconcileContext): TaskChange {
  if (task.playbook === "plan" && context.standingPlans?.has(task.id) === true) {
    const event = eventForShown(task, context);
    return event === null ? { task, events: [] } : send({ task, events: [] }, event, context);
  }
  if (group === undefined) {
    const complete = typeof context.complete === "function" ? context.complete(task) : context.complete;
    const event: TaskEvent | null = complete && isUnresolved(task) ? { kind: "verified" } : timedEvent(task, context.now);
    return event === null ? { task, events: [] } : send({ task, events: [] }, event, context);
  }
  const graded = withSeverity({ task, events: [] }, group, context);
  const event = eventForShown(task, context);
  return event === null ? graded : send(graded, event, context);
}

const isUnresolved = (task: Task): boolean => task.state !== "done" && task.state !== "false_positive";

/** What it means for a task that its findings are (still, or again) there. */
function eventForShown(task: Task, context: ReconcileContext): TaskEvent | null {
  if (task.state === "done")
    return { kind: "reopen", text: task.playbook === "plan" ? "What the plan closed is open again." : "The findings are back." };
  const submittedAt = Date.parse(task.clockStoppedAt ?? task.updatedAt);
  if (task.state === "verifying" && Date.parse(context.observedAt ?? context.now) > submittedAt) return { kind: "still_failing" };
  return timedEvent(task, context.now);
}

function send(change: TaskChange, event: TaskEvent, { now, slaDays }: ReconcileContext): TaskChange {
  const result = transition(change.task, event, { now, slaDays, actor: { id: null, role: "system" } });
  if (result.refusal !== undefined) throw new Error(`The system may not ${event.kind} a task that is ${change.task.state}`);
  return { task: result.task, events: [...change.events, result.event] };
}

function withSeverity(change: TaskChange, group: TaskGroup, context: ReconcileContext): TaskChange {
  const { task } = change;
  if (task.severity === group.severity) return change;
  const due = isUnresolved(task) ? dueAtAfterSeverity(task, group.severity, context) : task.dueAt;
  return {
    task: { ...task, severity: group.severity, dueAt: due, updatedAt: context.now },
    events: [
      {
        actorId: null,
        kind: "severity_changed",
        text: `${task.severity} -> ${group.severity}`,
        fromState: task.state,
        toState: task.state,
      },
    ],
  };
}
