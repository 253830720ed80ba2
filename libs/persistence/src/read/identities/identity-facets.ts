import type { Facet, IdentityFilter } from "@rollcall/posture-pipeline";
import type { Sql } from "../../database/database.ts";
import { createParameters } from "../parameters.ts";
import { identityColumns, identityConditions } from "./identity-conditions.ts";

const fields = [
  "kind",
  "provider",
  "account",
  "environment",
  "band",
  "lifecycle",
  "source",
  "owner",
] as const satisfies readonly Facet["field"][];
const columns: Readonly<Record<Facet["field"], string>> = { ...identityColumns, source: "s.source_id" };
const valuesPerField = 100;

/** How the rows of a filter divide, for every field in one pass over them. The empty value stands for "not known". */
export async function identityFacets(sql: Sql, workspaceId: string, filter: IdentityFilter): Promise<readonly Facet[]> {
  const parameters = createParameters(workspaceId);
  const conditions = await identityConditions(sql, filter, parameters);
  const list = fields.map((field) => columns[field]);
  // grouping() has a zero bit for the column a row is grouped by; the first column is the highest bit.
  const { rows } = await sql.query(
    `select grouping(${list.join(", ")}) as mask, ${fields.map((field) => `${columns[field]}::text as ${field}`).join(", ")}, count(*) as count
       from identity_score s where ${conditions} group by grouping sets (${list.map((column) => `(${column})`).join(", ")})`,
    parameters.values,
  );
  const sources = await sql.query<{ id: string; name: string }>("select id, name from source where workspace_id = $1", [workspaceId]);
  const sourceNames = new Map(sources.rows.map((row) => [row.id, row.name]));
  const everyBit = 2 ** fields.length - 1;
  return fields.map((field, index): Facet => {
    const mask = everyBit - 2 ** (fields.length - 1 - index);
    const values = rows
      .filter((row) => row.mask === mask)
      .map((row) => {
        const value: string = row[field] ?? "";
        return {
          value,
          label: value === "" ? "Unknown" : field === "source" ? (sourceNames.get(value) ?? value) : value,
          count: row.count as number,
        };
      });
    values.sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
    return { field, values: values.slice(0, valuesPerField) };
  });
}
