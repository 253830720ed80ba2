import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { oneAtATime } from "./one-at-a-time.mjs";

let folder;
let file;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rollcall-lock-"));
  file = join(folder, "deep", "lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A process that writes down when it begins and when it ends. */
const worker = (log) => {
  const module = JSON.stringify(new URL("one-at-a-time.mjs", import.meta.url).href);
  const work = `async () => { log("in"); await new Promise((done) => setTimeout(done, 60)); log("out"); }`;
  const script = `import { appendFileSync } from "node:fs"; import { oneAtATime } from ${module};
    const log = (what) => appendFileSync(${JSON.stringify(log)}, what + " ");
    await oneAtATime(${JSON.stringify(file)}, ${work});`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "inherit" });
  return new Promise((done) => child.once("exit", done));
};

test("processes that begin together take turns", async () => {
  const log = join(folder, "log");
  expect(await Promise.all(Array.from({ length: 5 }, () => worker(log)))).toEqual([0, 0, 0, 0, 0]);
  expect(readFileSync(log, "utf8")).toBe("in out ".repeat(5));
  expect(existsSync(file)).toBe(false);
});

test("what a killed process left is taken over, and said by nobody who does not wait", async () => {
  const gone = spawn(process.execPath, ["-e", ""]);
  await new Promise((done) => gone.once("exit", done));
  await oneAtATime(file, () => {});
  writeFileSync(file, String(gone.pid));
  expect(await oneAtATime(file, () => "done")).toBe("done");
  const waiting = vi.fn();
  await oneAtATime(file, () => {}, { waiting });
  expect(waiting).not.toHaveBeenCalled();
});

test("whoever waits is told once; work that fails ends the turn", async () => {
  const waiting = vi.fn();
  const order = [];
  const first = oneAtATime(file, async () => {
    await new Promise((done) => setTimeout(done, 700));
    order.push("first");
    throw new Error("no network");
  });
  first.catch(() => {});
  await vi.waitFor(() => expect(existsSync(file)).toBe(true));
  await oneAtATime(file, () => order.push("second"), { waiting });
  await expect(first).rejects.toThrow("no network");
  expect(order).toEqual(["first", "second"]);
  expect(waiting).toHaveBeenCalledTimes(1);
});
