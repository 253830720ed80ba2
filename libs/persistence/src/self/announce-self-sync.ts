import type { Tx } from "../database/database.ts";

/** Written with every change of what Rollcall itself holds, so that its inventory says so within seconds. */
export async function announceSelfSync(tx: Tx, workspaceId: string): Promise<void> {
  await tx.outbox.create({ data: { workspaceId, job: "sync-self", payload: { workspaceId } } });
}
