import type { AccountsStore, RedeemedLink } from "@rollcall/posture-pipeline";
import type { Database } from "../database/database.ts";

type LinkCalls = Pick<AccountsStore, "createSignInLink" | "peekSignInLink" | "redeemSignInLink">;
type LinkRow = { readonly workspaceId: string; readonly role: string; readonly email: string | null; readonly createdBy: string | null };
const linkOf = (row: LinkRow): RedeemedLink => ({
  workspaceId: row.workspaceId,
  role: row.role as RedeemedLink["role"],
  email: row.email,
  createdBy: row.createdBy,
});

export function signInLinkCalls(database: Database): LinkCalls {
  return {
    createSignInLink: (link) =>
      database.withSystem(async (tx) => {
        await tx.signInLink.create({ data: { ...link, expiresAt: new Date(link.expiresAt) } });
      }),
    peekSignInLink: (tokenHash, now) =>
      database.withSystem(async (tx) => {
        const row = await tx.signInLink.findFirst({ where: { tokenHash, usedAt: null, expiresAt: { gt: new Date(now) } } });
        return row === null ? null : linkOf(row);
      }),
    redeemSignInLink: (tokenHash, now) =>
      database.withSystem(async (tx) => {
        // The update decides who was first; a reader in between sees a link that is still unused, and loses here.
        const used = await tx.signInLink.updateManyAndReturn({
          where: { tokenHash, usedAt: null, expiresAt: { gt: new Date(now) } },
          data: { usedAt: new Date(now) },
        });
        return used[0] === undefined ? null : linkOf(used[0]);
      }),
  };
}
