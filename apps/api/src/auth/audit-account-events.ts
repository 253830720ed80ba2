import { APIError, createAuthMiddleware } from "better-auth/api";
import type { BetterAuthPlugin } from "better-auth";
import { actAs } from "@rollcall/platform";
import type { AccountsStore, AuditStore } from "@rollcall/posture-pipeline";
import { codePath } from "./codes-once.ts";
import { oneTimeLinkPath } from "./one-time-link.ts";

/** Account calls that belong in the audit log, by path, with the action they are written down as. */
export const accountActions: Readonly<Record<string, string>> = {
  "/sign-in/email": "session.signed_in",
  [oneTimeLinkPath]: "session.signed_in",
  "/callback/:id": "session.signed_in",
  "/passkey/verify-authentication": "session.signed_in",
  "/two-factor/verify-totp": "session.signed_in",
  "/two-factor/verify-backup-code": "session.signed_in",
  "/two-factor/enable": "second_factor.begun",
  "/two-factor/disable": "second_factor.removed",
  "/passkey/verify-registration": "passkey.added",
  "/passkey/delete-passkey": "passkey.removed",
  "/sign-out": "session.signed_out",
  "/set-password": "password.set",
  "/change-password": "password.changed",
  "/change-email": "email.changed",
  "/update-user": "profile.changed",
};

/**
 * Accounts are the sign-in library's, so these rows follow its own commit: they are written after the call succeeded, in every workspace of the person.
 * To be the last plugin: the one for second factors takes back the session of a password alone, and nobody has signed in then.
 */
export const auditAccountEvents = ({ accounts, audit }: { readonly accounts: AccountsStore; readonly audit: AuditStore }) =>
  ({
    id: "audit-account-events",
    hooks: {
      after: [
        {
          matcher: ({ path }) => path !== undefined && path in accountActions,
          handler: createAuthMiddleware(async (ctx) => {
            const { returned, newSession, session } = ctx.context;
            const user = newSession?.user ?? session?.user;
            // A redirect is thrown as well; a sign-in that made a session succeeded, whatever came after.
            if (user === undefined || (returned instanceof APIError && newSession === null)) return;
            // The first right code of an authenticator comes from somebody who is signed in: it puts the second factor in force.
            const action = ctx.path === codePath && session !== null ? "second_factor.added" : accountActions[ctx.path]!;
            await actAs({ kind: "person", id: user.id, name: user.name, requestId: null }, async () => {
              for (const workspace of await accounts.workspacesOf(user.id))
                await audit.append(workspace.id, { action, object: { kind: "account", id: user.id, label: user.name } });
            });
          }),
        },
      ],
    },
  }) satisfies BetterAuthPlugin;
