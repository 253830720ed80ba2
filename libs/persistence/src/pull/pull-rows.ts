import type { CursorPaging, PullAuthKind, PullOutcome, PullSourceRow, StoredPullSource } from "@rollcall/posture-pipeline";
import type { Tx } from "../database/database.ts";
import type { PullSourceModel } from "../generated/models.ts";

export type Names = ReadonlyMap<string, string>;

/** Who set the credentials of these. */
export async function namesOf(tx: Tx, rows: readonly PullSourceModel[]): Promise<Names> {
  const ids = [...new Set(rows.flatMap(({ credentialSetBy }) => credentialSetBy ?? []))];
  if (ids.length === 0) return new Map();
  const users = await tx.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(users.map(({ id, name }) => [id, name]));
}

export const pullRowOf = (row: PullSourceModel, names: Names): PullSourceRow => ({
  id: row.id,
  name: row.name,
  url: row.url,
  account: row.account,
  paging: row.paging as unknown as CursorPaging | null,
  intervalHours: row.intervalHours,
  auth: { kind: row.authKind as PullAuthKind, name: row.authName },
  credential: credentialOf(row, names),
  createdAt: row.createdAt.toISOString(),
  createdBy: row.createdBy,
  nextRunAt: row.nextRunAt.toISOString(),
  run:
    row.runState === "idle"
      ? null
      : { state: row.runState as "waiting" | "reading", pages: row.runPages, bytes: Number(row.runBytes), note: row.runNote },
  last: lastOf(row),
  lastIngestionId: row.lastIngestionId,
});

const credentialOf = (row: PullSourceModel, names: Names): PullSourceRow["credential"] =>
  row.credentialSetAt === null
    ? null
    : {
        setAt: row.credentialSetAt.toISOString(),
        setBy: row.credentialSetBy,
        setByName: row.credentialSetBy === null ? null : (names.get(row.credentialSetBy) ?? null),
        fingerprint: row.credentialFingerprint,
        expiresAt: row.credentialExpiresAt?.toISOString() ?? null,
        lastUsedAt: row.credentialUsedAt?.toISOString() ?? null,
        problem: row.credentialProblem,
      };

const lastOf = (row: PullSourceModel): PullSourceRow["last"] =>
  row.lastRunAt === null
    ? null
    : {
        at: row.lastRunAt.toISOString(),
        outcome: row.lastOutcome as PullOutcome,
        note: row.lastNote,
        missingPermission: row.lastMissingPermission,
        pages: row.lastPages ?? 0,
      };

export const storedPullOf = (row: PullSourceModel): StoredPullSource => ({
  ...pullRowOf(row, new Map()),
  workspaceId: row.workspaceId,
  sealed: row.credential === null || row.credentialKeyId === null ? null : { sealed: row.credential, keyId: row.credentialKeyId },
  epoch: row.runEpoch,
});
