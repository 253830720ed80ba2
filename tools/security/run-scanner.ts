import { spawn } from "node:child_process";

export interface ScannerRun {
  readonly output: string;
  readonly timedOut: boolean;
  /** Null when it was killed. */
  readonly exitCode: number | null;
}

export interface ScannerCall {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly limitMs: number;
  /** What to answer when the scanner, asked to end, asks back. */
  readonly farewell?: string;
}

const keptCharacters = 2_000_000;
const stopMs = 40_000;
const under = new Set<number>();

function kill(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // It is gone already.
  }
}

/** Scanners that are still running end with us. */
export function stopScanners(): void {
  for (const group of under) kill(group, "SIGKILL");
}

/** Runs to the end or to the limit, in a process group of its own. What it keeps for itself goes into its working folder. */
export function runScanner(call: ScannerCall): Promise<ScannerRun> {
  const child = spawn(call.command, call.args, {
    cwd: call.cwd,
    env: { PATH: process.env["PATH"], HOME: call.cwd, LANG: "C.UTF-8", PYTHONUNBUFFERED: "1" },
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  // It may be gone by the time that it is answered.
  child.stdin.on("error", () => undefined);
  if (call.farewell === undefined) child.stdin.end();
  const group = child.pid;
  if (group !== undefined) under.add(group);
  let output = "";
  const collect = (chunk: Buffer): void => void (output = (output + chunk.toString("utf8")).slice(-keptCharacters));
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  let timedOut = false;
  const limit = setTimeout(() => {
    timedOut = true;
    if (group === undefined) return;
    const ask = (): void => kill(group, "SIGINT");
    ask();
    if (call.farewell !== undefined) child.stdin.end(call.farewell);
    // A module may take the interruption for a failed request; until the scanner says that it understood, it is asked again.
    const again = setInterval(() => void (/was interrupted/.test(output) || ask()), 5000);
    child.once("close", () => clearInterval(again));
    setTimeout(() => kill(group, "SIGKILL"), stopMs).unref();
  }, call.limitMs);
  return new Promise((resolve, reject) => {
    child.once("error", (error) => {
      clearTimeout(limit);
      reject(error);
    });
    child.once("close", (exitCode) => {
      clearTimeout(limit);
      if (group !== undefined) under.delete(group);
      resolve({ output, timedOut, exitCode });
    });
  });
}
