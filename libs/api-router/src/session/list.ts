import { everyone } from "../access-matrix.ts";
import { authed } from "../trpc.ts";
import { browserWords, type BrowserWords } from "./browser-words.ts";
import { ownSession, sessionAbsoluteHours } from "./own-session.ts";
import { proofOf, type Proof } from "./proof.ts";

export interface OwnSessionRow extends BrowserWords {
  readonly id: string;
  readonly signedInAt: string;
  /** To the minute. */
  readonly lastUsedAt: string;
  /** When it ends unless it is used before. */
  readonly expiresAt: string;
  /** Where the sign-in came from; null when that is not known. */
  readonly address: string | null;
  /** Whether it is the one that asks. */
  readonly current: boolean;
}

export interface OwnSessions {
  readonly sessions: readonly OwnSessionRow[];
  /** What ending another one asks for. */
  readonly proof: Proof;
}

const absoluteMillis = sessionAbsoluteHours * 3_600_000;

/** The person's own sessions that are alive, the one that asks first. */
export const list = authed(everyone, "own").query(async ({ ctx }): Promise<OwnSessions> => {
  const { accounts, clock } = ctx.services;
  const own = ownSession(ctx.viewer);
  const now = clock.now();
  const begunAfter = new Date(now.getTime() - absoluteMillis).toISOString();
  const [rows, proof] = await Promise.all([accounts.listSessions(own.userId, { now: now.toISOString(), begunAfter }), proofOf(own, clock)]);
  const sessions = rows.map(({ userAgent, idleUntil, ...row }): OwnSessionRow => ({
    ...row,
    ...browserWords(userAgent),
    expiresAt: new Date(Math.min(Date.parse(idleUntil), Date.parse(row.signedInAt) + absoluteMillis)).toISOString(),
    current: row.id === own.id,
  }));
  return { sessions: sessions.sort((a, b) => Number(b.current) - Number(a.current)), proof };
});
