import { APIError } from "better-auth/api";
import { genericOAuth } from "better-auth/plugins";
import type { BetterAuthOptions } from "better-auth";
import type { WorkspaceRole } from "@rollcall/nhi-model";
import { actAs } from "@rollcall/platform";
import type { AccountsStore } from "@rollcall/posture-pipeline";

/** An OpenID Connect provider that the operator trusts to say who people are. */
export interface SingleSignOn {
  /** What the button says: "Sign in with <name>". */
  readonly name: string;
  /** Issuer URL; the discovery document is read below it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Role of people whom the provider knows and nobody invited; null = they are sent away. */
  readonly defaultRole: WorkspaceRole | null;
  /** For providers that state no `email_verified`: the operator vouches for the addresses. */
  readonly trustEmail: boolean;
}

export const ssoProviderId = "sso";

/** Where people are told why they were not let in: a browser on its way back from a provider shows no answer of an API. */
export const signInPage = "/sign-in";

export const singleSignOn = (sso: SingleSignOn) =>
  genericOAuth({
    config: [
      {
        providerId: ssoProviderId,
        name: sso.name,
        discoveryUrl: `${sso.issuer.replace(/\/+$/, "")}/.well-known/openid-configuration`,
        clientId: sso.clientId,
        clientSecret: sso.clientSecret,
        scopes: ["openid", "email", "profile"],
        requireIdTokenVerification: true,
        disableSignUp: sso.defaultRole === null,
        mapProfileToUser: (profile) => {
          const verified = profile["email_verified"] === true || profile.emailVerified || sso.trustEmail;
          // Whoever can choose an address at the provider could otherwise become its owner here.
          if (!verified) throw new APIError("FOUND", undefined, { location: `${signInPage}?error=email_not_verified` });
          return { emailVerified: true };
        },
      },
    ],
  });

type AccountHooks = NonNullable<NonNullable<BetterAuthOptions["databaseHooks"]>["account"]>;

/** The provider's tokens have said who comes and are of no more use here. In a copy of the database they would be of use to somebody else. */
const noTokens = { accessToken: null, refreshToken: null, idToken: null, accessTokenExpiresAt: null, refreshTokenExpiresAt: null };

/** What happens when a person comes by single sign-on, and when it is for the first time. */
export function singleSignOnAccounts(sso: SingleSignOn, accounts: AccountsStore): AccountHooks {
  return {
    update: { before: async () => ({ data: noTokens }) },
    create: {
      before: async (account, ctx) => {
        if (account.providerId !== ssoProviderId || ctx === null) return;
        const { internalAdapter, adapter } = ctx.context;
        const user = await internalAdapter.findUserById(account.userId);
        if (user === null || user.emailVerified) return { data: noTokens };
        // Nobody had proven this address until now: whatever signs in with it may be somebody else's.
        for (const other of await internalAdapter.findAccounts(account.userId)) await internalAdapter.deleteAccount(other.id);
        const theirs = [{ field: "userId", value: account.userId }];
        for (const model of ["passkey", "twoFactor"]) await adapter.deleteMany({ model, where: theirs });
        await internalAdapter.updateUser(account.userId, { twoFactorEnabled: false });
        await internalAdapter.deleteUserSessions(account.userId);
        return { data: noTokens };
      },
      after: async (account) => {
        if (account.providerId !== ssoProviderId || sso.defaultRole === null) return;
        const role = sso.defaultRole;
        if ((await accounts.workspacesOf(account.userId)).length > 0) return;
        const workspaceId = await accounts.ensureWorkspace("My organisation");
        await actAs({ kind: "person", id: account.userId, name: sso.name, requestId: null }, () =>
          accounts.addMember(workspaceId, account.userId, role),
        );
      },
    },
  };
}
