import { isKnown, type FactMap } from "@rollcall/nhi-model";
import { appendAudits } from "../audit/append-audit.ts";
import type { Sql } from "../database/database.ts";
import { isUuid } from "../database/is-uuid.ts";
import { addToOutbox } from "../ingest/ingestion-store.ts";

const longestWords = 200;

const wordsOf = (facts: FactMap, path: string): string | null => {
  const fact = facts[path];
  if (fact === undefined) return null;
  const value = isKnown(fact) ? fact.known : `unknown: ${fact.unknown}`;
  return (typeof value === "string" ? value : JSON.stringify(value)).slice(0, longestWords);
};

/**
 * States the same facts about many identities in a handful of statements, however many they are. What people state changes scores, so
 * an analysis is asked for in the same transaction. Returns those that exist here.
 */
export async function attestMany(
  sql: Sql,
  workspaceId: string,
  statement: { readonly identityIds: readonly string[]; readonly facts: FactMap; readonly actorId: string },
): Promise<readonly string[]> {
  const { facts, actorId } = statement;
  const { rows } = await sql.query<{ id: string }>(
    "select id from identity where workspace_id = $1 and id = any($2::uuid[]) order by id for update",
    [workspaceId, [...new Set(statement.identityIds)].filter(isUuid)],
  );
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return [];
  const { rows: known } = await sql.query<{ identity_id: string; facts: FactMap }>(
    "select identity_id, facts from attestation where workspace_id = $1 and identity_id = any($2::uuid[])",
    [workspaceId, ids],
  );
  await sql.query(
    `insert into attestation as a (workspace_id, identity_id, facts, updated_at, updated_by) select $1, id, $3::jsonb, now(), $4 from unnest($2::uuid[]) id
     on conflict (workspace_id, identity_id) do update set facts = a.facts || excluded.facts, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
    [workspaceId, ids, JSON.stringify(facts), actorId],
  );
  await writeChanges(sql, workspaceId, { ids, before: new Map(known.map((row) => [row.identity_id, row.facts])), facts, actorId });
  await addToOutbox(sql, workspaceId, { name: "analyse-workspace", payload: { workspaceId, syncId: null } });
  await appendAudits(
    sql,
    workspaceId,
    ids.map((id) => ({ action: "identity.attested", object: { kind: "identity", id }, detail: { facts: Object.keys(facts).sort() } })),
  );
  return ids;
}

async function writeChanges(
  sql: Sql,
  workspaceId: string,
  change: {
    readonly ids: readonly string[];
    readonly before: ReadonlyMap<string, FactMap>;
    readonly facts: FactMap;
    readonly actorId: string;
  },
): Promise<void> {
  const rows = change.ids.flatMap((id) =>
    Object.keys(change.facts)
      .sort()
      .map((path) => ({ id, path, before: wordsOf(change.before.get(id) ?? {}, path), after: wordsOf(change.facts, path) }))
      .filter(({ before, after }) => before !== after),
  );
  await sql.query(
    `insert into change (workspace_id, identity_id, at, actor, what, field, before, after)
     select $1, r.id, now(), $2, 'attested', r.field, r.before, r.after
       from unnest($3::uuid[], $4::text[], $5::text[], $6::text[]) with ordinality as r(id, field, before, after, place) order by r.place`,
    [
      workspaceId,
      change.actorId,
      rows.map((row) => row.id),
      rows.map((row) => row.path),
      rows.map((row) => row.before),
      rows.map((row) => row.after),
    ],
  );
}
