import type { ChangeRow, Page, PageRequest } from "@rollcall/posture-pipeline";
import type { Sql } from "../../database/database.ts";
import { decodeCursor, pageOf } from "../cursor.ts";
import { createParameters } from "../parameters.ts";

/** Newest first. */
export async function identityHistory(
  sql: Sql,
  workspaceId: string,
  request: { readonly identityId: string; readonly page: PageRequest },
): Promise<Page<ChangeRow>> {
  const parameters = createParameters(workspaceId, request.identityId);
  const after = decodeCursor(request.page.cursor);
  const keyset =
    after === null ? "" : ` and (c.at, c.id) < (${parameters.bind(after[0])}::timestamptz, ${parameters.bind(after[1])}::uuid)`;
  const { rows } = await sql.query(
    `select c.id, c.at, c.sync_id, case when c.actor = 'sync' then 'sync' else coalesce(m.name, 'former member') end as actor, c.what, c.field, c.before, c.after
       from change c left join workspace_member m on m.workspace_id = $1 and m.user_id = c.actor
      where c.workspace_id = $1 and c.identity_id = $2${keyset} order by c.at desc, c.id desc limit ${parameters.bind(request.page.limit + 1)}`,
    parameters.values,
  );
  return pageOf(rows, request.page.limit, {
    item: (row): ChangeRow => ({
      at: row.at,
      syncId: row.sync_id,
      actor: row.actor,
      what: row.what,
      field: row.field,
      before: row.before,
      after: row.after,
    }),
    position: (row) => [row.at, row.id],
  });
}
