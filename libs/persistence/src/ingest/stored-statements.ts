import type { Sql } from "../database/database.ts";

/** What is stored of some scopes: the key of each statement, with its hash in hex, or null when listings did not show it any more. */
export type StoredStatements = Map<string, string | null>;

export const statementKey = (scopeId: string, kind: string, ref: string): string => `${scopeId}${kind}\u0001${ref}`;
const scopeIdLength = 36;

export function partsOfKey(key: string): { readonly scopeId: string; readonly kind: string; readonly ref: string } {
  const end = key.indexOf("\u0001");
  return { scopeId: key.slice(0, scopeIdLength), kind: key.slice(scopeIdLength, end), ref: key.slice(end + 1) };
}

const fetchRows = 20_000;
/** Beyond this, keeping the keys in memory would cost more than it saves. */
const mostStatements = 1_000_000;

/** Null when nothing is stored to compare with, or too much. The source has to be locked, so that nothing of this changes before the end. */
export async function readStoredStatements(sql: Sql, workspaceId: string, scopeIds: readonly string[]): Promise<StoredStatements | null> {
  const { rows: sizes } = await sql.query(
    "select coalesce(sum(rows), 0) as rows, bool_or(observed_at is not null) as known from scope where workspace_id = $1 and id = any($2::uuid[])",
    [workspaceId, scopeIds],
  );
  if (sizes[0].known !== true || sizes[0].rows > mostStatements) return null;
  const stored: StoredStatements = new Map();
  await sql.query(
    `declare stored_statements no scroll cursor for
     select scope_id::text || kind || E'\\x01' || ref, case when absent_since is null then encode(hash, 'hex') end from observation
      where workspace_id = $1 and scope_id = any($2::uuid[])`,
    [workspaceId, scopeIds],
  );
  for (;;) {
    const { rows } = await sql.query<never[]>({ text: `fetch ${fetchRows} from stored_statements`, rowMode: "array" });
    for (const [key, hash] of rows as unknown as readonly (readonly [string, string | null])[]) stored.set(key, hash);
    if (rows.length < fetchRows) break;
  }
  await sql.query("close stored_statements");
  return stored.size > 0 ? stored : null;
}
