import { AppError } from "@rollcall/platform";
import type { MachinesStore, NewServiceUser, ServiceUserRow } from "@rollcall/posture-pipeline";
import { appendAuditTx } from "../audit/append-audit.ts";
import type { Database, Tx } from "../database/database.ts";
import { isUuid } from "../database/is-uuid.ts";
import type { ServiceUserModel } from "../generated/models.ts";
import { announceSelfSync } from "../self/announce-self-sync.ts";

type ServiceUserCalls = Pick<MachinesStore, "listServiceUsers" | "createServiceUser" | "updateServiceUser" | "disableServiceUser">;

const rowOf = (row: ServiceUserModel, names: ReadonlyMap<string, string>): ServiceUserRow => ({
  id: row.id,
  name: row.name,
  purpose: row.purpose,
  ownerUserId: row.ownerUserId,
  ownerName: row.ownerUserId === null ? null : (names.get(row.ownerUserId) ?? null),
  ownerTeam: row.ownerTeam,
  createdAt: row.createdAt.toISOString(),
  createdBy: row.createdBy,
  disabledAt: row.disabledAt?.toISOString() ?? null,
});

async function withNames(tx: Tx, rows: readonly ServiceUserModel[]): Promise<readonly ServiceUserRow[]> {
  const ids = rows.flatMap(({ ownerUserId }) => (ownerUserId === null ? [] : [ownerUserId]));
  const users = await tx.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = new Map(users.map(({ id, name }) => [id, name]));
  return rows.map((row) => rowOf(row, names));
}

export async function listServiceUsers(tx: Tx, workspaceId: string): Promise<readonly ServiceUserRow[]> {
  return withNames(tx, await tx.serviceUser.findMany({ where: { workspaceId }, orderBy: { createdAt: "asc" } }));
}

/** A service user that may get something new; refuses others in the words of one that never was. */
export async function assertServiceUser(tx: Tx, workspaceId: string, id: string): Promise<void> {
  const found = isUuid(id) && (await tx.serviceUser.count({ where: { workspaceId, id, disabledAt: null } })) === 1;
  if (!found) throw new AppError("not_found", "There is no such service user");
}

async function assertOwner(tx: Tx, workspaceId: string, { ownerUserId }: NewServiceUser): Promise<void> {
  if (ownerUserId === null || (await tx.workspaceMember.count({ where: { workspaceId, userId: ownerUserId } })) === 1) return;
  throw new AppError("not_found", "There is no such member to answer for it");
}

export function serviceUserCalls(database: Database): ServiceUserCalls {
  return {
    listServiceUsers: (workspaceId) => database.withSystem((tx) => listServiceUsers(tx, workspaceId)),
    createServiceUser: (workspaceId, user) =>
      database.withSystem(async (tx) => {
        await assertOwner(tx, workspaceId, user);
        const [row] = await withNames(tx, [await tx.serviceUser.create({ data: { ...user, workspaceId } })]);
        await announceSelfSync(tx, workspaceId);
        await appendAuditTx(tx, workspaceId, {
          action: "service_user.created",
          object: { kind: "service_user", id: row!.id, label: user.name },
          detail: { ownerUserId: user.ownerUserId, ownerTeam: user.ownerTeam },
        });
        return row!;
      }),
    updateServiceUser: async (workspaceId, id, { name, purpose, ownerUserId, ownerTeam }) => {
      if (!isUuid(id)) return null;
      return database.withSystem(async (tx) => {
        await assertOwner(tx, workspaceId, { name, purpose, ownerUserId, ownerTeam });
        const changed = await tx.serviceUser.updateManyAndReturn({
          where: { workspaceId, id },
          data: { name, purpose, ownerUserId, ownerTeam },
        });
        const [row] = await withNames(tx, changed);
        if (row === undefined) return null;
        await announceSelfSync(tx, workspaceId);
        await appendAuditTx(tx, workspaceId, {
          action: "service_user.changed",
          object: { kind: "service_user", id, label: name },
          detail: { ownerUserId, ownerTeam },
        });
        return row;
      });
    },
    disableServiceUser: async (workspaceId, id, at) => {
      if (!isUuid(id)) return false;
      return database.withSystem(async (tx) => {
        const { count } = await tx.serviceUser.updateMany({
          where: { workspaceId, id, disabledAt: null },
          data: { disabledAt: new Date(at) },
        });
        if (count > 0) {
          await announceSelfSync(tx, workspaceId);
          await appendAuditTx(tx, workspaceId, { action: "service_user.disabled", object: { kind: "service_user", id } });
        }
        return (await tx.serviceUser.count({ where: { workspaceId, id } })) === 1;
      });
    },
  };
}
