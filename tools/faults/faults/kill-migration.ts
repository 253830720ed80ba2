import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import pg from "pg";
import type { Checker } from "../checker.ts";
import type { Fault } from "../fault.ts";
import type { Instance } from "../instance.ts";
import { until } from "../wait.ts";

const root = dirname(dirname(dirname(import.meta.dirname)));
const main = join(root, "libs/persistence/src/migrate-main.ts");
/** A quick run stops after every so many statements only. */
const quickStride = 45;
const lockWaitMs = 60_000;

/** F14: the migration dies after every single statement; then three processes start together. */
export const killMigration: Fault = {
  id: "F14",
  title: "kill -9 during migration, three start together",
  repeats: 1,
  run: async ({ instance, checker, quick, tag, note }) => {
    const { credentials } = instance.database;
    const admin = (database: string): string => instance.database.url(database, credentials.adminUser, credentials.adminPassword);
    const target = (name: string): Target => {
      const url = instance.database.url(name, credentials.ownerUser, credentials.ownerPassword);
      return { url, adminUrl: admin(name), instance, checker };
    };
    const names = [`f14_${tag}_killed`, `f14_${tag}_together`] as const;
    for (const name of names) await checker.at(admin("postgres"), `create database ${name} owner ${credentials.ownerUser}`);
    const [killed, fresh] = [target(names[0]), target(names[1])];
    try {
      const kills = await killedAfterStatements(killed, quick ? quickStride : 1);
      const locked = quick ? [] : await lockedOut(fresh);
      const together = await Promise.all([1, 2, 3].map(() => migrated(fresh)));
      const outcome = together.map(({ code, said }) => `${code} ${said.slice(0, 16)}`).join(" / ");
      note(`killed after ${kills} statements; three at once: ${outcome}`);
      const applied = together.filter(({ code, said }) => code === 0 && said.startsWith("Applied"));
      return [
        ...locked,
        ...(together.every(({ code }) => code === 0) && applied.length === 1 ? [] : [`of three starts: ${JSON.stringify(together)}`]),
        ...(await differences(killed)),
        ...(await differences(fresh)),
      ];
    } finally {
      for (const name of names) await checker.at(admin("postgres"), `drop database ${name} with (force)`);
    }
  },
};

/** From a database that was migrated in one go. */
async function differences({ adminUrl, instance, checker }: Target): Promise<string[]> {
  const twice = await checker.at(
    adminUrl,
    "select migration_name from _prisma_migrations where finished_at is not null and rolled_back_at is null group by 1 having count(*) > 1",
  );
  const same = (await schemaOf(checker, instance.inspectUrl)) === (await schemaOf(checker, adminUrl));
  return [
    ...(twice.length > 0 ? [`${twice.length} migrations are applied twice`] : []),
    ...(same ? [] : ["the schema differs from that of a database migrated in one go"]),
  ];
}

interface Target {
  readonly url: string;
  readonly adminUrl: string;
  readonly instance: Instance;
  readonly checker: Checker;
}

const start = ({ url, instance }: Target) =>
  spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "--experimental-wasm-modules", main], {
    env: { PATH: process.env["PATH"], DATABASE_URL: url, ROLLCALL_SECRET: instance.rootKey },
    stdio: ["ignore", "pipe", "pipe"],
  });

/** Falls asleep after the statement with the number in `fault.stop`. A sequence counts on when a transaction is rolled back. */
const trap = `
  create schema fault;
  create sequence fault.statement;
  create table fault.stop (at bigint);
  insert into fault.stop values (0);
  create function fault.pause() returns event_trigger language plpgsql security definer as $$
    begin if nextval('fault.statement') = (select at from fault.stop) then perform pg_sleep(600); end if; end $$;
  create event trigger fault_pause on ddl_command_end execute function fault.pause()`;

/** How often it was killed. Each start begins with the first script that is not finished, so statements are counted from there. */
async function killedAfterStatements(target: Target, stride: number): Promise<number> {
  const { adminUrl, checker } = target;
  await checker.at(adminUrl, trap);
  const finished = async (): Promise<number> =>
    (await checker.at(adminUrl, "select 1 from pg_tables where tablename = '_prisma_migrations'")).length === 0
      ? 0
      : (await checker.at(adminUrl, "select 1 from _prisma_migrations where finished_at is not null")).length;
  let kills = 0;
  for (let at = 1, done = 0; ;) {
    await checker.at(adminUrl, `update fault.stop set at = ${at}; select setval('fault.statement', 1, false)`);
    const child = start(target);
    const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    const asleep = async (): Promise<boolean> =>
      (await checker.at(adminUrl, "select 1 from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'")).length >
      0;
    await until(async () => child.exitCode !== null || (await asleep()), 120_000, 10);
    if (child.exitCode !== null) break;
    child.kill("SIGKILL");
    await exited;
    kills += 1;
    // The server sees that the client is gone when it next writes to it; this one sleeps.
    const gone = "datname = current_database() and pid <> pg_backend_pid()";
    await checker.at(adminUrl, `select pg_terminate_backend(pid) from pg_stat_activity where ${gone}`);
    await until(async () => (await checker.at(adminUrl, `select 1 from pg_stat_activity where ${gone}`)).length === 0, 20_000, 10);
    const now = await finished();
    at = now > done ? 1 : at + stride;
    done = now;
  }
  await checker.at(adminUrl, "drop event trigger fault_pause; drop schema fault cascade");
  return kills;
}

/** Somebody else holds the lock for good: a start gives up after a minute, with one line. */
async function lockedOut(target: Target): Promise<string[]> {
  const holder = new pg.Client({ connectionString: target.adminUrl });
  await holder.connect();
  try {
    await holder.query("select pg_advisory_lock(hashtext('rollcall migrate'))");
    const started = performance.now();
    const { code, said } = await migrated(target);
    const tookMs = performance.now() - started;
    const clear = code === 1 && said.split("\n").length === 1 && /another process/i.test(said);
    return clear && tookMs < lockWaitMs + 15_000
      ? []
      : [`a start that could not get the lock ended ${code} after ${Math.round(tookMs / 1_000)} s: ${said.slice(0, 300)}`];
  } finally {
    await holder.end();
  }
}

async function migrated(target: Target): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = start(target);
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
