import type { AccountsStore, ApiKeyRow, ApiKeyScope, NewApiKey } from "@rollcall/posture-pipeline";
import { appendAuditTx } from "../audit/append-audit.ts";
import { isUuid } from "../database/is-uuid.ts";
import type { Database, Tx } from "../database/database.ts";
import type { ApiKeyModel } from "../generated/models.ts";
import { assertServiceUser } from "../machines/service-users.ts";
import { announceSelfSync } from "../self/announce-self-sync.ts";

type ApiKeyCalls = Pick<AccountsStore, "listApiKeys" | "createApiKey" | "rotateApiKey" | "revokeApiKey" | "findApiKey" | "touchApiKey">;
const touchIntervalMinutes = 5;

const rowOf = (row: ApiKeyModel): ApiKeyRow => ({
  id: row.id,
  keyId: row.keyId,
  name: row.name,
  scopes: row.scopes as ApiKeyScope[],
  networks: row.networks,
  sources: row.sources,
  replacedBy: row.replacedBy,
  serviceUserId: row.serviceUserId,
  createdAt: row.createdAt.toISOString(),
  createdBy: row.createdBy,
  expiresAt: row.expiresAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  revokedAt: row.revokedAt?.toISOString() ?? null,
});

export const listApiKeys = async (tx: Tx, workspaceId: string): Promise<readonly ApiKeyRow[]> =>
  (await tx.apiKey.findMany({ where: { workspaceId }, orderBy: { createdAt: "desc" } })).map(rowOf);

export function apiKeyCalls(database: Database): ApiKeyCalls {
  return {
    listApiKeys: (workspaceId) => database.withSystem((tx) => listApiKeys(tx, workspaceId)),
    createApiKey: (workspaceId, key) => database.withSystem((tx) => create(tx, workspaceId, key)),
    rotateApiKey: (workspaceId, id, next) =>
      isUuid(id) ? database.withSystem((tx) => rotate(tx, workspaceId, { ...next, id })) : Promise.resolve(null),
    revokeApiKey: async (workspaceId, id, at) => {
      if (!isUuid(id)) return false;
      return database.withSystem(async (tx) => {
        const { count } = await tx.apiKey.updateMany({ where: { workspaceId, id, revokedAt: null }, data: { revokedAt: new Date(at) } });
        if (count > 0) {
          await announceSelfSync(tx, workspaceId);
          await appendAuditTx(tx, workspaceId, { action: "api_key.revoked", object: { kind: "api_key", id } });
        }
        return (await tx.apiKey.count({ where: { workspaceId, id } })) === 1;
      });
    },
    findApiKey: (keyId, isSecretOf) =>
      database.withSystem(async (tx) => {
        // One row and the same work whether there is such a key or not: how long a refusal takes says nothing.
        const [found] = await tx.$queryRaw<
          { hash: string | null }[]
        >`select (select secret_hash from api_key where key_id = ${keyId}) as hash`;
        if (!isSecretOf(found?.hash ?? null)) return null;
        const row = await tx.apiKey.findUnique({ where: { keyId }, include: { workspace: true, serviceUser: true } });
        if (row === null) return null;
        const { workspaceId, workspace, secretHash, serviceUser } = row;
        const known = rowOf(row);
        const revokedAt = known.revokedAt ?? serviceUser?.disabledAt?.toISOString() ?? null;
        return { ...known, revokedAt, workspaceId, workspaceName: workspace.name, secretHash };
      }),
    touchApiKey: (workspaceId, id, at) =>
      database.withSystem(async (tx) => {
        const before = new Date(Date.parse(at) - touchIntervalMinutes * 60_000);
        await tx.apiKey.updateMany({
          where: { workspaceId, id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: before } }] },
          data: { lastUsedAt: new Date(at) },
        });
      }),
  };
}

async function create(tx: Tx, workspaceId: string, key: NewApiKey): Promise<ApiKeyRow> {
  if (typeof key.serviceUserId === "string") await assertServiceUser(tx, workspaceId, key.serviceUserId);
  const { scopes, networks, sources } = key;
  const row = rowOf(
    await tx.apiKey.create({
      data: {
        ...key,
        workspaceId,
        scopes: [...scopes],
        networks: [...networks],
        sources: [...sources],
        expiresAt: new Date(key.expiresAt),
      },
    }),
  );
  await announceSelfSync(tx, workspaceId);
  await appendAuditTx(tx, workspaceId, {
    action: "api_key.created",
    object: { kind: "api_key", id: row.id, label: row.name },
    detail: {
      keyId: row.keyId,
      scopes: row.scopes,
      expiresAt: row.expiresAt,
      ...(row.serviceUserId === null ? {} : { serviceUserId: row.serviceUserId }),
    },
  });
  return row;
}

type Successor = Parameters<AccountsStore["rotateApiKey"]>[2] & { readonly id: string };

async function rotate(tx: Tx, workspaceId: string, next: Successor): Promise<ApiKeyRow | null> {
  const { id } = next;
  // Two people who rotate at once must not leave two successors.
  await tx.$queryRaw`select 1 from api_key where workspace_id = ${workspaceId}::uuid and id = ${id}::uuid for update`;
  const old = await tx.apiKey.findFirst({
    where: { workspaceId, id, revokedAt: null, replacedBy: null, expiresAt: { gt: new Date(next.now) } },
  });
  if (old === null) return null;
  const { keyId, secretHash, createdBy, expiresAt, overlapUntil } = next;
  const { name, scopes, networks, sources, serviceUserId } = old;
  const made = await tx.apiKey.create({
    data: { workspaceId, keyId, secretHash, createdBy, name, scopes, networks, sources, serviceUserId, expiresAt: new Date(expiresAt) },
  });
  const endsAt = new Date(Math.min(old.expiresAt.getTime(), Date.parse(overlapUntil)));
  await tx.apiKey.update({ where: { workspaceId_id: { workspaceId, id } }, data: { expiresAt: endsAt, replacedBy: made.id } });
  await announceSelfSync(tx, workspaceId);
  await appendAuditTx(tx, workspaceId, {
    action: "api_key.rotated",
    object: { kind: "api_key", id, label: name },
    detail: { newKeyId: keyId, oldKeyEndsAt: endsAt.toISOString() },
  });
  return rowOf(made);
}
