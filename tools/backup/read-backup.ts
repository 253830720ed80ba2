import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { finished } from "node:stream/promises";
import type { Writable } from "node:stream";
import { createGunzip } from "node:zlib";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { AppError } from "@rollcall/platform";
import { isFree, liftRowSecurity, readMigrationNames, readTables, type Table } from "./catalogue.ts";
import { keyCheck, tableEnd, type Checksums, type Header } from "./format.ts";

export interface RestoreResult {
  readonly rows: number;
  readonly createdAt: string;
  /** False when the root key here is not the one of the backup. */
  readonly sameKey: boolean;
}

const damaged = (what: string): AppError => new AppError("invalid_input", `The backup is damaged (${what}). Nothing was restored.`);

/** All or nothing: one transaction into a migrated, empty database, compared with the checksums before it is committed. */
export async function readBackup(path: string, target: { readonly url: string; readonly rootKey: string }): Promise<RestoreResult> {
  const client = new pg.Client({ connectionString: target.url, options: "-c timezone=UTC -c datestyle=ISO" });
  await client.connect();
  try {
    await client.query("begin");
    const tables = await readTables(client);
    const lifted = await liftRowSecurity(client);
    await refuseUsed(client, tables);
    // Triggers would write audit rows of their own and check references row by row, before both ends are there.
    if (await isFree(client)) await client.query("set local session_replication_role = replica");
    const { header, checksums } = await new Loader(client, tables).load(path);
    for (const name of lifted) await client.query(`alter table ${client.escapeIdentifier(name)} force row level security`);
    await client.query("commit");
    await client.query("analyze");
    const rows = Object.values(checksums).reduce((sum, table) => sum + table.rows, 0);
    return { rows, createdAt: header.createdAt, sameKey: header.keyCheck === keyCheck(target.rootKey) };
  } finally {
    // Without a commit the end of the connection rolls everything back.
    await client.end();
  }
}

async function refuseUsed(client: pg.Client, tables: readonly Table[]): Promise<void> {
  for (const { name } of tables) {
    const { rowCount } = await client.query(`select 1 from ${client.escapeIdentifier(name)} limit 1`);
    if (rowCount !== 0)
      throw new AppError("conflict", "This database is not empty, and a restore replaces nothing. Name an empty folder with --data DIR.");
  }
}

/** Takes the archive line by line, in bytes: a row may hold whatever else some readers take for the end of a line. */
class Loader {
  readonly #client: pg.Client;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #counted: Checksums = {};
  #header: Header | null = null;
  #stated: Checksums | null = null;
  #open: { readonly name: string; readonly sink: Writable; readonly hash: Hash; rows: number } | null = null;

  constructor(client: pg.Client, tables: readonly Table[]) {
    this.#client = client;
    this.#tables = new Map(tables.map((table) => [table.name, table]));
  }

  async load(path: string): Promise<{ readonly header: Header; readonly checksums: Checksums }> {
    const source = createReadStream(path);
    const lines = source.pipe(createGunzip());
    source.once("error", (error) => lines.destroy(error));
    try {
      let rest = Buffer.alloc(0);
      for await (const chunk of lines as AsyncIterable<Buffer>) {
        const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
        let start = 0;
        for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a, start)) {
          await this.#line(bytes.subarray(start, end + 1));
          start = end + 1;
        }
        rest = Buffer.from(bytes.subarray(start));
      }
    } catch (error) {
      if (/^Z_|unexpected end of file|incorrect header/.test(`${(error as { code?: string }).code ?? ""}${(error as Error).message}`))
        throw damaged("it cannot be unpacked");
      throw error;
    }
    if (this.#header === null || this.#stated === null || this.#open !== null) throw damaged("its end is missing");
    for (const [name, { rows, sha256 }] of Object.entries(this.#stated)) {
      if (this.#counted[name]?.rows !== rows || this.#counted[name].sha256 !== sha256)
        throw damaged(`table ${name} differs from its checksum`);
    }
    return { header: this.#header, checksums: this.#counted };
  }

  async #line(line: Buffer): Promise<void> {
    const open = this.#open;
    if (open !== null && line.toString("latin1") !== `${tableEnd}\n`) {
      open.hash.update(line);
      open.rows += 1;
      if (!open.sink.write(Buffer.from(line)))
        await new Promise((resolve, reject) => open.sink.once("drain", () => resolve(null)).once("error", reject));
    } else if (open !== null) {
      open.sink.end();
      await finished(open.sink);
      this.#counted[open.name] = { rows: open.rows, sha256: open.hash.digest("hex") };
      this.#open = null;
    } else await this.#control(line);
  }

  async #control(line: Buffer): Promise<void> {
    const value = parsed(line);
    if (this.#header === null) this.#header = await this.#accept(value as Partial<Header>);
    else if (value["end"] === true) this.#stated = value["checksums"] as Checksums;
    else this.#begin(String(value["table"]), value["columns"]);
  }

  async #accept(header: Partial<Header>): Promise<Header> {
    if (header.format !== "rollcall-backup" || header.version !== 1 || !Array.isArray(header.migrations))
      throw new AppError("invalid_input", "This file is not a backup of Rollcall, or one of a newer version.");
    const here = await readMigrationNames(this.#client);
    const other = header.migrations.find((name) => !here.includes(name)) ?? here.find((name) => !header.migrations!.includes(name));
    if (other !== undefined)
      throw new AppError(
        "precondition_failed",
        `The backup was made by another version of Rollcall (${other}). Restore it with that version, then upgrade.`,
      );
    return header as Header;
  }

  #begin(name: string, columns: unknown): void {
    const known = this.#tables.get(name);
    if (known === undefined || !Array.isArray(columns) || !columns.every((column) => known.columns.includes(String(column))))
      throw damaged(`table ${name} is not known`);
    const list = columns.map((column) => this.#client.escapeIdentifier(String(column))).join(", ");
    const sink = this.#client.query(copyFrom(`copy ${this.#client.escapeIdentifier(name)} (${list}) from stdin`));
    this.#open = { name, sink, hash: createHash("sha256"), rows: 0 };
  }
}

function parsed(line: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(line.toString("utf8")) as Record<string, unknown>;
  } catch {
    throw damaged("a line cannot be read");
  }
}
