import type { Sql } from "../database/database.ts";

/** Who writes or removes scores, findings and tasks of a workspace in bulk takes turns; readers never wait. Held until the transaction ends. */
export async function lockJudgements(sql: Sql, workspaceId: string): Promise<void> {
  await sql.query("select pg_advisory_xact_lock(hashtext('rollcall analysis'), hashtext($1))", [workspaceId]);
}
