import type { WorkspaceRole } from "@rollcall/nhi-model";
import type { AccountsStore } from "@rollcall/posture-pipeline";
import { appendAuditTx } from "../audit/append-audit.ts";
import type { Database, Tx } from "../database/database.ts";

/** What the password opened ends with it: sessions, and devices that were to be asked for no code. Passkeys and the second factor stay. */
export function forgetPassword(database: Database): AccountsStore["forgetPassword"] {
  return (email) =>
    database.withSystem(async (tx) => {
      const user = await tx.user.findUnique({
        where: { email: email.toLowerCase() },
        include: { memberships: { orderBy: { createdAt: "asc" } } },
      });
      const first = user?.memberships[0];
      if (user === null || first === undefined) return null;
      const userId = user.id;
      await tx.account.updateMany({ where: { userId, providerId: "credential" }, data: { password: null } });
      await tx.session.deleteMany({ where: { userId } });
      await forgetTrustedDevicesTx(tx, userId);
      const object = { kind: "account", id: userId, label: user.name } as const;
      for (const { workspaceId } of user.memberships) await appendAuditTx(tx, workspaceId, { action: "password.forgotten", object });
      return { workspaceId: first.workspaceId, role: first.role as WorkspaceRole };
    });
}

export const forgetTrustedDevices =
  (database: Database): AccountsStore["forgetTrustedDevices"] =>
  (userId) =>
    database.withSystem((tx) => forgetTrustedDevicesTx(tx, userId));

/** The sign-in library keeps them among what is to be verified, by this prefix. */
async function forgetTrustedDevicesTx(tx: Tx, userId: string): Promise<void> {
  await tx.verification.deleteMany({ where: { value: userId, identifier: { startsWith: "trust-device-" } } });
}
