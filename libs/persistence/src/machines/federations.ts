import type { ApiKeyScope, ClaimCondition, FederationRow, MachinesStore, StoredFederation } from "@rollcall/posture-pipeline";
import { appendAuditTx } from "../audit/append-audit.ts";
import type { Database, Tx } from "../database/database.ts";
import { isUuid } from "../database/is-uuid.ts";
import type { FederationModel, ServiceUserModel } from "../generated/models.ts";
import { announceSelfSync } from "../self/announce-self-sync.ts";
import { assertServiceUser } from "./service-users.ts";

type FederationCalls = Pick<MachinesStore, "listFederations" | "createFederation" | "revokeFederation" | "findFederation">;
type Found = FederationModel & { readonly serviceUser: ServiceUserModel };

const rowOf = (row: Found): FederationRow => ({
  id: row.id,
  serviceUserId: row.serviceUserId,
  serviceUserName: row.serviceUser.name,
  name: row.name,
  issuer: row.issuer,
  audience: row.audience,
  conditions: row.conditions as unknown as readonly ClaimCondition[],
  scopes: row.scopes as ApiKeyScope[],
  sources: row.sources,
  tokenMinutes: row.tokenMinutes,
  createdAt: row.createdAt.toISOString(),
  createdBy: row.createdBy,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  revokedAt: (row.revokedAt ?? row.serviceUser.disabledAt)?.toISOString() ?? null,
});

export async function listFederations(tx: Tx, workspaceId: string): Promise<readonly FederationRow[]> {
  const rows = await tx.federation.findMany({ where: { workspaceId }, include: { serviceUser: true }, orderBy: { createdAt: "asc" } });
  return rows.map(rowOf);
}

export function federationCalls(database: Database): FederationCalls {
  return {
    listFederations: (workspaceId) => database.withSystem((tx) => listFederations(tx, workspaceId)),
    createFederation: (workspaceId, federation) =>
      database.withSystem(async (tx) => {
        await assertServiceUser(tx, workspaceId, federation.serviceUserId);
        const { conditions, scopes, sources, ...rest } = federation;
        const row = await tx.federation.create({
          data: { ...rest, workspaceId, conditions: conditions.map((one) => ({ ...one })), scopes: [...scopes], sources: [...sources] },
          include: { serviceUser: true },
        });
        await announceSelfSync(tx, workspaceId);
        await appendAuditTx(tx, workspaceId, {
          action: "federation.created",
          object: { kind: "federation", id: row.id, label: row.name },
          detail: { serviceUserId: row.serviceUserId, issuer: row.issuer, audience: row.audience, conditions, scopes, sources },
        });
        return rowOf(row);
      }),
    revokeFederation: async (workspaceId, id, at) => {
      if (!isUuid(id)) return false;
      return database.withSystem(async (tx) => {
        const { count } = await tx.federation.updateMany({
          where: { workspaceId, id, revokedAt: null },
          data: { revokedAt: new Date(at) },
        });
        if (count > 0) {
          await announceSelfSync(tx, workspaceId);
          await appendAuditTx(tx, workspaceId, { action: "federation.revoked", object: { kind: "federation", id } });
        }
        return (await tx.federation.count({ where: { workspaceId, id } })) === 1;
      });
    },
    findFederation: async (id) => {
      if (!isUuid(id)) return null;
      return database.withSystem(async (tx): Promise<StoredFederation | null> => {
        const row = await tx.federation.findUnique({ where: { id }, include: { serviceUser: true } });
        return row === null ? null : { ...rowOf(row), workspaceId: row.workspaceId };
      });
    },
  };
}
