import type { Tx } from "../database/database.ts";
import { databaseTime } from "../database/database-time.ts";

/** Puts a run in line, unless one waits or reads already. */
export async function announcePull(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const { count } = await tx.pullSource.updateMany({
    where: { workspaceId, id, runState: "idle" },
    data: { runState: "waiting", runBeatAt: await databaseTime(tx), runPages: 0, runBytes: 0, runNote: null, cancelRequested: false },
  });
  if (count === 0) return false;
  await tx.outbox.create({ data: { workspaceId, job: "pull-source", payload: { workspaceId, pullSourceId: id } } });
  return true;
}
