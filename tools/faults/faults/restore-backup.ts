import { createHash, randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { startEmbeddedPostgres } from "@rollcall/platform";
import { deliveryOf, namesOf } from "../deliveries.ts";
import type { Fault } from "../fault.ts";
import { runScript } from "../../start/run-script.ts";

const root = dirname(dirname(dirname(import.meta.dirname)));

/** F16: back up a running instance, restore elsewhere with the root key and without it. */
export const restoreBackup: Fault = {
  id: "F16",
  title: "backup, wipe, restore",
  run: async ({ instance, client, tag, settle, note }) => {
    const broken: string[] = [];
    await client.deliver(deliveryOf({ account: `f16-${tag}`, key: `f16-${tag}`, names: namesOf(tag, 300) }));
    await settle();
    // Nothing may write between the backup and the comparison.
    await instance.stopWorkers();
    const scratch = mkdtempSync(join(tmpdir(), "rollcall-restore-"));
    chmodSync(scratch, 0o711);
    const file = join(scratch, "backup.rollcall");
    const tool = (args: readonly string[], dataDir: string, rootKey: string): Promise<string> =>
      runScript(`rollcall ${args[0]}`, {
        args: [join(root, "tools/backup/main.ts"), ...args],
        cwd: root,
        env: { PATH: process.env["PATH"], ROLLCALL_DATA_DIR: dataDir, ROLLCALL_SECRET: rootKey },
      });
    try {
      await tool(["backup", file], instance.dataDir, instance.rootKey);
      const before = await databaseHash(instance.inspectUrl);
      const bytes = readFileSync(file);
      if (bytes.includes(instance.rootKey)) broken.push("the root key is in the backup");
      for (const [name, key] of [
        ["with-key", instance.rootKey],
        ["without-key", randomBytes(32).toString("hex")],
      ] as const) {
        const started = performance.now();
        const said = await tool(["restore", file], join(scratch, name), key);
        note(`${name}: restored in ${((performance.now() - started) / 1000).toFixed(1)} s, ${bytes.length} bytes`);
        const server = await startEmbeddedPostgres({ dataDir: join(scratch, name) });
        const after = await databaseHash(server.url("rollcall", server.credentials.adminUser, server.credentials.adminPassword));
        await server.stop();
        if (after !== before) broken.push(`${name}: the restored database differs`);
        if (said.includes("another one") !== (name === "without-key")) broken.push(`${name}: said ${said.trim()}`);
      }
      const again = await tool(["restore", file], join(scratch, "with-key"), instance.rootKey).catch((error: Error) => error.message);
      if (!again.includes("not empty")) broken.push(`a restore into a database in use was answered: ${again}`);
    } finally {
      rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
      instance.startWorker();
    }
    return broken;
  },
};

/** Every row of every table of ours, in any order. */
async function databaseHash(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations' order by 1",
    );
    const hash = createHash("sha256");
    for (const { name } of tables) {
      const { rows } = await client.query<{ digest: string }>(
        `select coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as digest from ${client.escapeIdentifier(name)} t`,
      );
      hash.update(`${name} ${rows[0]?.digest}\n`);
    }
    return hash.digest("hex");
  } finally {
    await client.end();
  }
}
