import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";

export interface Program {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly logFile: string;
  /** For objects; V8 ends the process beyond it. */
  readonly heapMegabytes?: number | undefined;
}

/** One of our own programs as a process that can be killed, stopped and started again. It never outlives the test. */
export class Child {
  readonly #process: ChildProcess;
  readonly exited: Promise<string>;

  constructor({ args, env, cwd, logFile, heapMegabytes }: Program) {
    const log = openSync(logFile, "a", 0o600);
    const limit = heapMegabytes === undefined ? [] : [`--max-old-space-size=${heapMegabytes}`];
    this.#process = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", ...limit, ...args], {
      cwd,
      env: { ...env },
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    this.exited = new Promise((resolve) => {
      this.#process.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
      this.#process.once("error", (error) => resolve(error.message));
    });
    const killOnExit = (): void => void this.#process.kill("SIGKILL");
    process.once("exit", killOnExit);
    void this.exited.then(() => process.off("exit", killOnExit));
  }

  /** The most memory it ever held, as the kernel counts it; null once it ended. */
  get peakBytes(): number | null {
    if (!this.alive) return null;
    const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${this.#process.pid}/status`, "utf8"))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  }

  get pid(): number {
    return this.#process.pid ?? -1;
  }

  get alive(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  signal(name: NodeJS.Signals): void {
    this.#process.kill(name);
  }

  /** No warning, no clean-up: what a crash or the kernel's memory killer does. */
  async kill(): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.exited;
  }

  async stop(): Promise<void> {
    if (!this.alive) return;
    this.#process.kill("SIGCONT");
    this.#process.kill("SIGTERM");
    const timer = setTimeout(() => this.#process.kill("SIGKILL"), 8_000);
    await this.exited;
    clearTimeout(timer);
  }
}
