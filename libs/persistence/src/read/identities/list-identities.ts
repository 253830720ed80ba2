import type { IdentityFilter, IdentityRow, IdentitySort, Page, PageRequest, Total } from "@rollcall/posture-pipeline";
import type { Sql } from "../../database/database.ts";
import { decodeCursor, pageOf } from "../cursor.ts";
import { createParameters } from "../parameters.ts";
import { cappedTotal } from "../total.ts";
import { identityConditions } from "./identity-conditions.ts";
import { identityRow, identityRowColumns } from "./identity-row.ts";

/** Never null and indexed after the workspace, so that every page is one index range; unknown sorts below everything known. */
const sortColumns: Readonly<Record<IdentitySort, { readonly column: string; readonly type: string }>> = {
  score: { column: "s.score_max", type: "smallint" },
  name: { column: "s.name_key", type: "text" },
  age: { column: "s.age_key", type: "int" },
  last_used: { column: "s.used_key", type: "double precision" },
  blast: { column: "s.blast_pct_max", type: "double precision" },
  findings: { column: "s.open_findings", type: "int" },
};

export interface IdentityQuery {
  readonly filter: IdentityFilter;
  readonly sort: IdentitySort;
  readonly direction: "asc" | "desc";
  readonly page: PageRequest;
}

export async function listIdentities(
  sql: Sql,
  workspaceId: string,
  query: IdentityQuery,
): Promise<Page<IdentityRow> & { readonly total: Total }> {
  const { column, type } = sortColumns[query.sort];
  const parameters = createParameters(workspaceId);
  const conditions = await identityConditions(sql, query.filter, parameters);
  const total = await cappedTotal(sql, `from identity_score s where ${conditions}`, parameters.values);
  const after = decodeCursor(query.page.cursor);
  const comparison = query.direction === "asc" ? ">" : "<";
  const keyset =
    after === null
      ? ""
      : ` and (${column}, s.identity_id) ${comparison} (${parameters.bind(after[0])}::${type}, ${parameters.bind(after[1])}::uuid)`;
  const { rows } = await sql.query(
    `select ${identityRowColumns}, ${column} as sort_key from identity_score s join source src on src.workspace_id = $1 and src.id = s.source_id
      where ${conditions}${keyset} order by ${column} ${query.direction}, s.identity_id ${query.direction} limit ${parameters.bind(query.page.limit + 1)}`,
    parameters.values,
  );
  return { ...pageOf(rows, query.page.limit, { item: identityRow, position: (row) => [row.sort_key, row.id] }), total };
}
