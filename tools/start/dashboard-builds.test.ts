import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hashSources } from "./build-dashboard.ts";
import { buildFolder, buildsFolder, claimBuild, dashboardServer, keepBuild, pruneBuilds, withBuildsLock } from "./dashboard-builds.ts";

let root: string;
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), "rollcall-builds-"))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const hashOf = (digit: string): string => digit.repeat(64);

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** A finished build, last used some minutes ago. */
function keep(digit: string, minutesAgo: number): string {
  write("fresh/apps/dashboard/server.js", "");
  keepBuild(root, hashOf(digit), join(root, "fresh"));
  const build = buildFolder(root, hashOf(digit));
  const then = new Date(Date.now() - minutesAgo * 60_000);
  utimesSync(build, then, then);
  return build;
}

test("every change of a source has a folder of its own; the same sources have the same", () => {
  write("apps/dashboard/src/app/page.tsx", "one");
  const one = hashSources(root);
  write("apps/dashboard/src/app/page.tsx", "two");
  const two = hashSources(root);
  write("apps/dashboard/.next/trace", "not a source");
  write("apps/worker/src/main.ts", "not the dashboard's");
  expect(hashSources(root)).toBe(two);
  write("apps/dashboard/src/app/page.tsx", "one");
  expect(hashSources(root)).toBe(one);
  expect(one).not.toBe(two);
});

test("a build that is kept brings its server and leaves the others alone", () => {
  const first = keep("a", 5);
  const second = keep("b", 0);
  expect([first, second].map((build) => existsSync(dashboardServer(build)))).toEqual([true, true]);
});

test("what is in use stays however old it is; of the others, the two used last", async () => {
  const running = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const ended = spawn(process.execPath, ["-e", ""]);
  await new Promise((resolve) => ended.once("exit", resolve));
  const used = keep("a", 900);
  const left = keep("b", 800);
  const older = keep("c", 60);
  const newer = keep("d", 30);
  claimBuild(used, running.pid);
  utimesSync(used, 0, 0);
  claimBuild(left, ended.pid);
  utimesSync(left, 0, 0);
  write("apps/dashboard/dist/notes.txt", "not a build");
  pruneBuilds(root);
  expect([used, left, older, newer].map((build) => existsSync(build))).toEqual([true, false, true, true]);
  expect(readdirSync(buildsFolder(root))).toContain("notes.txt");

  running.kill();
  await new Promise((resolve) => running.once("exit", resolve));
  pruneBuilds(root);
  expect(existsSync(used)).toBe(false);
});

test("two that start at once build one after the other", async () => {
  const said: string[] = [];
  const turn = (name: string) => async () => {
    said.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, 30));
    said.push(`${name} ends`);
  };
  await Promise.all([withBuildsLock(root, turn("one"), 5), withBuildsLock(root, turn("two"), 5)]);
  expect(said).toHaveLength(4);
  expect(said[0]?.split(" ")[0]).toBe(said[1]?.split(" ")[0]);
});
