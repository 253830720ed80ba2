import { createHash } from "node:crypto";
import type pg from "pg";

/** What asks: the checker, or a connection that stays open for many questions. */
export interface Asked {
  query<T extends pg.QueryResultRow>(text: string, values: readonly unknown[]): Promise<T[]>;
}

/** What is known, and not what is remembered of former statements for the day that it counts. */
const tables = ["observation", "identity", "credential", "resource", "access_grant", "identity_usage", "owner_claim", "human"] as const;
/** Drawn anew for each row, or the moment it came in: no statement of the source. */
const own = ["id", "workspace_id", "source_id", "identity_id", "scope_id"];
/** A row that a complete listing repeats is not rewritten: its scope then says when it was last confirmed. */
const dated: Partial<Record<(typeof tables)[number], string>> = {
  observation:
    " || jsonb_build_object('observed_at', greatest(t.observed_at, case when t.absent_since is null then (select c.complete_at from scope c where c.workspace_id = t.workspace_id and c.id = t.scope_id) end))",
};
const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** What is known of one account's source, independent of ids and of the account's name: two histories of the same deliveries must be equal. */
export const stateHash = async (checker: Asked, account: string): Promise<string> =>
  createHash("sha256")
    .update((await stateLines(checker, account)).join("\n"))
    .digest("hex");

/** What stands behind the hash, to show where two states differ. */
export async function stateLines(checker: Asked, account: string): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const table of tables) {
    const rows = await checker.query<{ line: string }>(
      `select (to_jsonb(t) - $2::text[]${dated[table] ?? ""})::text as line from ${table} t join source s on s.workspace_id = t.workspace_id and s.id = t.source_id where s.account like '%' || $1`,
      [account, own],
    );
    lines.push(...rows.map(({ line }) => `${table} ${line.replaceAll(uuids, "-").replaceAll(account, "@")}`));
  }
  return lines.sort();
}
