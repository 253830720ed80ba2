import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { acquireInstanceLock } from "./instance-lock.ts";
import { processStartedAt } from "./process-identity.ts";

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), "rollcall-lock-"))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test("one holder at a time, free again after release", () => {
  const lock = acquireInstanceLock(dir);
  expect(lock.tookOverStale).toBe(false);
  expect(() => acquireInstanceLock(dir)).toThrow(/already running .*--data/);
  lock.release();
  expect(readdirSync(dir)).toEqual([]);
  acquireInstanceLock(dir).release();
});

test.each([
  ["a process that is gone", { pid: 2 ** 22 - 3, startedAt: "x" }],
  ["a process id that belongs to something else by now", { pid: process.ppid, startedAt: "another-boot/1" }],
])("takes over the lock of %s", (_name, holder) => {
  writeFileSync(join(dir, "instance.lock"), JSON.stringify(holder));
  const lock = acquireInstanceLock(dir);
  expect(lock.tookOverStale).toBe(true);
  lock.release();
});

test("takes over an empty lock, refuses one of a live process", () => {
  writeFileSync(join(dir, "instance.lock"), "");
  acquireInstanceLock(dir).release();
  writeFileSync(join(dir, "instance.lock"), JSON.stringify({ pid: process.ppid, startedAt: processStartedAt(process.ppid) }));
  expect(() => acquireInstanceLock(dir)).toThrow(new RegExp(`process ${process.ppid}`));
});
