import { AppError } from "@rollcall/platform";
import type { MachinesStore, NewServiceUser, ServiceUserRow } from "@rollcall/posture-pipeline";
import { appendAuditTx } from "../audit/append-audit.ts";
import type { Database, Tx } from "../database/database.ts";
import { isUuid } from "../database/is-uuid.ts";
import type { ServiceUserModel, TeamModel } from "../generated/models.ts";
import { announceSelfSync } from "../self/announce-self-sync.ts";

type ServiceUserCalls = Pick<MachinesStore, "listServiceUsers" | "createServiceUser" | "updateServiceUser" | "disableServiceUser">;

type Stored = ServiceUserModel & { readonly team: Pick<TeamModel, "name"> | null };
const withTeam = { team: { select: { name: true } } } as const;

const rowOf = (row: Stored, names: ReadonlyMap<string, string>): ServiceUserRow => ({
  id: row.id,
  name: row.name,
  purpose: row.purpose,
  ownerUserId: row.ownerUserId,
  ownerName: row.ownerUserId === null ? null : (names.get(row.ownerUserId) ?? null),
  ownerTeamId: row.ownerTeamId,
  ownerTeam: row.team?.name ?? row.ownerTeam,
  createdAt: row.createdAt.toISOString(),
  createdBy: row.createdBy,
  disabledAt: row.disabledAt?.toISOString() ?? null,
});

async function withNames(tx: Tx, rows: readonly Stored[]): Promise<readonly ServiceUserRow[]> {
  const ids = rows.flatMap(({ ownerUserId }) => (ownerUserId === null ? [] : [ownerUserId]));
  const users = await tx.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = new Map(users.map(({ id, name }) => [id, name]));
  return rows.map((row) => rowOf(row, names));
}

export async function listServiceUsers(tx: Tx, workspaceId: string): Promise<readonly ServiceUserRow[]> {
  return withNames(tx, await tx.serviceUser.findMany({ where: { workspaceId }, include: withTeam, orderBy: { createdAt: "asc" } }));
}

/** A service user that may get something new; refuses others in the words of one that never was. */
export async function assertServiceUser(tx: Tx, workspaceId: string, id: string): Promise<void> {
  const found = isUuid(id) && (await tx.serviceUser.count({ where: { workspaceId, id, disabledAt: null } })) === 1;
  if (!found) throw new AppError("not_found", "There is no such service user");
}

/** What is stored of who answers for it; refuses people and teams of elsewhere. */
async function ownersOf(
  tx: Tx,
  workspaceId: string,
  { ownerUserId, ownerTeamId }: NewServiceUser,
): Promise<{ readonly ownerUserId: string | null; readonly ownerTeamId: string | null; readonly ownerTeam?: string }> {
  if (ownerUserId !== null && (await tx.workspaceMember.count({ where: { workspaceId, userId: ownerUserId } })) !== 1)
    throw new AppError("not_found", "There is no such member to answer for it");
  if (ownerTeamId === null) return { ownerUserId, ownerTeamId };
  const team = await tx.team.findFirst({ where: { workspaceId, id: ownerTeamId }, select: { name: true } });
  if (team === null) throw new AppError("not_found", "There is no such team to answer for it");
  return { ownerUserId, ownerTeamId, ownerTeam: team.name };
}

export function serviceUserCalls(database: Database): ServiceUserCalls {
  return {
    listServiceUsers: (workspaceId) => database.withSystem((tx) => listServiceUsers(tx, workspaceId)),
    createServiceUser: (workspaceId, user) =>
      database.withSystem(async (tx) => {
        const owners = await ownersOf(tx, workspaceId, user);
        const data = { ...user, ...owners, workspaceId };
        const [row] = await withNames(tx, [await tx.serviceUser.create({ data, include: withTeam })]);
        await announceSelfSync(tx, workspaceId);
        await appendAuditTx(tx, workspaceId, {
          action: "service_user.created",
          object: { kind: "service_user", id: row!.id, label: user.name },
          detail: { ownerUserId: user.ownerUserId, ownerTeam: owners.ownerTeam ?? null },
        });
        return row!;
      }),
    updateServiceUser: async (workspaceId, id, user) => {
      if (!isUuid(id)) return null;
      return database.withSystem(async (tx) => {
        const here = { workspaceId_id: { workspaceId, id } };
        if ((await tx.serviceUser.findUnique({ where: here, select: { id: true } })) === null) return null;
        const owners = await ownersOf(tx, workspaceId, user);
        // Without a team nothing is left of one, not even its name: a person answers for it alone.
        const data = { name: user.name, purpose: user.purpose, ownerTeam: null, ...owners };
        const [row] = await withNames(tx, [await tx.serviceUser.update({ where: here, data, include: withTeam })]);
        await announceSelfSync(tx, workspaceId);
        await appendAuditTx(tx, workspaceId, {
          action: "service_user.changed",
          object: { kind: "service_user", id, label: user.name },
          detail: { ownerUserId: user.ownerUserId, ownerTeam: owners.ownerTeam ?? null },
        });
        return row!;
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
