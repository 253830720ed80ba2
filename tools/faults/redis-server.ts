import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClientOf, type RedisClient } from "./redis-client.ts";
import { until } from "./wait.ts";

/** A Redis of the suite's own that keeps nothing on disk: what a crash takes is gone. */
export class RedisServer {
  readonly #binary: string;
  readonly #port: number;
  readonly #dir = mkdtempSync(join(tmpdir(), "rollcall-faults-redis-"));
  #process: ChildProcess | null = null;

  constructor(binary: string, port: number) {
    this.#binary = binary;
    this.#port = port;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    const args = ["--port", String(this.#port), "--bind", "127.0.0.1", "--dir", this.#dir, "--save", "", "--appendonly", "no"];
    const child = spawn(this.#binary, [...args, "--maxmemory-policy", "noeviction"], { stdio: "ignore" });
    this.#process = child;
    const killOnExit = (): void => void child.kill("SIGKILL");
    process.once("exit", killOnExit);
    child.once("exit", () => process.off("exit", killOnExit));
    const ready = await until(async () => (await this.ask("PING").catch(() => "")) === "PONG", 15_000, 50);
    if (!ready) throw new Error("redis-server did not answer");
  }

  async kill(): Promise<void> {
    const child = this.#process;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  async ask(...command: readonly string[]): Promise<string> {
    const client: RedisClient = await createClientOf(this.#port);
    try {
      return await client.ask(command);
    } finally {
      client.close();
    }
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.#dir, { recursive: true, force: true });
  }
}
