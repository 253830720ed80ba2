import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { rotateLog } from "./rotate-log.ts";

export interface ManagedProcess {
  readonly name: string;
  readonly pid: number;
  /** Settles with a description of the exit code or signal. */
  readonly exited: Promise<string>;
  lastLines(count: number): readonly string[];
  stop(): Promise<void>;
}

export interface ManagedProcessSpec {
  readonly name: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly logDir: string;
}

const stopLimitMs = 12_000;
const guard = pathToFileURL(join(import.meta.dirname, "exit-with-parent.mjs")).href;

/** A Node process in its own group with its own log file. It ends with us, even when we are killed. */
export function startProcess(spec: ManagedProcessSpec): ManagedProcess {
  const logFile = join(spec.logDir, `${spec.name}.log`);
  rotateLog(logFile);
  const log = openSync(logFile, "a", 0o600);
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", `--import=${guard}`, ...spec.args], {
    cwd: spec.cwd,
    env: { ...spec.env },
    detached: true,
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  child.channel?.unref();
  const exited = new Promise<string>((resolve) => {
    child.once("exit", (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
    child.once("error", (error) => resolve(error.message));
  });
  const killOnExit = (): void => void child.kill("SIGTERM");
  process.once("exit", killOnExit);
  void exited.then(() => process.off("exit", killOnExit));
  return {
    name: spec.name,
    pid: child.pid ?? -1,
    exited,
    lastLines: (count) => readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-count),
    stop: () => stop(child, exited),
  };
}

async function stop(child: ChildProcess, exited: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), stopLimitMs);
  await exited;
  clearTimeout(timer);
}
