import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startProcess, type ManagedProcess } from "./managed-process.ts";
import { rotateLog } from "./rotate-log.ts";
import { runScript } from "./run-script.ts";
import { waitUntilReady } from "./wait-until-ready.ts";

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), "rollcall-process-"))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function start(source: string): ManagedProcess {
  writeFileSync(join(dir, "script.mjs"), source);
  return startProcess({ name: "part", args: [join(dir, "script.mjs")], cwd: dir, env: process.env, logDir: dir });
}
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += 20) {
    if (waited > 10_000) throw new Error("did not happen in time");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test("stops on request, its output in a private log", async () => {
  const part = start(
    // It says hello when it is ready to be stopped: before, a signal ends it without a word.
    'process.on("SIGTERM", () => { console.log("bye"); process.exit(0); }); console.log("hello"); setInterval(() => {}, 1000);',
  );
  await until(() => part.lastLines(1)[0] === "hello");
  await part.stop();
  expect(await part.exited).toBe("exit code 0");
  expect(part.lastLines(2)).toEqual(["hello", "bye"]);
  expect(statSync(join(dir, "part.log")).mode & 0o077).toBe(0);
});

test("a process that dies ends the wait with its last words", async () => {
  const part = start('console.error("the port is taken"); process.exit(7);');
  await expect(waitUntilReady("http://127.0.0.1:9/readyz", [part])).rejects.toThrow(
    /part process ended \(exit code 7\)[^]*the port is taken/,
  );
});

test("a killed starter leaves nothing running", async () => {
  writeFileSync(join(dir, "child.mjs"), "setInterval(() => {}, 1000);");
  const source = `import { startProcess } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, "managed-process.ts")).href)};
    const part = startProcess({ name: "part", args: [${JSON.stringify(join(dir, "child.mjs"))}], cwd: ${JSON.stringify(dir)}, env: process.env, logDir: ${JSON.stringify(dir)} });
    console.log(part.pid); setInterval(() => {}, 1000);`;
  const starter = spawn(process.execPath, ["--input-type=module-typescript", "-e", source], { stdio: ["ignore", "pipe", "inherit"] });
  const pid = Number(await new Promise((resolve) => starter.stdout.once("data", (chunk) => resolve(String(chunk)))));
  // The guard is loaded before the script; a moment later the child is fully up.
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(isAlive(pid)).toBe(true);
  starter.kill("SIGKILL");
  await until(() => !isAlive(pid));
});

test("a script's error is its own last words, without the trace", async () => {
  writeFileSync(
    join(dir, "fail.mjs"),
    'class AppError extends Error { name = "AppError" }\nthrow new AppError("The disk is full. Free some space.");',
  );
  await expect(runScript("the migration", { args: [join(dir, "fail.mjs")], cwd: dir, env: process.env })).rejects.toThrow(
    "the migration failed: The disk is full. Free some space.",
  );
});

test("logs of earlier starts are kept, the oldest goes", () => {
  const log = join(dir, "x.log");
  for (let run = 1; run <= 7; run += 1) {
    rotateLog(log, 3);
    writeFileSync(log, String(run));
  }
  expect(["", ".1", ".2", ".3"].map((suffix) => readFileSync(`${log}${suffix}`, "utf8"))).toEqual(["7", "6", "5", "4"]);
  expect(existsSync(`${log}.4`)).toBe(false);
});
