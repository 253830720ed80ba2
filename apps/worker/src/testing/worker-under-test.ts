import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { openImport } from "@rollcall/connectors";
import { startWorkers } from "@rollcall/jobs";
import type { OutboxRelay, RunningWorkers } from "@rollcall/jobs";
import { testDatabase, testRootKey } from "@rollcall/persistence/testing";
import type { TestDatabase } from "@rollcall/persistence/testing";
import { createLogger, fingerprinter } from "@rollcall/platform";
import { syncOf } from "@rollcall/posture-pipeline";
import type { IngestionView } from "@rollcall/posture-pipeline";
import { compose } from "../compose.ts";
import type { Worker } from "../compose.ts";
import { fileKeySource } from "../keys/file-key-source.ts";
import { handlersOf } from "../handlers/handlers-of.ts";

/** The worker's own parts on a real database and a real queue, with uploads staged as the API stages them. */
export class WorkerUnderTest {
  readonly database: TestDatabase;
  readonly worker: Worker;
  readonly workspaceId: string;
  readonly logLines: string[];
  readonly #running: { readonly workers: RunningWorkers; readonly relay: OutboxRelay };

  private constructor(parts: {
    database: TestDatabase;
    worker: Worker;
    workspaceId: string;
    logLines: string[];
    running: { workers: RunningWorkers; relay: OutboxRelay };
  }) {
    this.database = parts.database;
    this.worker = parts.worker;
    this.workspaceId = parts.workspaceId;
    this.logLines = parts.logLines;
    this.#running = parts.running;
  }

  static async start(
    more: { readonly privateHosts?: readonly string[]; readonly connectorKeyFile?: string } = {},
  ): Promise<WorkerUnderTest> {
    const database = await testDatabase();
    const logLines: string[] = [];
    const logger = createLogger("worker", { level: "debug", destination: { write: (line: string) => void logLines.push(line) } });
    const worker = await compose(
      {
        DATABASE_URL: database.ownerUrl,
        ROLLCALL_SECRET: testRootKey,
        ROLLCALL_PRIVATE_HOSTS: more.privateHosts ?? [],
        connectorKeySource: more.connectorKeyFile === undefined ? null : fileKeySource(more.connectorKeyFile),
      },
      logger,
    );
    const workspaceId = await worker.stores.accounts.ensureWorkspace("test");
    const relay = worker.startRelay();
    const workers = await startWorkers({ ...worker.queueConfig, logger, onEnded: () => relay.nudge() }, handlersOf(worker));
    return new WorkerUnderTest({ database, worker, workspaceId, logLines, running: { workers, relay } });
  }

  async stop(): Promise<void> {
    await this.#running.relay.close();
    await this.#running.workers.close();
    await this.worker.analyser.close();
    await this.worker.queue.close();
    await this.worker.stores.close();
    await this.database.drop();
  }

  /** Reads, stages and announces files, then waits until the request has ended. */
  async import(paths: readonly string[], asOf: string | null = null): Promise<IngestionView> {
    const files = paths.map((path) => ({
      name: basename(path),
      bytes: new Uint8Array(readFileSync(path)),
      modifiedAt: "2026-11-01T00:00:00.000Z",
    }));
    const { stores } = this.worker;
    const ingestionId = await stores.ingestions.createIngestion(this.workspaceId, {
      files: files.map((f) => f.name),
      origin: "import",
      createdBy: null,
    });
    const fingerprint = fingerprinter(testRootKey, this.workspaceId);
    for (const parsed of openImport(files, { asOf, receivedAt: "2026-11-01T00:00:00.000Z", accountHint: null, fingerprint })) {
      await stores.ingest.stageSync(this.workspaceId, syncOf(parsed, { ingestionId, origin: "import" }), parsed.observations);
    }
    return this.ended(ingestionId);
  }

  async ended(ingestionId: string): Promise<IngestionView> {
    const deadline = Date.now() + 45_000;
    for (;;) {
      const view = await this.worker.stores.read.ingestion(this.workspaceId, ingestionId);
      if (view !== null && !["pending", "processing"].includes(view.status)) return view;
      if (Date.now() > deadline) throw new Error(`The import did not end: ${JSON.stringify(view)}`);
      await pause(50);
    }
  }

  /** Every row of every table of every schema, the queue's too, as text: what somebody with the disk would read. */
  async everythingStored(): Promise<string> {
    const tables = await this.database.query(
      "select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'",
    );
    const dumps = [];
    for (const { name } of tables)
      dumps.push(...(await this.database.query(`select t::text as line from ${String(name)} t`)).map((row) => String(row["line"])));
    return dumps.join("\n");
  }
}
