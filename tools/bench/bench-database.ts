import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createStores, runtimeUrls } from "@rollcall/persistence";
import type { Stores } from "@rollcall/persistence";
import { migrateInChild, testRootKey } from "@rollcall/persistence/testing";
import { startEmbeddedPostgres } from "@rollcall/platform";
import pg from "pg";

export interface BenchDatabase {
  readonly stores: Stores;
  readonly workspaceId: string;
  /** As the owner of the database: for tables of the bench's own. */
  readonly owner: pg.Client;
  readonly version: string;
  close(): Promise<void>;
}

/** A PostgreSQL of this bench's own, durable as in production (fsync on), removed at the end. */
export async function startBenchDatabase(): Promise<BenchDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), "rollcall-bench-"));
  // The server runs as another user when started by root, and has to reach its folder below this one.
  chmodSync(dataDir, 0o711);
  const server = await startEmbeddedPostgres({ dataDir, durable: true });
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    await migrateInChild(server.ownerUrl);
    const urls = runtimeUrls(server.ownerUrl, testRootKey);
    const workspaceId = await newWorkspace(urls.systemUrl);
    const owner = new pg.Client({ connectionString: server.ownerUrl });
    await owner.connect();
    const stores = createStores(urls);
    const { rows } = await owner.query<{ server_version: string }>("show server_version");
    const close = async (): Promise<void> => {
      await owner.end();
      await stores.close();
      await stop();
    };
    return { stores, workspaceId, owner, version: rows[0]?.server_version ?? "unknown", close };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function newWorkspace(systemUrl: string): Promise<string> {
  const system = new pg.Client({ connectionString: systemUrl });
  await system.connect();
  try {
    const { rows } = await system.query<{ id: string }>("insert into workspace (name) values ('bench') returning id");
    const id = rows[0]?.id;
    if (id === undefined) throw new Error("the workspace was not created");
    return id;
  } finally {
    await system.end();
  }
}
