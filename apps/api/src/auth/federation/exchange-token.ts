import { unmetCondition } from "@rollcall/api-router";
import { actAs, AppError, mintApiKey } from "@rollcall/platform";
import type { ApiKeyScope, StoredFederation } from "@rollcall/posture-pipeline";
import type { ApiParts } from "../../api-parts.ts";
import { exchangedType } from "../identify-api-key.ts";
import { verifySubjectToken } from "./verify-subject-token.ts";

/** A job that runs amok or a token that is passed around cannot fill the table: this many live at once, per federation. */
export const liveTokensAtMost = 200;

export interface Exchange {
  readonly subjectToken: string;
  /** Id of the federation. */
  readonly audience: string;
  readonly requestId: string;
}

export interface ExchangedToken {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  readonly scopes: readonly ApiKeyScope[];
}

/** The same words for a federation that never was, one that was revoked, and one of somebody else's workspace. */
export const unknownFederation = (): AppError => new AppError("invalid_input", "There is no such federation, or it was revoked");

/** A signed token of an issuer that a workspace trusts, for a short-lived one of ours. It may be presented again until it ends. */
export async function exchangeToken(parts: Pick<ApiParts, "services" | "issuerKeys">, exchange: Exchange): Promise<ExchangedToken> {
  const { machines, clock, hashSecret } = parts.services;
  const federation = await machines.findFederation(exchange.audience);
  if (federation === null || federation.revokedAt !== null) throw unknownFederation();
  const now = clock.now();
  const claims = await verifySubjectToken(exchange.subjectToken, federation, { keys: parts.issuerKeys, now });
  const subject = claims.sub.slice(0, 256);
  const actor = { kind: "api_key", id: federation.id, name: `${federation.name}: ${subject}`, requestId: exchange.requestId } as const;
  return actAs(actor, async () => {
    await assertConditions(machines, federation, { subject, claims });
    const minted = mintApiKey(exchangedType);
    const expiresInSeconds = federation.tokenMinutes * 60;
    const token = {
      keyId: minted.keyId,
      secretHash: hashSecret(minted.secret),
      subject,
      presentedId: typeof claims.jti === "string" ? claims.jti.slice(0, 128) : null,
      now: now.toISOString(),
      expiresAt: new Date(now.getTime() + expiresInSeconds * 1_000).toISOString(),
    };
    if (!(await machines.issueFederatedToken(federation, token, liveTokensAtMost)))
      throw new AppError("rate_limited", `${liveTokensAtMost} tokens of this federation are alive already`, { retryAfterSeconds: 60 });
    return { accessToken: minted.key, expiresInSeconds, scopes: federation.scopes };
  });
}

async function assertConditions(
  machines: ApiParts["services"]["machines"],
  federation: StoredFederation,
  { subject, claims }: { readonly subject: string; readonly claims: Readonly<Record<string, unknown>> },
): Promise<void> {
  const unmet = unmetCondition(federation.conditions, claims);
  if (unmet === null) return;
  await machines.recordRefusal(federation, { subject, claim: unmet.claim });
  throw new AppError("invalid_input", `The claim ${unmet.claim} of the token is not one that this federation accepts`);
}
