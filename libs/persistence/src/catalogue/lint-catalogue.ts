import pg from "pg";
import { appRole, limitedRole, systemRole } from "../migrate/roles.ts";

/** Tables whose rows members limited to their teams may see: names that others refer to, and what every change writes. */
const openToLimited = ["workspace", "workspace_member", "source", "resource", "human", "outbox", "audit_event"];

/** Functions that run as their owner, which row-level security then does not bind as it binds the caller. Each has to be thought through. */
const runAsOwner = ["identities_named(text,text,integer)", "audit_prune(bigint,text,timestamp with time zone,text,text)"];

/** Indexes over random values that are looked up before a workspace is known: nobody can guess one to conflict with. */
const uniqueEverywhere = ["api_key_key_id_key", "federated_token_key_id_key", "federation_id_key", "sign_in_link_token_hash_key"];

const checks: readonly { readonly what: string; readonly sql: string }[] = [
  {
    what: "has a workspace_id but no forced row-level security",
    sql: `select c.relname as name from pg_class c join tables t on t.oid = c.oid where not (c.relrowsecurity and c.relforcerowsecurity)`,
  },
  {
    what: "lacks the restrictive workspace policy of the application role",
    sql: `select c.relname as name from pg_class c join tables t on t.oid = c.oid where not exists (
            select 1 from pg_policy p where p.polrelid = c.oid and not p.polpermissive and p.polcmd = '*'
               and p.polroles @> array[(select oid from pg_roles where rolname = $1)]
               and pg_get_expr(p.polqual, p.polrelid) like '%app.workspace_id%' and pg_get_expr(p.polwithcheck, p.polrelid) like '%app.workspace_id%')`,
  },
  {
    what: "does not say what members limited to their teams see of it (a restrictive policy for their role)",
    sql: `select c.relname as name from pg_class c join tables t on t.oid = c.oid where c.relname not in (${openToLimited.map((name) => `'${name}'`).join(", ")}) and not exists (
            select 1 from pg_policy p where p.polrelid = c.oid and not p.polpermissive and p.polcmd = '*' and p.polroles @> array[(select oid from pg_roles where rolname = $3)])`,
  },
  {
    what: "references a workspace's table without workspace_id",
    sql: `select con.conname as name from pg_constraint con join tables t on t.oid = con.confrelid
           where con.contype = 'f' and not exists (
             select 1 from unnest(con.conkey, con.confkey) as k(mine, theirs)
               join pg_attribute a on a.attrelid = con.conrelid and a.attnum = k.mine and a.attname = 'workspace_id'
               join pg_attribute b on b.attrelid = con.confrelid and b.attnum = k.theirs and b.attname = 'workspace_id')`,
  },
  {
    what: "does not begin its primary key with workspace_id",
    sql: `select c.relname as name from pg_class c join tables t on t.oid = c.oid where not exists (
            select 1 from pg_constraint con join pg_attribute a on a.attrelid = c.oid and a.attnum = con.conkey[1]
             where con.conrelid = c.oid and con.contype = 'p' and a.attname = 'workspace_id')`,
  },
  {
    what: "is unique across workspaces, so that a conflict tells what another one has",
    sql: `select i.relname as name from pg_index x join pg_class i on i.oid = x.indexrelid join tables t on t.oid = x.indrelid
           where x.indisunique and i.relname not in (${uniqueEverywhere.map((name) => `'${name}'`).join(", ")}) and not exists (
             select 1 from pg_attribute a where a.attrelid = x.indrelid and a.attnum = any(x.indkey) and a.attname = 'workspace_id')`,
  },
  {
    what: "is a view without security_invoker",
    sql: `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where n.nspname = 'public' and c.relkind = 'v' and not coalesce(c.reloptions::text[] && array['security_invoker=true', 'security_invoker=on'], false)`,
  },
  {
    what: "is a materialised view, which row-level security does not bind",
    sql: `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'm'`,
  },
  {
    what: "may be truncated by a runtime role, which row-level security does not stop",
    sql: `select distinct table_name::text as name from information_schema.role_table_grants where table_schema = 'public' and privilege_type = 'TRUNCATE' and grantee in ($1, $2, $3, 'PUBLIC')`,
  },
  {
    what: "is an auth table that the application role can touch",
    sql: `select distinct table_name::text as name from information_schema.role_table_grants where table_schema = 'public' and table_name like 'auth\\_%' and grantee in ($1, 'PUBLIC')`,
  },
  {
    what: "is a runtime role that could bypass row-level security",
    sql: `select rolname as name from pg_roles where rolname in ($1, $2, $3) and (rolsuper or rolbypassrls)`,
  },
  {
    what: "is a function that runs as its owner and is not listed as such",
    sql: `select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
           where n.nspname = 'public' and p.prosecdef and p.oid::regprocedure::text not in (${runAsOwner.map((name) => `'${name}'`).join(", ")})`,
  },
  {
    what: "is a function that runs as its owner, with a search path that its caller chooses, or for everybody",
    sql: `select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
           where n.nspname = 'public' and p.prosecdef
             and (not exists (select 1 from unnest(p.proconfig) as c(setting) where c.setting like 'search_path=%pg_temp') or has_function_privilege('public', p.oid, 'execute'))`,
  },
  {
    what: "is owned by a runtime role",
    sql: `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_roles r on r.oid = c.relowner where n.nspname = 'public' and r.rolname in ($1, $2, $3)`,
  },
];

const tenantTables = `with tables as (
  select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
   where n.nspname = 'public' and c.relkind in ('r', 'p'))`;

/** What in this database could let one workspace see another, one sentence each; empty = clean. */
export async function lintCatalogue(ownerUrl: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const problems: string[] = [];
    for (const check of checks) {
      // Every statement gets the same parameters; naming them keeps PostgreSQL from refusing unused ones.
      const { rows } = await client.query(
        `${tenantTables} select name from (${check.sql}) found where $1::text is not null and $2::text is not null and $3::text is not null order by name`,
        [appRole, systemRole, limitedRole],
      );
      problems.push(...rows.map((row) => `${row.name} ${check.what}`));
    }
    return problems;
  } finally {
    await client.end();
  }
}
