import { isKnown, type DatedFact, type DatedFactMap, type FactMap, type FactValue } from "@rollcall/nhi-model";
import type { DbRow, Sql } from "../../database/database.ts";
import { statedAt } from "../../ingest/compare.ts";

/** The facts of an identity, each with the date of the latest statement of its source: a listing that confirms a value dates it anew. */
export async function datedFacts(sql: Sql, workspaceId: string, identity: DbRow): Promise<DatedFactMap> {
  const { rows } = await sql.query<{ dataset: string; at: string }>(
    `select sc.dataset, max(${statedAt}) as at from observation o join scope sc on sc.workspace_id = $1 and sc.id = o.scope_id
      where o.workspace_id = $1 and o.source_id = $2 and o.kind = 'identity' and o.ref = $3 group by sc.dataset`,
    [workspaceId, identity["own_source_id"], identity["ref"]],
  );
  // Nothing states what is gone any more: it held until it was missed.
  const until = String(identity["missing_since"] ?? identity["as_of"] ?? identity["source_as_of"] ?? identity["first_seen_at"]);
  const stated = new Map(identity["gone_at"] === null ? rows.map(({ dataset, at }) => [dataset, at]) : []);
  const dated = ([path, fact]: [string, FactMap[string]]): [string, DatedFact<FactValue>] => [
    path,
    isKnown(fact) ? { ...fact, observedAt: stated.get(fact.source) ?? until } : fact,
  ];
  // What a person stated carries its own date.
  return {
    ...Object.fromEntries(Object.entries(identity["facts"] as FactMap).map(dated)),
    ...(identity["attested"] as DatedFactMap | null),
  };
}
