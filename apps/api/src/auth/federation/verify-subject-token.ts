import { decodeJwt, decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from "jose";
import { AppError } from "@rollcall/platform";
import type { FederationRow } from "@rollcall/posture-pipeline";
import type { IssuerKeys } from "./issuer-keys.ts";

/** Public keys only: with a shared secret among them, whoever knows a public key could sign with it. */
const algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"];
const longestAgeSeconds = 3_600;
const clockToleranceSeconds = 30;

export type VerifiedClaims = JWTPayload & { readonly sub: string };

const refused = (message: string, detail?: string): AppError =>
  new AppError("invalid_input", message, detail === undefined ? {} : { detail });

/** The claims of a token that this federation's issuer signed for its audience, now. Says what is wrong to whoever holds the token. */
export async function verifySubjectToken(
  token: string,
  federation: Pick<FederationRow, "issuer" | "audience">,
  { keys, now }: { readonly keys: IssuerKeys; readonly now: Date },
): Promise<VerifiedClaims> {
  // Looked at before anybody is called: a token that says itself that it is none for us costs nothing.
  glance(token, federation);
  const { issuer, audience } = federation;
  const options = {
    issuer,
    audience,
    algorithms,
    currentDate: now,
    clockTolerance: clockToleranceSeconds,
    maxTokenAge: longestAgeSeconds,
    requiredClaims: ["exp", "iat", "sub"],
  };
  const verify = async (again: boolean): Promise<VerifiedClaims> =>
    (await jwtVerify(token, await keys.keysOf(issuer, { again }), options)).payload as VerifiedClaims;
  try {
    return await verify(false).catch((error: unknown) => {
      if (error instanceof errors.JWKSNoMatchingKey) return verify(true);
      throw error;
    });
  } catch (error) {
    throw inWords(error);
  }
}

function glance(token: string, { issuer }: Pick<FederationRow, "issuer">): void {
  try {
    const { alg } = decodeProtectedHeader(token);
    if (alg === undefined || !algorithms.includes(alg))
      throw refused("The token is not signed in a way that is accepted", `alg ${String(alg)}`);
    if (decodeJwt(token).iss !== issuer) throw refused("The token is from another issuer than this federation trusts");
  } catch (error) {
    throw error instanceof AppError ? error : refused("subject_token is not a signed JSON web token");
  }
}

const wordsOfClaim: Readonly<Record<string, string>> = {
  aud: "The token is for another audience. Ask your issuer for the audience that is set in the federation",
  iat: "The token is too old, or from the future",
  nbf: "The token is not valid yet",
};

function inWords(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof errors.JWTExpired) return refused(error.claim === "iat" ? wordsOfClaim["iat"]! : "The token has expired");
  if (error instanceof errors.JWTClaimValidationFailed)
    return refused(wordsOfClaim[error.claim] ?? `The claim ${error.claim} is missing or not valid`);
  if (error instanceof errors.JOSEError)
    return refused("The signature of the token could not be verified with the issuer's keys", error.code);
  throw error;
}
