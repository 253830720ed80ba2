import type { AccountsStore, MemberChange, MemberRow } from "@rollcall/posture-pipeline";
import { appendAuditTx } from "../audit/append-audit.ts";
import type { Database, Tx } from "../database/database.ts";
import { announceSelfSync } from "../self/announce-self-sync.ts";

type MemberCalls = Pick<AccountsStore, "listMembers" | "addMember" | "setMemberRole" | "removeMember">;

export function memberCalls(database: Database): MemberCalls {
  return {
    listMembers: (workspaceId) =>
      database.withSystem(async (tx) => {
        const rows = await tx.workspaceMember.findMany({
          where: { workspaceId },
          include: { user: true, teams: { include: { team: true } } },
          orderBy: { createdAt: "asc" },
        });
        return rows.map((row): MemberRow => ({
          userId: row.userId,
          name: row.user.name,
          email: row.user.email,
          role: row.role as MemberRow["role"],
          joinedAt: row.createdAt.toISOString(),
          teams: row.teams.map(({ team }) => team.name).sort(),
          limited: row.limited,
        }));
      }),
    addMember: (workspaceId, userId, role) =>
      database.withSystem(async (tx) => {
        const user = await tx.user.findUniqueOrThrow({ where: { id: userId } });
        const known = await tx.workspaceMember.findUnique({ where: { workspaceId_userId: { workspaceId, userId } } });
        await tx.workspaceMember.upsert({
          where: { workspaceId_userId: { workspaceId, userId } },
          create: { workspaceId, userId, role, name: user.name, email: user.email },
          update: { name: user.name, email: user.email },
        });
        if (known !== null) return;
        await announceSelfSync(tx, workspaceId);
        await appendAuditTx(tx, workspaceId, {
          action: "member.added",
          object: { kind: "member", id: userId, label: user.name },
          detail: { role },
        });
      }),
    setMemberRole: (workspaceId, userId, role) =>
      database.withSystem(async (tx) => {
        const refusal = await refuseLastAdmin(tx, { workspaceId, userId, staysAdmin: role === "admin" });
        if (refusal !== null) return refusal;
        await tx.workspaceMember.update({
          where: { workspaceId_userId: { workspaceId, userId } },
          data: { role, ...(role === "admin" ? { limited: false } : {}) },
        });
        await announceSelfSync(tx, workspaceId);
        await appendAuditTx(tx, workspaceId, { action: "member.role_changed", object: { kind: "member", id: userId }, detail: { role } });
        return "done";
      }),
    removeMember: (workspaceId, userId) =>
      database.withSystem(async (tx) => {
        const refusal = await refuseLastAdmin(tx, { workspaceId, userId, staysAdmin: false });
        if (refusal !== null) return refusal;
        await tx.workspaceMember.delete({ where: { workspaceId_userId: { workspaceId, userId } } });
        // Whoever belongs nowhere any more keeps no session either: it could still change the account.
        if ((await tx.workspaceMember.count({ where: { userId } })) === 0) await tx.session.deleteMany({ where: { userId } });
        await announceSelfSync(tx, workspaceId);
        await appendAuditTx(tx, workspaceId, { action: "member.removed", object: { kind: "member", id: userId } });
        return "done";
      }),
  };
}

/** Counted under a lock on the workspace, so that two admins cannot demote each other at once. */
async function refuseLastAdmin(
  tx: Tx,
  change: { readonly workspaceId: string; readonly userId: string; readonly staysAdmin: boolean },
): Promise<Exclude<MemberChange, "done"> | null> {
  await tx.$queryRaw`select 1 from workspace where id = ${change.workspaceId}::uuid for update`;
  const members = await tx.workspaceMember.findMany({ where: { workspaceId: change.workspaceId } });
  const member = members.find((row) => row.userId === change.userId);
  if (member === undefined) return "not_found";
  const otherAdmins = members.filter((row) => row.role === "admin" && row.userId !== change.userId);
  return member.role === "admin" && !change.staysAdmin && otherAdmins.length === 0 ? "last_admin" : null;
}
