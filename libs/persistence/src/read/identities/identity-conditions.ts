import type { IdentityFilter } from "@rollcall/posture-pipeline";
import { isUuid } from "../../database/is-uuid.ts";
import { lensPredicates } from "../../lens.ts";
import type { Sql } from "../../database/database.ts";
import { anyOf, containsPattern, type Parameters } from "../parameters.ts";

/** Columns of `identity_score s` that hold one value each: filtered by, and counted by. */
export const identityColumns = {
  kind: "s.kind",
  provider: "s.provider",
  account: "s.account",
  environment: "s.environment",
  band: "s.band",
  lifecycle: "s.lifecycle",
  owner: "s.owner_label",
} as const;

/** The rows a filter means, over `identity_score s`. Lists, facets, totals and exports all use this one. `$1` is the workspace. */
export async function identityConditions(sql: Sql, filter: IdentityFilter, parameters: Parameters): Promise<string> {
  const conditions = ["s.workspace_id = $1"];
  for (const [field, column] of Object.entries(identityColumns) as [keyof typeof identityColumns, string][]) {
    const wanted = filter[field];
    if (wanted !== undefined && wanted.length > 0) conditions.push(anyOf(parameters, column, wanted));
  }
  if (filter.source !== undefined && filter.source.length > 0)
    conditions.push(`s.source_id = any(${parameters.bind(filter.source.filter(isUuid))}::uuid[])`);
  if (filter.rule !== undefined && filter.rule.length > 0) {
    conditions.push(
      `exists (select 1 from finding f where f.workspace_id = $1 and f.subject_kind = 'identity' and f.subject_id = s.identity_id and f.state = 'open' and f.rule_id = any(${parameters.bind(filter.rule)}))`,
    );
  }
  if (filter.since !== undefined) {
    const since = parameters.bind(filter.since);
    conditions.push(
      `exists (select 1 from identity n where n.workspace_id = $1 and n.id = s.identity_id and n.first_seen_at >= ${since}::timestamptz)`,
    );
  }
  for (const lens of filter.lens ?? []) conditions.push(lensPredicates[lens]);
  const search = filter.search?.trim() ?? "";
  if (search !== "") conditions.push(await searchCondition(sql, search, parameters));
  return conditions.join(" and ");
}

/** Beyond so many, walking the list until a page is full is cheaper than looking all of them up. */
const fewFound = 10_000;
/** The index knows names by groups of three letters or digits. */
const indexed = /[\p{L}\p{N}]{3}/u;

async function searchCondition(sql: Sql, search: string, parameters: Parameters): Promise<string> {
  const pattern = containsPattern(search);
  if (indexed.test(search)) {
    const { rows } = await sql.query<{ id: string }>("select identities_named($1, $2, $3) as id", [pattern, search, fewFound + 1]);
    const ids = [...rows.map(({ id }) => id), ...(isUuid(search) ? [search] : [])];
    if (rows.length <= fewFound) return `s.identity_id = any(${parameters.bind(ids)}::uuid[])`;
  }
  return `(s.name_key like ${parameters.bind(pattern)} or s.account = ${parameters.bind(search)})`;
}
