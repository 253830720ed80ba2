import type { AccountsStore, TeamChange, TeamRow } from "@rollcall/posture-pipeline";
import { appendAuditTx } from "../audit/append-audit.ts";
import type { Database, Tx } from "../database/database.ts";
import { isUuid } from "../database/is-uuid.ts";

type TeamCalls = Pick<AccountsStore, "listTeams" | "saveTeam" | "removeTeam" | "setMemberLimited">;

export function teamCalls(database: Database): TeamCalls {
  return {
    listTeams: (workspaceId) =>
      database.withSystem(async (tx) => {
        const rows = await tx.team.findMany({ where: { workspaceId }, include: { members: true }, orderBy: { name: "asc" } });
        return rows.map(({ id, name, owners, members }): TeamRow => ({
          id,
          name,
          owners,
          memberIds: members.map((member) => member.userId).sort(),
        }));
      }),
    saveTeam: (workspaceId, id, { name, owners, memberIds }) =>
      database.withSystem(async (tx): Promise<TeamChange> => {
        if (id !== null && !isUuid(id)) return { outcome: "not_found" };
        if (await nameIsTaken(tx, { workspaceId, id, name })) return { outcome: "name_taken" };
        const known = await tx.workspaceMember.count({ where: { workspaceId, userId: { in: [...memberIds] } } });
        if (known !== memberIds.length) return { outcome: "unknown_member" };
        const data = { name, owners: [...new Set(owners.map((owner) => owner.toLowerCase()))].sort() };
        if (id !== null && (await tx.team.updateMany({ where: { workspaceId, id }, data })).count === 0) return { outcome: "not_found" };
        const teamId = id ?? (await tx.team.create({ data: { workspaceId, ...data } })).id;
        await tx.teamMember.deleteMany({ where: { workspaceId, teamId } });
        await tx.teamMember.createMany({ data: memberIds.map((userId) => ({ workspaceId, teamId, userId })) });
        await appendAuditTx(tx, workspaceId, {
          action: id === null ? "team.created" : "team.changed",
          object: { kind: "team", id: teamId, label: name },
          detail: { owners: data.owners, members: [...memberIds] },
        });
        return { outcome: "done", id: teamId };
      }),
    removeTeam: (workspaceId, id) =>
      database.withSystem(async (tx) => {
        const team = isUuid(id) ? await tx.team.findUnique({ where: { workspaceId_id: { workspaceId, id } } }) : null;
        if (team === null) return false;
        // Its name stays where it answered for something: that nobody does any more has to show.
        await tx.serviceUser.updateMany({ where: { workspaceId, ownerTeamId: id }, data: { ownerTeamId: null, ownerTeam: team.name } });
        await tx.team.delete({ where: { workspaceId_id: { workspaceId, id } } });
        await appendAuditTx(tx, workspaceId, { action: "team.removed", object: { kind: "team", id, label: team.name } });
        return true;
      }),
    setMemberLimited: (workspaceId, userId, limited) =>
      database.withSystem(async (tx) => {
        const member = await tx.workspaceMember.findUnique({ where: { workspaceId_userId: { workspaceId, userId } } });
        if (member === null) return "not_found";
        if (member.role === "admin" && limited) return "is_admin";
        await tx.workspaceMember.update({ where: { workspaceId_userId: { workspaceId, userId } }, data: { limited } });
        await appendAuditTx(tx, workspaceId, {
          action: "member.limit_changed",
          object: { kind: "member", id: userId, label: member.name },
          detail: { limitedToTeams: limited },
        });
        return "done";
      }),
  };
}

async function nameIsTaken(
  tx: Tx,
  team: { readonly workspaceId: string; readonly id: string | null; readonly name: string },
): Promise<boolean> {
  // Two admins who save at once must not both find the name free.
  await tx.$queryRaw`select 1 from workspace where id = ${team.workspaceId}::uuid for update`;
  const same = await tx.team.findFirst({ where: { workspaceId: team.workspaceId, name: { equals: team.name, mode: "insensitive" } } });
  return same !== null && same.id !== team.id;
}
