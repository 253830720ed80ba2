import { expect, test } from "vitest";
import { transition, type TaskState } from "@rollcall/lifecycle";
import type { StoredTask } from "@rollcall/posture-pipeline";
import { taskEvent } from "../schemas/task-action.ts";
import { asTask, lifecycleEvent, lifecycleKind } from "./lifecycle-event.ts";
import { touchRefusal } from "./may-touch.ts";

const task = (change: Partial<StoredTask> = {}): StoredTask => ({
  id: "t",
  subjectKind: "identity",
  subjectId: "i",
  playbook: "rotate",
  state: "open",
  severity: "high",
  title: "Rotate",
  assigneeId: null,
  createdAt: "2026-01-01T00:00:00Z",
  updatedAt: "2026-01-01T00:00:00Z",
  dueAt: "2026-01-15T00:00:00Z",
  clockStoppedAt: null,
  snoozedUntil: null,
  exception: null,
  version: 1,
  ...change,
});
const admin = { id: "admin", role: "admin" } as const;
const owner = { id: "owner", role: "owner" } as const;
const now = "2026-01-02T00:00:00Z";

test.each<[string, TaskState, TaskState]>([
  ["unclaim", "claimed", "open"],
  ["unclaim", "verifying", "in_progress"],
  ["reopen", "exception", "reopened"],
  ["reopen", "false_positive", "reopened"],
  ["unsnooze", "snoozed", "claimed"],
])("%s of a task that is %s leads to %s", (event, from, to) => {
  const stored = task({ state: from, assigneeId: "admin" });
  const result = transition(asTask(stored), lifecycleEvent({ event: taskEvent.parse(event) }, stored, admin), { now, actor: admin });
  expect(result.refusal).toBeUndefined();
  expect(result.task?.state).toBe(to);
});

test("an owner asks for an exception, an admin grants it with the assignee answering for it", () => {
  expect(lifecycleKind("except", task(), "owner")).toBe("request_exception");
  const stored = task({ state: "claimed", assigneeId: "owner" });
  const action = {
    event: "except",
    reason: "vendor fix in March",
    compensatingControl: "network rule",
    expiresAt: "2026-03-01T00:00:00Z",
  } as const;
  const granted = transition(asTask(stored), lifecycleEvent(action, stored, admin), { now, actor: admin });
  expect(granted.task).toMatchObject({ state: "exception", exception: { ownerId: "owner" } });
  const asked = transition(asTask(stored), lifecycleEvent(action, stored, owner), { now, actor: owner });
  expect(asked.task?.state).toBe("claimed");
  expect(asked.event?.text).toContain("vendor fix in March");
});

test.each(["snooze", "except", "false_positive", "assign"] as const)("%s says what is missing", (event) => {
  expect(() => lifecycleEvent({ event }, task(), admin)).toThrowError(/^State /);
});

test("assigning to nobody gives the task back", () => {
  expect(lifecycleEvent({ event: "assign", assigneeId: null }, task({ state: "claimed", assigneeId: "x" }), admin)).toEqual({
    kind: "release",
  });
});

const person = (id: string | null) => ({ userId: id, name: "P", email: null });

test("owners act on what is theirs and claim what is nobody's", () => {
  const touch = (assigneeId: string | null, event: string) =>
    touchRefusal({ role: "owner", viewer: person("owner") }, { assigneeId }, event);
  expect(touch(null, "claim")).toBeNull();
  expect(touch(null, "submit")).not.toBeNull();
  expect(touch("owner", "submit")).toBeNull();
  expect(touch("other", "claim")).not.toBeNull();
  expect(touch("owner", "assign")).not.toBeNull();
});

test("a key has no hands, and an auditor reads only", () => {
  expect(touchRefusal({ role: "analyst", viewer: person(null) }, { assigneeId: null }, "claim")).not.toBeNull();
  expect(touchRefusal({ role: "auditor", viewer: person("owner") }, { assigneeId: "owner" }, "submit")).not.toBeNull();
});
