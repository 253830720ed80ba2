import type { AccountsStore, WorkspaceMembership } from "@rollcall/posture-pipeline";
import { appendAuditTx } from "../audit/append-audit.ts";
import type { Database } from "../database/database.ts";
import { apiKeyCalls } from "./api-keys.ts";
import { forgetPassword, forgetTrustedDevices } from "./forget-password.ts";
import { idempotencyCalls } from "./idempotency.ts";
import { memberCalls } from "./members.ts";
import { sessionCalls } from "./sessions.ts";
import { signInLinkCalls } from "./sign-in-links.ts";
import { teamCalls } from "./teams.ts";

export function createAccountsStore(database: Database): AccountsStore {
  return {
    workspacesOf: (userId) =>
      database.withSystem(async (tx) => {
        const rows = await tx.workspaceMember.findMany({
          where: { userId },
          include: { workspace: true, teams: { include: { team: true } } },
          orderBy: { createdAt: "asc" },
        });
        return rows.map((row): WorkspaceMembership => ({
          id: row.workspaceId,
          name: row.workspace.name,
          role: row.role as WorkspaceMembership["role"],
          teams: row.teams.map(({ team }) => team.name).sort(),
          answersFor: [...new Set(row.teams.flatMap(({ team }) => [team.name.toLowerCase(), ...team.owners]))].sort(),
          limited: row.limited,
        }));
      }),
    ensureWorkspace: (name) =>
      database.withSystem(async (tx) => {
        // Two processes that start together must not make two first workspaces.
        await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('rollcall first workspace'))`;
        const first = await tx.workspace.findFirst({ orderBy: { createdAt: "asc" } });
        return (first ?? (await tx.workspace.create({ data: { name } }))).id;
      }),
    renameWorkspace: (workspaceId, name) =>
      database.withSystem(async (tx) => {
        const before = await tx.workspace.findUnique({ where: { id: workspaceId } });
        if (before === null || before.name === name) return;
        await tx.workspace.updateMany({ where: { id: workspaceId }, data: { name } });
        await appendAuditTx(tx, workspaceId, {
          action: "workspace.renamed",
          object: { kind: "workspace", id: workspaceId, label: name },
          detail: { from: before.name, to: name },
        });
      }),
    forgetPassword: forgetPassword(database),
    forgetTrustedDevices: forgetTrustedDevices(database),
    ...memberCalls(database),
    ...sessionCalls(database),
    ...teamCalls(database),
    ...signInLinkCalls(database),
    ...apiKeyCalls(database),
    ...idempotencyCalls(database),
  };
}
