import { AppError, type Clock } from "@rollcall/platform";
import type { OwnSession } from "./own-session.ts";

/** What somebody shows before they end sessions elsewhere: their password, or, where there is none, nothing as long as the sign-in is fresh. */
export type Proof = "password" | "none" | "sign_in";

const freshMinutes = 10;

export async function proofOf(session: OwnSession, clock: Clock): Promise<Proof> {
  if (await session.hasPassword()) return "password";
  return clock.now().getTime() - session.signedInAt.getTime() < freshMinutes * 60_000 ? "none" : "sign_in";
}

/** Whoever found a browser open, or took its session over, does not lock its person out of the others. */
export async function assertProven(session: OwnSession, password: string | null, clock: Clock): Promise<void> {
  const proof = await proofOf(session, clock);
  if (proof === "sign_in")
    throw new AppError("precondition_failed", "Sign in again first: you have no password here that could be asked for");
  if (proof === "none") return;
  if (password === null) throw new AppError("invalid_input", "Say your password as well");
  if (!(await session.isPassword(password))) throw new AppError("invalid_input", "The password is not right");
}
