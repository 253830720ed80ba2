import type { AccountsStore, RedeemedLink } from "@rollcall/posture-pipeline";
import { appendAuditTx } from "../audit/append-audit.ts";
import type { Database } from "../database/database.ts";
import { announceSelfSync } from "../self/announce-self-sync.ts";

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
        const { id } = await tx.signInLink.create({ data: { ...link, expiresAt: new Date(link.expiresAt) } });
        await announceSelfSync(tx, link.workspaceId);
        await appendAuditTx(tx, link.workspaceId, {
          action: "sign_in_link.created",
          object: { kind: "sign_in_link", id, ...(link.email === null ? {} : { label: link.email }) },
          detail: { role: link.role, expiresAt: link.expiresAt },
        });
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
        const link = used[0];
        if (link === undefined) return null;
        await announceSelfSync(tx, link.workspaceId);
        await appendAuditTx(tx, link.workspaceId, {
          action: "sign_in_link.used",
          object: { kind: "sign_in_link", id: link.id, ...(link.email === null ? {} : { label: link.email }) },
        });
        return linkOf(link);
      }),
  };
}
