import type { Page, PageRequest, ReportFilter, ReportRow } from "@rollcall/posture-pipeline";
import type { DbRow, Sql } from "../../database/database.ts";
import { isUuid } from "../../database/is-uuid.ts";
import { decodeCursor, pageOf } from "../cursor.ts";
import { anyOf, createParameters } from "../parameters.ts";

/** What an identity may be called by another tool: its reference, its provider's id, or one of its credentials. `$1` is the workspace. */
const namesOf = (identity: string): string =>
  `(select i.ref from identity i where i.workspace_id = $1 and i.id = ${identity}
    union all select i.native_id from identity i where i.workspace_id = $1 and i.id = ${identity} and i.native_id is not null
    union all select c.ref from credential c where c.workspace_id = $1 and c.identity_id = ${identity})`;

/** Straight from the statements: a report has no row of its own in the inventory. In the order of an index. */
export async function listReports(
  sql: Sql,
  workspaceId: string,
  { filter, page }: { readonly filter: ReportFilter; readonly page: PageRequest },
): Promise<Page<ReportRow>> {
  const parameters = createParameters(workspaceId);
  const conditions = ["o.workspace_id = $1", "o.kind = 'report'", "o.absent_since is null"];
  if (filter.identityId !== undefined) {
    if (!isUuid(filter.identityId)) return { items: [], nextCursor: null };
    conditions.push(`o.identity_ref in ${namesOf(`${parameters.bind(filter.identityId)}::uuid`)}`);
  }
  if (filter.state !== undefined && filter.state.length > 0) conditions.push(anyOf(parameters, "o.payload ->> 'state'", filter.state));
  if (filter.severity !== undefined && filter.severity.length > 0)
    conditions.push(anyOf(parameters, "coalesce(o.payload ->> 'severity', '')", filter.severity));
  const after = decodeCursor(page.cursor);
  if (after !== null) {
    const [sourceId, scopeId] = String(after[0]).split(" ");
    conditions.push(
      `(o.source_id, o.ref, o.scope_id) > (${parameters.bind(sourceId)}::uuid, ${parameters.bind(after[1])}, ${parameters.bind(scopeId)}::uuid)`,
    );
  }
  const { rows } = await sql.query(
    `select o.source_id, o.scope_id, o.ref, o.identity_ref, o.payload, o.observed_at,
            (select src.name from source src where src.workspace_id = $1 and src.id = o.source_id) as source_name
       from observation o where ${conditions.join(" and ")}
      order by o.source_id, o.ref, o.scope_id limit ${parameters.bind(page.limit + 1)}`,
    parameters.values,
  );
  return pageOf(rows, page.limit, { item: reportRow, position: (row) => [`${row.source_id} ${row.scope_id}`, row.ref] });
}

function reportRow({ payload, ...row }: DbRow): ReportRow {
  return {
    ref: row.ref,
    tool: payload.tool,
    title: payload.title,
    rule: payload.rule ?? null,
    severity: payload.severity ?? null,
    state: payload.state,
    subjectRef: row.identity_ref,
    subject: payload.subject ?? row.identity_ref,
    firstSeenAt: payload.firstSeenAt ?? null,
    lastSeenAt: payload.lastSeenAt ?? null,
    advice: payload.advice ?? null,
    attributes: payload.attributes ?? {},
    sourceId: row.source_id,
    sourceName: row.source_name,
    observedAt: row.observed_at,
  };
}
