import type { Services } from "@rollcall/api-router";
import { mintApiKey, randomToken } from "@rollcall/platform";
import type { NewSignInLink } from "@rollcall/posture-pipeline";

export const signInLinkMinutes = 30;
const cliKeyDays = 366;
const firstAdminEmail = "admin@rollcall.local";

export interface IssuedLink {
  /** Signs the first admin in, once. */
  readonly url: string;
  /** API key of the command line on this machine, when one was asked for. Shown now and never again. */
  readonly token?: string;
}

export interface LinkOptions {
  /** Also queue the demo organisation when the workspace has no source. */
  readonly demo?: boolean;
  /** Also make a key for the command line, which ends the earlier one. */
  readonly withToken?: boolean;
}

/** For the operator of the instance, who holds its root key anyway. */
export async function issueSignInLink(services: Services, options: LinkOptions = {}): Promise<IssuedLink> {
  const workspaceId = await services.accounts.ensureWorkspace("My organisation");
  const url = await linkFor(services, { workspaceId, role: "admin", email: await adminEmail(services, workspaceId) });
  const key = options.withToken === true ? { token: await replaceCliKey(services, workspaceId) } : {};
  if (options.demo === true && (await services.read.listSources(workspaceId)).length === 0) await queueDemo(services, workspaceId);
  return { url, ...key };
}

/** For a member who forgot their password, asked of the operator: the password ends, and the link lets them in once to set another. */
export async function issueForgottenLink(services: Services, email: string): Promise<string | null> {
  const membership = await services.accounts.forgetPassword(email);
  return membership === null ? null : linkFor(services, { ...membership, email: email.toLowerCase() });
}

/** A link of the operator's, for whoever has the address. */
async function linkFor(services: Services, whom: Pick<NewSignInLink, "workspaceId" | "role" | "email">): Promise<string> {
  const token = randomToken();
  await services.accounts.createSignInLink({
    tokenHash: services.hashSecret(token),
    ...whom,
    createdBy: null,
    expiresAt: new Date(services.clock.now().getTime() + signInLinkMinutes * 60_000).toISOString(),
  });
  return services.linkUrl(token);
}

/** The admin who joined first; before anybody joined, an address to be changed in Settings. */
async function adminEmail(services: Services, workspaceId: string): Promise<string> {
  const admins = (await services.accounts.listMembers(workspaceId)).filter((member) => member.role === "admin");
  const first = [...admins].sort((a, b) => a.joinedAt.localeCompare(b.joinedAt))[0];
  return first?.email ?? firstAdminEmail;
}

async function replaceCliKey({ accounts, clock, hashSecret }: Services, workspaceId: string): Promise<string> {
  const now = clock.now();
  for (const old of await accounts.listApiKeys(workspaceId)) {
    if (old.createdBy === null && old.name === cliKeyName && old.revokedAt === null)
      await accounts.revokeApiKey(workspaceId, old.id, now.toISOString());
  }
  const minted = mintApiKey("cli");
  await accounts.createApiKey(workspaceId, {
    keyId: minted.keyId,
    secretHash: hashSecret(minted.secret),
    name: cliKeyName,
    scopes: ["ingest", "read", "triage", "admin"],
    networks: [],
    sources: [],
    createdBy: null,
    expiresAt: new Date(now.getTime() + cliKeyDays * 86_400_000).toISOString(),
  });
  return minted.key;
}
const cliKeyName = "Command line on this machine";

async function queueDemo({ ingestions }: Services, workspaceId: string): Promise<void> {
  const ingestionId = await ingestions.createIngestion(workspaceId, { files: ["Demo organisation"], origin: "demo", createdBy: null });
  await ingestions.addToOutbox(workspaceId, { name: "load-demo", payload: { workspaceId, ingestionId } });
}
