import type { CredentialRow, Page, ReadStore, Total } from "@rollcall/posture-pipeline";
import type { Sql } from "../../database/database.ts";
import { isUuid } from "../../database/is-uuid.ts";
import { decodeCursor, pageOf } from "../cursor.ts";
import { cappedTotal } from "../total.ts";
import { anyOf, containsPattern, createParameters } from "../parameters.ts";
import { expiryConditions, inUse } from "./expiry-conditions.ts";
import { credentialRow, credentialRowColumns } from "./credential-row.ts";

type CredentialQuery = Parameters<ReadStore["listCredentials"]>[1];
const credentialFrom = `from credential c
       join identity i on i.workspace_id = $1 and i.id = c.identity_id join source src on src.workspace_id = $1 and src.id = c.source_id`;
const expiryKey = "coalesce(c.expires_at, 'infinity'::timestamptz)";

/** Soonest expiry first; what never expires, or of which nobody knows, comes last. */
export async function listCredentials(
  sql: Sql,
  workspaceId: string,
  query: CredentialQuery,
): Promise<Page<CredentialRow> & { readonly total: Total }> {
  const { filter, page } = query;
  const parameters = createParameters(workspaceId);
  const conditions = ["c.workspace_id = $1", "i.gone_at is null"];
  if (filter.identityId !== undefined)
    conditions.push(isUuid(filter.identityId) ? `c.identity_id = ${parameters.bind(filter.identityId)}` : "false");
  if (filter.kind !== undefined && filter.kind.length > 0) conditions.push(anyOf(parameters, "c.kind", filter.kind));
  if (filter.expiringWithinDays !== undefined) {
    conditions.push(
      `c.expires_at >= src.as_of and c.expires_at < src.as_of + make_interval(days => ${parameters.bind(filter.expiringWithinDays)}::int)`,
    );
  }
  if (filter.expiry !== undefined) conditions.push(inUse, `(${expiryConditions[filter.expiry]})`);
  const search = filter.search?.trim() ?? "";
  if (search !== "") {
    const pattern = parameters.bind(containsPattern(search));
    conditions.push(`(lower(c.name) like ${pattern} or lower(i.name) like ${pattern})`);
  }
  const total = await cappedTotal(sql, `${credentialFrom} where ${conditions.join(" and ")}`, parameters.values);
  const after = decodeCursor(page.cursor);
  if (after !== null)
    conditions.push(`(${expiryKey}, c.id) > (${parameters.bind(String(after[0]))}::timestamptz, ${parameters.bind(after[1])}::uuid)`);
  const { rows } = await sql.query(
    `select ${credentialRowColumns}, ${expiryKey}::text as sort_key ${credentialFrom}
      where ${conditions.join(" and ")} order by ${expiryKey}, c.id limit ${parameters.bind(page.limit + 1)}`,
    parameters.values,
  );
  return { ...pageOf(rows, page.limit, { item: credentialRow, position: (row) => [row.sort_key, row.id] }), total };
}
