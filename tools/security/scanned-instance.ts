import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@rollcall/platform";
import { Child } from "../faults/child-process.ts";
import { until } from "../faults/wait.ts";
import type { KnownValues } from "./sample-values.ts";
import { SpreadProxy } from "./spread-proxy.ts";

const root = join(import.meta.dirname, "..", "..");
/** A cold checkout builds the dashboard first. */
const startLimitMs = 600_000;
const analysisLimitMs = 120_000;
/** Lists whose pages are named by a text that only they can give. */
const cursorLists = ["identities", "credentials", "findings", "reports", "tasks", "audit"];

interface Row {
  readonly [name: string]: unknown;
}

/** A whole Rollcall of its own with a small inventory, reached through the proxy; it goes away with everything in it. */
export class ScannedInstance {
  readonly proxy: SpreadProxy;
  /** Of the instance itself, for who needs connections of their own to it. */
  readonly port: number;
  readonly token: string;
  readonly cookie: string;
  readonly #process: Child;
  readonly #folder: string;

  private constructor(made: { proxy: SpreadProxy; port: number; token: string; cookie: string; process: Child; folder: string }) {
    this.proxy = made.proxy;
    this.port = made.port;
    this.token = made.token;
    this.cookie = made.cookie;
    this.#process = made.process;
    this.#folder = made.folder;
  }

  static async start(): Promise<ScannedInstance> {
    const folder = mkdtempSync(join(tmpdir(), "rollcall-security-"));
    chmodSync(folder, 0o711);
    const data = join(folder, "data");
    mkdirSync(data);
    const port = await freePort();
    const proxy = await SpreadProxy.start(port);
    const logFile = join(folder, "start.log");
    const env = { PATH: process.env["PATH"], HOME: process.env["HOME"], NODE_ENV: "production", ORIGIN: `http://127.0.0.1:${proxy.port}` };
    const args = [join(root, "tools/start/main.ts"), "--empty", "--port", String(port), "--data", data];
    const started = new Child({ args, env, cwd: root, logFile });
    const link = (): string | undefined => /Rollcall is ready: (\S+)/.exec(readFileSync(logFile, "utf8"))?.[1];
    try {
      const ready = await until(async () => link() !== undefined || !started.alive, startLimitMs, 500);
      if (!ready || !started.alive) throw new Error(`the instance did not start:\n${readFileSync(logFile, "utf8").slice(-1500)}`);
      const signedIn = await fetch(link()!, { redirect: "manual" });
      const cookie = signedIn.headers.getSetCookie().map((line) => line.split(";")[0]);
      if (cookie.length === 0) throw new Error(`signing in answered ${signedIn.status} without a session`);
      const token = readFileSync(join(data, "cli-token"), "utf8").trim();
      return new ScannedInstance({ proxy, port, token, cookie: cookie.join("; "), process: started, folder });
    } catch (error) {
      await started.stop();
      await proxy.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
      throw error;
    }
  }

  get url(): string {
    return `http://127.0.0.1:${this.proxy.port}`;
  }

  /** Pushes a few identities and what another tool found, and waits for what comes of them. Returns values that exist, by the path they are for. */
  async fill(): Promise<(path: string) => KnownValues> {
    const ingestion = await this.#push("push/fixtures/runners.ndjson", "application/x-ndjson");
    await this.#push("ocsf/fixtures/prowler.ocsf.json", "application/json");
    const analysed = async (): Promise<boolean> =>
      (await this.#items("tasks")).some(({ subjectName }) => subjectName === "eu-1") && (await this.#items("reports")).length > 1;
    if (!(await until(analysed, analysisLimitMs, 1000))) throw new Error("what was pushed was not analysed in time");
    const [identity] = (await this.#items("identities")).filter(({ provider }) => provider === "build-farm");
    const [task] = (await this.#items("tasks")).filter(({ subjectName }) => subjectName === "eu-1");
    const [finding] = await this.#items("findings");
    const [framework] = await this.#items("frameworks");
    const ids: Readonly<Record<string, unknown>> = {
      tasks: task?.["id"],
      identities: identity?.["id"],
      frameworks: framework?.["id"],
      ingestions: ingestion,
    };
    const common: KnownValues = {
      search: "eu",
      kind: "ci_pipeline",
      provider: "build-farm",
      owner: "Build",
      source: String(identity?.["sourceId"]),
      rule: String(finding?.["ruleId"]),
      identityId: String(identity?.["id"]),
      identity: String(identity?.["id"]),
      limit: 50,
      version: Number(task?.["version"] ?? 0),
      account: "acme",
      // What a key may do to a task: claiming one needs a person.
      event: "snooze",
      until: new Date(Date.now() + 7 * 86_400_000).toISOString(),
      filename: "scan.ndjson",
      asOf: "2026-11-01T00:00:00Z",
      modifiedAt: "2026-11-01T00:00:00Z",
      mapping: JSON.stringify({ source: "scan", columns: [{ column: "ID", field: "ref" }] }),
    };
    const cursors = new Map<string, KnownValues>();
    for (const list of cursorLists) cursors.set(`/api/v1/${list}`, { cursor: await this.#cursor(list) });
    return (path) => ({
      ...common,
      ...cursors.get(path),
      id: String(ids[path.split("/")[3] ?? ""] ?? "0190b0a0-0000-7000-8000-00000000dead"),
    });
  }

  async #push(fixture: string, contentType: string): Promise<string> {
    const headers = { authorization: `Bearer ${this.token}`, "content-type": contentType };
    const body = readFileSync(join(root, "libs/connectors/src", fixture));
    const pushed = await fetch(`${this.url}/api/v1/ingestions`, { method: "POST", headers, body });
    if (pushed.status !== 202) throw new Error(`the push answered ${pushed.status}: ${await pushed.text()}`);
    return ((await pushed.json()) as { id: string }).id;
  }

  /** Of the second page. */
  async #cursor(list: string): Promise<string> {
    const response = await fetch(`${this.url}/api/v1/${list}?limit=1`, { headers: { authorization: `Bearer ${this.token}` } });
    const { nextCursor } = (await response.json()) as { readonly nextCursor?: string | null };
    if (typeof nextCursor !== "string") throw new Error(`the list of ${list} has no second page`);
    return nextCursor;
  }

  async #items(list: string): Promise<readonly Row[]> {
    const response = await fetch(`${this.url}/api/v1/${list}`, { headers: { authorization: `Bearer ${this.token}` } });
    if (!response.ok) return [];
    const answer = (await response.json()) as { readonly items?: readonly Row[] } | readonly Row[];
    return "items" in answer ? (answer.items ?? []) : (answer as readonly Row[]);
  }

  async stop(): Promise<void> {
    await this.#process.stop();
    await this.proxy.close();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
