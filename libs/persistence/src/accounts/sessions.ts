import type { AccountsStore, SessionRow } from "@rollcall/posture-pipeline";
import { appendAuditTx } from "../audit/append-audit.ts";
import type { Database } from "../database/database.ts";

type SessionCalls = Pick<AccountsStore, "listSessions" | "endSessions">;

/** Sessions are made by the sign-in library; here they are seen and ended, by the id of the row and never by what opens them. */
export function sessionCalls(database: Database): SessionCalls {
  return {
    listSessions: (userId, { now, begunAfter }) =>
      database.withSystem(async (tx) => {
        const rows = await tx.session.findMany({
          where: { userId, expiresAt: { gt: new Date(now) }, createdAt: { gt: new Date(begunAfter) } },
          select: { id: true, createdAt: true, updatedAt: true, expiresAt: true, userAgent: true, ipAddress: true },
          orderBy: [{ updatedAt: "desc" }, { id: "asc" }],
        });
        return rows.map((row): SessionRow => ({
          id: row.id,
          signedInAt: row.createdAt.toISOString(),
          lastUsedAt: row.updatedAt.toISOString(),
          idleUntil: row.expiresAt.toISOString(),
          // The library writes an empty text where it knows nothing.
          userAgent: row.userAgent || null,
          address: row.ipAddress || null,
        }));
      }),
    endSessions: (userId, which, action) =>
      database.withSystem(async (tx) => {
        const one = "id" in which;
        const { count } = await tx.session.deleteMany({ where: { userId, id: one ? which.id : { not: which.allBut } } });
        if (count === 0) return 0;
        // In one order everywhere, because each row holds the lock on its workspace's chain until the commit.
        const workspaces = await tx.workspaceMember.findMany({
          where: { userId },
          select: { workspaceId: true },
          orderBy: { workspaceId: "asc" },
        });
        for (const { workspaceId } of workspaces)
          await appendAuditTx(tx, workspaceId, {
            action,
            object: one ? { kind: "session", id: which.id } : { kind: "account", id: userId },
            detail: one ? {} : { sessions: count },
          });
        return count;
      }),
  };
}
