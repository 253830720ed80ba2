import { createHash, randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import pg from "pg";
import { deliveryOf, namesOf } from "../deliveries.ts";
import type { Fault } from "../fault.ts";
import { RestoredInstance } from "../restored-instance.ts";
import { runScript } from "../../start/run-script.ts";

const root = dirname(dirname(dirname(import.meta.dirname)));
const list = "/api/v1/identities?limit=1";

/** F16: back up a running instance, restore elsewhere with the root key and without it, and read both through their API. */
export const restoreBackup: Fault = {
  id: "F16",
  title: "backup, wipe, restore",
  repeats: 1,
  run: async ({ instance, client, tag, settle, note }) => {
    const broken: string[] = [];
    await client.deliver(deliveryOf({ account: `f16-${tag}`, key: `f16-${tag}`, names: namesOf(tag, 300) }));
    await settle();
    // Nothing may write between the backup and the comparison.
    await instance.stopWorkers();
    const scratch = mkdtempSync(join(tmpdir(), "rollcall-restore-"));
    chmodSync(scratch, 0o711);
    const file = join(scratch, "backup.rollcall");
    const rollcall = (action: "backup" | "restore", dataDir: string, rootKey: string): Promise<string> =>
      runScript(`rollcall ${action}`, {
        args: [join(root, "rollcall"), action, file, "--data", dataDir],
        cwd: scratch,
        env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ROLLCALL_SECRET: rootKey },
      });
    try {
      await rollcall("backup", instance.dataDir, instance.rootKey);
      const before = await databaseHash(instance.inspectUrl);
      const shown = (await client.get(list)).body;
      const bytes = readFileSync(file);
      if (gunzipSync(bytes).includes(instance.rootKey)) broken.push("the root key is in the backup");
      for (const [name, rootKey] of [
        ["with-key", instance.rootKey],
        ["without-key", randomBytes(32).toString("hex")],
      ] as const) {
        const dataDir = join(scratch, name);
        const started = performance.now();
        const said = await rollcall("restore", dataDir, rootKey);
        note(`${name}: restored in ${((performance.now() - started) / 1000).toFixed(1)} s, ${bytes.length} bytes`);
        if (said.includes("another one") !== (name === "without-key")) broken.push(`${name}: said ${said.trim()}`);
        const restored = await RestoredInstance.open({ dataDir, rootKey, port: instance.apiPort + 3 });
        try {
          if ((await databaseHash(restored.inspectUrl)) !== before) broken.push(`${name}: the restored database differs`);
          await restored.serve();
          const old = await restored.get(list, instance.token);
          if (old.status !== (name === "with-key" ? 200 : 401)) broken.push(`${name}: the key of before is answered ${old.status}`);
          const now = name === "with-key" ? old : await restored.get(list, await restored.newToken());
          if (now.status !== 200 || now.body !== shown)
            broken.push(`${name}: the inventory is answered ${now.status} ${now.body.slice(0, 120)}`);
        } finally {
          await restored.stop();
        }
      }
      const again = await rollcall("restore", join(scratch, "with-key"), instance.rootKey).catch((error: Error) => error.message);
      if (!again.includes("not empty")) broken.push(`a restore into a database in use was answered: ${again}`);
      writeFileSync(file, bytes.subarray(0, bytes.length - 200));
      const cut = await rollcall("restore", join(scratch, "cut"), instance.rootKey).catch((error: Error) => error.message);
      if (!cut.includes("damaged")) broken.push(`a backup that was cut off was answered: ${cut}`);
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
