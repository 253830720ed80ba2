import type { Checker } from "./checker.ts";
import { DirectIngest } from "./direct-ingest.ts";
import type { Instance } from "./instance.ts";

/** How much is ingested side by side: while one waits for the disk or an answer, another is compared. */
const lanes = 4;

/** Does `work` in several lanes at a time, each with a workspace of its own and no worker; the API and its workers are back afterwards. */
export async function inLanes<T>(
  { instance, checker }: { readonly instance: Instance; readonly checker: Checker },
  work: (direct: DirectIngest, lane: number, lanes: number) => Promise<T>,
): Promise<readonly T[]> {
  await instance.stopWorkers();
  const workspaces = await Promise.all(Array.from({ length: lanes }, (_, lane) => checker.addWorkspace(`lane ${lane}`)));
  const direct = DirectIngest.into(workspaces[0]!, instance);
  try {
    return await Promise.all(workspaces.map((workspace, lane) => work(direct.beside(workspace), lane, lanes)));
  } finally {
    await direct.close();
    await checker.forgetAnnouncements(workspaces);
    instance.startWorker();
  }
}
