import type { ViewerSession } from "@rollcall/api-router";
import type { ApiParts } from "../api-parts.ts";
import type { CurrentSession } from "./current-session.ts";
import type { FailureLimiter } from "./failure-limiter.ts";
import { isPassword } from "./password-hash.ts";

/** Guesses at one account from one address are counted together, wherever they are made. */
export const guessKey = (ip: string, email: string): string => `${ip} ${email.toLowerCase().slice(0, 320)}`;

/** What procedures may know of the session that asks, and how they ask for its person's password once more. */
export function viewerSession({ auth, guesses }: ApiParts, { session, user }: CurrentSession, ip: string): ViewerSession {
  const storedHash = async (): Promise<string | null> =>
    (await (await auth.$context).internalAdapter.findCredentialAccount(user.id))?.password ?? null;
  return {
    id: session.id,
    signedInAt: new Date(session.createdAt),
    hasPassword: async () => (await storedHash()) !== null,
    isPassword: (password) => slowed(guesses, guessKey(ip, user.email), () => matches(storedHash, password)),
  };
}

const slowed = (guesses: FailureLimiter, key: string, isRight: () => Promise<boolean>): Promise<boolean> =>
  guesses.attempt(key, isRight, (right) => (right ? "success" : "failure"));

async function matches(storedHash: () => Promise<string | null>, password: string): Promise<boolean> {
  const hash = await storedHash();
  return hash !== null && isPassword({ hash, password });
}
