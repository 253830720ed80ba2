import type { ApiKeyScope, MachinesStore, NewFederatedToken, StoredFederation } from "@rollcall/posture-pipeline";
import { appendAuditTx } from "../audit/append-audit.ts";
import type { Database, Tx } from "../database/database.ts";

type TokenCalls = Pick<MachinesStore, "issueFederatedToken" | "findFederatedToken" | "recordRefusal">;
/** What ended is kept this long, so that "who was that" has an answer beside the audit log's. */
const keptMillis = 24 * 3_600_000;
const touchMillis = 5 * 60_000;

export function federatedTokenCalls(database: Database): TokenCalls {
  return {
    issueFederatedToken: (federation, token, liveAtMost) => database.withSystem((tx) => issue(tx, federation, { token, liveAtMost })),
    recordRefusal: (federation, { subject, claim }) =>
      database.withSystem((tx) =>
        appendAuditTx(tx, federation.workspaceId, {
          action: "federation.refused",
          object: { kind: "federation", id: federation.id, label: federation.name },
          detail: { subject, claim },
        }),
      ),
    findFederatedToken: (keyId, isSecretOf) =>
      database.withSystem(async (tx) => {
        // As with API keys: how long a refusal takes says nothing.
        const [found] = await tx.$queryRaw<
          { hash: string | null }[]
        >`select (select secret_hash from federated_token where key_id = ${keyId}) as hash`;
        if (!isSecretOf(found?.hash ?? null)) return null;
        const row = await tx.federatedToken.findUnique({
          where: { keyId },
          include: { federation: { include: { workspace: true, serviceUser: true } } },
        });
        if (row === null) return null;
        const { federation } = row;
        return {
          id: row.id,
          keyId: row.keyId,
          name: `${federation.name}: ${row.subject}`,
          scopes: federation.scopes as ApiKeyScope[],
          networks: [],
          sources: federation.sources,
          replacedBy: null,
          serviceUserId: federation.serviceUserId,
          createdAt: row.issuedAt.toISOString(),
          createdBy: null,
          expiresAt: row.expiresAt.toISOString(),
          lastUsedAt: null,
          revokedAt: (federation.revokedAt ?? federation.serviceUser.disabledAt)?.toISOString() ?? null,
          workspaceId: row.workspaceId,
          workspaceName: federation.workspace.name,
          secretHash: row.secretHash,
        };
      }),
  };
}

async function issue(
  tx: Tx,
  federation: StoredFederation,
  { token, liveAtMost }: { readonly token: NewFederatedToken; readonly liveAtMost: number },
): Promise<boolean> {
  const { workspaceId, id: federationId } = federation;
  const now = new Date(token.now);
  // Under a lock, so that many at once cannot pass the bound together.
  await tx.$queryRaw`select 1 from federation where workspace_id = ${workspaceId}::uuid and id = ${federationId}::uuid for update`;
  await tx.federatedToken.deleteMany({ where: { workspaceId, federationId, expiresAt: { lt: new Date(now.getTime() - keptMillis) } } });
  if ((await tx.federatedToken.count({ where: { workspaceId, federationId, expiresAt: { gt: now } } })) >= liveAtMost) return false;
  const { keyId, secretHash, subject, expiresAt } = token;
  await tx.federatedToken.create({
    data: { workspaceId, federationId, keyId, secretHash, subject, issuedAt: now, expiresAt: new Date(expiresAt) },
  });
  await tx.federation.updateMany({
    where: { workspaceId, id: federationId, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: new Date(now.getTime() - touchMillis) } }] },
    data: { lastUsedAt: now },
  });
  await appendAuditTx(tx, workspaceId, {
    action: "federation.exchanged",
    object: { kind: "federation", id: federationId, label: federation.name },
    detail: { subject, keyId, expiresAt, presentedId: token.presentedId },
  });
  return true;
}
