import pg from "pg";

/**
 * Every row of every table and queue of a database as text, for tests that look for what must not be stored: compressed and out-of-line
 * values are read as they are, which a search through the files cannot do. `url` has to be a superuser's, to see past row-level security.
 */
export async function* allRows(url: string): AsyncGenerator<{ readonly table: string; readonly text: string }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by 1",
    );
    for (const { name } of tables) {
      const { rows } = await client.query<{ text: string }>(`select r::text as text from ${name} r`);
      for (const { text } of rows) yield { table: name, text };
    }
  } finally {
    await client.end();
  }
}
