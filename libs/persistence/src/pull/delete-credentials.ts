import type { PullSourcesStore } from "@rollcall/posture-pipeline";
import { appendAuditTx } from "../audit/append-audit.ts";
import type { Database } from "../database/database.ts";
import { isUuid } from "../database/is-uuid.ts";
import { announceSelfSync } from "../self/announce-self-sync.ts";
import { credentialColumns } from "./edit-pull-sources.ts";

/** What destroying the credentials of a workspace needs. */
export const deletionCalls = (database: Database): Pick<PullSourcesStore, "workspacesCalled" | "deleteCredentials"> => ({
  workspacesCalled: (idOrName) =>
    database.withSystem((tx) =>
      tx.workspace.findMany({ where: isUuid(idOrName) ? { id: idOrName } : { name: idOrName }, select: { id: true, name: true } }),
    ),
  deleteCredentials: (workspaceId) =>
    database.withSystem(async (tx) => {
      const data = { ...credentialColumns({ kind: "none", name: null }, null), cancelRequested: true };
      const rows = await tx.pullSource.updateManyAndReturn({ where: { workspaceId, credential: { not: null } }, data });
      if (rows.length > 0) await announceSelfSync(tx, workspaceId);
      for (const { id, name } of rows)
        await appendAuditTx(tx, workspaceId, {
          action: "pull_source.credential_removed",
          object: { kind: "pull_source", id, label: name },
          detail: { auth: "none" },
        });
      return rows.length;
    }),
});
