import type pg from "pg";

export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
}

/** Every table of ours, those that others refer to first. The queue is left out: it is rebuilt from the runs and the outbox. */
export async function readTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
       from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
      where n.nspname = 'public' and c.relkind = 'r' and c.relname <> '_prisma_migrations' and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      group by c.relname order by c.relname`,
  );
  const { rows: references } = await client.query<{ from: string; to: string }>(
    `select distinct f.relname as from, t.relname as to from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
      where k.contype = 'f' and k.conrelid <> k.confrelid`,
  );
  const sorted: Table[] = [];
  const done = new Set<string>();
  while (sorted.length < rows.length) {
    const ready = rows.filter(({ name }) => !done.has(name) && references.every((ref) => ref.from !== name || done.has(ref.to)));
    const next = ready.length > 0 ? ready : rows.filter(({ name }) => !done.has(name));
    for (const table of next) done.add(table.name);
    sorted.push(...next);
  }
  return sorted;
}

export async function readMigrationNames(client: pg.Client): Promise<string[]> {
  const { rows: ledger } = await client.query<{ there: boolean }>("select to_regclass('public._prisma_migrations') is not null as there");
  if (ledger[0]?.there !== true) return [];
  const { rows } = await client.query<{ name: string }>(
    "select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null order by 1",
  );
  return rows.map(({ name }) => name);
}

/**
 * Row-level security binds the owner too. A superuser passes it; anybody else lifts the binding inside its transaction, which holds
 * everybody else up until that ends. Returns what has to be bound again before a commit.
 */
export async function liftRowSecurity(client: pg.Client): Promise<readonly string[]> {
  if (await isFree(client)) return [];
  const { rows } = await client.query<{ name: string }>(
    "select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r' and c.relforcerowsecurity",
  );
  for (const { name } of rows) await client.query(`alter table ${client.escapeIdentifier(name)} no force row level security`);
  return rows.map(({ name }) => name);
}

export async function isFree(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ free: boolean }>("select rolsuper as free from pg_roles where rolname = current_user");
  return rows[0]?.free === true;
}
