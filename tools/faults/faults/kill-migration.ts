import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import type { Checker } from "../checker.ts";
import type { Fault } from "../fault.ts";
import type { Instance } from "../instance.ts";
import { pause, until } from "../wait.ts";

const root = dirname(dirname(dirname(import.meta.dirname)));
const main = join(root, "libs/persistence/src/migrate-main.ts");
const killsPerRepeat = 3;

/** F14: the migration dies again and again; then three processes start together. */
export const killMigration: Fault = {
  id: "F14",
  title: "kill -9 during migration, three start together",
  run: async ({ instance, checker, random, tag, note }) => {
    const name = `f14_${tag}`;
    const { credentials } = instance.database;
    const admin = (database: string): string => instance.database.url(database, credentials.adminUser, credentials.adminPassword);
    await checker.at(admin("postgres"), `create database ${name} owner ${credentials.ownerUser}`);
    const url = instance.database.url(name, credentials.ownerUser, credentials.ownerPassword);
    const broken: string[] = [];
    try {
      const points: string[] = [];
      for (let kill = 0; kill < killsPerRepeat; kill += 1)
        points.push(await killedWhileAt(url, admin(name), { instance, checker, random }));
      const together = await Promise.all([1, 2, 3].map(() => migrated(url, instance)));
      const applied = together.filter(({ said }) => said.startsWith("Applied"));
      note(`killed after ${points.join(", ")}; then ${together.map(({ code, said }) => `${code} ${said.slice(0, 16)}`).join(" / ")}`);
      if (together.some(({ code }) => code !== 0))
        broken.push(
          `of three starts ${together.filter(({ code }) => code !== 0).length} failed: ${together.find(({ code }) => code !== 0)!.said}`,
        );
      if (applied.length > 1) broken.push(`${applied.length} of three say that they applied something`);
      const twice = await checker.at(
        admin(name),
        "select migration_name from _prisma_migrations where finished_at is not null and rolled_back_at is null group by 1 having count(*) > 1",
      );
      if (twice.length > 0) broken.push(`${twice.length} migrations are applied twice`);
      const [whole, other] = [await schemaOf(checker, instance.inspectUrl), await schemaOf(checker, admin(name))];
      if (whole !== other) broken.push("the schema differs from that of a database migrated in one go");
    } finally {
      await checker.at(admin("postgres"), `drop database ${name} with (force)`);
    }
    return broken;
  },
};

interface Tools {
  readonly instance: Instance;
  readonly checker: Checker;
  readonly random: () => number;
}

const start = (url: string, instance: Instance) =>
  spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "--experimental-wasm-modules", main], {
    env: { PATH: process.env["PATH"], DATABASE_URL: url, ROLLCALL_SECRET: instance.rootKey },
    stdio: ["ignore", "pipe", "pipe"],
  });

/** Waits until some of the scripts are applied, and a random while more, so that the kill meets a script and not a program starting. */
async function killedWhileAt(url: string, adminUrl: string, { instance, checker, random }: Tools): Promise<string> {
  const child = start(url, instance);
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const wanted = Math.floor(random() * (await checker.count("_prisma_migrations")));
  const ledger = async (): Promise<number> =>
    (await checker.at(adminUrl, "select 1 from pg_tables where tablename = '_prisma_migrations'")).length === 0
      ? -1
      : (await checker.at(adminUrl, "select 1 from _prisma_migrations where finished_at is not null")).length;
  await until(async () => child.exitCode !== null || (await ledger()) >= wanted, 120_000, 5);
  await pause(random() * 300);
  child.kill("SIGKILL");
  await exited;
  // What the dead process had open is rolled back by the server.
  await until(
    async () =>
      (await checker.at(adminUrl, "select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"))
        .length === 0,
    20_000,
  );
  const [row] = await checker.at(
    adminUrl,
    "select count(*) filter (where finished_at is not null)::int as done, count(*)::int as begun from _prisma_migrations",
  );
  return `${String(row?.["done"])} of ${String(row?.["begun"])} begun`;
}

async function migrated(url: string, instance: Instance): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = start(url, instance);
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => void (said += chunk.toString("utf8")));
  child.stderr.on("data", (chunk: Buffer) => void (said += chunk.toString("utf8")));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, said: said.trim() };
}

/** Tables, columns, indexes, constraints, policies and grants, as text. */
async function schemaOf(checker: Checker, url: string): Promise<string> {
  const rows = await checker.at(
    url,
    `select line from (
       select format('column %s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default) as line from information_schema.columns where table_schema = 'public'
       union all select 'index ' || indexdef from pg_indexes where schemaname = 'public'
       union all select format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint where connamespace = 'public'::regnamespace
       union all select format('policy %s %s %s %s %s', tablename, policyname, roles, qual, with_check) from pg_policies where schemaname = 'public'
       union all select format('grant %s %s %s', table_name, grantee, privilege_type) from information_schema.role_table_grants where table_schema = 'public') s
      where line not like '%_prisma_migrations%' order by line`,
  );
  return rows.map((row) => String(row["line"])).join("\n");
}
