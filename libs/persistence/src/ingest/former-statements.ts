import type { Sql } from "../database/database.ts";
import { lookUp } from "../database/look-up.ts";
import type { ComparisonIds } from "./compare.ts";

/**
 * Keeps what scopes last stated about identities that they show no more. Of each the newest statement counts, whenever it comes in, so
 * the end of an identity is a function of what was said and not of the order in which it was heard.
 */
export const rememberFormer = (statements: string): string => `insert into former_statement as f
    (workspace_id, scope_id, ref, native_id, source_id, payload, observed_at, missing_since, gone_at) ${statements}
  on conflict (workspace_id, scope_id, ref, native_id) do update
     set payload = excluded.payload, observed_at = excluded.observed_at, missing_since = excluded.missing_since, gone_at = excluded.gone_at
   where excluded.observed_at >= f.observed_at`;

/** A name that was given to somebody else ends what was said of its former bearer; to be called before the statements are replaced. */
export async function rememberFormerBearers(sql: Sql, ids: ComparisonIds): Promise<void> {
  const staged = lookUp({
    table: "staged_observation",
    as: "st",
    where: "st.workspace_id = $1 and st.sync_id = $2 and st.seq = c.seq",
  });
  const stored = lookUp({
    table: "observation",
    as: "o",
    where: "o.workspace_id = $1 and o.scope_id = any($3::uuid[]) and o.scope_id = c.scope_id and o.kind = c.kind and o.ref = c.ref",
  });
  await sql.query(
    rememberFormer(`select o.workspace_id, o.scope_id, o.ref, o.payload ->> 'nativeId', o.source_id, o.payload, c.stated_before, coalesce(o.absent_since, y.as_of), y.as_of
         from compared_rows c join ${staged} join ${stored} join sync y on y.workspace_id = $1 and y.id = $2
        where c.action = 'changed' and c.kind = 'identity' and o.payload ->> 'nativeId' <> st.payload ->> 'nativeId'`),
    [...ids],
  );
}
