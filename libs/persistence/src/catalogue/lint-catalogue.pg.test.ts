import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDatabase, type TestDatabase } from "../testing/test-database.ts";
import { lintCatalogue } from "./lint-catalogue.ts";

/** Each fault that was seen to leak rows somewhere, planted on purpose. */
const faults: readonly { readonly sql: string; readonly finding: RegExp; readonly ownServer?: true }[] = [
  {
    sql: "create table planted (workspace_id uuid, id uuid, primary key (workspace_id, id))",
    finding: /^planted has a workspace_id but no forced/,
  },
  { sql: "alter table identity no force row level security", finding: /^identity has a workspace_id but no forced/ },
  { sql: "drop policy workspace_only on credential", finding: /^credential lacks the restrictive/ },
  {
    sql: "alter table finding add unique (id); create table child (finding_id uuid references finding (id))",
    finding: /^child_finding_id_fkey references/,
  },
  { sql: "drop policy limited on graph_node", finding: /^graph_node does not say what members limited/ },
  { sql: "alter table owner_claim drop constraint owner_claim_pkey", finding: /^owner_claim does not begin its primary key/ },
  { sql: "alter table resource add constraint planted unique (ref)", finding: /^planted is unique across workspaces/ },
  { sql: "create view planted_view as select * from identity", finding: /^planted_view is a view without security_invoker/ },
  { sql: "create materialized view planted_copy as select 1 as one", finding: /^planted_copy is a materialised view/ },
  { sql: "grant truncate on identity to rollcall_app", finding: /^identity may be truncated/ },
  { sql: "grant select on auth_session to rollcall_app", finding: /^auth_session is an auth table/ },
  { sql: "alter role rollcall_app bypassrls", finding: /^rollcall_app is a runtime role that could bypass/, ownServer: true },
  {
    sql: "create function planted() returns int language sql security definer set search_path = pg_catalog, pg_temp as 'select 1'; revoke all on function planted from public",
    finding: /^planted\(\) is a function that runs as its owner and is not listed/,
  },
  {
    sql: "alter function identities_named reset search_path",
    finding: /^identities_named\(text,text,integer\) is a function that runs as its owner, with a search path/,
  },
  {
    sql: "grant execute on function identities_named to public",
    finding: /^identities_named\(text,text,integer\) is a function .*for everybody/,
  },
  { sql: "alter table human owner to rollcall_app", finding: /^human is owned by a runtime role/ },
];

describe("catalogue lint", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(async () => {
    await database.drop();
  });

  it("finds nothing in the migrated database", async () => {
    expect(await lintCatalogue(database.ownerUrl)).toEqual([]);
  });

  it.each(faults)("finds: $sql", async ({ sql, finding, ownServer }) => {
    const copy = await testDatabase({ ownServer: ownServer ?? false });
    const client = new pg.Client({ connectionString: copy.ownerUrl });
    await client.connect();
    try {
      await client.query(sql);
      expect((await lintCatalogue(copy.ownerUrl)).some((problem) => finding.test(problem))).toBe(true);
    } finally {
      await client.end();
      await copy.drop();
    }
  });
});
