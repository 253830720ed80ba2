import { AppError } from "@rollcall/platform";
import type { NewCredential, PullAuth, PullSourceRow, PullSourcesStore } from "@rollcall/posture-pipeline";
import { appendAuditTx } from "../audit/append-audit.ts";
import type { Database, Tx } from "../database/database.ts";
import { isUuid } from "../database/is-uuid.ts";
import type { PullSourceModel } from "../generated/models.ts";
import { announceSelfSync } from "../self/announce-self-sync.ts";
import { namesOf, pullRowOf } from "./pull-rows.ts";
import { announcePull } from "./announce-pull.ts";

type EditCalls = Pick<PullSourcesStore, "list" | "get" | "create" | "setCredential" | "remove">;

export async function listPullSources(tx: Tx, workspaceId: string): Promise<readonly PullSourceRow[]> {
  const rows = await tx.pullSource.findMany({ where: { workspaceId }, orderBy: { createdAt: "asc" } });
  const names = await namesOf(tx, rows);
  return rows.map((row) => pullRowOf(row, names));
}

const rowWithName = async (tx: Tx, row: PullSourceModel): Promise<PullSourceRow> => pullRowOf(row, await namesOf(tx, [row]));

export function editCalls(database: Database): EditCalls {
  return {
    list: (workspaceId) => database.withSystem((tx) => listPullSources(tx, workspaceId)),
    get: async (workspaceId, id) => {
      if (!isUuid(id)) return null;
      return database.withSystem(async (tx) => {
        const row = await tx.pullSource.findFirst({ where: { workspaceId, id } });
        return row === null ? null : rowWithName(tx, row);
      });
    },
    create: (workspaceId, { credential, auth, paging, ...source }) =>
      database.withSystem(async (tx) => {
        await assertKey(tx, credential);
        const withPaging = paging === null ? {} : { paging: { ...paging } };
        const row = await tx.pullSource.create({ data: { ...source, ...withPaging, workspaceId, ...credentialColumns(auth, credential) } });
        await announcePull(tx, workspaceId, row.id);
        await announceSelfSync(tx, workspaceId);
        await appendAuditTx(tx, workspaceId, {
          action: "pull_source.created",
          object: { kind: "pull_source", id: row.id, label: row.name },
          detail: { host: new URL(row.url).host, auth: auth.kind, intervalHours: row.intervalHours },
        });
        return rowWithName(tx, await tx.pullSource.findFirstOrThrow({ where: { workspaceId, id: row.id } }));
      }),
    setCredential: async (workspaceId, id, { auth, credential }) => {
      if (!isUuid(id)) return null;
      return database.withSystem(async (tx) => {
        await assertKey(tx, credential);
        const data = credentialColumns(auth, credential);
        const [row] = await tx.pullSource.updateManyAndReturn({ where: { workspaceId, id }, data });
        if (row === undefined) return null;
        await announceSelfSync(tx, workspaceId);
        await appendAuditTx(tx, workspaceId, {
          action: credential === null ? "pull_source.credential_removed" : "pull_source.credential_set",
          object: { kind: "pull_source", id, label: row.name },
          detail: { auth: auth.kind },
        });
        return rowWithName(tx, row);
      });
    },
    remove: async (workspaceId, id) => {
      if (!isUuid(id)) return false;
      return database.withSystem(async (tx) => {
        const row = await tx.pullSource.findFirst({ where: { workspaceId, id }, select: { name: true } });
        const { count } = await tx.pullSource.deleteMany({ where: { workspaceId, id } });
        if (row === null || count === 0) return false;
        await announceSelfSync(tx, workspaceId);
        await appendAuditTx(tx, workspaceId, { action: "pull_source.removed", object: { kind: "pull_source", id, label: row.name } });
        return true;
      });
    },
  };
}

/** Said in words before the foreign key says it. */
async function assertKey(tx: Tx, credential: NewCredential | null): Promise<void> {
  if (credential === null || (await tx.connectorKey.count({ where: { keyId: credential.keyId } })) === 1) return;
  throw new AppError("conflict", "The key for credentials is being replaced at this moment. Try again");
}

export const credentialColumns = (auth: PullAuth, credential: NewCredential | null) => ({
  authKind: auth.kind,
  authName: auth.name,
  credential: credential === null ? null : Uint8Array.from(credential.sealed),
  credentialKeyId: credential?.keyId ?? null,
  credentialFingerprint: credential?.fingerprint ?? null,
  credentialSetAt: credential === null ? null : new Date(),
  credentialSetBy: credential?.setBy ?? null,
  credentialExpiresAt: credential === null || credential.expiresAt === null ? null : new Date(credential.expiresAt),
  credentialUsedAt: null,
  credentialProblem: null,
});
