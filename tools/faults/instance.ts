import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { isPortFree, locateRedis, startEmbeddedPostgres, type EmbeddedPostgres } from "@rollcall/platform";
import { readPostmaster } from "./postmaster.ts";
import { SmallDisk } from "./small-disk.ts";
import { Child } from "./child-process.ts";
import { FaultProxy } from "./fault-proxy.ts";
import { RedisServer } from "./redis-server.ts";
import { runScript } from "../start/run-script.ts";
import type { Fault } from "./fault.ts";
import { until } from "./wait.ts";

const root = dirname(dirname(import.meta.dirname));
const firstPort = 22_300;
const portsEach = 4;
/** A dead worker's job is free again after this; the shipped default is longer, which would only make the tests wait. */
const leaseSeconds = 4;

/** The first of some ports that nobody listens on: below those that connections get, as what is killed has to come back on the same one. */
async function freePorts(): Promise<number> {
  for (let first = firstPort; ; first += portsEach) {
    const free = await Promise.all(Array.from({ length: portsEach }, (_, at) => isPortFree(first + at)));
    if (free.every(Boolean)) return first;
  }
}

interface ChildOptions {
  readonly heapMegabytes?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Rollcall's own processes around a PostgreSQL of their own, with a line between them that can be made bad. */
export class Instance {
  readonly dataDir: string;
  readonly apiPort: number;
  readonly rootKey = randomBytes(32).toString("hex");
  readonly workers: Child[] = [];
  database!: EmbeddedPostgres;
  proxy!: FaultProxy;
  api!: Child;
  token = "";
  redis: RedisServer | undefined;

  readonly dataDisk: SmallDisk | undefined;
  readonly logDisk: SmallDisk | undefined;

  private constructor(port: number, disks: Fault["disks"]) {
    this.apiPort = port;
    this.dataDir = mkdtempSync(join(tmpdir(), "rollcall-faults-"));
    if (disks !== undefined) this.dataDisk = new SmallDisk(this.dataDir, disks.dataMegabytes);
    chmodSync(this.dataDir, 0o711);
    const logs = join(this.dataDir, "logs");
    mkdirSync(logs, { recursive: true });
    if (disks !== undefined) this.logDisk = new SmallDisk(logs, disks.logMegabytes);
  }

  static async start(options: { readonly redis?: boolean; readonly disks?: Fault["disks"] } = {}): Promise<Instance> {
    const instance = new Instance(await freePorts(), options.disks);
    try {
      await instance.#begin(options.redis === true);
      return instance;
    } catch (error) {
      await instance.stop();
      throw error;
    }
  }

  async #begin(withRedis: boolean): Promise<void> {
    if (withRedis) {
      this.redis = new RedisServer(locateRedis()!, this.apiPort + 2);
      await this.redis.start();
    }
    await this.startDatabase();
    this.proxy = await FaultProxy.start(this.apiPort + 1, this.database.port);
    await runScript("the migration", {
      args: ["--experimental-wasm-modules", join(root, "libs/persistence/src/migrate-main.ts")],
      cwd: root,
      env: this.#env(),
    });
    this.startApi();
    this.startWorker();
    await this.untilReady();
    const printed = await runScript("the key", { args: [join(root, "apps/api/src/sign-in-link.ts")], cwd: root, env: this.#env() });
    const line = printed.split("\n").findLast((text) => text.startsWith("{")) ?? "{}";
    this.token = (JSON.parse(line) as { token: string }).token;
  }

  get url(): string {
    return `http://127.0.0.1:${this.apiPort}`;
  }

  /** Superuser, past the line and past row-level security: for the checker alone. */
  get inspectUrl(): string {
    const { credentials } = this.database;
    return this.database.url("rollcall", credentials.adminUser, credentials.adminPassword);
  }

  async startDatabase(): Promise<void> {
    this.database = await startEmbeddedPostgres({ dataDir: this.dataDir });
    this.proxy?.retarget(this.database.port);
  }

  /** SIGQUIT is PostgreSQL's immediate shutdown: no checkpoint, the next start recovers from the log. */
  async crashDatabase(): Promise<void> {
    const postmaster = readPostmaster(join(this.dataDir, "postgres"));
    if (postmaster === null) throw new Error("no PostgreSQL to crash");
    process.kill(postmaster, "SIGQUIT");
    await this.database.exited;
  }

  startApi(options: ChildOptions = {}): void {
    this.api = this.#child("api", "apps/api/src/main.ts", options);
  }

  startWorker(options: ChildOptions = {}): Child {
    const worker = this.#child("worker", "apps/worker/src/main.ts", options);
    this.workers.push(worker);
    return worker;
  }

  async killWorkers(): Promise<void> {
    await Promise.all(this.workers.splice(0).map((worker) => worker.kill()));
  }

  async stopWorkers(): Promise<void> {
    await Promise.all(this.workers.splice(0).map((worker) => worker.stop()));
  }

  async untilReady(limitMs = 180_000): Promise<void> {
    const ready = async (): Promise<boolean> => {
      if (!this.api.alive) throw new Error(`the API ended (${await this.api.exited}): ${this.log("api").slice(-600)}`);
      return (await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(2000) }).catch(() => null))?.ok === true;
    };
    if (!(await until(ready, limitMs))) throw new Error("the API did not become ready");
  }

  log(name: "api" | "worker" | "postgres"): string {
    return readFileSync(join(this.dataDir, "logs", `${name}.log`), "utf8");
  }

  async stop(): Promise<void> {
    await this.stopWorkers();
    await this.api?.stop();
    await this.proxy?.close();
    await this.database?.stop();
    await this.redis?.stop();
    this.logDisk?.remove();
    this.dataDisk?.remove();
    if (process.env["ROLLCALL_FAULTS_KEEP"] === undefined) rmSync(this.dataDir, { recursive: true, force: true, maxRetries: 3 });
  }

  #child(name: string, main: string, { heapMegabytes, env }: ChildOptions): Child {
    const logFile = join(this.dataDir, "logs", `${name}.log`);
    return new Child({ args: [join(root, main)], env: { ...this.#env(), ...env }, cwd: root, logFile, heapMegabytes });
  }

  #env(): Record<string, string | undefined> {
    const url = new URL(this.database.ownerUrl);
    if (this.proxy !== undefined) url.port = String(this.proxy.port);
    return {
      PATH: process.env["PATH"],
      NODE_ENV: "production",
      DATABASE_URL: url.toString(),
      ROLLCALL_SECRET: this.rootKey,
      ROLLCALL_DATA_DIR: this.dataDir,
      // Sources of the suite stand on this machine.
      ROLLCALL_PRIVATE_HOSTS: "127.0.0.1",
      PORT: String(this.apiPort),
      REDIS_URL: this.redis?.url,
      JOB_LEASE_SECONDS: String(leaseSeconds),
    };
  }
}
