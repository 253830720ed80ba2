import fc from "fast-check";
import type { Playbook, Severity } from "@rollcall/nhi-model";
import { describe, expect, it } from "vitest";
import { groupFindings, taskKey } from "./group-findings.ts";
import type { TaskFinding } from "./group-findings.ts";
import { reconcileTasks } from "./reconcile-tasks.ts";
import type { ReconcileContext, Reconciliation } from "./reconcile-tasks.ts";
import { taskStates } from "./task.ts";
import type { Task, TaskState } from "./task.ts";

const now = "2026-11-21T00:00:00.000Z";
const days = (count: number): string => new Date(Date.parse(now) + count * 86_400_000).toISOString();
const finding = (ruleId: string, changes: Partial<TaskFinding> = {}): TaskFinding => ({
  ruleId,
  subjectKind: "identity",
  subjectId: "i-1",
  subjectName: "deploy-bot",
  severity: "medium",
  playbook: "rotate",
  ...changes,
});
const task = (state: TaskState, changes: Partial<Task> = {}): Task => ({
  id: "t-1",
  subjectKind: "identity",
  subjectId: "i-1",
  playbook: "rotate",
  state,
  severity: "medium",
  title: "Rotate the credentials of deploy-bot",
  assigneeId: "u-1",
  createdAt: days(-9),
  updatedAt: days(-1),
  dueAt: days(36),
  clockStoppedAt: null,
  snoozedUntil: null,
  exception: null,
  version: 1,
  ...(["verifying", "exception", "done", "false_positive"].includes(state) ? { clockStoppedAt: days(-1) } : {}),
  ...(state === "snoozed" ? { snoozedUntil: days(1) } : {}),
  ...(state === "exception" ? { exception: { reason: "r", compensatingControl: "c", expiresAt: days(9), ownerId: "u-2" } } : {}),
  ...changes,
});
const complete: ReconcileContext = { now, complete: true };
const stateAfter = (result: Reconciliation, before: Task): TaskState => result.changed[0]?.task.state ?? before.state;

describe("groupFindings", () => {
  it("makes one task of what the same action clears, as urgent as its worst finding", () => {
    const groups = groupFindings([
      finding("ROT-002"),
      finding("ROT-001", { severity: "critical" }),
      finding("OWN-001", { playbook: "assign_owner", severity: "high" }),
    ]);
    expect(groups).toEqual([
      {
        subjectKind: "identity",
        subjectId: "i-1",
        playbook: "assign_owner",
        severity: "high",
        title: "Find an owner for deploy-bot",
        ruleIds: ["OWN-001"],
      },
      {
        subjectKind: "identity",
        subjectId: "i-1",
        playbook: "rotate",
        severity: "critical",
        title: "Rotate the credentials of deploy-bot",
        ruleIds: ["ROT-001", "ROT-002"],
      },
    ]);
  });
  it("keeps an identity and a source with the same id apart", () => {
    expect(groupFindings([finding("A"), finding("A", { subjectKind: "source" })])).toHaveLength(2);
  });
});

describe("reconcileTasks", () => {
  it("opens a task for new findings with the due date of its severity", () => {
    const { opened } = reconcileTasks([], [finding("ROT-001", { severity: "critical" })], complete);
    expect(opened).toMatchObject([{ state: "open", severity: "critical", assigneeId: null, dueAt: days(3), createdAt: now }]);
  });

  const gone: Readonly<Record<TaskState, TaskState>> = {
    open: "done",
    claimed: "done",
    in_progress: "done",
    verifying: "done",
    snoozed: "done",
    exception: "done",
    reopened: "done",
    done: "done",
    false_positive: "false_positive",
  };
  it.each(taskStates)("closes a %s task when a complete sync no longer shows its findings", (state) => {
    const before = task(state);
    expect(stateAfter(reconcileTasks([before], [], complete), before)).toBe(gone[state]);
  });
  it.each(taskStates)("leaves a %s task alone when the sync was not complete", (state) => {
    expect(reconcileTasks([task(state)], [], { now, complete: false }).changed).toEqual([]);
    expect(reconcileTasks([task(state)], [], { now, complete: (of) => of.subjectId !== "i-1" }).changed).toEqual([]);
  });

  const shown: Readonly<Record<TaskState, TaskState>> = {
    open: "open",
    claimed: "claimed",
    in_progress: "in_progress",
    verifying: "in_progress",
    snoozed: "snoozed",
    exception: "exception",
    reopened: "reopened",
    done: "reopened",
    false_positive: "false_positive",
  };
  it.each(taskStates)("answers findings that are still there on a %s task", (state) => {
    const before = task(state);
    const result = reconcileTasks([before], [finding("ROT-001")], complete);
    expect(stateAfter(result, before)).toBe(shown[state]);
    expect(result.opened).toEqual([]);
  });

  it("does not refuse a submission by data older than the submission", () => {
    const result = reconcileTasks([task("verifying")], [finding("ROT-001")], { ...complete, observedAt: days(-2) });
    expect(result.changed).toEqual([]);
  });

  it("restarts the clock when findings come back, and says why", () => {
    const { changed } = reconcileTasks([task("done", { dueAt: days(-80) })], [finding("ROT-001")], complete);
    expect(changed[0]?.task).toMatchObject({ state: "reopened", dueAt: days(45), clockStoppedAt: null });
    expect(changed[0]?.events).toMatchObject([{ kind: "reopen", actorId: null, text: "The findings are back." }]);
  });

  it("follows severity: worse brings the date forward, milder does not postpone it", () => {
    const worse = reconcileTasks([task("claimed")], [finding("ROT-001", { severity: "critical" })], complete).changed[0];
    expect(worse?.task).toMatchObject({ severity: "critical", dueAt: days(3), state: "claimed" });
    expect(worse?.events).toMatchObject([{ kind: "severity_changed", text: "medium -> critical" }]);
    const milder = reconcileTasks([task("claimed")], [finding("ROT-001", { severity: "low" })], complete).changed[0];
    expect(milder?.task).toMatchObject({ severity: "low", dueAt: days(36) });
  });

  it("wakes what was snoozed and ends what was excepted, when the time has come", () => {
    const later: ReconcileContext = { now: days(10), complete: false };
    expect(reconcileTasks([task("snoozed")], [finding("ROT-001")], later).changed[0]?.task.state).toBe("claimed");
    expect(reconcileTasks([task("exception")], [finding("ROT-001")], later).changed[0]?.task).toMatchObject({
      state: "reopened",
      exception: null,
    });
  });

  it("leaves nothing to do for a second run, and never two tasks for one subject and playbook", () => {
    const subject = fc.constantFrom("i-1", "i-2", "i-3");
    const playbook = fc.constantFrom<Playbook>("rotate", "retire");
    const severity = fc.constantFrom<Severity>("low", "medium", "high", "critical");
    const findings = fc.array(
      fc.record({
        ruleId: fc.constantFrom("A-1", "B-1"),
        subjectKind: fc.constant("identity" as const),
        subjectId: subject,
        subjectName: subject,
        severity,
        playbook,
      }),
    );
    const existing = fc
      .uniqueArray(fc.tuple(fc.constantFrom(...taskStates), subject, playbook, severity), { selector: ([, id, book]) => `${id} ${book}` })
      .map((list) =>
        list.map(([state, subjectId, book, sev], index) => task(state, { id: `t-${index}`, subjectId, playbook: book, severity: sev })),
      );
    fc.assert(
      fc.property(existing, findings, fc.boolean(), (tasks, shownFindings, isComplete) => {
        const context: ReconcileContext = { now, complete: isComplete };
        const first = reconcileTasks(tasks, shownFindings, context);
        const changed = new Map(first.changed.map(({ task: each }) => [each.id, each]));
        const after = [
          ...tasks.map((each) => changed.get(each.id) ?? each),
          ...first.opened.map((draft, index) => ({ ...draft, id: `n-${index}`, version: 1 })),
        ];
        expect(reconcileTasks(after, shownFindings, context)).toEqual({ opened: [], changed: [] });
        expect(new Set(after.map(taskKey)).size).toBe(after.length);
        const keys = new Set(groupFindings(shownFindings).map(taskKey));
        for (const each of after) {
          if (keys.has(taskKey(each))) expect(each.state).not.toBe("done");
          else if (isComplete) expect(["done", "false_positive"]).toContain(each.state);
        }
      }),
      { numRuns: 500 },
    );
  });
});
