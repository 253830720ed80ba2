import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "../postgres/embedded-postgres.ts";

export interface TestPostgres {
  /** Superuser on the maintenance database. */
  readonly adminUrl: string;
  /** Owner of an empty database `rollcall`, set up as in production: may create roles, is no superuser. */
  readonly ownerUrl: string;
  readonly server: EmbeddedPostgres;
  /** Stops the server and removes its temporary folder. */
  stop(): Promise<void>;
}

/** A throwaway PostgreSQL 18 in the temporary folder, without fsync. Takes about a second. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const dataDir = mkdtempSync(join(tmpdir(), "rollcall-pg-"));
  // The server may run as another user than the tests, and has to reach its own folder below this one.
  chmodSync(dataDir, 0o711);
  const remove = (): void => rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
  try {
    const server = await startEmbeddedPostgres({ dataDir, durable: false });
    return {
      adminUrl: server.adminUrl,
      ownerUrl: server.ownerUrl,
      server,
      stop: async () => {
        await server.stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}
