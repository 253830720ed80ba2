import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultSlaDays, dueAt, isOverdue } from "./sla.ts";
import { taskStates } from "./task.ts";
import type { Task, TaskActor, TaskEvent, TaskEventKind, TaskState } from "./task.ts";
import { transitionTable } from "./transition-table.ts";
import { allowedEvents, timedEvent, transition } from "./transition.ts";

const now = "2026-11-21T00:00:00.000Z";
const days = (count: number, from = now): string => new Date(Date.parse(from) + count * 86_400_000).toISOString();
const exception = {
  reason: "Vendor cannot rotate before spring.",
  compensatingControl: "Network allow-list",
  expiresAt: days(60),
  ownerId: "u-lead",
};

const events: Readonly<Record<TaskEventKind, TaskEvent>> = {
  claim: { kind: "claim" },
  assign: { kind: "assign", assigneeId: "u-other" },
  release: { kind: "release" },
  start: { kind: "start" },
  submit: { kind: "submit" },
  withdraw: { kind: "withdraw" },
  snooze: { kind: "snooze", until: days(5) },
  wake: { kind: "wake" },
  request_exception: { kind: "request_exception", text: "Needs time." },
  grant_exception: { kind: "grant_exception", exception },
  end_exception: { kind: "end_exception" },
  mark_false_positive: { kind: "mark_false_positive", text: "A test key." },
  reopen: { kind: "reopen" },
  verified: { kind: "verified" },
  still_failing: { kind: "still_failing" },
};
const kinds = Object.keys(events) as TaskEventKind[];

const task = (state: TaskState, changes: Partial<Task> = {}): Task => ({
  id: "t-1",
  subjectKind: "identity",
  subjectId: "i-1",
  playbook: "rotate",
  state,
  severity: "high",
  title: "Rotate the credentials of bot",
  assigneeId: "u-me",
  createdAt: days(-2),
  updatedAt: days(-1),
  dueAt: days(12),
  clockStoppedAt: null,
  snoozedUntil: null,
  exception: null,
  version: 3,
  ...(state === "verifying" ? { clockStoppedAt: days(-1) } : {}),
  ...(state === "snoozed" ? { snoozedUntil: days(1) } : {}),
  ...(state === "exception" ? { exception, clockStoppedAt: days(-1) } : {}),
  ...(state === "done" || state === "false_positive" ? { clockStoppedAt: days(-1) } : {}),
  ...changes,
});
const actors: Readonly<Record<string, TaskActor>> = {
  admin: { id: "u-admin", role: "admin" },
  analyst: { id: "u-analyst", role: "analyst" },
  owner: { id: "u-else", role: "owner" },
  assignee: { id: "u-me", role: "owner" },
  auditor: { id: "u-audit", role: "auditor" },
  system: { id: null, role: "system" },
};

/** Written out by hand, apart from the table in the code: state -> event -> [target, who may]. Everything else is refused. */
const A = "admin",
  N = "analyst",
  O = "owner",
  M = "assignee",
  S = "system";
type Expected = Readonly<Partial<Record<TaskEventKind, readonly [TaskState, readonly string[]]>>>;
const anyone = [A, N, O, M];
const mine = [A, N, M];
const common: Expected = {
  grant_exception: ["exception", [A, N]],
  mark_false_positive: ["false_positive", [A, N]],
  verified: ["done", [S]],
};
const waiting: Expected = { ...common, claim: ["claimed", anyone], assign: ["claimed", [A, N]], snooze: ["snoozed", mine] };
const expected: Readonly<Record<TaskState, Expected>> = {
  open: { ...waiting, request_exception: ["open", anyone] },
  reopened: { ...waiting, request_exception: ["reopened", anyone] },
  claimed: {
    ...common,
    assign: ["claimed", [A, N]],
    release: ["open", mine],
    start: ["in_progress", [M]],
    submit: ["verifying", mine],
    snooze: ["snoozed", mine],
    request_exception: ["claimed", anyone],
  },
  in_progress: {
    ...common,
    release: ["open", mine],
    submit: ["verifying", mine],
    snooze: ["snoozed", mine],
    request_exception: ["in_progress", anyone],
  },
  verifying: { ...common, withdraw: ["in_progress", mine], request_exception: ["verifying", anyone], still_failing: ["in_progress", [S]] },
  snoozed: { ...common, wake: ["claimed", [...mine, S]], request_exception: ["snoozed", anyone] },
  exception: { end_exception: ["reopened", [A, N, S]], verified: ["done", [S]] },
  false_positive: { reopen: ["reopened", [A, N, S]] },
  done: { reopen: ["reopened", [A, N, S]] },
};

describe("transition", () => {
  const cases = taskStates.flatMap((state) => kinds.flatMap((kind) => Object.keys(actors).map((who) => [state, kind, who] as const)));

  it.each(cases)("%s + %s by %s", (state, kind, who) => {
    const before = task(state);
    const result = transition(before, events[kind], { now, actor: actors[who] as TaskActor });
    const allowed = expected[state][kind];
    if (allowed?.[1].includes(who) === true) {
      expect(result.task?.state).toBe(allowed[0]);
      expect(result.event).toMatchObject({ kind, fromState: state, toState: allowed[0], actorId: actors[who]?.id });
      expect(result.task).toMatchObject({ updatedAt: now, version: 3, id: "t-1" });
    } else {
      expect(result.task).toBeUndefined();
      expect(result.refusal).toMatch(/^You cannot .+\.$/);
    }
    expect(before).toEqual(task(state));
  });

  it("offers exactly what it accepts", () => {
    for (const state of taskStates)
      for (const actor of Object.values(actors))
        for (const { event, refusal } of allowedEvents(task(state), actor)) {
          expect(transition(task(state), events[event], { now, actor }).refusal ?? null).toBe(refusal);
        }
    expect(allowedEvents(task("open"), actors.owner as TaskActor).map(({ event }) => event)).not.toContain("verified");
  });

  it("puts the task into the hands of who claims it, and out of them on release", () => {
    const claimed = transition(task("open", { assigneeId: null }), events.claim, { now, actor: actors.owner as TaskActor });
    expect(claimed.task?.assigneeId).toBe("u-else");
    const released = transition(task("claimed"), events.release, { now, actor: actors.assignee as TaskActor });
    expect(released.task?.assigneeId).toBeNull();
    expect(transition(task("open"), events.assign, { now, actor: actors.admin as TaskActor }).task?.assigneeId).toBe("u-other");
    const woken = transition(task("snoozed", { assigneeId: null }), events.wake, { now, actor: actors.system as TaskActor });
    expect(woken.task).toMatchObject({ state: "open", snoozedUntil: null });
  });

  it("says who could do it instead", () => {
    const refusal = (kind: TaskEventKind, who: string, state: TaskState = "claimed") =>
      transition(task(state), events[kind], { now, actor: actors[who] as TaskActor }).refusal;
    expect(refusal("start", "admin")).toBe("You cannot start this task: only the person it is assigned to can.");
    expect(refusal("verified", "admin")).toBe("You cannot close this task: only a later sync can.");
    expect(refusal("grant_exception", "assignee")).toBe("You cannot grant an exception: only an administrator or an analyst can.");
    expect(refusal("claim", "auditor")).toBe("You cannot claim this task: auditors read only.");
    expect(refusal("claim", "owner", "done")).toBe("You cannot claim this task while it is done.");
  });

  it.each([
    [{ ...exception, expiresAt: days(181) }, "180 days"],
    [{ ...exception, expiresAt: now }, "future"],
    [{ ...exception, expiresAt: "next spring" }, "end date"],
    [{ ...exception, reason: " " }, "reason"],
    [{ ...exception, compensatingControl: "" }, "compensating control"],
    [{ ...exception, ownerId: "" }, "owner"],
  ])("refuses an incomplete exception (%#)", (bad, word) => {
    const event: TaskEvent = { kind: "grant_exception", exception: bad };
    expect(transition(task("open"), event, { now, actor: actors.admin as TaskActor }).refusal).toContain(word);
  });

  it("accepts an exception of exactly 180 days and keeps it while it lasts", () => {
    const longest = { ...exception, expiresAt: days(180) };
    const granted = transition(task("open"), { kind: "grant_exception", exception: longest }, { now, actor: actors.admin as TaskActor });
    expect(granted.task?.exception).toEqual(longest);
    expect(granted.event?.text).toContain("Network allow-list");
    expect(timedEvent(granted.task as Task, days(179))).toBeNull();
    expect(timedEvent(granted.task as Task, days(180))).toEqual({ kind: "end_exception" });
  });

  it.each([[days(-1)], [days(31)], ["later"]])("refuses to snooze until %s", (until) => {
    expect(transition(task("open"), { kind: "snooze", until }, { now, actor: actors.admin as TaskActor }).refusal).toMatch(/nooze/);
  });

  it("wants a reason for a false positive", () => {
    expect(transition(task("open"), { kind: "mark_false_positive", text: "" }, { now, actor: actors.admin as TaskActor }).refusal).toBe(
      "Give a reason.",
    );
  });
});

describe("the SLA clock", () => {
  it("gives each severity its days", () => {
    expect([dueAt("critical", now), dueAt("high", now), dueAt("medium", now), dueAt("low", now)]).toEqual([
      days(3),
      days(14),
      days(45),
      days(90),
    ]);
    expect(dueAt("high", now, { ...defaultSlaDays, high: 7 })).toBe(days(7));
  });

  it("stands still while verifying and goes on where it stopped", () => {
    const submitted = transition(task("in_progress"), events.submit, { now, actor: actors.assignee as TaskActor }).task as Task;
    expect(submitted.clockStoppedAt).toBe(now);
    expect(isOverdue(submitted, days(100))).toBe(false);
    const back = transition(submitted, events.still_failing, { now: days(4), actor: actors.system as TaskActor }).task as Task;
    expect(back).toMatchObject({ dueAt: days(16), clockStoppedAt: null });
  });

  it("starts again on reopening and after an exception", () => {
    for (const [state, kind] of [
      ["done", "reopen"],
      ["false_positive", "reopen"],
      ["exception", "end_exception"],
    ] as const) {
      const again = transition(task(state, { dueAt: days(-50) }), events[kind], { now, actor: actors.system as TaskActor }).task;
      expect(again).toMatchObject({ dueAt: days(14), clockStoppedAt: null, exception: null });
    }
  });

  it("does not stand still while snoozed", () => {
    const snoozed = transition(task("open"), events.snooze, { now, actor: actors.admin as TaskActor }).task as Task;
    expect([isOverdue(snoozed, days(11)), isOverdue(snoozed, days(13))]).toEqual([false, true]);
  });

  it("never calls a closed task overdue", () => {
    expect(isOverdue(task("done", { dueAt: days(-9) }), now)).toBe(false);
    expect(isOverdue(task("false_positive", { dueAt: days(-9) }), now)).toBe(false);
  });
});

describe("any sequence of events", () => {
  const step = fc.record({
    kind: fc.constantFrom(...kinds),
    who: fc.constantFrom(...Object.keys(actors)),
    hours: fc.integer({ min: 1, max: 100 }),
  });

  it("keeps the task whole, and reaches done only through a sync", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let current = task("open", { assigneeId: null });
        let at = Date.parse(now);
        for (const { kind, who, hours } of steps) {
          at += hours * 3_600_000;
          const instant = new Date(at).toISOString();
          const fresh: TaskEvent =
            kind === "snooze"
              ? { kind, until: days(5, instant) }
              : kind === "grant_exception"
                ? { kind, exception: { ...exception, expiresAt: days(60, instant) } }
                : events[kind];
          const result = transition(current, fresh, { now: instant, actor: actors[who] as TaskActor });
          if (result.refusal !== undefined) continue;
          if (result.task.state === "done") expect(who).toBe("system");
          expect(transitionTable[kind].from).toContain(current.state);
          const clockStands = ["verifying", "exception", "false_positive", "done"].includes(result.task.state);
          expect(result.task.clockStoppedAt !== null).toBe(clockStands);
          expect(result.task.exception !== null).toBe(result.task.state === "exception");
          expect(result.task.snoozedUntil !== null).toBe(result.task.state === "snoozed");
          if (["claimed", "in_progress"].includes(result.task.state) && kind !== "still_failing" && kind !== "withdraw") {
            expect(result.task.assigneeId).not.toBeNull();
          }
          expect(Date.parse(result.task.dueAt as string)).toBeGreaterThanOrEqual(
            Date.parse(current.dueAt as string) - (kind === "reopen" || kind === "end_exception" ? Infinity : 0),
          );
          current = result.task;
        }
      }),
      { numRuns: 1000 },
    );
  });
});
