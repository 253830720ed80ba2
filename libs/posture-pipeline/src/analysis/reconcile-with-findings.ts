import { reconcileTasks } from "@rollcall/lifecycle";
import type { Task } from "@rollcall/lifecycle";
import { uuidV7 } from "@rollcall/platform";
import type { FindingDraft, TaskChange, WorkspaceSnapshot } from "../ports/analysis-store.ts";
import type { StoredTask } from "../ports/triage-store.ts";
import type { PlanStandings } from "./standing-plans.ts";

export interface ReconcileInput {
  readonly snapshot: WorkspaceSnapshot;
  readonly findings: readonly FindingDraft[];
  readonly existing: readonly StoredTask[];
  readonly now: string;
  /** Date of the newest data: a submitted task is judged only by data newer than its submission. */
  readonly asOf: string;
  /** How tasks stand that carry a plan; left out where there are none. */
  readonly plans?: PlanStandings;
}

/** Task changes that follow from the findings of an analysis: opened, verified done, reopened, regraded. */
export function reconcileWithFindings({ snapshot, findings, existing, now, asOf, plans }: ReconcileInput): readonly TaskChange[] {
  const names = new Map([
    ...snapshot.identities.map((i) => [i.id, i.name] as const),
    ...snapshot.sources.map((s) => [s.id, s.name] as const),
  ]);
  const sourceOf = new Map(snapshot.identities.map((i) => [i.id, i.sourceId]));
  const readable = new Set(snapshot.sources.filter((s) => s.status === "ok").map((s) => s.id));
  // Findings may vanish because a source could not be read: only what was listed completely closes a task.
  const complete = (task: Task): boolean =>
    task.playbook === "plan"
      ? plans?.unread.has(task.id) === false
      : task.subjectKind === "source" || readable.has(sourceOf.get(task.subjectId) ?? "");
  const reconciliation = reconcileTasks(
    existing as readonly Task[],
    findings.map((f) => ({ ...f, subjectName: names.get(f.subjectId) ?? f.subjectId })),
    { now, observedAt: asOf, complete, standingPlans: plans?.standing ?? new Set() },
  );
  return [
    ...reconciliation.opened.map((draft): TaskChange => ({
      task: { ...draft, id: uuidV7(), version: 1 },
      isNew: true,
      events: [{ actorId: null, kind: "opened", text: null, fromState: null, toState: "open" }],
    })),
    ...reconciliation.changed.map(({ task, events }): TaskChange => ({ task, events, isNew: false })),
  ];
}
