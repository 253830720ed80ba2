import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "@rollcall/platform";
import { runScript } from "../start/run-script.ts";
import { Child } from "./child-process.ts";
import { until } from "./wait.ts";

const root = dirname(dirname(import.meta.dirname));

/** The database of a folder with an API on it: enough to see whether what was restored can be read. */
export class RestoredInstance {
  readonly database: EmbeddedPostgres;
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #dataDir: string;
  #api: Child | null = null;

  private constructor(database: EmbeddedPostgres, options: { readonly dataDir: string; readonly rootKey: string; readonly port: number }) {
    const { dataDir, rootKey, port } = options;
    this.database = database;
    this.#dataDir = dataDir;
    this.#env = {
      PATH: process.env["PATH"],
      NODE_ENV: "production",
      DATABASE_URL: database.ownerUrl,
      ROLLCALL_SECRET: rootKey,
      ROLLCALL_DATA_DIR: dataDir,
      PORT: String(port),
    };
  }

  /** The database alone: a process that serves it writes down that it started. */
  static async open(options: { readonly dataDir: string; readonly rootKey: string; readonly port: number }): Promise<RestoredInstance> {
    return new RestoredInstance(await startEmbeddedPostgres({ dataDir: options.dataDir }), options);
  }

  async serve(): Promise<void> {
    mkdirSync(join(this.#dataDir, "logs"), { recursive: true });
    this.#api = new Child({
      args: [join(root, "apps/api/src/main.ts")],
      env: this.#env,
      cwd: root,
      logFile: join(this.#dataDir, "logs/api.log"),
    });
    const up = await until(async () => (await this.get("/readyz", "").catch(() => null))?.status === 200, 120_000, 200);
    if (!up) throw new Error("the API on the restored database did not become ready");
  }

  get inspectUrl(): string {
    const { credentials } = this.database;
    return this.database.url("rollcall", credentials.adminUser, credentials.adminPassword);
  }

  async get(path: string, token: string): Promise<{ readonly status: number; readonly body: string }> {
    const response = await fetch(`http://127.0.0.1:${this.#env["PORT"]}${path}`, {
      headers: token === "" ? {} : { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(20_000),
    });
    return { status: response.status, body: await response.text() };
  }

  /** What the next start hands to the operator. */
  async newToken(): Promise<string> {
    const printed = await runScript("the key", { args: [join(root, "apps/api/src/sign-in-link.ts")], cwd: root, env: this.#env });
    return (JSON.parse(printed.split("\n").findLast((text) => text.startsWith("{")) ?? "{}") as { token: string }).token;
  }

  async stop(): Promise<void> {
    await this.#api?.stop();
    await this.database.stop();
  }
}
