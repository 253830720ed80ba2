import { createHash } from "node:crypto";
import { createWriteStream, renameSync, rmSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { AppError } from "@rollcall/platform";
import { liftRowSecurity, readMigrationNames, readTables, type Table } from "./catalogue.ts";
import { keyCheck, tableEnd, type Checksums, type Header } from "./format.ts";

export interface BackupResult {
  readonly tables: number;
  readonly rows: number;
}

/** One consistent moment of the whole database, written beside the file first: an interrupted backup is never taken for one. */
export async function writeBackup(path: string, source: { readonly url: string; readonly rootKey: string }): Promise<BackupResult> {
  const client = new pg.Client({ connectionString: source.url, options: "-c timezone=UTC -c datestyle=ISO" });
  await client.connect();
  const draft = `${path}.partial`;
  try {
    await client.query("begin isolation level repeatable read");
    const migrations = await readMigrationNames(client);
    if (migrations.length === 0) throw new AppError("precondition_failed", "There is no Rollcall in this database.");
    const tables = await readTables(client);
    await liftRowSecurity(client);
    const header: Header = {
      format: "rollcall-backup",
      version: 1,
      createdAt: new Date().toISOString(),
      migrations,
      keyCheck: keyCheck(source.rootKey),
    };
    const checksums: Record<string, { rows: number; sha256: string }> = {};
    await pipeline(
      Readable.from(pieces(client, { tables, header, checksums })),
      createGzip({ level: 6 }),
      createWriteStream(draft, { mode: 0o600 }),
    );
    await client.query("rollback");
    renameSync(draft, path);
    return { tables: tables.length, rows: Object.values(checksums).reduce((sum, { rows }) => sum + rows, 0) };
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  } finally {
    await client.end();
  }
}

async function* pieces(
  client: pg.Client,
  { tables, header, checksums }: { readonly tables: readonly Table[]; readonly header: Header; readonly checksums: Checksums },
): AsyncGenerator<string | Buffer> {
  yield `${JSON.stringify(header)}\n`;
  for (const { name, columns } of tables) {
    yield `${JSON.stringify({ table: name, columns })}\n`;
    const list = columns.map((column) => client.escapeIdentifier(column)).join(", ");
    const hash = createHash("sha256");
    let rows = 0;
    for await (const chunk of client.query(
      copyTo(`copy (select ${list} from ${client.escapeIdentifier(name)}) to stdout`),
    ) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      for (const byte of chunk) if (byte === 0x0a) rows += 1;
      yield chunk;
    }
    yield `${tableEnd}\n`;
    checksums[name] = { rows, sha256: hash.digest("hex") };
  }
  yield `${JSON.stringify({ end: true, checksums })}\n`;
}
