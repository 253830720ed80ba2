import { timingSafeEqual } from "node:crypto";
import type { Context } from "@rollcall/api-router";
import type { WorkspaceRole } from "@rollcall/nhi-model";
import { AppError, isInNetworks, parseApiKey } from "@rollcall/platform";
import type { ApiKeyScope } from "@rollcall/posture-pipeline";
import type { ApiParts } from "../api-parts.ts";
import type { Caller } from "./caller.ts";
import { FailureLimiter } from "./failure-limiter.ts";

/** Of keys that were given in exchange for a token of an issuer. */
export const exchangedType = "ci";

/** As long as a hash, and none of anything. */
const noHash = "-".repeat(64);

const refused = (): AppError => new AppError("unauthenticated", "This API key is not valid, expired or revoked");

/** The role whose rights a key has inside procedures. Which routes it may enter at all is decided by its scopes. */
export function roleOfScopes(scopes: readonly ApiKeyScope[]): WorkspaceRole {
  if (scopes.includes("admin")) return "admin";
  return scopes.includes("triage") || scopes.includes("ingest") ? "analyst" : "auditor";
}

/** One indexed look-up and one HMAC per key, wrong or right; 20 wrong ones a minute and address, then 429. */
export function apiKeyIdentifier(parts: ApiParts) {
  const { accounts, machines, clock, hashSecret } = parts.services;
  const failures = new FailureLimiter({ limit: 20, windowSeconds: 60, now: () => clock.now().getTime() });
  return async (bearer: string, request: { readonly ip: string; readonly id: string }): Promise<Caller> => {
    const parsed = parseApiKey(bearer);
    const isExchanged = parsed?.type === exchangedType;
    const presented = hashSecret(parsed?.secret ?? "");
    const isSecretOf = (hash: string | null): boolean => sameText(presented, hash ?? noHash) && hash !== null;
    const stored =
      parsed === null
        ? null
        : await (isExchanged ? machines.findFederatedToken(parsed.keyId, isSecretOf) : accounts.findApiKey(parsed.keyId, isSecretOf));
    const now = clock.now();
    if (stored === null || stored.revokedAt !== null || Date.parse(stored.expiresAt) <= now.getTime()) {
      failures.assertAllowed(request.ip);
      failures.recordFailure(request.ip);
      throw refused();
    }
    // Said as such: whoever holds a valid key may know why it does not work from there.
    if (!isInNetworks(request.ip, stored.networks)) {
      throw new AppError("forbidden", "This API key may not be used from your network address");
    }
    if (!isExchanged) await accounts.touchApiKey(stored.workspaceId, stored.id, now.toISOString());
    const workspace = { id: stored.workspaceId, name: stored.workspaceName };
    const role = roleOfScopes(stored.scopes);
    const context: Context = {
      viewer: {
        userId: null,
        name: isExchanged ? stored.name : `API key ${stored.name}`,
        email: null,
        apiKeyId: stored.id,
        importSources: stored.sources,
      },
      workspace,
      role,
      memberships: [{ ...workspace, role, teams: [], answersFor: [], limited: false }],
      requestId: request.id,
      services: parts.services,
    };
    return { kind: "api_key", context, scopes: stored.scopes };
  };
}

function sameText(one: string, other: string): boolean {
  const left = Buffer.from(one);
  const right = Buffer.from(other);
  return left.length === right.length && timingSafeEqual(left, right);
}
