import { mergeObservations, type IngestStore, type SyncRow } from "@rollcall/posture-pipeline";
import { createDatabase, type Database } from "../database/database.ts";
import { createIngestStore } from "../ingest/ingest-store.ts";
import { listingOf, type Listing } from "./estate.ts";
import { testDatabase, type TestDatabase } from "./test-database.ts";

/** The ingest store on a database of a test file's own. Calls are about `workspace`, a new one per test, unless they name another. */
export class IngestRig {
  workspace = "";
  readonly database: Database;
  readonly store: IngestStore;
  readonly #server: TestDatabase;

  constructor(server: TestDatabase) {
    this.#server = server;
    this.database = createDatabase(server);
    this.store = createIngestStore(this.database);
  }

  static async start(): Promise<IngestRig> {
    return new IngestRig(await testDatabase());
  }

  /** Ends its connections; the database stays. */
  async close(): Promise<void> {
    await this.database.close();
  }

  async end(): Promise<void> {
    await this.close();
    await this.#server.drop();
  }

  async newWorkspace(): Promise<string> {
    return (await this.database.withSystem((tx) => tx.workspace.create({ data: { name: "test" } }))).id;
  }

  rows(sql: string, id = this.workspace) {
    return this.database.sqlInWorkspace(id, async (connection) => (await connection.query(sql)).rows);
  }

  async stage(listing: Listing, id = this.workspace): Promise<SyncRow> {
    const ingestion = await this.database.withWorkspace(id, (tx) =>
      tx.ingestion.create({ data: { workspaceId: id, origin: "import", files: [] } }),
    );
    const { sync, observations } = listingOf(ingestion.id, listing);
    return this.store.stageSync(id, sync, observations);
  }

  /** What a worker does with a staged sync; `held`: removals wait for a person. */
  async ingest(sync: SyncRow, id = this.workspace, held = false) {
    const plan = await this.store.plan(id, sync.id);
    const applied = await this.store.apply(id, sync, held ? [] : plan.map((scope) => scope.scopeId));
    const merged = await this.store.materialise(id, sync, mergeObservations);
    if (!held) await this.store.setStatus(id, sync, "completed");
    return { sync, plan: plan[0]!, applied, merged };
  }

  async run(listing: Listing, id = this.workspace, held = false) {
    return this.ingest(await this.stage(listing, id), id, held);
  }

  changes() {
    return this.rows("select what, field, before, after from change order by id");
  }
}
